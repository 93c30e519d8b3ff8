import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { keptWhere } from '#functions/commands/held-answers.ts';
import { notKeptAway } from '#functions/commands/kept-away.ts';
import { nextTurn } from '#functions/commands/offer-board.ts';
import { conditionFacts, letterAbout, postFacts } from '#functions/commands/offer-messages.ts';
import { type OfferCommand, type OfferPlace, offerPlace } from '#functions/commands/offer-place.ts';
import { answered, placementOf, seatsOf, signals, storeAnswer } from '#functions/commands/offers.ts';
import { decideAgain, type LostRace, triesInTurn } from '#functions/commands/storing.ts';
import { type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import type { Offer } from '#shared/domain/candidacy.ts';
import type { Actor } from '#shared/domain/event.ts';
import { type ApplicationId, type OfferId, PlacementId } from '#shared/domain/ids.ts';
import {
  acceptConditionally as decideConditional,
  confirmCondition as decideConfirm,
  openOffers,
  openUntil,
} from '#shared/domain/offer.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Offer, Refusal | LostRace>>;
type Answer = Promise<Result<Offer, Refusal>>;

/**
 * Accepts an offer on a condition that the round file allows: the person's other open offers close, and the seat is held until the condition
 * is due. One that the file does not have is refused as `invalid` at `condition`.
 */
export const acceptConditionally = (deps: Deps, command: OfferCommand & { condition: string }): Answer =>
  decideAgain(async (): Attempt => {
    const found = await answered(deps, command);
    return found.ok ? await acceptOn(deps, actorOf(command.by), found.value, command.condition) : found;
  }, triesInTurn);

export const acceptOn = async (deps: Deps, by: Actor, place: OfferPlace, code: string): Attempt => {
  const { candidacy, offer, file } = place;
  const allowed = file.answer.conditions?.find((one) => one.code === code);
  if (!allowed) {
    const faults = [{ place: 'condition', message: 'offer.condition.needed' }];
    return refuse({ kind: 'invalid', faults });
  }
  // Whoever holds another offer frees its seat, as with any acceptance.
  const isFreeing = openOffers(candidacy.state).length > 1;
  const turn = isFreeing ? await nextTurn(deps.records, candidacy.state.roundId) : undefined;
  const now = deps.clock.now();
  const condition = { code: allowed.code, acceptedAt: now };
  const expiresAt = openUntil(file, { madeAt: offer.madeAt, condition });
  const answer = { offer: offer.id, zone: file.timeZone, condition: allowed.code, expiresAt };
  const decision = decideConditional(candidacy.state, answer, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(offer);
  const seats = await seatsOf(deps, place, decision.value, now);
  if (!seats.ok) {
    const kept = { kind: 'accepted-conditionally', condition: allowed.code } as const;
    return await keptWhere(deps, by, { place, answer: kept, why: seats.error });
  }
  const shown = { ...place, offer: { ...offer, condition } };
  return await storeAnswer(deps, by, place, {
    events: inTurn(decision.value, turn?.turn),
    changes: seats.value,
    // Its own machine waits on; those of the offers that close are woken.
    outbox: [
      ...signals(
        decision.value.filter(({ type }) => type === 'offer-closed'),
        now,
      ),
      letterOn(shown, 'offer-conditional', { expiresAt }, now),
    ],
    ...(turn && { claims: turn.claims, releases: turn.releases }),
  });
};

/** An administrator has seen that a condition is fulfilled: the acceptance counts for good, and the placement begins. */
export const confirmCondition = (
  deps: Deps,
  { by, roundId, ...key }: CommitteeCommand & { applicationId: ApplicationId; offerId: OfferId },
): Answer =>
  decideAgain(async (): Attempt => {
    const allowed = await workplace(deps, { by, roundId }, 'offer.confirm');
    if (!allowed.ok) return allowed;
    const found = await offerPlace(deps, key);
    if (!found.ok) return found;
    if (found.value.candidacy.state.roundId !== roundId) return refuse({ kind: 'not-found', what: 'offer' });
    const free = notKeptAway(allowed.value, key.applicationId);
    return free.ok ? await confirmAt(deps, allowed.value.by, found.value, free.value) : free;
  });

export const confirmAt = async (
  deps: Deps,
  by: Actor,
  place: OfferPlace,
  stands: NonNullable<Commit['requires']> = [],
): Attempt => {
  const { candidacy, offer, file } = place;
  const now = deps.clock.now();
  const id = PlacementId.parse(deps.chance.id());
  const answer = { offer: offer.id, zone: file.timeZone, placement: id };
  const decision = decideConfirm(candidacy.state, answer, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(offer);
  const seats = await seatsOf(deps, place, decision.value, now);
  if (!seats.ok) {
    return await keptWhere(deps, by, { place, answer: { kind: 'condition-met' }, why: seats.error });
  }
  const placed = placementOf(place, id, now);
  return await storeAnswer(deps, by, place, {
    events: decision.value,
    requires: stands,
    changes: [...placed.changes, ...seats.value],
    outbox: [
      ...signals(decision.value, now),
      letterOn(place, 'offer-condition-met', { answeredAt: now }, now),
      ...placed.outbox,
    ],
  });
};

const letterOn = (
  { application, candidacy, offer, vacancy, round, file }: OfferPlace,
  template: 'offer-conditional' | 'offer-condition-met',
  moment: Record<string, Instant>,
  now: Instant,
) => {
  const { personId } = application.state;
  const about = { number: candidacy.state.number, ...postFacts(vacancy), ...conditionFacts(file, offer) };
  return letterAbout({ template, cause: offer.id, to: personId }, round.state, { ...about, ...moment }, now);
};
