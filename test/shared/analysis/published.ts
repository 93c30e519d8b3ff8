import type { Rating } from '#shared/analysis/ratings.ts';
import oracles from './oracles.json' with { type: 'json' };

/** Rows are applications, columns raters; null is a missing score. */
export const ratingsOf = (rows: readonly (readonly (number | null)[])[]): Rating[] =>
  rows.flatMap((row, item) =>
    row.flatMap((score, rater) =>
      score === null
        ? []
        : [
            {
              application: `A${String(item + 1).padStart(2, '0')}`,
              rater: `R${String(rater + 1).padStart(2, '0')}`,
              score,
            },
          ],
    ),
  );

const { examples } = oracles;

/** Six targets, four judges. Where each of these stands in print, and what others compute from it: oracles.json. */
export const shroutFleiss = examples['Shrout and Fleiss, six targets by four judges'].rows;

/** The same with seven cells left out, so that every sum is of another length. */
export const sparseShroutFleiss = examples['Shrout and Fleiss without seven of their scores'].rows;

/** Four observers, twelve units, missing data. Rows are units here. */
export const krippendorffUnits = examples['Krippendorff, twelve units by four observers'].rows;
