import type { RatingTable } from '#shared/analysis/ratings.ts';
import { beyondRounding } from '#shared/analysis/rounding.ts';
import type { Run } from '#shared/analysis/runs.ts';
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
export const tallyOf = (table: RatingTable, runs: readonly Run[]): Tally => {
  const { counts, sums, points } = byRater(table);
  const { differences, ...others } = besideMeans(table, runs);
  return { ...others, counts, sums, differences: beyondLastBit(differences, points) };
};

/** `points`: what each rater's scores sum to without their signs. */
const byRater = ({
  raters,
  rater,
  score,
}: RatingTable): Pick<Tally, 'counts' | 'sums'> & { points: Float64Array } => {
  const counts = new Int32Array(raters.length);
  const sums = new Float64Array(raters.length);
  const points = new Float64Array(raters.length);
  for (let place = 0; place < score.length; place += 1) {
    const by = rater[place] ?? 0;
    const given = score[place] ?? 0;
    counts[by] = (counts[by] ?? 0) + 1;
    sums[by] = (sums[by] ?? 0) + given;
    points[by] = (points[by] ?? 0) + Math.abs(given);
  }
  return { counts, sums, points };
};

/** Sums of squares are taken about means that were found first: nothing cancels. */
const besideMeans = (
  table: RatingTable,
  runs: readonly Run[],
): Pick<Tally, 'means' | 'within' | 'differences' | 'shares'> => {
  const means = new Float64Array(table.first.length - 1);
  const differences = new Float64Array(table.raters.length);
  const shares = new Float64Array(table.raters.length);
  let sums: Sums = { squares: 0, size: 0 };
  for (const run of runs) {
    const beside = run.each === 3 ? besideMeansOfThree : besideMeansOf;
    sums = beside(table, run, { means, differences, shares }, sums);
  }
  return { means, within: beyondRounding(sums.squares, sums.size), differences, shares };
};

/** Of the differences from the means, and of the scores in as far as they are the means. */
type Sums = { squares: number; size: number };

type Beside = Pick<Tally, 'means' | 'differences' | 'shares'>;

const besideMeansOf = (
  { rater, score }: RatingTable,
  { item, end, each, from }: Run,
  { means, differences, shares }: Beside,
  before: Sums,
): Sums => {
  let { squares, size } = before;
  const share = 1 - 1 / each;
  for (let of = item, first = from; of < end; of += 1, first += each) {
    let sum = 0;
    for (let place = first; place < first + each; place += 1) sum += score[place] ?? 0;
    const mean = sum / each;
    means[of] = mean;
    size += each * square(mean);
    for (let place = first; place < first + each; place += 1) {
      const by = rater[place] ?? 0;
      const difference = (score[place] ?? 0) - mean;
      squares += square(difference);
      differences[by] = (differences[by] ?? 0) + difference;
      shares[by] = (shares[by] ?? 0) + share;
    }
  }
  return { squares, size };
};

const besideMeansOfThree = (
  { rater, score }: RatingTable,
  { item, end, from }: Run,
  { means, differences, shares }: Beside,
  before: Sums,
): Sums => {
  let { squares, size } = before;
  const share = 1 - 1 / 3;
  for (let of = item, first = from; of < end; of += 1, first += 3) {
    const a = rater[first] ?? 0;
    const b = rater[first + 1] ?? 0;
    const c = rater[first + 2] ?? 0;
    const x = score[first] ?? 0;
    const y = score[first + 1] ?? 0;
    const z = score[first + 2] ?? 0;
    const mean = (x + y + z) / 3;
    means[of] = mean;
    size += 3 * square(mean);
    squares = squares + square(x - mean) + square(y - mean) + square(z - mean);
    differences[a] = (differences[a] ?? 0) + (x - mean);
    differences[b] = (differences[b] ?? 0) + (y - mean);
    differences[c] = (differences[c] ?? 0) + (z - mean);
    shares[a] = (shares[a] ?? 0) + share;
    shares[b] = (shares[b] ?? 0) + share;
    shares[c] = (shares[c] ?? 0) + share;
  }
  return { squares, size };
};

/** What rounding leaves of a rater who differs from nobody is no difference: the equations of severities might have no end with it. */
const beyondLastBit = (differences: Float64Array, points: Float64Array): Float64Array =>
  differences.map((value, by) => (Math.abs(value) > 1e-13 * (points[by] ?? 0) ? value : 0));
