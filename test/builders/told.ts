import { roundRecipients } from '#functions/commands/round-letters.ts';
import { cancelRound, extendDeadline } from '#functions/commands/round-stages.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { administrator } from '#test/builders/scenes.ts';

type Deps = Parameters<typeof cancelRound>[0];

/** Extends a call as an administrator does who has just looked at how many people are told. */
export const extendIn = async (world: Deps, of: { roundId: RoundId; closesAt: Instant }) =>
  await extendDeadline(world, {
    by: administrator,
    ...of,
    shown: await roundRecipients(world, of.roundId),
  });

/** Cancels a round in the same way. */
export const cancelIn = async (world: Deps, roundId: RoundId, reason = 'No budget.') =>
  await cancelRound(world, {
    by: administrator,
    roundId,
    reason,
    shown: await roundRecipients(world, roundId),
  });
