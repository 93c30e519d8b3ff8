import { everyOf } from '#functions/commands/every.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Placement, placementAggregate, placementsOf } from '#shared/domain/placement.ts';
import type { Records } from '#shared/ports/records.ts';

/** Every placement of a round, by vacancy. */
export const allPlacements = (
  records: Pick<Records, 'list'>,
  roundId: RoundId,
): Promise<Versioned<Placement>[]> => everyOf(records, placementAggregate, placementsOf(roundId));
