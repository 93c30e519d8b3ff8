import type * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { closeCall } from '#functions/commands/round-stages.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Round } from '#shared/domain/round.ts';
import { lastMoment } from '#shared/domain/round-call.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { readRound } from '#workflows/contracts.ts';

export type Standing = z.infer<typeof readRound.output>;

/** Where a round stands now. @throws when there is no such round, which no execution can mend */
export const readStanding = async (
  { records }: Pick<CommandDeps, 'records'>,
  roundId: RoundId,
): Promise<Standing> => {
  const found = await records.find(roundAggregate, roundId);
  if (!found) throw new Error(`There is no round ${roundId}.`);
  return standingOf(found.state);
};

/**
 * Closes the call, and answers where the round stands afterwards: still in the call when its deadline was extended
 * meanwhile, in whatever stage it is when somebody was faster or cancelled it.
 */
export const closeAndRead = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  roundId: RoundId,
): Promise<Standing> => {
  const closed = await closeCall(deps, roundId);
  if (closed.ok) return standingOf(closed.value.state);
  if (closed.error.kind === 'too-early' || closed.error.kind === 'wrong-stage')
    return readStanding(deps, roundId);
  throw new Error(`The call of ${roundId} could not be closed: ${closed.error.kind}.`);
};

const standingOf = (round: Round): Standing => ({
  roundId: round.id,
  stage: round.stage,
  closesAt: endOf(round),
  attempt: round.stage === 'draft' ? 1 : (round.attempt ?? 1),
});

/** Until when the machine waits: the end of the call with its grace. */
const endOf = (round: Round): Standing['closesAt'] => {
  if (round.stage === 'draft') return undefined;
  return round.stage === 'call' ? lastMoment(round) : round.closesAt;
};
