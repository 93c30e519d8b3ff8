import type { CommandDeps } from '#functions/commands/deps.ts';
import { gatherRound } from '#functions/commands/minutes-gathering.ts';
import { keepMinutes, keptOrder } from '#functions/commands/papers.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { firstMinutes } from '#shared/domain/round-minutes.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { gatheredMinutes } from '#shared/papers/gathered-minutes.ts';
import { minutesName, type PaperOrder } from '#shared/papers/order.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'clock' | 'chance'> & Pick<SignInDeps, 'people'>;

/**
 * Gathers the minutes of a closed round, keeps their data, and answers the order with which they are drawn. Data that were
 * kept before are ordered again as they are: a retry or a second execution changes nothing, whatever names are by then.
 * @throws when the round is not closed, which no machine asks for
 */
export const orderMinutes = async (deps: Deps, roundId: RoundId): Promise<PaperOrder> => {
  const kept = await keptOrder(deps.papers, roundId, minutesName(firstMinutes));
  if (kept) return kept;
  const round = (await deps.records.find(roundAggregate, roundId))?.state;
  if (round?.stage !== 'closed') throw new Error(`Round ${roundId} is not closed.`);
  const gathered = await gatherRound(deps, round);
  return await keepMinutes(deps.papers, gatheredMinutes(gathered, firstMinutes, deps.clock.now()));
};
