import type { RatingTable } from '#shared/analysis/ratings.ts';
import { beyondRounding } from '#shared/analysis/rounding.ts';
import { square } from '#shared/analysis/square.ts';

/** What one pass over the ratings tells: the adjustment asks for all of it, and a million applications are read slowly. */
export type Tally = {
  /** By application: the mean of its scores, unadjusted. */
  means: Float64Array;
  /** The sum of squares within applications. */
  within: number;
  /** By rater: how many ratings, and their sum. */
  counts: Int32Array;
  sums: Float64Array;
  /** By rater: Σ (score − the application's mean), and Σ (1 − 1/n) of applications with n ratings each. */
  differences: Float64Array;
  shares: Float64Array;
};

/** Sums of squares are taken about means that were found first: nothing cancels. */
export const tallyOf = ({ raters, first, rater, score }: RatingTable): Tally => {
  const means = new Float64Array(first.length - 1);
  const counts = new Int32Array(raters.length);
  const sums = new Float64Array(raters.length);
  const differences = new Float64Array(raters.length);
  const shares = new Float64Array(raters.length);
  const points = new Float64Array(raters.length);
  let squares = 0;
  let size = 0;
  for (let item = 0; item < means.length; item += 1) {
    const from = first[item] ?? 0;
    const to = first[item + 1] ?? 0;
    let sum = 0;
    for (let place = from; place < to; place += 1) sum += score[place] ?? 0;
    const mean = sum / (to - from);
    const share = 1 - 1 / (to - from);
    means[item] = mean;
    size += (to - from) * square(mean);
    for (let place = from; place < to; place += 1) {
      const by = rater[place] ?? 0;
      const given = score[place] ?? 0;
      squares += square(given - mean);
      counts[by] = (counts[by] ?? 0) + 1;
      sums[by] = (sums[by] ?? 0) + given;
      differences[by] = (differences[by] ?? 0) + (given - mean);
      shares[by] = (shares[by] ?? 0) + share;
      points[by] = (points[by] ?? 0) + Math.abs(given);
    }
  }
  const within = beyondRounding(squares, size);
  return { means, within, counts, sums, shares, differences: beyondLastBit(differences, points) };
};

/** What rounding leaves of a rater who differs from nobody is no difference: the equations of severities might have no end with it. */
const beyondLastBit = (differences: Float64Array, points: Float64Array): Float64Array =>
  differences.map((value, by) => (Math.abs(value) > 1e-13 * (points[by] ?? 0) ? value : 0));
