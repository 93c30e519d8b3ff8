import type { Adjustment } from '#shared/analysis/adjust.ts';
import { type Interval, sparseIcc } from '#shared/analysis/icc.ts';
import { sparseInterval } from '#shared/analysis/icc-interval.ts';
import { residualsOf } from '#shared/analysis/raters.ts';
import { type RatingTable, ratingsOf } from '#shared/analysis/ratings.ts';
import { rounded } from '#shared/analysis/rounding.ts';

/** One of the conditions under which adjusted scores may count (ANCHORS 5.3). */
export type Check = {
  check: 'connected' | 'few' | 'reliability' | 'residuals';
  passed: boolean;
  /** What was found, and the bound that it was held against. Of a reliability that is not known, 0. */
  found: number;
  /** The ratings do not tell it (`meanReliability`). */
  unknown?: true;
  /** Of a reliability: 95 %, where the ratings tell it. The value alone is held against the bound. */
  interval?: Interval;
  bound: number;
};

/** Bounds of the diagnostics. */
export const gateBounds = {
  /** Ratings of a rater from which on something is said of how severe they are. */
  ratings: 8,
  /** Share of ratings by raters with fewer: where more of the scores stay as they were, adjusted and other ones would be compared. */
  few: 0.1,
  /** ICC of the mean of the ratings: below it is poor (Koo and Li 2016). */
  reliability: 0.5,
  /** Share of residuals beyond three standard deviations; a normal distribution has 0.0027. */
  residuals: 0.01,
} as const;

/**
 * Whether the diagnostics allow adjusted scores to count. That the round file said so before opening is for the round to know.
 * What is a share or a reliability is compared as it is shown, with four decimals.
 * @param all the ratings of everybody, where those of raters with too few are not in the table: nothing links to it what they alone scored
 */
export const gateOf = (table: RatingTable, adjustment: Adjustment, all = table): Check[] => {
  const { connection } = adjustment;
  const groups = connection.groups + all.applications.length - table.applications.length;
  const few = rounded(fewShare(all));
  const reliability = meanReliability(table, adjustment);
  const icc = rounded(reliability ?? 0);
  const share = rounded(farShare(table, adjustment));
  return [
    { check: 'connected', passed: groups === 1, found: groups, bound: 1 },
    { check: 'few', passed: few <= gateBounds.few, found: few, bound: gateBounds.few },
    {
      check: 'reliability',
      passed: icc >= gateBounds.reliability,
      found: icc,
      ...(reliability === undefined && { unknown: true }),
      ...intervalOf(table, adjustment),
      bound: gateBounds.reliability,
    },
    { check: 'residuals', passed: share <= gateBounds.residuals, found: share, bound: gateBounds.residuals },
  ];
};

/** The ICC of the mean of an application's ratings; undefined where the ratings do not tell it, or none of them differ. */
export const meanReliability = (
  table: RatingTable,
  { variances, raw }: Pick<Adjustment, 'variances' | 'raw'>,
): number | undefined => sparseIcc(variances, table.score.length / raw.length);

const intervalOf = (table: RatingTable, { variances, raw }: Adjustment): Pick<Check, 'interval'> => {
  const interval = sparseInterval(table, variances, table.score.length / raw.length);
  return interval ? { interval: [rounded(interval[0]), rounded(interval[1])] } : {};
};

/** The share of ratings by raters with too few to say how severe they are. */
const fewShare = (table: RatingTable): number => {
  const few = ratingsOf(table).filter((count) => count < gateBounds.ratings);
  return few.reduce((sum, count) => sum + count, 0) / Math.max(1, table.score.length);
};

/** The share of residuals beyond three standard deviations; without a variance there is nothing to be far from. */
const farShare = (table: RatingTable, adjustment: Adjustment): number => {
  const limit = 9 * adjustment.variances.residual;
  if (limit === 0) return 0;
  const far = residualsOf(table, adjustment).filter((residual) => residual * residual > limit);
  return far.length / table.score.length;
};
