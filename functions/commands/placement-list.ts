import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Placement, placementAggregate, placementsOf } from '#shared/domain/placement.ts';
import type { Records } from '#shared/ports/records.ts';

/** Every placement of a round, by vacancy. */
export const allPlacements = async (
  records: Pick<Records, 'list'>,
  roundId: RoundId,
): Promise<Versioned<Placement>[]> => {
  const all: Versioned<Placement>[] = [];
  let after: string | undefined;
  do {
    const page = await records.list(placementAggregate, 'list', placementsOf(roundId), {
      limit: 200,
      ...(after !== undefined && { after }),
    });
    all.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return all;
};
