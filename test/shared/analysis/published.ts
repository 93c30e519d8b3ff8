import type { Rating } from '#shared/analysis/ratings.ts';

/** Rows are applications, columns raters; null is a missing score. */
export const ratingsOf = (rows: readonly (readonly (number | null)[])[]): Rating[] =>
  rows.flatMap((row, item) =>
    row.flatMap((score, rater) =>
      score === null
        ? []
        : [{ application: `A${String(item + 1).padStart(2, '0')}`, rater: `R${rater + 1}`, score }],
    ),
  );

/** Shrout and Fleiss 1979, Psychological Bulletin 86:420–428, table 2: six targets, four judges. */
export const shroutFleiss = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
] as const;

/** The same with seven cells left out, so that every sum is of another length. */
export const sparseShroutFleiss = [
  [9, null, null, 8],
  [6, 1, 3, null],
  [null, 4, 6, 8],
  [7, 1, null, 6],
  [10, null, 6, 9],
  [6, 2, 4, null],
] as const;

/**
 * Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section D: four observers, twelve units, missing data; he
 * gives .815 for ordinal distance. Rows are units here.
 */
export const krippendorffUnits = [
  [1, 1, null, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [null, 5, 5, 5],
  [null, null, 1, 1],
  [null, 3, null, null],
] as const;
