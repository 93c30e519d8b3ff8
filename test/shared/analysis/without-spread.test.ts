import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordinalAlpha } from '#shared/analysis/krippendorff.ts';
import { rankIntervals } from '#shared/analysis/ranking.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import { analyse } from '#shared/analysis/report.ts';

/** So many applications, each scored by three of a ring of raters. */
const ring = (applications: number, raters: number, scoreOf: (item: number, rater: number) => number) =>
  Array.from({ length: applications }, (_, item) =>
    [0, 1, 2].map((step): Rating => {
      const rater = (item + step) % raters;
      return { application: `A${item}`, rater: `R${rater}`, score: scoreOf(item, rater) };
    }),
  ).flat();

/** Not every number of these has an exact double: the mean of three of them is often one bit off. */
const tenths = fc.integer({ min: -999, max: 999 }).map((number) => number / 10);

describe('ratings that do not differ', () => {
  it.for([3, 40, 301])('tell nothing of %d raters, whatever the score', (raters) => {
    fc.assert(
      fc.property(tenths, (score) => {
        const { report } = analyse(
          ring(raters === 3 ? 6 : raters, raters, () => score),
          'a seed',
        );

        expect(report.reliability).toEqual({
          icc21: null,
          icc2k: null,
          iccInterval: null,
          alphaOrdinal: null,
          alphaInterval: null,
          alphaIntervalDistance: null,
        });
        for (const { severity } of report.raters) expect(severity).toBe(0);
        for (const { adjusted, se } of report.applications) {
          expect(adjusted).toBeCloseTo(score, 12);
          expect(se).toBe(0);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('of each application alone are explained without an error', () => {
    const { report } = analyse(
      ring(310, 310, (item) => 5 + (item % 7) / 10),
      'a seed',
    );

    for (const { severity } of report.raters) expect(severity).toBe(0);
    expect(report.reliability.icc2k).toBe(1);
  });

  it('tell of many raters who differ among themselves what each adds', () => {
    const { report } = analyse(
      ring(310, 310, (item, rater) => 5.1 + (item % 7) / 10 + (rater % 3) / 10),
      'a seed',
    );

    for (const { id, severity } of report.raters) {
      expect(severity).toBeCloseTo(((Number(id.slice(1)) % 3) - 309 / 310) / 10, 3);
    }
  });
});

describe('agreement', () => {
  it('by α is not known of one application, however many scored it', () => {
    const one = [3, 5].map((score, place) => ({ application: 'A', rater: `R${place}`, score }));

    expect(ordinalAlpha(tableOf([...one, { application: 'B', rater: 'R0', score: 4 }]))).toBeUndefined();
  });
});

describe('rank intervals', () => {
  it('are the same of scores that are shown as equal', () => {
    const scores = Float64Array.from([(7.1 + 7.1 + 7.1) / 3, 7.1]);
    const { best, worst } = rankIntervals(scores, new Float64Array(2));

    expect(scores[0]).not.toBe(scores[1]);
    expect([...best, ...worst]).toEqual([1, 1, 2, 2]);
  });
});
