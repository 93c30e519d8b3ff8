import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjust, ratingVariances } from '#shared/analysis/adjust.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import { ratingsOf } from './published.ts';
import { anyRatings, aSimulatedRound, correlation } from './simulated.ts';

const near = (found: Float64Array, expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length);
  for (const [place, value] of expected.entries()) expect(found[place]).toBeCloseTo(value, 9);
};

describe('adjusted scores', () => {
  it('keep to the two equations that define them', () => {
    const table = tableOf(aSimulatedRound({ applications: 300, raters: 20, linked: 0.1 }).ratings);
    const { adjusted, severity, variances } = adjust(table);
    const ratio = variances.residual / variances.rater;
    const sums = new Float64Array(severity.length);
    const counts = new Float64Array(severity.length);
    for (let item = 0; item < adjusted.length; item += 1) {
      for (let place = table.first[item] ?? 0; place < (table.first[item + 1] ?? 0); place += 1) {
        const rater = table.rater[place] ?? 0;
        sums[rater] = (sums[rater] ?? 0) + (table.score[place] ?? 0) - (adjusted[item] ?? 0);
        counts[rater] = (counts[rater] ?? 0) + 1;
      }
    }

    near(
      severity,
      Array.from(sums, (sum, rater) => sum / ((counts[rater] ?? 0) + ratio)),
    );
  });

  it('undo the severities that a round was simulated with', () => {
    const { ratings, quality, severity } = aSimulatedRound({ applications: 2000, raters: 60, linked: 1 });
    const found = adjust(tableOf(ratings));

    expect(correlation(found.severity, severity)).toBeGreaterThan(0.97);
    expect(correlation(found.adjusted, quality)).toBeGreaterThan(correlation(found.raw, quality) + 0.02);
    expect(found.variances.residual).toBeCloseTo(0.64, 1);
    expect(found.variances.rater).toBeCloseTo(0.25, 0);
    expect(found.variances.application).toBeCloseTo(1, 0);
  });

  it('are as sure as their errors say: 95 % lie within 1.96 of them', () => {
    const { ratings, quality } = aSimulatedRound({ applications: 2000, raters: 60, linked: 1 });
    const { adjusted, se } = adjust(tableOf(ratings));
    const offset =
      adjusted.reduce((sum, score, item) => sum + score - (quality[item] ?? 0), 0) / adjusted.length;
    const within = adjusted.filter(
      (score, item) => Math.abs(score - offset - (quality[item] ?? 0)) <= 1.96 * (se[item] ?? 0),
    );

    expect(within.length / adjusted.length).toBeGreaterThan(0.93);
    expect(within.length / adjusted.length).toBeLessThan(0.97);
  });

  it('are the same for few raters, solved directly, as for many, solved step by step', () => {
    const { ratings } = aSimulatedRound({ applications: 1500, raters: 250, linked: 1 });
    // Sixty raters who scored one application of their own each say nothing, but make it more than 300.
    const alone = Array.from(
      { length: 60 },
      (_, index): Rating => ({
        application: `X${index}`,
        rater: `X${index}`,
        score: 5,
      }),
    );
    const few = adjust(tableOf(ratings));
    const many = adjust(tableOf([...ratings, ...alone]));

    expect(few.severity.length).toBeLessThanOrEqual(300);
    expect(many.severity.length).toBeGreaterThan(300);
    near(many.severity.slice(0, few.severity.length), [...few.severity]);
    near(many.adjusted.slice(0, few.adjusted.length), [...few.adjusted]);
  });

  it('are the raw ones where nothing tells raters apart', () => {
    const lonely = tableOf([
      { application: 'A', rater: 'R', score: 3 },
      { application: 'B', rater: 'S', score: 4 },
    ]);
    const { raw, adjusted, severity, variances } = adjust(lonely);

    expect(adjusted).toEqual(raw);
    expect([...severity]).toEqual([0, 0]);
    expect(variances.freedom).toBe(0);
  });

  it('take a severity out whole where raters agree but for it', () => {
    const { adjusted, severity } = adjust(
      tableOf(
        ratingsOf([
          [3, 4],
          [5, 6],
          [1, 2],
          [8, 9],
        ]),
      ),
    );

    near(severity, [-0.5, 0.5]);
    near(adjusted, [3.5, 5.5, 1.5, 8.5]);
  });

  it('do not depend on the order of the ratings: the same bytes', () => {
    fc.assert(
      fc.property(anyRatings, fc.infiniteStream(fc.nat()), (ratings, lots) => {
        const mixed = ratings
          .map((rating) => ({ rating, lot: lots.next().value }))
          .toSorted((a, b) => a.lot - b.lot)
          .map(({ rating }) => rating);

        expect(adjust(tableOf(mixed))).toEqual(adjust(tableOf(ratings)));
      }),
    );
  });

  it('have variances that are the same bytes where these are asked for alone', () => {
    fc.assert(
      fc.property(anyRatings, (ratings) => {
        const table = tableOf(ratings);
        expect(ratingVariances(table)).toEqual(adjust(table).variances);
      }),
    );
    const wide = tableOf(aSimulatedRound({ applications: 900, raters: 320, linked: 0.1 }).ratings);
    expect(ratingVariances(wide)).toEqual(adjust(wide).variances);
  });

  it('are never blown up, whatever the ratings', () => {
    fc.assert(
      fc.property(anyRatings, (ratings) => {
        const { adjusted, se } = adjust(tableOf(ratings));

        expect([...adjusted, ...se].every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('a table of ratings', () => {
  it('refuses two scores of one rater for one application, and what is no number', () => {
    const rating = { application: 'A', rater: 'R', score: 1 };

    expect(() => tableOf([rating, { ...rating, score: 2 }])).toThrow(RangeError);
    expect(() => tableOf([{ ...rating, score: Number.NaN }])).toThrow(RangeError);
  });
});
