import { fQuantile } from '#shared/analysis/f-distribution.ts';
import { square } from '#shared/analysis/square.ts';

/** An estimate with the ends of its 95 % interval. */
export type Estimate = { value: number; low: number; high: number };

export const around = (value: number, reach: number): Estimate => ({
  value,
  low: value - reach,
  high: value + reach,
});

/** The two-sided 95 % quantile of Student's t: the square root of that of F with one degree of freedom above. */
export const student = (freedom: number): number =>
  freedom > 0 ? Math.sqrt(fQuantile(0.95, 1, freedom)) : Infinity;

export const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, one) => sum + one, 0) / values.length;

export const deviationOf = (values: ArrayLike<number>): number => {
  const mean = meanOf(values);
  const squares = Array.from(values).reduce((sum, one) => sum + square(one - mean), 0);
  return Math.sqrt(squares / (values.length - 1));
};

/** The mean with Student's interval. */
export const meanEstimate = (values: readonly number[]): Estimate => around(meanOf(values), reachOf(values));

/** Half of the 95 % interval of a mean. */
const reachOf = (values: readonly number[]): number =>
  student(values.length - 1) * (deviationOf(values) / Math.sqrt(values.length));

/**
 * The jackknife (Miller 1974; Efron and Tibshirani 1993, chapter 11): the spread of what comes of all without each one.
 * @param value of all `n`
 * @param without the same of all but one; undefined where that tells nothing, and then nothing is told
 */
export const jackknife = (
  n: number,
  value: number | undefined,
  without: (left: number) => number | undefined,
): Estimate | undefined => {
  if (value === undefined) return undefined;
  const pseudo: number[] = [];
  for (let left = 0; left < n; left += 1) {
    const one = without(left);
    if (one === undefined) return undefined;
    pseudo.push(n * value - (n - 1) * one);
  }
  return around(value, reachOf(pseudo));
};

/** An estimate that can lie nowhere else. */
export const within = ({ value, low, high }: Estimate, least: number, most: number): Estimate => ({
  value,
  low: Math.max(least, low),
  high: Math.min(most, high),
});
