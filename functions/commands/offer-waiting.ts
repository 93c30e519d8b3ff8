import { acceptAhead, isAcceptedAhead } from '#functions/commands/answer-ahead.ts';
import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { lateAsking } from '#functions/commands/exchange-asking.ts';
import { giveHeld } from '#functions/commands/held-giving.ts';
import { heldIn } from '#functions/commands/held-reminder.ts';
import { nextTurn } from '#functions/commands/offer-board.ts';
import {
  conditionFacts,
  letterAbout,
  makeOffers,
  postFacts,
  startOffer,
} from '#functions/commands/offer-messages.ts';
import { type OfferPlace, offerPlace } from '#functions/commands/offer-place.ts';
import { seatsOf } from '#functions/commands/offers.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { placesAfter } from '#functions/commands/waiting-list.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { heldLapseOf, heldUntil, holdLapse, triedAgainAt } from '#shared/domain/held-answer.ts';
import type { ApplicationId, OfferId, RoundId } from '#shared/domain/ids.ts';
import {
  closeOffers,
  lapseOffer as decideLapse,
  restartOffer as decideRestart,
  remindAt,
  remindOfOffer,
} from '#shared/domain/offer.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type OfferKey = { applicationId: ApplicationId; offerId: OfferId };
type Answer<T> = Promise<Result<T, Refusal>>;
type Attempt<T> = Promise<Result<T, Refusal | LostRace>>;

/** What the machine of an offer should do next, by the record and the clock. */
export type OfferTurn =
  | { roundId: RoundId; next: 'wait'; until: Instant }
  | { roundId: RoundId; next: 'remind' | 'lapse' | 'ask' | 'done' };

/** Looks where an offer stands. */
export const readOffer = async (deps: Pick<Deps, 'records' | 'clock'>, key: OfferKey): Answer<OfferTurn> => {
  const found = await offerPlace(deps, key);
  return found.ok ? ok(turnOf(found.value, deps.clock.now())) : found;
};

const turnOf = ({ offer, round, file }: OfferPlace, now: Instant): OfferTurn => {
  const { id: roundId, stage } = round.state;
  if (offer.status === 'accepted') return { roundId, next: 'done' };
  if (offer.status !== 'open') return { roundId, next: stage === 'offers' ? 'ask' : 'done' };
  const again = triedAgainAt(offer);
  if (stage === 'offers' && again && now < again) return { roundId, next: 'wait', until: again };
  if (stage !== 'offers' || again || now >= offer.expiresAt) return { roundId, next: 'lapse' };
  const reminder = offer.remindedAt ? undefined : remindAt(file, offer);
  if (reminder && now >= reminder) return { roundId, next: 'remind' };
  return { roundId, next: 'wait', until: reminder ?? offer.expiresAt };
};

/**
 * Stores the task token with which a machine waits for the answer. An offer that has ended refuses as `offer-ended`: the step
 * then fails by a name that the machine catches, and it reads the offer again.
 */
export const awaitAnswer = (deps: Deps, { token, ...key }: OfferKey & { token: string }): Answer<void> =>
  decideAgain(async (): Attempt<void> => {
    const found = await offerPlace(deps, key);
    if (!found.ok) return found;
    const { candidacy, offer } = found.value;
    if (offer.status !== 'open') return refuse({ kind: 'offer-ended', status: offer.status });
    return await store(deps, {
      by: workflow,
      changes: [],
      // An answer that comes between would signal a token that is not there yet.
      requires: [{ aggregate: 'candidacy', id: candidacy.id, version: candidacy.version }],
      taskTokens: [{ awaited: { kind: 'offer', id: offer.id }, token }],
    });
  });

/** Reminds of an offer, once, and answers what to do next. */
export const remindOffer = (deps: Deps, key: OfferKey): Answer<OfferTurn> =>
  endOrRemind(deps, key, (place, now) => {
    if (turnOf(place, now).next !== 'remind') return { events: [] };
    const events = remindOfOffer(place.candidacy.state, place.offer.id, now);
    return { events, letter: reminderOf(place) };
  });

const reminderOf = (place: OfferPlace): WaitingLetter => {
  if (place.offer.condition) return 'offer-condition-reminder';
  return isAcceptedAhead(place) ? 'offer-reminder-ahead' : 'offer-reminder';
};

/**
 * Ends an offer whose time is over, by the answer that is kept, accepted where its owner said so in advance, compared at this moment, and tells the person; closes it without a letter where the round
 * makes no offers any more. Answers what to do next.
 */
export const lapseOffer = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  key: OfferKey,
): Answer<OfferTurn> => {
  const held = await giveHeld(deps, key);
  if (!held.ok) return held;
  if (held.value === 'kept') return await waitOn(deps, key);
  const accepted = await acceptAhead(deps, key);
  if (accepted.ok) return await endOffer(deps, key);
  return accepted.error.kind === 'answer-held' ? await waitOn(deps, key) : accepted;
};

const waitOn = async (deps: Deps, key: OfferKey): Answer<OfferTurn> => {
  const found = await offerPlace(deps, key);
  if (!found.ok) return found;
  const until = heldUntil(deps.clock.now());
  return ok({ roundId: found.value.round.state.id, next: 'wait', until });
};

