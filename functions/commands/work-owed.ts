import type { CommandDeps } from '#functions/commands/deps.ts';
import { planOf, scoredIn, withRaters } from '#functions/commands/rater-place.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { type Committee, votersOf } from '#shared/domain/committee.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { judgementsOwed, scoresOwed, type WorkOwed } from '#shared/domain/work-owed.ts';

/** What waits for whoever screens or scores a round now; nothing in other stages. */
export const workOwed = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { round, committee, file }: { round: Round; committee: Committee; file: RoundFile },
): Promise<WorkOwed> => {
  if (round.stage === 'screening') {
    const screened = (await candidaciesIn(deps.records, round.id)).map(({ state }) => state);
    return judgementsOwed(screened, { committee, voters: votersOf(committee) });
  }
  if (round.stage !== 'scoring') return new Map();
  const [place, scored] = await Promise.all([
    withRaters(deps, { round, committee, file }),
    scoredIn(deps.records, round),
  ]);
  return scoresOwed(
    scored.map(({ state }) => state),
    planOf(place),
  );
};
