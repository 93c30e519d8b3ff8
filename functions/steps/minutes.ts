import type { CommandDeps } from '#functions/commands/deps.ts';
import { noteMinutes } from '#functions/commands/round-stages.ts';
import { type DrawnPaper, minutesNumber } from '#shared/papers/order.ts';

/** @throws when what was drawn are no minutes, or their round is not closed */
export const noteDrawn = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  { roundId, name, sha256: data, files }: DrawnPaper,
): Promise<Record<string, never>> => {
  const number = minutesNumber(name);
  if (number === undefined) throw new Error(`${name} are no minutes.`);
  const minutes = { number, data, files: files.map(({ key: _key, ...file }) => file) };
  const noted = await noteMinutes(deps, { roundId, minutes });
  if (!noted.ok) throw new Error(`The minutes of ${roundId} could not be noted: ${noted.error.kind}.`);
  return {};
};
