import { type CapacityEvent, evolveCapacity, isCapacityEvent } from '#shared/domain/capacity.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { type ExchangeEvent, evolveExchange, isExchangeEvent } from '#shared/domain/exchange.ts';
import { throughAfter } from '#shared/domain/offer-parts.ts';
import { evolveRemedies, isRemedyEvent, type RemedyEvent } from '#shared/domain/remedy.ts';
import { type GatedRound, Round, RoundEvent, type RoundIn, roundsOf } from '#shared/domain/round.ts';
import { isGated } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';

/** How the events of a round change its record. */
export const roundAggregate: Aggregate<Round, RoundEvent> = {
  name: 'round',
  event: RoundEvent,
  snapshot: Round,
  evolve: (round, event) => {
    if (event.type === 'round-drafted') {
      return { id: event.id, region: event.region, draftedAt: event.at, plan: event.plan, stage: 'draft' };
    }
    if (!round) throw new Error(`A round cannot begin with ${event.type}.`);
    if (event.type === 'results-published') return withPublication(afterClaims(round), event);
    if (event.type === 'results-corrected') return withEdition(afterClaims(round), event);
    if (event.type === 'beacon-recorded') return { ...gated(round), beacon: event.value };
    if (event.type === 'beacon-waived') {
      return { ...gated(round), beaconWaived: { at: event.at, reason: event.reason } };
    }
    if (event.type === 'raters-drawn') {
      const { type: _, at: drawnAt, ...drawn } = event;
      return { ...gated(round), raters: { ...drawn, drawnAt } };
    }
    if (event.type === 'figures-drawn') {
      const { kind, data, at } = event;
      return { ...round, figures: { ...round.figures, [kind]: { data, drawnAt: at } } };
    }
    if (isRemedyEvent(event)) return withRemedy(round, event);
    if (isOfferingEvent(event)) {
      return evolveOffering(inOffers(round), event);
    }
    return event.type === 'calendar-adopted'
      ? { ...round, plan: { ...round.plan, calendar: event.calendar } }
      : evolveRound(round, event);
  },
  lists: (round) => ({ list: { key: roundsOf(round.region), sort: `${round.draftedAt}#${round.id}` } }),
};

type LettingEvent = Event<'offers-released' | 'offers-stopped'>;

const isLettingEvent = (event: RoundEvent): event is LettingEvent =>
  event.type === 'offers-released' || event.type === 'offers-stopped';

const isOfferingEvent = (event: RoundEvent): event is CapacityEvent | ExchangeEvent | LettingEvent =>
  isCapacityEvent(event) || isExchangeEvent(event) || isLettingEvent(event);

/** While offers are made, and once they have ended for what is promised in the next intake. */
const withRemedy = (round: Round, event: RemedyEvent): Round => {
  if (!isFinal(round)) throw new Error(`A round in ${round.stage} owes no remedy.`);
  return { ...round, remedies: evolveRemedies(round.remedies ?? [], event) };
};

/** What is changed while offers are made, by whoever decides about posts and lets offers go out. */
const evolveOffering = (
  round: RoundIn<'offers'>,
  event: CapacityEvent | ExchangeEvent | LettingEvent,
): Round => {
  if (isLettingEvent(event)) return letGo(round, event);
  if (isCapacityEvent(event)) {
    return { ...round, capacities: evolveCapacity(round.capacities ?? [], event) };
  }
  const exchange = evolveExchange(round.exchange, event);
  // Where nobody could be offered anything before, these are the first offers.
  const isRun = event.type === 'exchange-run';
  return { ...(isRun && { offersReleasedAt: event.at }), ...round, exchange };
};

type Later = Exclude<
  RoundEvent,
  | CapacityEvent
  | RemedyEvent
  | ExchangeEvent
  | LettingEvent
  | {
      type:
        | 'round-drafted'
        | 'calendar-adopted'
        | 'results-published'
        | 'results-corrected'
        | 'figures-drawn'
        | 'raters-drawn'
        | 'beacon-recorded'
        | 'beacon-waived';
    }
>;

const evolveRound = (round: Round, event: Later): Round => {
  switch (event.type) {
    case 'round-file-replaced':
      return { ...round, plan: event.plan };
    case 'vacancies-imported':
      return { ...round, register: event.register };
    case 'call-opened': {
      const { id, region, draftedAt, plan } = round;
      const { register, closesAt, attempt } = event;
      return { id, region, draftedAt, plan, register, openedAt: event.at, closesAt, attempt, stage: 'call' };
    }
    case 'deadline-extended':
      return { ...inCall(round), closesAt: event.closesAt };
    case 'execution-restarted':
      return { ...running(round), attempt: event.attempt };
    case 'call-closed': {
      const first = { visits: { screening: 1 }, decisions: {}, told: {} };
      return { ...inCall(round), ...first, stage: 'screening', enteredAt: event.at };
    }
    case 'stage-advanced':
      return advanced(gated(round), event);
    case 'advance-undone':
      return undone(gated(round), event);
    case 'stage-took-effect':
      return { ...gated(round), effectiveAt: event.at };
    case 'letters-released': {
      const before = gated(round);
      const told = { ...before.told, [event.about]: event.at };
      return withWindow({ effectiveAt: event.at, ...before, told }, event);
    }
    case 'round-cancelled':
      return cancelled(round, event);
    case 'minutes-drawn':
      return { ...ended(round), minutes: { ...event.minutes, drawnAt: event.at } };
    default:
      return event satisfies never;
  }
};

