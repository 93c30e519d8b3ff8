import type { CommandDeps } from '#functions/commands/deps.ts';
import { openGate } from '#functions/commands/gates.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { movedOn } from '#workflows/asl.ts';

/**
 * Stores the task token with the round's gate, before anyone is told.
 * @throws RoundMovedOn when the round waits for nobody any more: the machine then reads it again
 */
export const storeToken = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>,
  command: { roundId: RoundId; token: string },
): Promise<Record<string, never>> => {
  const opened = await openGate(deps, command);
  if (opened.ok) return {};
  const error = new Error(`No gate was opened for ${command.roundId}: ${opened.error.kind}.`);
  if (opened.error.kind === 'wrong-stage') error.name = movedOn;
  throw error;
};
