import type { CommandDeps } from '#functions/commands/deps.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { seatsOf, signals } from '#functions/commands/offers.ts';
import { changed, type LostRace } from '#functions/commands/storing.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { acceptedOffer, withdrawCandidacy } from '#shared/domain/offer.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { closePlacement } from '#shared/domain/placement-decisions.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { freeSlot } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Part = { changes: Commit['changes']; outbox: NonNullable<Commit['outbox']> };

/**
 * What the withdrawal of an application does to its candidacy, for the same transaction: open and accepted offers close, their
 * seats become free for whoever comes next, the placement ends, and an interview that has not begun is free for others. Nothing for an application that is not under selection.
 * A lost race when somebody changed a seat at this moment: read again.
 */
export const withdrawalOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  id: ApplicationId,
  { now, zone, turn }: { now: Instant; zone: string; turn: number | undefined },
): Promise<Result<Part, Refusal | LostRace>> => {
  const candidacy = await records.find(candidacyAggregate, id);
  const events = candidacy ? inTurn(withdrawCandidacy(candidacy.state, now), turn) : [];
  if (!candidacy || events.length === 0) return ok({ changes: [], outbox: [] });
  const seats = await seatsOf({ records }, { candidacy }, events, now);
  if (!seats.ok) return seats;
  const slot = await slotFreed({ records }, candidacy, { now, zone });
  const { change } = changed(candidacyAggregate, id, candidacy, [...slot.events, ...events]);
  return ok({
    changes: [
      change,
      ...slot.changes,
      ...seats.value,
      ...(await placementClosed({ records }, candidacy, now)),
    ],
    outbox: [...signals(open(candidacy, events), now), ...freed(candidacy, now)],
  });
};

/** The machine of an accepted offer has ended: only those of open ones are waiting. */
const open = ({ state }: Versioned<Candidacy>, events: readonly CandidacyEvent[]): CandidacyEvent[] => {
  const accepted = acceptedOffer(state)?.id;
  return events.filter((event) => 'offer' in event && event.offer !== accepted);
};

/** An accepted seat that becomes free has no machine which would ask for it. */
const freed = ({ state }: Versioned<Candidacy>, now: Instant): Part['outbox'] => {
  const accepted = acceptedOffer(state);
  return accepted ? [makeOffers({ id: state.roundId }, `${state.roundId}#freed-${accepted.id}`, now)] : [];
};

/** An interview that has begun stays in the plan as it was. */
const slotFreed = async (
  { records }: Pick<CommandDeps, 'records'>,
  { state }: Versioned<Candidacy>,
  at: { now: Instant; zone: string },
): Promise<{ events: CandidacyEvent[]; changes: Commit['changes'] }> => {
  const slot = state.slotId && (await records.find(slotAggregate, state.slotId));
  const decision = slot && freeSlot(slot.state, state.applicationId, at);
  if (!slot || !decision?.ok || decision.value.length === 0) return { events: [], changes: [] };
  return {
    events: [{ type: 'interview-cancelled', at: at.now, slot: slot.state.id }],
    changes: [changed(slotAggregate, slot.id, slot, decision.value).change],
  };
};

const placementClosed = async (
  { records }: Pick<CommandDeps, 'records'>,
  { state }: Versioned<Candidacy>,
  now: Instant,
): Promise<Commit['changes']> => {
  const id = acceptedOffer(state)?.placementId;
  const placement = id && (await records.find(placementAggregate, id));
  if (!placement) return [];
  const events = closePlacement(placement.state, now);
  return events.length === 0 ? [] : [changed(placementAggregate, placement.id, placement, events).change];
};
