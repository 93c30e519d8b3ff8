import type { CommandDeps } from '#functions/commands/deps.ts';
import { interviewsTimed } from '#functions/commands/interviews-timed.ts';
import { planOf, scoredIn, scoredNow, withRaters } from '#functions/commands/rater-place.ts';
import { scannedIn } from '#functions/commands/scanned.ts';
import { screenedNow } from '#functions/commands/screening-preparation.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { type Committee, votersOf } from '#shared/domain/committee.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { judgementsOwed, scorecardsOwed, scoresOwed, type WorkOwed } from '#shared/domain/work-owed.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;
type Place = { round: Round; committee: Committee; file: RoundFile };

/** What waits for whoever screens, scores or interviews in a round now, as lists show it; nothing in other stages. */
export const workOwed = (deps: Deps, place: Place): Promise<WorkOwed> =>
  owedOf(deps, place, {
    screened: async (id) => {
      const listed = (await candidaciesIn(deps.records, id)).map(({ state }) => state);
      return await scannedIn(deps.records, place.file, listed);
    },
    scored: async (round) => (await scoredIn(deps.records, round)).map(({ state }) => state),
  });

/** The same, each application read by its id: for what is said once, right after work was given that a list may not show yet. */
export const workOwedNow = (deps: Deps, place: Place): Promise<WorkOwed> =>
  owedOf(deps, place, {
    screened: async (id) => (await screenedNow(deps.records, id, place.file)).screened,
    scored: async (round) => (await scoredNow(deps.records, round)).map(({ state }) => state),
  });

type Reading = {
  screened: (id: RoundId) => Promise<Candidacy[]>;
  scored: (round: RoundIn<'scoring'>) => Promise<Candidacy[]>;
};

const owedOf = async (deps: Deps, { round, committee, file }: Place, reading: Reading): Promise<WorkOwed> => {
  if (round.stage === 'screening')
    return judgementsOwed(await reading.screened(round.id), { committee, voters: votersOf(committee) });
  if (round.stage !== 'scoring') {
    const interviews = await interviewsTimed(deps, { round, file });
    return scorecardsOwed(interviews, { committee, now: deps.clock.now() });
  }
  const [place, scored] = await Promise.all([
    withRaters(deps, { round, committee, file }),
    reading.scored(round),
  ]);
  return scoresOwed(scored, planOf(place));
};
