import { ln } from '#shared/analysis/elementary.ts';
import { square } from '#shared/analysis/square.ts';

/** The mark here and what the same application has elsewhere. */
export type Pair = readonly [here: number, there: number];

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Places in the order of size; equal ones share the mean of theirs. */
export const ranksOf = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b);
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [place, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, place);
    last.set(value, place);
  }
  return values.map((value) => ((first.get(value) ?? 0) + (last.get(value) ?? 0)) / 2);
};

/** Pearson's; of ranks Spearman's. 0 where one side is constant. */
export const correlationOf = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ownA, ownB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, (b[index] ?? 0) - meanB];
    both += fromA * fromB;
    ownA += square(fromA);
    ownB += square(fromB);
  }
  return ownA > 0 && ownB > 0 ? both / Math.sqrt(ownA * ownB) : 0;
};

/** Fisher's transformation, by which correlations of so many pairs have about the same error: `errorOf`. */
export const widened = (correlation: number): number => {
  const inside = Math.min(0.999_999, Math.max(-0.999_999, correlation));
  return ln((1 + inside) / (1 - inside)) / 2;
};

/** The error of a widened rank correlation of so many pairs (Fieller, Hartley and Pearson 1957). */
export const errorOf = (pairs: number): number => (pairs > 3 ? Math.sqrt(1.06 / (pairs - 3)) : Infinity);
