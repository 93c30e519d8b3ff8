import { rankIntervals } from '#shared/analysis/ranking.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { errorOf, variancesIn, weightRated } from '#shared/domain/score-errors.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { Adjusted } from '#shared/domain/severity.ts';
import type { Standing } from '#shared/domain/standing.ts';

type Rules = {
  file: Pick<RoundFile, 'rubric'>;
  adjusted: Pick<Adjusted, 'counts' | 'variances'> | undefined;
};

/**
 * The same standings with how far chance may have moved each (ANCHORS B12): the standard error of its total, and the ranks that 95 %
 * intervals leave open. What is told are the errors of what the ranks go by, as near the line (`further-ratings.ts`), of everybody who has a
 * rank. Nothing is added where too few applications were rated twice to say it.
 */
export const withSpread = (
  standings: readonly Standing[],
  candidacies: readonly Candidacy[],
  { file, adjusted }: Rules,
): Standing[] => {
  const isAdjusted = adjusted?.counts === 'adjusted';
  const variances = isAdjusted ? undefined : (adjusted?.variances ?? variancesIn(candidacies));
  if (!isAdjusted && !variances?.freedom) return [...standings];
  const ratings = new Map(candidacies.map((one) => [one.applicationId, countedScores(one).length]));
  const share = weightRated(file);
  const errors = Float64Array.from(standings, ({ applicationId, rated }) =>
    isAdjusted ? share * (rated?.error ?? 0) : share * errorOf(variances, ratings.get(applicationId) ?? 0),
  );
  const scores = Float64Array.from(standings, ({ total = 0 }) => total);
  const { best, worst } = rankIntervals(scores, errors);
  return standings.map((standing, item): Standing => {
    const error = rounded(errors[item] ?? 0);
    // Nobody's points stand by chance where no rater gave them.
    return error > 0
      ? Object.assign({}, standing, { spread: { error, ranks: [best[item] ?? 1, worst[item] ?? 1] } })
      : standing;
  });
};