/** Claims may be made for as long as the letters about preliminary results say. */
const withWindow = (round: GatedRound, { claimsCloseAt }: Event<'letters-released'>): GatedRound =>
  claimsCloseAt && 'claimsCloseAt' in round ? { ...round, claimsCloseAt, claimantsTold: true } : round;

const letGo = (round: RoundIn<'offers'>, event: LettingEvent): Round => {
  const { at } = event;
  if (event.type === 'offers-stopped') return { ...round, offersStopped: { at, reason: event.reason } };
  const { offersThrough: _before, offersStopped: _stopped, ...kept } = round;
  const through = throughAfter(round, event.part?.through);
  const part = through === undefined ? {} : { offersThrough: through };
  return { effectiveAt: at, offersReleasedAt: at, ...kept, ...part };
};

const withPublication = (round: FinalRound, { at, publication }: Event<'results-published'>): Round => ({
  ...round,
  publications: [...(round.publications ?? []), { ...publication, publishedAt: at }],
});

const withEdition = (round: FinalRound, { at, edition }: Event<'results-corrected'>): Round => ({
  ...round,
  editions: [...(round.editions ?? []), { ...edition, correctedAt: at }],
});

type Event<T extends RoundEvent['type']> = Extract<RoundEvent, { type: T }>;

/** The publication of results, preliminary and final, is an effect in itself; other stages begin without one. */
const advanced = (round: GatedRound, event: Event<'stage-advanced'>): Round => {
  const { effectiveAt: _before, ...kept } = round;
  const decisions = { ...round.decisions, [event.from]: event.decision };
  const next = { ...kept, decisions, enteredAt: event.at };
  const { to } = event;
  if (to === 'closed')
    return { ...next, claimsCloseAt: claimsEnd(round, event), stage: to, endedAt: event.at };
  const visits = { ...round.visits, [to]: (round.visits[to] ?? 0) + 1 };
  switch (to) {
    case 'claims':
    case 'offers':
      return { ...next, visits, claimsCloseAt: claimsEnd(round, event), effectiveAt: event.at, stage: to };
    case 'onboarding':
      return { ...next, visits, claimsCloseAt: claimsEnd(round, event), stage: to };
    default:
      return { ...next, visits, stage: to };
  }
};

/** Back in the former stage, whose own advance has long had effects; its decision is open again. */
const undone = (round: GatedRound, { at, to }: Event<'advance-undone'>): Round => {
  const visits = { ...round.visits, [to]: (round.visits[to] ?? 0) + 1 };
  const decisions = Object.fromEntries(Object.entries(round.decisions).filter(([stage]) => stage !== to));
  const back = { ...round, visits, decisions, enteredAt: at, effectiveAt: at };
  if (to !== 'claims' && to !== 'offers' && to !== 'onboarding') return { ...back, stage: to };
  return { ...back, claimsCloseAt: claimsEnd(round, {}), stage: to };
};

const claimsEnd = (round: GatedRound, event: { claimsCloseAt?: Instant | undefined }): Instant => {
  const end = event.claimsCloseAt ?? ('claimsCloseAt' in round ? round.claimsCloseAt : undefined);
  if (!end) throw new Error(`A round in ${round.stage} has no end of claims.`);
  return end;
};

const inCall = (round: Round): RoundIn<'call'> => {
  if (round.stage !== 'call') throw new Error(`A round in ${round.stage} has no open call.`);
  return round;
};

const inOffers = (round: Round): RoundIn<'offers'> => {
  if (round.stage !== 'offers') throw new Error(`A round in ${round.stage} makes no offers.`);
  return round;
};

const ended = (round: Round): RoundIn<'closed'> => {
  if (round.stage !== 'closed') throw new Error(`A round in ${round.stage} has no minutes yet.`);
  return round;
};

/** A round whose results are final. */
export type FinalRound = RoundIn<'offers' | 'onboarding' | 'closed'>;

export const isFinal = (round: Round): round is FinalRound =>
  round.stage === 'offers' || round.stage === 'onboarding' || round.stage === 'closed';

const afterClaims = (round: Round): FinalRound => {
  if (isFinal(round)) return round;
  throw new Error(`A round in ${round.stage} has no final results.`);
};

const gated = (round: Round): GatedRound => {
  if (!isGatedRound(round)) throw new Error(`A round in ${round.stage} has no gate.`);
  return round;
};

/** Whether a committee decides about the round now. */
export const isGatedRound = (round: Round): round is GatedRound => isGated(round.stage);

/** A round that an execution follows: from its call until its minutes are drawn. */
export type RunningRound = RoundIn<'call' | 'closed'> | GatedRound;

/** Whether the round still has something that an execution must do. */
export const isRunning = (round: Round): round is RunningRound =>
  round.stage === 'call' || isGatedRound(round) || (round.stage === 'closed' && !round.minutes);

const running = (round: Round): RunningRound => {
  if (isRunning(round)) return round;
  throw new Error(`A round in ${round.stage} has no execution.`);
};

const cancelled = (round: Round, event: { at: Instant; reason: DocumentRef }): Round => {
  const { id, region, draftedAt, plan, register } = round;
  return {
    id,
    region,
    draftedAt,
    plan,
    ...(round.stage !== 'draft' && pick(round)),
    ...(register && { register }),
    stage: 'cancelled',
    from: round.stage,
    cancelledAt: event.at,
    reason: event.reason,
  };
};

const pick = (round: Exclude<Round, { stage: 'draft' }>) => ({
  ...(round.figures && { figures: round.figures }),
  ...(round.openedAt && { openedAt: round.openedAt }),
  ...(round.closesAt && { closesAt: round.closesAt }),
  ...(round.attempt && { attempt: round.attempt }),
  ...('visits' in round && round.visits && { visits: round.visits }),
});
