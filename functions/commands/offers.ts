import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { lateAsking } from '#functions/commands/exchange-asking.ts';
import { keptWhere } from '#functions/commands/held-answers.ts';
import { nextTurn } from '#functions/commands/offer-board.ts';
import { letterAbout, postFacts, resumeOffer, startPlacement } from '#functions/commands/offer-messages.ts';
import { type OfferCommand, type OfferPlace, ownOffer } from '#functions/commands/offer-place.ts';
import { seatLedger } from '#functions/commands/seat-ledger.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import { placesAfter } from '#functions/commands/waiting-list.ts';
import { log } from '#functions/log.ts';
import { answerFaults } from '#shared/domain/answer-check.ts';
import type { Candidacy, CandidacyEvent, Offer } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DeclineReason } from '#shared/domain/decline-reason.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { type OfferId, PlacementId } from '#shared/domain/ids.ts';
import {
  acceptOffer as decideAccept,
  declineOffer as decideDecline,
  offerOf,
  openOffers,
} from '#shared/domain/offer.ts';
import { permit } from '#shared/domain/permission.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { openPlacement } from '#shared/domain/placement-decisions.ts';
import { freeSeat, takeSeat } from '#shared/domain/seats.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Offer, Refusal | LostRace>>;
type Answer = Promise<Result<Offer, Refusal>>;
type Decide = (placement: PlacementId, now: Instant) => Result<CandidacyEvent[], Refusal>;

/** What the page of an offer shows its owner. */
export const viewOffer = (
  deps: Pick<CommandDeps, 'records'>,
  command: OfferCommand,
): Promise<Result<OfferPlace, Refusal>> => ownOffer(deps, command);

/**
 * Accepts an offer: the person's other open offers close and their seats become free, the placement is opened and its machine
 * started, all in one transaction. The deadline is compared here; the second of two presses changes nothing.
 * What the checker holds is kept, and refused as `answer-held`.
 */
export const acceptOffer = (deps: Deps, command: OfferCommand): Answer =>
  decideAgain(async (): Attempt => {
    const found = await answered(deps, command);
    return found.ok ? await acceptAt(deps, actorOf(command.by), found.value) : found;
  }, triesInTurn);

/** @param ahead when it was said, where what is kept was said in advance */
export const acceptAt = (deps: Deps, by: Actor, place: OfferPlace, ahead?: Instant): Attempt => {
  const { candidacy, offer, file } = place;
  const answer = { offer: offer.id, zone: file.timeZone, ahead };
  const decide: Decide = (placement, now) => decideAccept(candidacy.state, { ...answer, placement }, now);
  return acceptWhere(deps, by, place, { decide, ahead });
};

