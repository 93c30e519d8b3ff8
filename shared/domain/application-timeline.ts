import { type Application, receivedIn } from '#shared/domain/application.ts';
import type { Candidacy, Offer } from '#shared/domain/candidacy.ts';
import type { ResultClaim } from '#shared/domain/claim.ts';
import { claimSteps } from '#shared/domain/claim-steps.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { heldAnswerOf, heldLapseOf } from '#shared/domain/held-answer.ts';
import { standingOf } from '#shared/domain/inquiry.ts';
import type { Placement } from '#shared/domain/placement.ts';
import type { PromisedFirst } from '#shared/domain/promised-first.ts';
import { resultsExpectedAt } from '#shared/domain/publication.ts';
import { grantedRemedies } from '#shared/domain/remedy.ts';
import type { Round, RoundEvent } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import { type ReferenceOf, referenceSteps } from '#shared/domain/timeline-references.ts';
import { type SecondChanceOf, secondChanceSteps } from '#shared/domain/timeline-second-chance.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';

/** A decision that the owner may know of, since when. */
export type Told = {
  stage: GatedStage;
  outcome: Standing['outcome'];
  at: Instant | undefined;
  /** What was told first, where the results were corrected since. */
  first?: Standing['outcome'] | undefined;
};

/** Final results that were corrected, as they concern the application. */
export type ToldEdition = {
  number: number;
  at: Instant;
  /** Offers go by it from then on. */
  forOffers: boolean;
  outcome: Standing['outcome'] | undefined;
};

/** Everything that a timeline is drawn from; `told` and nothing else says what was decided. */
export type TimelineOf = {
  application: Application;
  round: Round;
  file: RoundFile;
  /** Each time that it was submitted, in order. */
  submittedAt: readonly Instant[];
  /** When each stage that the round has left ended; public, and the same for everyone. */
  ended: ReadonlyMap<GatedStage, Instant>;
  told: readonly Told[];
  /** In their order; absent where the final results were not corrected, and for who is not in them. */
  editions?: readonly ToldEdition[] | undefined;
  candidacy?: Candidacy | undefined;
  interviewAt?: Instant | undefined;
  /** An interview that was owed, and is held after its stage. */
  owed?: { grantedAt: Instant; missed: boolean; startsAt?: Instant } | undefined;
  claim?: ResultClaim | undefined;
  placement?: Placement | undefined;
  /** In the order of their places. */
  referees?: readonly ReferenceOf[] | undefined;
  /** Absent for who is not in the final results, or does not go on in them. */
  secondChance?: SecondChanceOf | undefined;
};

/**
 * What has happened to an application, in the order of time, and what is next and by when. Nothing in it follows from a
 * decision that its owner was not told of: scores, judgements and standings are not among what it is drawn from.
 */
export const applicationTimeline = (of: TimelineOf, now: Instant): TimelineStep[] => {
  const steps = [...ownSteps(of, now), ...stageSteps(of), ...interviewSteps(of, now), ...claimSteps(of, now)];
  const beside = [
    ...editionSteps(of),
    ...owedSteps(of, now),
    ...referenceSteps(of),
    ...secondChanceSteps(of, now),
  ];
  const all = [
    ...steps,
    ...beside,
    ...askedSteps(of, now),
    ...offerSteps(of),
    ...placementSteps(of),
    ...endOf(of),
  ];
  const ahead = isOver(of) ? [] : all.filter(({ done }) => !done);
  // What the committee waits for is the next thing to do, whatever else has a date.
  const first = ahead.filter(({ what }) => what === 'inquiry-open');
  const rest = ahead.filter(({ what }) => what !== 'inquiry-open');
  return [...inTime(all.filter(({ done }) => done)), ...inTime(first), ...inTime(rest)];
};

/** Nothing is waited for any more: the round is over, or it is for this person. */
const isOver = ({ application, round, candidacy }: TimelineOf): boolean =>
  application.stage === 'withdrawn' ||
  ['cancelled', 'closed'].includes(round.stage) ||
  (candidacy !== undefined && goneElsewhere(candidacy) !== undefined);

/** Stable: what has no moment stays where it is, behind what has one. */
const inTime = (steps: readonly TimelineStep[]): TimelineStep[] =>
  steps.toSorted((a, b) => {
    if (a.at === b.at) return 0;
    return (a.at ?? later) < (b.at ?? later) ? -1 : 1;
  });

const later = '9999';

