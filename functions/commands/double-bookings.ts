import type { CommandDeps } from '#functions/commands/deps.ts';
import { takenTwice } from '#functions/commands/engaged-slots.ts';
import { owedSlotsIn, slotsIn } from '#functions/commands/interview-reading.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { seatingBook } from '#functions/commands/seating-book.ts';
import type { CheckFinding, RoundInvariant } from '#shared/checks/finding.ts';
import { unseated } from '#shared/checks/seating-invariants.ts';
import type { SlotId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { isBehind } from '#shared/domain/stage.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;
type Of = { round: Round; file: Pick<RoundFile, 'interviews'> };

/**
 * Times of a round that are still to come and cannot all be held: people or a room are taken twice, in this round or another one, or the
 * seating book does not know of them, so that others may be planned beside them. Told where two readings say so.
 */
export const doubleBookingsIn = async (deps: Deps, of: Of): Promise<CheckFinding[]> => {
  if (!isGatedRound(of.round)) return [];
  const first = await seen(deps, of);
  if (first.length === 0) return [];
  const again = new Set((await seen(deps, of)).map(nameOf));
  return first.filter((finding) => again.has(nameOf(finding)));
};

const nameOf = ({ invariant, id }: CheckFinding): string => `${invariant} ${id}`;

const seen = async (deps: Deps, { round, file }: Of): Promise<CheckFinding[]> => {
  const { records } = deps;
  const slots = await comingSlots(deps, round);
  if (slots.length === 0) return [];
  const book = await panelBook(records, round.id);
  const twice = await takenTwice(deps, { round, file, book }, slots);
  const { state } = await seatingBook(deps, round.id);
  const lost = slots.filter((slot) => unseated(state, slot)).map(({ id }) => id);
  const found: (readonly [RoundInvariant, Iterable<SlotId>])[] = [
    ['slot-double-booked', twice],
    ['slot-unseated', lost],
  ];
  const told: CheckFinding[] = [];
  for (const [invariant, ids] of found) {
    for (const id of ids) {
      // A list may lag: one that left the plan meanwhile takes nothing.
      const slot = (await records.find(slotAggregate, id))?.state;
      if (slot && !slot.removedAt) told.push({ invariant, aggregate: 'slot', id, roundId: round.id });
    }
  }
  return told;
};

/** Once its stage is over, a time that nobody has is not held. */
const comingSlots = async ({ records, clock }: Deps, { id, stage }: Round): Promise<Slot[]> => {
  const now = clock.now();
  const isHeld = ({ applicationId }: Slot): boolean =>
    !isBehind(stage, 'interviews') || applicationId !== undefined;
  const planned = (await slotsIn(records, id)).filter(isHeld);
  return [...planned, ...(await owedSlotsIn(records, id))].filter(({ endsAt }) => endsAt > now);
};
