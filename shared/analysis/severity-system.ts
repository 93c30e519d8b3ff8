import type { RatingTable } from '#shared/analysis/ratings.ts';
import type { Run } from '#shared/analysis/runs.ts';
import type { Tally } from '#shared/analysis/tally.ts';

/**
 * The equations for the raters' severities once the applications are eliminated (the Schur complement of the row–column
 * model): S·β = b with S = Z′MZ and b = Z′My, where M takes each application's mean away.
 */
export type SeveritySystem = {
  size: number;
  /** S's diagonal: Σ (1 − 1/n) over a rater's ratings of applications with n ratings each. */
  diagonal: Float64Array;
  right: Float64Array;
  /** out = S·v, in one pass over the ratings. */
  times: (v: Float64Array, out: Float64Array) => void;
  /** S as rows, for few raters: the diagonal and what is left of it, which is all that its factor is made of. */
  dense: () => Float64Array;
};

export const severitySystem = (
  table: RatingTable,
  { counts, shares, differences }: Tally,
  runs: readonly Run[],
): SeveritySystem => ({
  size: counts.length,
  diagonal: shares,
  right: differences,
  // S·v = Z′Zv less the mean of v over each application, so that v is fetched once a rating.
  times: (v, out) => {
    for (let row = 0; row < counts.length; row += 1) out[row] = (counts[row] ?? 0) * (v[row] ?? 0);
    for (const run of runs) lessMeans(table.rater, run, v, out);
  },
  dense: () => denseOf(shares, table),
});

/** Takes the mean of v over each application away from out, once for each of its raters: most of the time of an adjustment goes here. */
const lessMeans = (rater: Int32Array, run: Run, v: Float64Array, out: Float64Array): void => {
  if (run.each === 3) lessMeansOfThree(rater, run, v, out);
  else lessMeansOf(rater, run, v, out);
};

const lessMeansOfThree = (rater: Int32Array, { from, to }: Run, v: Float64Array, out: Float64Array): void => {
  for (let place = from; place < to; place += 3) {
    const a = rater[place] ?? 0;
    const b = rater[place + 1] ?? 0;
    const c = rater[place + 2] ?? 0;
    const mean = ((v[a] ?? 0) + (v[b] ?? 0) + (v[c] ?? 0)) / 3;
    out[a] = (out[a] ?? 0) - mean;
    out[b] = (out[b] ?? 0) - mean;
    out[c] = (out[c] ?? 0) - mean;
  }
};

const lessMeansOf = (
  rater: Int32Array,
  { from, to, each }: Run,
  v: Float64Array,
  out: Float64Array,
): void => {
  for (let first = from; first < to; first += each) {
    let sum = 0;
    for (let place = first; place < first + each; place += 1) sum += v[rater[place] ?? 0] ?? 0;
    const mean = sum / each;
    for (let place = first; place < first + each; place += 1) {
      const row = rater[place] ?? 0;
      out[row] = (out[row] ?? 0) - mean;
    }
  }
};

const denseOf = (diagonal: Float64Array, { first, rater }: RatingTable): Float64Array => {
  const size = diagonal.length;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) matrix[row * size + row] = diagonal[row] ?? 0;
  for (let item = 0; item + 1 < first.length; item += 1) {
    const from = first[item] ?? 0;
    const to = first[item + 1] ?? 0;
    const share = 1 / (to - from);
    for (let place = from + 1; place < to; place += 1) {
      const row = (rater[place] ?? 0) * size;
      for (let before = from; before < place; before += 1) {
        const cell = row + (rater[before] ?? 0);
        matrix[cell] = (matrix[cell] ?? 0) - share;
      }
    }
  }
  return matrix;
};
