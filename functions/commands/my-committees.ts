import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { committeeAggregate, type SeatKind, seatOf } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';

/** The rounds on whose committee a person sits, newest first. */
export const myCommittees = async (
  deps: Pick<CommandDeps, 'records' | 'region'>,
  personId: PersonId,
): Promise<{ round: Versioned<Round>; seat: SeatKind }[]> => {
  const mine: { round: Versioned<Round>; seat: SeatKind }[] = [];
  for (const round of await everyRound(deps)) {
    const committee = await deps.records.find(committeeAggregate, round.id);
    const seat = seatOf(committee?.state, personId);
    if (seat) mine.push({ round, seat: seat.seat });
  }
  return mine;
};
