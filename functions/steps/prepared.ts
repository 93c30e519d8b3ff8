import { type SearchDeps, searchConflicts } from '#functions/commands/conflict-search.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { assignRaters } from '#functions/commands/rater-drawing.ts';
import { type Progress, prepareScreening } from '#functions/commands/screening-preparation.ts';
import type { RoundId } from '#shared/domain/ids.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Prepared = { roundId: RoundId; ready: 'screening' | 'scoring' | 'unready' };

/**
 * One go at opening candidacies; the machine comes back until none is left to open. Before the gate opens, conflicts of interest
 * are looked for, so that nobody comes to an application that they may not see.
 */
export const screeningPrepared = async (deps: SearchDeps, roundId: RoundId): Promise<Prepared> => {
  const progress = await prepareScreening(deps, roundId);
  if (progress === 'done') await searchConflicts(deps, roundId);
  return answer(roundId, 'screening', progress);
};

/** One go at finding raters. */
export const ratersAssigned = async (deps: Deps, roundId: RoundId): Promise<Prepared> =>
  answer(roundId, 'scoring', await assignRaters(deps, roundId));

/** A round that is elsewhere is read again, like one that needs another go. */
const answer = (roundId: RoundId, stage: 'screening' | 'scoring', progress: Progress): Prepared => ({
  roundId,
  ready: progress === 'done' ? stage : 'unready',
});
