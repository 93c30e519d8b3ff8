import type { Adjustment } from '#shared/analysis/adjust.ts';
import { sparseIcc } from '#shared/analysis/icc.ts';
import { residualsOf } from '#shared/analysis/raters.ts';
import { type RatingTable, ratingsOf } from '#shared/analysis/ratings.ts';

/** One of the conditions under which adjusted scores may count (ANCHORS 5.3). */
export type Check = {
  check: 'connected' | 'ratings' | 'reliability' | 'residuals';
  passed: boolean;
  /** What was found, and the bound that it was held against. */
  found: number;
  bound: number;
};

/** Bounds of the diagnostics. */
export const gateBounds = {
  /** Ratings of each rater whose severity is not held at 0. */
  ratings: 8,
  /** ICC of the mean of the ratings: below it is poor (Koo and Li 2016). */
  reliability: 0.5,
  /** Share of residuals beyond three standard deviations; a normal distribution has 0.0027. */
  residuals: 0.01,
} as const;

/**
 * Whether the diagnostics allow adjusted scores to count. That the round file said so before opening is for the round to know.
 * The adjustment must have been made with `leastRatings: gateBounds.ratings`, so that raters with fewer are fully shrunk.
 */
export const gateOf = (table: RatingTable, adjustment: Adjustment): Check[] => {
  const { connection, variances, severity, raw } = adjustment;
  const counts = ratingsOf(table);
  const shy = counts.filter((count, rater) => count < gateBounds.ratings && severity[rater] !== 0);
  const icc = sparseIcc(variances, table.score.length / raw.length) ?? 0;
  const limit = 9 * variances.residual;
  const far = residualsOf(table, adjustment).filter((residual) => residual * residual > limit).length;
  const share = far / table.score.length;
  return [
    { check: 'connected', passed: connection.groups === 1, found: connection.groups, bound: 1 },
    { check: 'ratings', passed: shy.length === 0, found: shy.length, bound: 0 },
    {
      check: 'reliability',
      passed: icc >= gateBounds.reliability,
      found: icc,
      bound: gateBounds.reliability,
    },
    { check: 'residuals', passed: share <= gateBounds.residuals, found: share, bound: gateBounds.residuals },
  ];
};