/** Accepts where it is decided so: by a press, by what is kept of one, or by what was said in advance. */
export const acceptWhere = async (
  deps: Deps,
  by: Actor,
  place: OfferPlace,
  { decide, ahead }: { decide: Decide; ahead: Instant | undefined },
): Attempt => {
  const { candidacy, offer } = place;
  // Whoever holds another offer frees its seat: nobody may be asked meanwhile on a board on which it is still held.
  const isFreeing = openOffers(candidacy.state).length > 1;
  const turn = isFreeing ? await nextTurn(deps.records, candidacy.state.roundId) : undefined;
  const now = deps.clock.now();
  const id = PlacementId.parse(deps.chance.id());
  const decision = decide(id, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(offer);
  const seats = await seatsOf(deps, place, decision.value, now);
  if (!seats.ok) {
    const kept = { kind: 'accepted', ...(ahead && { ahead }) } as const;
    return await keptWhere(deps, by, { place, answer: kept, why: seats.error });
  }
  const placed = placementOf(place, id, now);
  const letter = letterTo(place, ahead ? 'offer-accepted-ahead' : 'offer-accepted', now);
  return await storeAnswer(deps, by, place, {
    events: inTurn(decision.value, turn?.turn),
    changes: [...placed.changes, ...seats.value],
    outbox: [...signals(decision.value, now), letter, ...placed.outbox],
    ...(turn && { claims: turn.claims, releases: turn.releases }),
  });
};

/** Declines an offer for a reason. Its seat becomes free at once, and its machine asks whoever comes next. */
export const declineOffer = (deps: Deps, command: OfferCommand & { reason: DeclineReason }): Answer =>
  decideAgain(async (): Attempt => {
    const found = await answered(deps, command);
    return found.ok ? await declineAt(deps, actorOf(command.by), found.value, command.reason) : found;
  }, triesInTurn);

export const declineAt = async (deps: Deps, by: Actor, place: OfferPlace, reason: DeclineReason): Attempt => {
  const { candidacy, offer, file } = place;
  const { claims, releases, turn } = await nextTurn(deps.records, candidacy.state.roundId);
  const now = deps.clock.now();
  const answer = { offer: offer.id, zone: file.timeZone, reason };
  const decision = decideDecline(candidacy.state, answer, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(offer);
  const seats = await seatsOf(deps, place, decision.value, now);
  if (!seats.ok) {
    return await keptWhere(deps, by, { place, answer: { kind: 'declined', reason }, why: seats.error });
  }
  const { after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
  const waiting = await placesAfter(deps, place.round.state, after.state);
  return await storeAnswer(deps, by, place, {
    events: inTurn(decision.value, turn),
    changes: seats.value,
    outbox: [
      ...signals(decision.value, now),
      letterTo(place, 'offer-declined', now, { waiting }),
      ...lateAsking(place, after.state, now),
    ],
    claims,
    releases,
  });
};

/** The placement that an acceptance opens, with its machine. */
export const placementOf = (
  { candidacy, offer, round, file }: OfferPlace,
  id: PlacementId,
  now: Instant,
): Pick<Answering, 'changes' | 'outbox'> => {
  const { number, roundId, applicationId } = candidacy.state;
  const opening = { id, applicationId, roundId, number, offer: offer.id, vacancy: offer.vacancy };
  const { change, after } = changed(placementAggregate, id, undefined, openPlacement(opening, file, now));
  return { changes: [change], outbox: [startPlacement(round.state, after.state, now)] };
};

/** An own offer in a stage in which offers are answered. */
export const answered = async (deps: Deps, command: OfferCommand): Promise<Result<OfferPlace, Refusal>> => {
  const found = await ownOffer(deps, command);
  if (!found.ok) return found;
  const permitted = permit('offer.answer', 'applicant', found.value.round.state.stage);
  return permitted.ok ? found : permitted;
};

type Answering = Pick<Commit, 'claims' | 'releases' | 'requires'> & {
  events: readonly CandidacyEvent[];
  changes: Commit['changes'];
  outbox: NonNullable<Commit['outbox']>;
};

/** Stores what became of an offer, as long as its round stands as it was read. */
export const storeAnswer = async (
  deps: Pick<CommandDeps, 'records' | 'nudge'>,
  by: Actor,
  { candidacy, offer, round }: OfferPlace,
  { events, changes, requires = [], ...beside }: Answering,
): Attempt => {
  const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, events);
  const stored = await store(deps, {
    by,
    changes: [change, ...changes],
    requires: [{ aggregate: 'round', id: round.id, version: round.version }, ...requires],
    ...beside,
  });
  return stored.ok ? ok(offerIn(after, offer.id)) : stored;
};

const offerIn = ({ state }: Versioned<Candidacy>, id: OfferId): Offer => {
  const offer = offerOf(state, id);
  if (!offer) throw new Error(`Offer ${id} is gone.`);
  return offer;
};

/**
 * What an answer does to the seats: the accepted one is taken, all others that ended are free. Held against the checker of the cascade with the
 * person's offers, so that nothing is stored which it finds wrong: refused as `held-by-check`.
 */
export const seatsOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  { candidacy, haveEnded }: Pick<OfferPlace, 'candidacy'> & { haveEnded?: boolean },
  events: readonly CandidacyEvent[],
  now: Instant,
): Promise<Result<Commit['changes'], LostRace | HeldByCheck>> => {
  const ledger = seatLedger(records, candidacy.state.roundId);
  for (const event of events) {
    if (!('offer' in event)) continue;
    const vacancy = offerOf(candidacy.state, event.offer)?.vacancy;
    if (vacancy === undefined) continue;
    await ledger.decide(vacancy, (seats) => {
      // The checker sees what is missing.
      if (!seats || event.type === 'offer-accepted-conditionally') return ok([]);
      return event.type === 'offer-accepted'
        ? takeSeat(seats, event.offer, now)
        : ok(freeSeat(seats, event.offer, now));
    });
  }
  const faults = answerFaults(candidacy.state, { events, seats: ledger.standing(), haveEnded });
  if (faults.length === 0) return ok(ledger.changes());
  // Seats that were read after somebody else's answer to the same offer are no fault.
  const stored = await records.find(candidacyAggregate, candidacy.id);
  if (stored?.version !== candidacy.version) return refuse({ kind: 'lost-race' });
  const { roundId, applicationId } = candidacy.state;
  const reason = faults.map(({ fault }) => fault).join(' ');
  log.error('ANSWER_NOT_SOUND', { roundId, applicationId, reason });
  return refuse({ kind: 'held-by-check' });
};

type HeldByCheck = Extract<Refusal, { kind: 'held-by-check' }>;

/** Every offer that ended lets its machine go on. */
export const signals = (events: readonly CandidacyEvent[], now: Instant): NonNullable<Commit['outbox']> =>
  events.flatMap((event) => ('offer' in event ? [resumeOffer(event.offer, now)] : []));

/** What becomes of an offer, told to its owner. */
const letterTo = (
  { application, candidacy, offer, vacancy, round }: OfferPlace,
  template: 'offer-accepted' | 'offer-accepted-ahead' | 'offer-declined',
  now: Instant,
  more: Record<string, string> = {},
) => {
  const { personId } = application.state;
  const facts = { number: candidacy.state.number, ...postFacts(vacancy), answeredAt: now, ...more };
  return letterAbout({ template, cause: offer.id, to: personId }, round.state, facts, now);
};
