import type { RatingTable } from '#shared/analysis/ratings.ts';

/*
 * LSQR (Paige and Saunders, "LSQR: an algorithm for sparse linear equations and sparse least squares", ACM TOMS 8 (1982), 43–71), written
 * from the paper and apart from the product, as a peer that needs no Python. It minimises
 * |A·x − b|² where A has a row for each rating, with a 1 for its application and a 1 for its rater, and a row √λ for each rater that shrinks
 * severities.
 */

/** Scores of applications with the severities of shrunken raters taken away: the first unknowns of the least-squares solution. */
export const lsqr = (table: RatingTable, ratio: number, tolerance: number): Float64Array => {
  const [items, raters, rows] = [table.applications.length, table.raters.length, table.score.length];
  const matrix = designOf(table, Math.sqrt(ratio));
  const u = new Float64Array(rows + raters);
  u.set(table.score);
  const size = norm(u);
  let beta = scale(u, size);
  const v = new Float64Array(items + raters);
  matrix.addTransposed(u, v);
  let alpha = scale(v, norm(v));
  const w = v.slice();
  const x = new Float64Array(v.length);
  let [phiBar, rhoBar] = [beta, alpha];
  for (let step = 0; step < 1000; step += 1) {
    // The bidiagonalization goes on by one step …
    multiply(u, -alpha);
    matrix.add(v, u);
    beta = scale(u, norm(u));
    multiply(v, -beta);
    matrix.addTransposed(u, v);
    alpha = scale(v, norm(v));
    // … and a plane rotation takes its new row away.
    const rho = Math.hypot(rhoBar, beta);
    const [c, s] = [rhoBar / rho, beta / rho];
    const theta = s * alpha;
    rhoBar = -c * alpha;
    const phi = c * phiBar;
    phiBar *= s;
    for (let k = 0; k < x.length; k += 1) {
      x[k] = (x[k] ?? 0) + (phi / rho) * (w[k] ?? 0);
      w[k] = (v[k] ?? 0) - (theta / rho) * (w[k] ?? 0);
    }
    // |Aᵀr| is phiBar·alpha·|c|.
    if (phiBar * alpha * Math.abs(c) <= tolerance * size) break;
  }
  return x.subarray(0, items);
};

/** Adds A·x to a vector of rows, or Aᵀ·y to one of unknowns. */
const designOf = ({ applications, first, rater }: RatingTable, root: number) => {
  const [items, rows] = [applications.length, rater.length];
  return {
    add: (x: Float64Array, y: Float64Array): void => {
      for (let item = 0; item < items; item += 1) {
        for (let row = first[item] ?? 0; row < (first[item + 1] ?? 0); row += 1) {
          y[row] = (y[row] ?? 0) + (x[item] ?? 0) + (x[items + (rater[row] ?? 0)] ?? 0);
        }
      }
      for (let by = 0; items + by < x.length; by += 1)
        y[rows + by] = (y[rows + by] ?? 0) + root * (x[items + by] ?? 0);
    },
    addTransposed: (y: Float64Array, x: Float64Array): void => {
      for (let item = 0; item < items; item += 1) {
        for (let row = first[item] ?? 0; row < (first[item + 1] ?? 0); row += 1) {
          const value = y[row] ?? 0;
          const by = items + (rater[row] ?? 0);
          x[item] = (x[item] ?? 0) + value;
          x[by] = (x[by] ?? 0) + value;
        }
      }
      for (let by = 0; items + by < x.length; by += 1)
        x[items + by] = (x[items + by] ?? 0) + root * (y[rows + by] ?? 0);
    },
  };
};

const norm = (v: Float64Array): number => {
  let squares = 0;
  for (const value of v) squares += value * value;
  return Math.sqrt(squares);
};

const multiply = (v: Float64Array, by: number): void => {
  for (let k = 0; k < v.length; k += 1) v[k] = (v[k] ?? 0) * by;
};

/** To length 1. @returns the length that it had */
const scale = (v: Float64Array, length: number): number => {
  if (length > 0) multiply(v, 1 / length);
  return length;
};