const ownSteps = ({ application, round, submittedAt }: TimelineOf, now: Instant): TimelineStep[] => {
  const closesAt = ('closesAt' in round ? round.closesAt : undefined) ?? round.plan.closesAt;
  const amending = application.stage === 'submitted' && application.amendment && now < closesAt;
  return [
    { what: 'started', done: true, at: application.startedAt },
    ...submittedAt.map(
      (at, index) => ({ what: index === 0 ? 'submitted' : 'amended', done: true, at }) as const,
    ),
    ...receivedIn(application).flatMap(goneSteps),
    ...(amending ? [{ what: 'amendment-open', done: false, at: closesAt } as const] : []),
    { what: 'call-closes', done: now >= closesAt, at: closesAt },
  ];
};

const goneSteps = ({ infectedAt, unreadableAt }: ReturnType<typeof receivedIn>[number]): TimelineStep[] => [
  ...(infectedAt ? [{ what: 'document-infected', done: true, at: infectedAt } as const] : []),
  ...(unreadableAt ? [{ what: 'document-unreadable', done: true, at: unreadableAt } as const] : []),
];

/** Stages that have ended, what was told of them, and, unless the application stopped, those that are ahead. */
const stageSteps = ({ application, round, file, ended, told: unsorted }: TimelineOf): TimelineStep[] => {
  const told = unsorted.toSorted((a, b) => gatedStages.indexOf(a.stage) - gatedStages.indexOf(b.stage));
  if (application.stage !== 'submitted') return told.map(toldStep);
  const before = round.stage === 'draft' || round.stage === 'call';
  const current = before ? -1 : gatedStages.findIndex((stage) => stage === round.stage);
  const stopped = told.at(-1)?.outcome === 'stops';
  const expected = resultsExpectedAt(round, file);
  const past = gatedStages.flatMap((stage): TimelineStep[] => {
    const at = ended.get(stage);
    return at ? [{ what: 'stage', done: true, stage, at }] : [];
  });
  const ahead = gatedStages
    .filter((_, index) => before || (current !== -1 && index >= current))
    .map((stage): TimelineStep => ({ what: 'stage', done: false, stage }));
  return [
    ...past,
    ...told.map(toldStep),
    ...(stopped || !expected ? [] : [{ what: 'results-expected', done: false, at: expected } as const]),
    ...(stopped ? [] : ahead),
  ];
};

const toldStep = ({ stage, outcome, first = outcome, at }: Told): TimelineStep => ({
  what: 'told',
  done: true,
  stage,
  outcome: first,
  ...(at && { at }),
});

/** Each correction of the final results, with the outcome where it became another. */
const editionSteps = ({ told, editions = [] }: TimelineOf): TimelineStep[] => {
  const final = told.find(({ stage }) => stage === 'claims');
  if (!final) return [];
  return editions.map(({ number, at, forOffers, outcome }, index) => {
    const before = index === 0 ? (final.first ?? final.outcome) : editions[index - 1]?.outcome;
    const isAnother = outcome !== undefined && outcome !== before;
    return {
      what: forOffers ? 'offers-by-edition' : 'results-corrected',
      done: true,
      at,
      edition: number,
      ...(isAnother && { outcome }),
    };
  });
};

const newest = (told: readonly Told[]): Told | undefined =>
  told.toSorted((a, b) => gatedStages.indexOf(b.stage) - gatedStages.indexOf(a.stage))[0];

const interviewSteps = (
  { round, told, candidacy, interviewAt: at }: TimelineOf,
  now: Instant,
): TimelineStep[] => {
  if (at) {
    const missed = candidacy?.missedInterview === true;
    return [{ what: missed ? 'interview-missed' : 'interview', done: at <= now, at }];
  }
  const { calledOff } = candidacy ?? {};
  const { stage, outcome } = newest(told) ?? {};
  const letThrough = stage === 'scoring' && outcome === 'goes-on';
  const invited = round.stage === 'interviews' && (letThrough || calledOff !== undefined);
  return [
    ...(calledOff ? [{ what: 'interview-called-off', done: true, at: calledOff.at } as const] : []),
    ...(invited ? [{ what: 'interview-open', done: false } as const] : []),
  ];
};

/** That an interview is owed, and once it has one its time. */
const owedSteps = ({ owed }: TimelineOf, now: Instant): TimelineStep[] => {
  if (!owed) return [];
  const { grantedAt, missed, startsAt: at } = owed;
  const what = missed ? 'interview-missed' : 'interview';
  return [
    { what: 'interview-owed', done: true, at: grantedAt },
    ...(at ? [{ what, done: at <= now, at } as const] : []),
  ];
};

