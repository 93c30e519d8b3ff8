import type { ApplicationCommand } from '#functions/commands/application-reading.ts';
import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { type OwnStage, ownResult } from '#functions/commands/results.ts';
import { besideOf, editionsAbout } from '#functions/commands/timeline-beside.ts';
import type { Application } from '#shared/domain/application.ts';
import { submissionsOf } from '#shared/domain/application-amendment.ts';
import { applicationTimeline, stagesEnded, type Told } from '#shared/domain/application-timeline.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { onlyClaim } from '#shared/domain/claim.ts';
import { committeeAggregate, roleOfSeat } from '#shared/domain/committee.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
import type { Actor, StoredEvent } from '#shared/domain/event.ts';
import { gateAggregate, gatesOf } from '#shared/domain/gate.ts';
import type { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import { isKeptFrom, toldRole } from '#shared/domain/rater-events.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Round, RoundEvent } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records'>;

/** The timeline of an own application: what was told of it, and what is next. */
export const ownTimeline = async (
  deps: Reads & Pick<CommandDeps, 'clock'>,
  command: ApplicationCommand,
): Promise<Result<{ steps: TimelineStep[]; file: RoundFile }, Refusal>> => {
  const found = await ownResult(deps, command);
  if (!found.ok) return found;
  const { application, round, file, stages } = found.value;
  const submittedAt = await submissionMoments(deps, application);
  const ended = stagesEnded(await roundEvents(deps, round.id));
  const { first, editions } = await editionsAbout(deps.records, round, application.id);
  const told = stages.flatMap((one) => toldOf(one, round, ended)).map((one) => asFirstTold(one, first));
  const candidacy = (await deps.records.find(candidacyAggregate, application.id))?.state;
  const beside = await besideOf(deps, { application, round, file, candidacy });
  const of = { application, round, file, submittedAt, ended, told, editions, candidacy, ...beside };
  return ok({ steps: applicationTimeline(of, deps.clock.now()), file });
};

/** When an application was submitted, each time, as its history says. */
const submissionMoments = async ({ records }: Reads, application: Application): Promise<Instant[]> => {
  if (application.stage === 'draft' || !application.submittedAt) return [];
  if (submissionsOf(application) === 1) return [application.submittedAt];
  const events = await records.history('application', application.id);
  return events.flatMap(({ fact }) => (fact.type === 'application-submitted' ? [fact.at] : []));
};

const roundEvents = async ({ records }: Reads, roundId: RoundId): Promise<RoundEvent[]> =>
  (await records.history('round', roundId)).map(({ fact }) => roundAggregate.event.parse(fact));

/** Since when the owner may know: when the letters were released, or results published, whichever was first. */
const toldOf = (
  { stage, standing }: OwnStage,
  round: Round,
  ended: ReadonlyMap<GatedStage, Instant>,
): Told[] => {
  if (standing.reasons.includes('withdrawn')) return [];
  const letters = 'told' in round ? round.told[stage] : undefined;
  const publication =
    gatedStages.indexOf(stage) <= gatedStages.indexOf('preliminary') ? 'preliminary' : stage;
  const [at] = [letters, ended.get(publication)].flatMap((one) => one ?? []).toSorted();
  return [{ stage, outcome: standing.outcome, at }];
};

const asFirstTold = (told: Told, first: Told['outcome'] | undefined): Told =>
  told.stage === 'claims' ? { ...told, first } : told;

/** One thing that happened to an application or its round: a code and a moment; by whom as a role, never by name. */
export type TimelineEvent = {
  at: Instant;
  type: string;
  by: Role | 'operator' | 'system';
  stage?: GatedStage;
  /** What the decision of the stage says of this application. */
  outcome?: Standing['outcome'];
};

export type CandidateTimeline = {
  number: ApplicationNumber;
  round: Round;
  file: RoundFile;
  events: TimelineEvent[];
};

/**
 * The history of an application for its committee and for auditors, in the order of time: from its beginning to its offers, with the
 * decisions about it. By number; neither points, reasons and texts nor names are in it, and what others' scores would give away is kept
 * from whoever has not judged yet.
 */
export const candidateTimeline = async (
  { records, clock }: Reads & Pick<CommandDeps, 'clock'>,
  command: CandidacyCommand,
): Promise<Result<CandidateTimeline, Refusal>> => {
  const found = await candidacyPlace({ records, clock }, command, 'candidacy.read');
  if (!found.ok) return found;
  const { place, candidacy } = found.value;
  const { roundId, applicationId } = command;
  const claimId = await records.claimed(onlyClaim(applicationId));
  const [discussed, application, selection, redaction, owed, round, claim] = await Promise.all([
    discussedDespite(records, command),
    records.history('application', applicationId),
    records.history('candidacy', applicationId),
    records.history('redaction', applicationId),
    records.history('owed-interview', applicationId),
    records.history('round', roundId),
    claimId === undefined ? [] : records.history('claim', claimId),
  ]);
  const here = { stage: place.round.state.stage, candidacy: candidacy.state };
  const own = [...application, ...selection, ...redaction, ...owed, ...claim]
    .filter(({ fact: { type } }) => !unremarkable.has(type) && !isKeptFrom(type, place.by, here))
    .filter(({ fact: { type } }) => place.by.role === 'secretary' || !arranging.has(type))
    .map(({ fact: { at, type }, by }) => ({ at, type, by: roleOf(by, type) }));
  const decided = await Promise.all(round.map((one) => decisionAbout(records, one, applicationId)));
  const events = [...decided.flat(), ...discussed, ...own].toSorted((a, b) =>
    a.at < b.at ? -1 : Number(a.at > b.at),
  );
  return ok({ number: candidacy.state.number, round: place.round.state, file: place.file, events });
};

/** That somebody needs what a person arranges: only who arranges it reads it. */
export const arranging: ReadonlySet<string> = new Set([
  'interview-needs-arranged',
  'interview-needs-unarranged',
]);

/** A person's typing before they submitted, notes for oneself, and machines: none says anything of a selection. */
export const unremarkable: ReadonlySet<string> = new Set([
  'section-saved',
  'document-announced',
  'document-received',
  'document-refused',
  'document-cleared',
  'document-removed',
  'choices-ranked',
  'amendment-begun',
  'amendment-given-up',
  'inquiry-saved',
  'interview-noted',
  'retention-held',
  'retention-hold-lifted',
  'inquiry-file',
  'screened-file-settled',
  'offer-execution-restarted',
  'score-drafted',
  'scorecard-drafted',
  'redaction-begun',
  'copy-file',
]);

const roleOf = (by: Actor, type: string): TimelineEvent['by'] =>
  by.kind === 'person' ? toldRole(type, by.role) : by.kind;

/** Where whoever presided over it had it discussed before all cards were in: the chair, or a member in the chair's place. */
const discussedDespite = async (
  records: CommandDeps['records'],
  { roundId, applicationId }: CandidacyCommand,
): Promise<TimelineEvent[]> => {
  const seats = (await records.find(committeeAggregate, roundId))?.state.seats ?? [];
  const seatedAs = (personId: PersonId): Role => {
    const seat = seats.findLast((one) => one.personId === personId);
    return seat ? roleOfSeat(seat.seat) : 'chair';
  };
  const gates = await everyOf(records, gateAggregate, gatesOf({ id: roundId }));
  const told = await Promise.all(
    gates.map(async ({ id, state: { stage } }) => {
      const found = await records.find(discussionsAggregate, id);
      const despite = found?.state.meetings.flatMap((meeting) => meeting.despite ?? []) ?? [];
      const own = despite.filter(({ awaited }) => awaited.some((one) => one.applicationId === applicationId));
      return own.map(({ at, by }) => ({ at, type: 'discussed-despite', by: seatedAs(by), stage }));
    }),
  );
  return told.flat();
};

/** What an event of the round means for one application; most mean nothing. */
const decisionAbout = async (
  records: CommandDeps['records'],
  { fact, by: actor }: StoredEvent,
  applicationId: ApplicationId,
): Promise<TimelineEvent[]> => {
  const event = roundAggregate.event.parse(fact);
  const { at, type } = event;
  const by = roleOf(actor, type);
  switch (event.type) {
    case 'stage-advanced': {
      const { standings } = await standingListOf(records, event.decision);
      const standing = standings.find((one) => one.applicationId === applicationId);
      return standing ? [{ at, type, by, stage: event.from, outcome: standing.outcome }] : [];
    }
    case 'advance-undone':
      return [{ at, type, by, stage: event.to }];
    case 'letters-released':
      return [{ at, type, by, stage: event.about }];
    case 'results-corrected': {
      const { standings } = await standingListOf(records, event.edition.decision);
      const standing = standings.find((one) => one.applicationId === applicationId);
      return standing ? [{ at, type, by, stage: 'claims', outcome: standing.outcome }] : [];
    }
    case 'call-closed':
    case 'round-cancelled':
      return [{ at, type, by }];
    default:
      return [];
  }
};
