import type { RatingTable } from '#shared/analysis/ratings.ts';
import { beyondRounding } from '#shared/analysis/rounding.ts';
import { square } from '#shared/analysis/square.ts';

/** What the ratings tell before anything is solved. */
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

/** In two passes over the ratings: together, what they write for each rater is more than a processor has at hand. */
export const tallyOf = (table: RatingTable): Tally => {
  const { counts, sums, least } = byRater(table);
  const { differences, ...others } = besideMeans(table);
  const points = least < 0 ? pointsOf(table) : sums;
  return { ...others, counts, sums, differences: beyondLastBit(differences, points) };
};

const byRater = ({
  raters,
  rater,
  score,
}: RatingTable): Pick<Tally, 'counts' | 'sums'> & { least: number } => {
  const counts = new Int32Array(raters.length);
  const sums = new Float64Array(raters.length);
  let least = Infinity;
  for (let place = 0; place < score.length; place += 1) {
    const by = rater[place] ?? 0;
    const given = score[place] ?? 0;
    if (given < least) least = given;
    counts[by] = (counts[by] ?? 0) + 1;
    sums[by] = (sums[by] ?? 0) + given;
  }
  return { counts, sums, least };
};

/** Sums of squares are taken about means that were found first: nothing cancels. */
const besideMeans = ({
  raters,
  first,
  rater,
  score,
}: RatingTable): Pick<Tally, 'means' | 'within' | 'differences' | 'shares'> => {
  const means = new Float64Array(first.length - 1);
  const differences = new Float64Array(raters.length);
  const shares = new Float64Array(raters.length);
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
      const difference = (score[place] ?? 0) - mean;
      squares += square(difference);
      differences[by] = (differences[by] ?? 0) + difference;
      shares[by] = (shares[by] ?? 0) + share;
    }
  }
  return { means, within: beyondRounding(squares, size), differences, shares };
};

/** What each rater's scores sum to without their signs. */
const pointsOf = ({ raters, rater, score }: RatingTable): Float64Array => {
  const points = new Float64Array(raters.length);
  for (let place = 0; place < score.length; place += 1) {
    const by = rater[place] ?? 0;
    points[by] = (points[by] ?? 0) + Math.abs(score[place] ?? 0);
  }
  return points;
};

/** What rounding leaves of a rater who differs from nobody is no difference: the equations of severities might have no end with it. */
const beyondLastBit = (differences: Float64Array, points: Float64Array): Float64Array =>
  differences.map((value, by) => (Math.abs(value) > 1e-13 * (points[by] ?? 0) ? value : 0));