/** Each question of the committee as it stands now. */
const askedSteps = ({ candidacy }: TimelineOf, now: Instant): TimelineStep[] =>
  (candidacy?.inquiries ?? []).map((inquiry) => {
    const standing = standingOf(inquiry, now);
    const at = standing === 'open' ? inquiry.dueAt : (inquiry.endedAt ?? inquiry.dueAt);
    return { what: `inquiry-${standing}`, done: standing !== 'open', at, inquiry: inquiry.id };
  });

const offerSteps = ({ application, round, candidacy }: TimelineOf): TimelineStep[] => [
  ...(candidacy?.offers ?? []).flatMap(stepsOfOffer),
  ...(candidacy?.ahead ? [{ what: 'answer-ahead', done: true, at: candidacy.ahead.saidAt } as const] : []),
  ...promisedSteps(candidacy?.promisedFirst),
  ...remedySteps(round, application),
  ...(candidacy?.deferred
    ? [{ what: 'place-released', done: true, at: candidacy.deferred.at } as const]
    : []),
];

const stepsOfOffer = (offer: Offer): TimelineStep[] => {
  const { vacancy, madeAt, held, expiresAt } = offer;
  const steps: TimelineStep[] = [{ what: 'offer-made', done: true, at: madeAt, vacancy }];
  if (held) steps.push({ what: 'answer-held', done: true, at: held.at, vacancy });
  // Nobody is asked for an answer any more who gave one, or whose time is over.
  if (heldLapseOf(offer)) steps.push({ what: 'offer-lapse-held', done: true, at: expiresAt, vacancy });
  else if (!heldAnswerOf(offer)) steps.push({ what: whatOf(offer), vacancy, ...momentOf(offer) });
  return steps;
};

/** What a remedy of an earlier intake gives here: told since the application is screened. */
const promisedSteps = (promised: PromisedFirst | undefined): TimelineStep[] =>
  promised
    ? promised.vacancies.map((vacancy) => ({ what: 'promised-first', done: true, at: promised.at, vacancy }))
    : [];

/** What was given to the person by a remedy that counts: they were told of it by letter. */
const remedySteps = (round: Round, { id }: Application): TimelineStep[] =>
  grantedRemedies(isFinal(round) ? round : {}).flatMap(
    ({ applicationId, kind, vacancies, ended }): TimelineStep[] =>
      applicationId === id && ended
        ? vacancies.map((vacancy) => ({ what: `remedy-${kind}`, done: true, at: ended.at, vacancy }))
        : [],
  );

const whatOf = (offer: Pick<Offer, 'status' | 'condition' | 'ahead'>): TimelineStep['what'] => {
  const { status, condition, ahead } = offer;
  if (condition && status === 'open') return 'offer-conditional';
  if (ahead) return 'offer-accepted-ahead';
  return condition && status === 'lapsed' ? 'offer-condition-lapsed' : `offer-${status}`;
};

const momentOf = ({ status, endedAt, expiresAt }: Pick<Offer, 'status' | 'endedAt' | 'expiresAt'>) =>
  status === 'open' ? { done: false, at: expiresAt } : { done: true, at: endedAt ?? expiresAt };

const placementSteps = ({ placement }: TimelineOf): TimelineStep[] => {
  if (!placement) return [];
  if (placement.status === 'complete') {
    return [{ what: 'placement-complete', done: true, at: placement.endedAt ?? placement.startedAt }];
  }
  const due = placement.items
    .filter(({ owner, done }) => owner === 'applicant' && !done)
    .map(({ dueAt }) => dueAt)
    .toSorted()[0];
  return due && placement.status === 'open' ? [{ what: 'placement-due', done: false, at: due }] : [];
};

const endOf = ({ application, round }: TimelineOf): TimelineStep[] => {
  if (application.stage === 'withdrawn')
    return [{ what: 'withdrawn', done: true, at: application.withdrawnAt }];
  if (round.stage === 'cancelled') return [{ what: 'round-cancelled', done: true, at: round.cancelledAt }];
  return round.stage === 'closed' ? [{ what: 'round-closed', done: true, at: round.endedAt }] : [];
};

/** When each stage that the round has left for good ended: an advance that was undone did not end one. */
export const stagesEnded = (events: readonly RoundEvent[]): Map<GatedStage, Instant> => {
  const ended = new Map<GatedStage, Instant>();
  for (const event of events) {
    if (event.type === 'stage-advanced') ended.set(event.from, event.at);
    if (event.type === 'advance-undone') ended.delete(event.to);
  }
  return ended;
};
