import type { Adjustment } from '#shared/analysis/adjust.ts';
import { sparseIcc } from '#shared/analysis/icc.ts';
import { residualsOf } from '#shared/analysis/raters.ts';
import { type RatingTable, ratingsOf } from '#shared/analysis/ratings.ts';
import { rounded } from '#shared/analysis/rounding.ts';

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
  /** Ratings of each rater whose severity is not taken to be 0. */
  ratings: 8,
  /** ICC of the mean of the ratings: below it is poor (Koo and Li 2016). */
  reliability: 0.5,
  /** Share of residuals beyond three standard deviations; a normal distribution has 0.0027. */
  residuals: 0.01,
} as const;

/**
 * Whether the diagnostics allow adjusted scores to count. That the round file said so before opening is for the round to know.
 * What is a share or a reliability is compared as it is shown, with four decimals.
 * @param lone applications that are not in the table, since nobody whose severity is known scored them: nothing links them to it
 */
export const gateOf = (table: RatingTable, adjustment: Adjustment, lone = 0): Check[] => {
  const { connection, variances, severity, raw } = adjustment;
  const groups = connection.groups + lone;
  const counts = ratingsOf(table);
  const shy = counts.filter((count, rater) => count < gateBounds.ratings && severity[rater] !== 0);
  const icc = rounded(sparseIcc(variances, table.score.length / raw.length) ?? 0);
  const share = rounded(farShare(table, adjustment));
  return [
    { check: 'connected', passed: groups === 1, found: groups, bound: 1 },
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

/** The share of residuals beyond three standard deviations; without a variance there is nothing to be far from. */
const farShare = (table: RatingTable, adjustment: Adjustment): number => {
  const limit = 9 * adjustment.variances.residual;
  if (limit === 0) return 0;
  const far = residualsOf(table, adjustment).filter((residual) => residual * residual > limit);
  return far.length / table.score.length;
};
