import type { CommandDeps } from '#functions/commands/deps.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { type SeenResult, seenResult } from '#functions/commands/poll-result-view.ts';
import { type OnPoll, pollsOf } from '#functions/commands/polls.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { workplace } from '#functions/commands/workplace.ts';
import { pollIn } from '#shared/domain/poll.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The result of one poll, to be taken away. */
export type TakenResult = { intake: string; number: number; result: SeenResult };

/** What a closed poll came to, as its reader sees it; that it was taken away is noted. */
export const takenResult = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'readLog'>,
  command: OnPoll,
): Promise<Result<TakenResult, Refusal>> => {
  const listed = await workplace(deps, command, 'lists.export');
  if (!listed.ok) return listed;
  const found = await workplace(deps, command, 'poll.read');
  if (!found.ok) return found;
  const place = found.value;
  const poll = pollIn((await pollsOf(deps, command.roundId))?.state, command.poll);
  if (poll?.status !== 'closed') return refuse({ kind: 'not-found', what: 'poll' });
  const result = seenResult(poll, await standingListOf(deps.records, poll.proposal), wallIn(place));
  const owner = `round#${command.roundId}`;
  await deps.readLog.add({ reader: place.by, owner, what: 'list', at: deps.clock.now() });
  return ok({ intake: place.file.intake, number: poll.number, result });
};
