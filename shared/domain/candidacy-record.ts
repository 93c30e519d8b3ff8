import type { Replaced } from '#shared/domain/booking.ts';
import { Candidacy, CandidacyEvent, type Offer } from '#shared/domain/candidacy.ts';
import { contenderOf } from '#shared/domain/contender.ts';
import {
  type ElsewhereChoiceEvent,
  evolveElsewhereChoices,
  isElsewhereChoiceEvent,
} from '#shared/domain/elsewhere-choices.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { evolveSecondChoices, isSecondChoiceEvent, type SecondChoiceEvent } from '#shared/domain/exchange.ts';
import { type HeldEvent, heldThen, isHeldEvent, newest, without } from '#shared/domain/held-interview.ts';
import type { InquiryId, OfferId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { evolveInquiry } from '#shared/domain/inquiry.ts';
import { withReminded } from '#shared/domain/interview-reminding.ts';
import { evolveJudgement, isJudgement, type JudgementEvent } from '#shared/domain/judgement.ts';
import { evolveScreened } from '#shared/domain/lacking.ts';

/** All candidacies of a round, by application number. */
export const candidaciesOf = (roundId: RoundId): string => `CANDIDACIES#${roundId}`;

/** How events change an application under selection. */
export const candidacyAggregate: Aggregate<Candidacy, CandidacyEvent> = {
  name: 'candidacy',
  event: CandidacyEvent,
  snapshot: Candidacy,
  evolve: (candidacy, event) => {
    if (event.type === 'candidacy-opened') return opened(event);
    if (!candidacy) throw new Error(`A candidacy cannot begin with ${event.type}.`);
    if (isHeldEvent(event)) return heldThen(candidacy, event);
    if (event.type === 'screened-file-settled') return evolveScreened(candidacy, event);
    if (isJudgement(event)) return evolveJudgement(candidacy, event);
    if (event.type === 'candidacy-deferred') {
      const { at, entryUntil } = event;
      return { ...candidacy, deferred: { at, entryUntil } };
    }
    if ('inquiry' in event) return evolveInquiry(candidacy, event);
    if (isElsewhereChoiceEvent(event)) {
      const offers = event.type === 'elsewhere-returned' ? { offers: returned(candidacy, event) } : {};
      return {
        ...candidacy,
        ...offers,
        elsewhere: evolveElsewhereChoices(candidacy.elsewhere ?? [], event),
      };
    }
    if (!isSecondChoiceEvent(event)) return evolveCandidacy(candidacy, event);
    const { exchange: before, ...rest } = candidacy;
    const exchange = evolveSecondChoices(before, event);
    return { ...rest, ...(exchange && { exchange }) };
  },
  lists: ({ roundId, number }) => ({ list: { key: candidaciesOf(roundId), sort: number } }),
  view: (candidacy) => ({ group: candidacy.roundId, body: contenderOf(candidacy) }),
};

const opened = ({ at, ...event }: Extract<CandidacyEvent, { type: 'candidacy-opened' }>): Candidacy => {
  const { applicationId, roundId, number, facts, screened } = event;
  const nothing = { raters: [], scores: [], scorecards: [], offers: [], corrected: {} };
  const { intake, first: vacancies } = screened.promised ?? {};
  return {
    applicationId,
    roundId,
    number,
    facts,
    screened,
    ...nothing,
    missedInterview: false,
    ...(intake && vacancies && { promisedFirst: { at, intake, vacancies } }),
  };
};

const evolveCandidacy = (
  candidacy: Candidacy,
  event: Exclude<
    CandidacyEvent,
    | { type: 'candidacy-opened' | 'candidacy-deferred' | 'screened-file-settled' }
    | HeldEvent
    | JudgementEvent
    | { inquiry: InquiryId }
    | SecondChoiceEvent
    | ElsewhereChoiceEvent
  >,
): Candidacy => {
  if (event.type === 'score-drafted' || event.type === 'score-given') return evolveScores(candidacy, event);
  if ('rater' in event || 'raters' in event) return evolveRaters(candidacy, event);
  switch (event.type) {
    case 'points-corrected':
      return { ...candidacy, corrected: { ...candidacy.corrected, ...event.corrected } };
    case 'candidacy-withdrawn':
      return { ...candidacy, withdrawnAt: event.at };
    case 'answer-said-ahead':
      return { ...candidacy, ahead: { saidAt: event.at, vacancies: event.vacancies } };
    case 'answer-ahead-taken-back':
      return { ...candidacy, ahead: undefined };
    default:
      return 'offer' in event ? evolveOffer(candidacy, event) : evolveInterview(candidacy, event);
  }
};

type InterviewEvent = Exclude<Extract<CandidacyEvent, { type: `interview-${string}` }>, HeldEvent>;

const evolveInterview = (candidacy: Candidacy, event: InterviewEvent): Candidacy => {
  switch (event.type) {
    case 'interview-booked':
    case 'interview-cancelled':
      return evolveBooking(candidacy, event);
    // When and where is the slot's; here it counts as a change of the booking.
    case 'interview-moved':
      return candidacy;
    case 'interview-reminded':
      return { ...candidacy, interviewReminders: withReminded(candidacy.interviewReminders, event) };
    case 'interview-wished':
      return { ...candidacy, wishes: event.wishes, needsSaid: event.needsSaid };
    case 'interview-needs-arranged':
      return { ...candidacy, arranged: { at: event.at, basis: event.basis } };
    case 'interview-needs-unarranged':
      return unarranged(candidacy);
    default:
      return event satisfies never;
  }
};

const unarranged = ({ arranged: _before, ...open }: Candidacy): Candidacy => open;

/** In older records whoever was asked anew, after a conflict that was cleared, scored anew: what was given before does not come back. */
const withRaters = (candidacy: Candidacy, raters: PersonId[]): Candidacy => {
  const isNew = (rater: PersonId): boolean => raters.includes(rater) && !candidacy.raters.includes(rater);
  return { ...candidacy, raters, scores: candidacy.scores.filter(({ raterId }) => !isNew(raterId)) };
};

type RaterEvent = Extract<CandidacyEvent, { raters: PersonId[] } | { rater: PersonId }>;

const evolveRaters = (candidacy: Candidacy, event: RaterEvent): Candidacy => {
  switch (event.type) {
    case 'raters-assigned':
      return withRaters(candidacy, event.raters);
    case 'rater-replaced': {
      const { at, rater, by, moved } = event;
      const others = candidacy.raters.filter((one) => one !== rater);
      const replaced = withRaters(candidacy, by ? [...others, by] : others);
      return moved ? { ...replaced, moved: [...(candidacy.moved ?? []), { rater, at }] } : replaced;
    }
    case 'further-rating-asked': {
      const { at, rater, basis } = event;
      const asked = withRaters(candidacy, [...candidacy.raters, rater]);
      return { ...asked, further: [...(candidacy.further ?? []), { at, basis }] };
    }
    case 'rater-declined':
      return { ...candidacy, declined: [...(candidacy.declined ?? []), event.rater] };
    default:
      return event satisfies never;
  }
};

type ScoreEvent = Extract<CandidacyEvent, { type: 'score-drafted' | 'score-given' }>;

/** A score that is given takes the place of its draft. */
const evolveScores = (candidacy: Candidacy, event: ScoreEvent): Candidacy => {
  const { drafts = [] } = candidacy;
  if (event.type === 'score-drafted') return { ...candidacy, drafts: newest(drafts, event.draft) };
  const scores = newest(candidacy.scores, event.score);
  return { ...candidacy, scores, ...(drafts.length > 0 && { drafts: without(drafts, event.score) }) };
};

type BookingEvent = Extract<CandidacyEvent, { type: 'interview-booked' | 'interview-cancelled' }>;

const evolveBooking = (
  { slotId: _before, replaced, ...candidacy }: Candidacy,
  event: BookingEvent,
): Candidacy => {
  if (event.type === 'interview-cancelled') {
    const { at, reason } = event;
    return reason ? { ...candidacy, calledOff: { at, reason } } : asBefore(candidacy, replaced);
  }
  const { calledOff: _over, ...rest } = candidacy;
  const { slot: slotId, replaces, anew } = event;
  const booked = { ...rest, slotId, missedInterview: false, ...(replaces && { replaced: replaces }) };
  return anew ? { ...booked, scorecards: [] } : booked;
};

const asBefore = (candidacy: Candidacy, { calledOff, missed }: Replaced = {}): Candidacy => ({
  ...candidacy,
  ...(calledOff && { calledOff }),
  ...(missed && { slotId: missed, missedInterview: true }),
});

type OfferEvent = Extract<CandidacyEvent, { offer: OfferId }>;

const evolveOffer = (candidacy: Candidacy, event: OfferEvent): Candidacy => {
  const { at, offer: id, turn } = event;
  const over = { endedAt: at, ...(turn !== undefined && { endedTurn: turn }) };
  switch (event.type) {
    case 'offer-made':
      return { ...candidacy, offers: [...candidacy.offers, madeBy(event)] };
    case 'offer-accepted':
      return withOffer(candidacy, id, {
        status: 'accepted',
        ...over,
        placementId: event.placement,
        ...(event.ahead && { ahead: event.ahead }),
      });
    case 'offer-accepted-conditionally': {
      const { condition: code, expiresAt } = event;
      // The reminder of the answer was another one, and what was kept is given.
      const change = {
        condition: { code, acceptedAt: at },
        expiresAt,
        remindedAt: undefined,
        held: undefined,
      };
      return withOffer(candidacy, id, change);
    }
    case 'offer-declined':
      return withOffer(candidacy, id, { status: 'declined', ...over, reason: event.reason });
    case 'answer-held':
      return withOffer(candidacy, id, { held: { at, answer: event.answer } });
    case 'lapse-held':
      return withOffer(candidacy, id, { lapseHeldAt: at });
    case 'offer-reminded':
      return withOffer(candidacy, id, { remindedAt: at });
    case 'offer-execution-restarted':
      return withOffer(candidacy, id, { attempt: event.attempt });
    case 'offer-lapsed':
      return withOffer(candidacy, id, { status: 'lapsed', ...over });
    case 'offer-closed':
      return withOffer(candidacy, id, { status: 'closed', ...over });
    default:
      return event satisfies never;
  }
};

const madeBy = ({
  offer: id,
  at: madeAt,
  vacancy,
  expiresAt,
  reserve,
  turn,
}: Extract<CandidacyEvent, { type: 'offer-made' }>): Offer => ({
  id,
  vacancy,
  madeAt,
  expiresAt,
  status: 'open',
  attempt: 1,
  ...(reserve !== undefined && { reserve }),
  ...(turn !== undefined && { madeTurn: turn }),
});

const returned = (
  { offers }: Candidacy,
  event: Extract<CandidacyEvent, { type: 'elsewhere-returned' }>,
): Offer[] =>
  offers.map((offer) =>
    event.offers.includes(offer.id) ? Object.assign({}, offer, { returned: true as const }) : offer,
  );

const withOffer = (candidacy: Candidacy, id: OfferId, change: Partial<Offer>): Candidacy => ({
  ...candidacy,
  offers: candidacy.offers.map((offer) => (offer.id === id ? { ...offer, ...change } : offer)),
});