const endOffer = (deps: Deps, key: OfferKey): Answer<OfferTurn> =>
  endOrRemind(deps, key, (place, now) => {
    const { candidacy, offer, round } = place;
    if (round.state.stage !== 'offers') {
      const events = closeOffers(candidacy.state, now).filter(
        (event) => 'offer' in event && event.offer === offer.id,
      );
      return { events };
    }
    // The deadline, or the end of a better offer, came after it was looked at: the machine comes once more and accepts.
    if (isAcceptedAhead(place)) return { events: [] };
    const letter = offer.condition ? 'offer-condition-lapsed' : 'offer-lapsed';
    return { events: decideLapse(candidacy.state, offer.id, now), letter };
  });

/** Asks for another execution of an open offer whose attempt `ended` is gone; the sweep does, and may come twice. */
export const restartOffer = (deps: Deps, { ended, ...key }: OfferKey & { ended: number }): Answer<boolean> =>
  decideAgain(async (): Attempt<boolean> => {
    const found = await offerPlace(deps, key);
    if (!found.ok) return found;
    const { candidacy, offer, round } = found.value;
    const now = deps.clock.now();
    const events = decideRestart(candidacy.state, { offer: offer.id, ended }, now);
    if (events.length === 0) return ok(false);
    const { change } = changed(candidacyAggregate, candidacy.id, candidacy, events);
    const again = { applicationId: key.applicationId, id: offer.id, attempt: ended + 1 };
    const stored = await store(deps, {
      by: { kind: 'system', name: 'sweep' },
      changes: [change],
      outbox: [startOffer(round.state, again, now)],
    });
    return stored.ok ? ok(true) : stored;
  });

type Deciding = (place: OfferPlace, now: Instant) => { events: CandidacyEvent[]; letter?: WaitingLetter };

type WaitingLetter =
  | 'offer-reminder'
  | 'offer-reminder-ahead'
  | 'offer-condition-reminder'
  | 'offer-lapsed'
  | 'offer-condition-lapsed';

const endOrRemind = (deps: Deps, key: OfferKey, decide: Deciding): Answer<OfferTurn> =>
  decideAgain(async (): Attempt<OfferTurn> => {
    const found = await offerPlace(deps, key);
    if (!found.ok) return found;
    const place = found.value;
    const { candidacy, offer } = place;
    const turn = await heldTurn(deps, place);
    const now = deps.clock.now();
    const { events, letter } = decide(place, now);
    if (events.length === 0) return ok(turnOf(place, now));
    const haveEnded = place.round.state.stage !== 'offers';
    const seats = await seatsOf(deps, { candidacy, haveEnded }, events.filter(isEnd), now);
    if (!seats.ok) return haveEnded ? seats : await lapseKept(deps, place, seats.error);
    const hasEnded = letter === 'offer-lapsed' || letter === 'offer-condition-lapsed';
    const { change, after } = changed(
      candidacyAggregate,
      candidacy.id,
      candidacy,
      inTurn(events, turn?.turn),
    );
    const more = hasEnded ? await lapsedFacts(deps, place, after.state) : {};
    const stored = await store(deps, {
      by: workflow,
      changes: [change, ...seats.value],
      outbox: [
        ...(letter ? [letterTo(place, letter, now, more)] : []),
        ...(hasEnded ? lateAsking(place, after.state, now) : []),
      ],
      ...(turn && { claims: turn.claims, releases: turn.releases }),
    });
    if (!stored.ok) return stored;
    const ended = after.state.offers.find(({ id }) => id === offer.id) ?? offer;
    return ok(turnOf({ ...place, candidacy: after, offer: ended }, now));
  });

/** What the checker holds of a lapse is the offer alone: it stays open with its seat, is tried again, and nobody else waits for it. */
const lapseKept = async (
  deps: Deps,
  { candidacy, offer, round }: OfferPlace,
  why: LostRace | Refusal,
): Attempt<OfferTurn> => {
  if (why.kind !== 'held-by-check') return refuse(why);
  const now = deps.clock.now();
  const events = holdLapse(offer, now);
  const wait = { roundId: round.state.id, next: 'wait', until: heldUntil(now) } as const;
  if (events.length === 0) return ok(wait);
  const { change } = changed(candidacyAggregate, candidacy.id, candidacy, events);
  const stored = await store(deps, {
    by: workflow,
    changes: [change],
    outbox: [makeOffers(round.state, `held#${offer.id}`, now), heldIn(round.state, candidacy, now)],
  });
  return stored.ok ? ok(wait) : stored;
};

/**
 * The turn of a lapse that was held: offers were made meanwhile on boards that showed its seat as taken, so it is told in their order. Any other
 * lapse takes none.
 */
const heldTurn = async ({ records }: Deps, { offer, round }: OfferPlace) =>
  heldLapseOf(offer) ? await nextTurn(records, round.state.id) : undefined;

const lapsedFacts = async (deps: Deps, { round }: OfferPlace, after: Candidacy) => ({
  waiting: await placesAfter(deps, round.state, after),
});

const isEnd = ({ type }: CandidacyEvent): boolean => type !== 'offer-reminded';

const letterTo = (
  { application, candidacy, offer, vacancy, round, file }: OfferPlace,
  template: WaitingLetter,
  now: Instant,
  more: Record<string, string>,
) => {
  const { personId } = application.state;
  const facts = {
    number: candidacy.state.number,
    ...postFacts(vacancy),
    ...conditionFacts(file, offer),
    expiresAt: offer.expiresAt,
    ...more,
  };
  return letterAbout({ template, cause: offer.id, to: personId }, round.state, facts, now);
};
