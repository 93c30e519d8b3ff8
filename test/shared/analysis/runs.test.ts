import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { type RatingTable, tableOf } from '#shared/analysis/ratings.ts';
import { runsOf } from '#shared/analysis/runs.ts';
import { tallyOf } from '#shared/analysis/tally.ts';

/** Applications with one to five ratings, most of them with three, by nine raters. */
const table = fc
  .array(fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1, maxLength: 5 }), { minLength: 1 })
  .chain((raters) =>
    fc
      .array(fc.integer({ min: -40, max: 400 }), {
        minLength: 5 * raters.length,
        maxLength: 5 * raters.length,
      })
      .map((tenths) =>
        tableOf(
          raters.flatMap((some, item) =>
            (item % 4 === 0 ? some : [item % 3, 3 + (item % 2), 5 + (item % 4)]).map((rater, place) => ({
              application: `A-${String(item).padStart(3, '0')}`,
              rater: `R${rater}`,
              score: (tenths[5 * item + place] ?? 0) / 10,
            })),
          ),
        ),
      ),
  );

/** The ratings of each application in turn, as the formulas are read. */
const plain = ({ first, rater, score }: RatingTable) =>
  Array.from({ length: first.length - 1 }, (_, item) => {
    const [from, to] = [first[item] ?? 0, first[item + 1] ?? 0];
    const [by, given] = [Array.from(rater.slice(from, to)), Array.from(score.slice(from, to))];
    return { by, given, mean: given.reduce((sum, one) => sum + one, 0) / given.length };
  });

describe('applications with equally many ratings', () => {
  it('follow each other in runs that hold every rating once', () => {
    fc.assert(
      fc.property(table, ({ first }) => {
        const runs = runsOf(first);
        const found = runs.flatMap(({ item, end, each, from }) =>
          Array.from({ length: end - item }, (_, place) => from + place * each),
        );

        expect([...found, runs.at(-1)?.to]).toEqual([...first]);
        for (const [place, { each }] of runs.entries()) expect(each).not.toBe(runs[place - 1]?.each);
      }),
    );
  });

  it('come to the same bytes as one rating after the other', () => {
    fc.assert(
      fc.property(table, (some) => {
        const differences = new Float64Array(some.raters.length);
        const shares = new Float64Array(some.raters.length);
        const means = plain(some).map(({ by, given, mean }) => {
          for (const [place, rater] of by.entries()) {
            differences[rater] = (differences[rater] ?? 0) + ((given[place] ?? 0) - mean);
            shares[rater] = (shares[rater] ?? 0) + (1 - 1 / by.length);
          }
          return mean;
        });
        const tally = tallyOf(some, runsOf(some.first));

        expect([...tally.means]).toEqual(means);
        expect(tally.shares).toEqual(shares);
        for (const [rater, value] of tally.differences.entries()) {
          if (value !== 0) expect(value).toBe(differences[rater]);
        }
      }),
    );
  });

  it('are adjusted to the same bytes as one application after the other', () => {
    fc.assert(
      fc.property(table, (some) => {
        const { adjusted, se, severity, severitySe, variances } = adjust(some);
        const scores = plain(some).map(
          ({ by, given }) =>
            by.reduce((sum, rater, place) => sum + ((given[place] ?? 0) - (severity[rater] ?? 0)), 0) /
            by.length,
        );
        const errors = plain(some).map(({ by }) => {
          const spread = by.reduce((sum, rater) => sum + (severitySe[rater] ?? 0) ** 2, 0);
          return Math.sqrt(variances.residual / by.length + spread / by.length ** 2);
        });

        expect([...adjusted]).toEqual(scores);
        for (const [item, error] of errors.entries()) expect(se[item]).toBeCloseTo(error, 10);
      }),
    );
  });
});
