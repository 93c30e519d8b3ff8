import { type RatingTable, ratingsOf } from '#shared/analysis/ratings.ts';

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
  /** S as rows, for few raters. */
  dense: () => Float64Array;
};

export const severitySystem = (table: RatingTable): SeveritySystem => {
  const { raters, first, rater, score } = table;
  const size = raters.length;
  const items = first.length - 1;
  const diagonal = new Float64Array(size);
  const right = new Float64Array(size);
  const points = new Float64Array(size);
  for (let item = 0; item < items; item += 1) {
    const from = first[item] ?? 0;
    const to = first[item + 1] ?? 0;
    let sum = 0;
    for (let place = from; place < to; place += 1) sum += score[place] ?? 0;
    const mean = sum / (to - from);
    const share = 1 - 1 / (to - from);
    for (let place = from; place < to; place += 1) {
      const row = rater[place] ?? 0;
      diagonal[row] = (diagonal[row] ?? 0) + share;
      right[row] = (right[row] ?? 0) + ((score[place] ?? 0) - mean);
      points[row] = (points[row] ?? 0) + Math.abs(score[place] ?? 0);
    }
  }
  const counts = ratingsOf(table);
  // S·v = Z′Zv less the mean of v over each application, so that v is fetched once a rating.
  const times = (v: Float64Array, out: Float64Array): void => {
    for (let row = 0; row < size; row += 1) out[row] = (counts[row] ?? 0) * (v[row] ?? 0);
    for (let item = 0; item < items; item += 1) {
      const from = first[item] ?? 0;
      const to = first[item + 1] ?? 0;
      let sum = 0;
      for (let place = from; place < to; place += 1) sum += v[rater[place] ?? 0] ?? 0;
      const mean = sum / (to - from);
      for (let place = from; place < to; place += 1) {
        const row = rater[place] ?? 0;
        out[row] = (out[row] ?? 0) - mean;
      }
    }
  };
  return {
    size,
    diagonal,
    right: beyondLastBit(right, points),
    times,
    dense: () => denseOf(size, first, rater),
  };
};

/** What rounding leaves of a rater who differs from nobody is no severity; S might not reach it, and its solution would have no end. */
const beyondLastBit = (right: Float64Array, points: Float64Array): Float64Array =>
  right.map((value, row) => (Math.abs(value) > 1e-13 * (points[row] ?? 0) ? value : 0));

const denseOf = (size: number, first: Int32Array, rater: Int32Array): Float64Array => {
  const matrix = new Float64Array(size * size);
  const add = (row: number, column: number, value: number): void => {
    matrix[row * size + column] = (matrix[row * size + column] ?? 0) + value;
  };
  for (let item = 0; item + 1 < first.length; item += 1) {
    const of = rater.subarray(first[item] ?? 0, first[item + 1] ?? 0);
    for (const row of of) {
      add(row, row, 1);
      for (const column of of) add(row, column, -1 / of.length);
    }
  }
  return matrix;
};
