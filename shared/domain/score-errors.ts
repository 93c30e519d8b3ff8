import { ratingVariances } from '#shared/analysis/adjust.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import type { Variances } from '#shared/analysis/variances.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { countedScores } from '#shared/domain/scoring.ts';

/*
 * How sure scores are, in percent of the scale.
 */

/** How far chance moves scores as they were given; undefined where nothing was scored. */
export const variancesIn = (candidacies: readonly Candidacy[]): Variances | undefined => {
  const ratings = candidacies.flatMap((one) =>
    countedScores(one).map(({ raterId: rater, total: score }) => ({
      application: one.applicationId,
      rater,
      score,
    })),
  );
  return ratings.length > 0 ? ratingVariances(tableOf(ratings)) : undefined;
};

/** Of the mean of so many ratings, √((σ² + σ_β²)/n): chance, and how severe its raters happen to be. */
export const errorOf = (variances: Variances | undefined, ratings: number): number =>
  variances && ratings > 0 ? Math.sqrt((variances.residual + variances.rater) / ratings) : 0;

/** How much of the total raters decide, 0 to 1. */
export const weightRated = ({ rubric: { criteria } }: Pick<RoundFile, 'rubric'>): number =>
  weightOf(ratedCriteria(criteria)) / weightOf(criteria);

const weightOf = (criteria: readonly { weight: number }[]): number =>
  criteria.reduce((sum, { weight }) => sum + weight, 0);
