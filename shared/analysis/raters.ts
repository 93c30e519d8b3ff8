import type { Adjustment } from '#shared/analysis/adjust.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { square } from '#shared/analysis/square.ts';

/** What is left of each rating once the application's adjusted score and the rater's severity are taken away. */
export const residualsOf = (table: RatingTable, { adjusted, severity }: Adjustment): Float64Array => {
  const residuals = new Float64Array(table.score.length);
  for (let item = 0; item < adjusted.length; item += 1) {
    for (let place = table.first[item] ?? 0; place < (table.first[item + 1] ?? 0); place += 1) {
      residuals[place] =
        (table.score[place] ?? 0) - (adjusted[item] ?? 0) - (severity[table.rater[place] ?? 0] ?? 0);
    }
  }
  return residuals;
};

export type Drift = { slope: number; se: number };

/**
 * Whether a rater grew milder (above 0) or stricter: the least-squares line of residuals over time, in points a unit of time.
 * @returns undefined for fewer than three ratings or a single moment
 */
export const driftOf = (ratings: readonly { at: number; residual: number }[]): Drift | undefined => {
  const n = ratings.length;
  const sorted = ratings.toSorted((a, b) => a.at - b.at || a.residual - b.residual);
  const meanAt = sorted.reduce((sum, { at }) => sum + at, 0) / n;
  const mean = sorted.reduce((sum, { residual }) => sum + residual, 0) / n;
  let [squares, products] = [0, 0];
  for (const { at, residual } of sorted) {
    squares += square(at - meanAt);
    products += (at - meanAt) * (residual - mean);
  }
  if (n < 3 || !(squares > 0)) return undefined;
  const slope = products / squares;
  const left = sorted.reduce(
    (sum, { at, residual }) => sum + square(residual - mean - slope * (at - meanAt)),
    0,
  );
  return { slope, se: Math.sqrt(left / (n - 2) / squares) };
};

/**
 * Halo: how alike a rater's scores of different criteria are, as the mean correlation over all pairs of criteria. Near 1 one
 * impression may have coloured everything.
 * @param sheets one for each application, the criteria in the same order
 * @returns undefined for fewer than three sheets, or where no two criteria both vary
 */
export const haloOf = (sheets: readonly (readonly number[])[]): number | undefined => {
  const criteria = sheets[0]?.length ?? 0;
  if (sheets.length < 3) return undefined;
  const columns = Array.from({ length: criteria }, (_, column) => sheets.map((sheet) => sheet[column] ?? 0));
  const found = columns.flatMap((column, index) =>
    columns.slice(index + 1).map((other) => correlation(column, other)),
  );
  const known = found.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** How much of the scale a rater uses. */
export type Spread = {
  /** Standard deviation of the rater's ratings, in points; undefined for a single one. */
  deviation: number | undefined;
  /**
   * Central tendency: that over the pooled one of all raters. Well below 1: everybody got nearly the same from this rater. Undefined
   * also where nobody's ratings vary.
   */
  ratio: number | undefined;
};

/** For each rater, in the table's order. */
export const spreadsOf = ({ raters, rater, score }: RatingTable): Spread[] => {
  const [counts, sums] = [new Float64Array(raters.length), new Float64Array(raters.length)];
  rater.forEach((by, place) => {
    counts[by] = (counts[by] ?? 0) + 1;
    sums[by] = (sums[by] ?? 0) + (score[place] ?? 0);
  });
  const squares = new Float64Array(raters.length);
  rater.forEach((by, place) => {
    squares[by] = (squares[by] ?? 0) + square((score[place] ?? 0) - (sums[by] ?? 0) / (counts[by] ?? 1));
  });
  const pooled = Math.sqrt(squares.reduce((sum, own) => sum + own, 0) / (score.length - raters.length));
  return raters.map((_, by) => {
    const count = counts[by] ?? 0;
    const deviation = count < 2 ? undefined : Math.sqrt((squares[by] ?? 0) / (count - 1));
    return { deviation, ratio: deviation !== undefined && pooled > 0 ? deviation / pooled : undefined };
  });
};

/** @returns undefined where either does not vary */
export const correlation = (a: readonly number[], b: readonly number[]): number | undefined => {
  // Asked of the values themselves: about a mean that is not exact, equal ones seem to vary in their last digit.
  if (![a, b].every((values) => values.some((value) => value !== values[0]))) return undefined;
  const [meanA, meanB] = [a, b].map(
    (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  );
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [fromA, fromB] = [value - (meanA ?? 0), (b[index] ?? 0) - (meanB ?? 0)];
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
    products += fromA * fromB;
  }
  return products / Math.sqrt(squaresA * squaresB);
};
