import type * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type PlacementTurn, readPlacement, remindOwners } from '#functions/commands/placement-waiting.ts';
import type { PlacementId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import type { readPlacement as contract } from '#workflows/contracts.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Standing = z.infer<typeof contract.output>;

/** @throws when there is no such placement, which no execution can mend */
export const placementStanding = async (deps: Deps, placementId: PlacementId): Promise<Standing> =>
  standingOf(placementId, await readPlacement(deps, placementId));

export const remindAndRead = async (deps: Deps, placementId: PlacementId): Promise<Standing> =>
  standingOf(placementId, await remindOwners(deps, placementId));

const standingOf = (placementId: PlacementId, turn: Result<PlacementTurn, Refusal>): Standing => {
  if (!turn.ok) throw new Error(`Placement ${placementId} cannot be looked after: ${turn.error.kind}.`);
  return { placementId, ...turn.value };
};
