import type { CommandDeps } from '#functions/commands/deps.ts';
import { listRounds } from '#functions/commands/rounds.ts';
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
  let after: string | undefined;
  do {
    const page = await listRounds(deps, after === undefined ? {} : { after });
    for (const round of page.items) {
      const committee = await deps.records.find(committeeAggregate, round.id);
      const seat = seatOf(committee?.state, personId);
      if (seat) mine.push({ round, seat: seat.seat });
    }
    after = page.next;
  } while (after !== undefined);
  return mine;
};
