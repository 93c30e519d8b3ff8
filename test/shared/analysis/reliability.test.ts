import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, ln, lnGamma } from '#shared/analysis/elementary.ts';
import { betaProbability, fQuantile } from '#shared/analysis/f-distribution.ts';
import { anchoredIcc, bandOf, crossedIcc } from '#shared/analysis/icc.ts';
import { alphaInterval, alphaStanding, ordinalAlpha } from '#shared/analysis/krippendorff.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import { analyse } from '#shared/analysis/report.ts';
import { chanceOf } from '#shared/chance.ts';
import { krippendorffUnits, ratingsOf, shroutFleiss, sparseShroutFleiss } from './published.ts';
import { anyRatings } from './simulated.ts';

describe('ICC of the judges of Shrout and Fleiss', () => {
  const table = tableOf(ratingsOf(shroutFleiss));

  it('is taken from the applications that everyone scored, and not told where these are fewer than two', () => {
    const extra = { application: 'Z', rater: 'R01', score: 9 };

    expect(crossedIcc(tableOf([...ratingsOf(shroutFleiss), extra]))).toEqual(crossedIcc(table));
    expect(crossedIcc(tableOf(ratingsOf(sparseShroutFleiss)))).toBeUndefined();
  });

  it('of anchors is that of the complete table, whatever else was scored and whoever came late', () => {
    const anchors = new Set(table.applications);
    const [first] = table.applications;
    const [rater] = table.raters;
    if (!first || !rater) throw new Error('Somebody scored.');
    const beside = [
      { application: 'ANOTHER', rater, score: 3 },
      { application: first, rater: 'NEWCOMER', score: 9 },
    ];

    expect(anchoredIcc([...ratingsOf(shroutFleiss), ...beside], anchors)).toEqual(crossedIcc(table));
    expect(anchoredIcc(ratingsOf(shroutFleiss), new Set())).toBeUndefined();
    expect(anchoredIcc(ratingsOf(shroutFleiss), new Set([first]))).toBeUndefined();
  });
});

const few = (rows: readonly (readonly number[])[]) =>
  crossedIcc(
    tableOf(
      rows.flatMap((scores, row) =>
        scores.map((score, rater) => ({ application: `A${row}`, rater: `R${rater}`, score })),
      ),
    ),
  );

describe('ICC of few applications', () => {
  it('is no agreement where raters order them against each other', () => {
    expect(
      few([
        [1, 2],
        [2, 1],
      ]),
    ).toMatchObject({ single: -1, mean: -1 });
    expect(
      few([
        [1, 3],
        [2, 2],
        [3, 1],
      ])?.mean,
    ).toBe(-1);
  });

  it('has an interval that begins below what it found, however little was scored', () => {
    const { mean = 0, meanInterval: [low, high] = [1, 0] } =
      few([
        [3.5, 4.5],
        [2.1, 1.9],
      ]) ?? {};

    expect(mean).toBeCloseTo(0.9333333333333333, 9);
    expect([low, bandOf(low)]).toEqual([-1, 'poor']);
    expect(high).toBeCloseTo(0.9999150866186841, 9);
  });

  it('and its interval stay from −1 to 1, in their order, whatever was scored', () => {
    const scores = fc.integer({ min: 2, max: 4 }).chain((raters) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: raters, maxLength: raters }), {
        minLength: 2,
        maxLength: 6,
      }),
    );
    fc.assert(
      fc.property(scores, (rows) => {
        const icc = few(rows);
        for (const [found, interval] of [
          [icc?.single ?? 0, icc?.singleInterval],
          [icc?.mean ?? 0, icc?.meanInterval],
        ] as const) {
          const [low, high] = interval ?? [found, found];
          expect(low).toBeGreaterThanOrEqual(-1);
          expect(low).toBeLessThanOrEqual(found + 1e-9);
          expect(high).toBeGreaterThanOrEqual(found - 1e-9);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('applications that were rated once each', () => {
  it('may have any rank: nothing tells how sure their scores are', () => {
    const ratings = [3, 5, 4].map((score, row) => ({ application: `A${row}`, rater: 'R1', score }));
    const { report } = analyse(ratings, 'seed');

    expect(report.applications.map(({ id, rankInterval }) => [id, rankInterval])).toEqual([
      ['A1', [1, 3]],
      ['A2', [1, 3]],
      ['A0', [1, 3]],
    ]);
  });
});

describe('bands', () => {
  it.for([
    [0.49, 'poor'],
    [0.5, 'moderate'],
    [0.74, 'moderate'],
    [0.75, 'good'],
    [0.9, 'good'],
    [0.91, 'excellent'],
  ] as const)('an ICC of %d is %s', ([icc, band]) => {
    expect(bandOf(icc)).toBe(band);
  });
});

describe("Krippendorff's alpha", () => {
  it.for([
    [0.6669, 'below', 0.667],
    [0.66696, 'above', 0.667],
    [0.667, 'above', 0.667],
    [0.7999, 'above', 0.667],
    [0.79996, 'firm', 0.8],
    [0.8, 'firm', 0.8],
    [-0.2, 'below', 0.667],
  ] as const)('of %d is %s %d', ([alpha, side, bound]) => {
    expect(alphaStanding(alpha)).toEqual({ side, bound });
  });

  it('is 1 for perfect agreement and not told where nothing varies', () => {
    expect(
      ordinalAlpha(
        tableOf(
          ratingsOf([
            [1, 1],
            [2, 2],
            [5, 5],
          ]),
        ),
      ),
    ).toBe(1);
    expect(
      ordinalAlpha(
        tableOf(
          ratingsOf([
            [2, 2],
            [2, 2],
          ]),
        ),
      ),
    ).toBeUndefined();
    expect(ordinalAlpha(tableOf(ratingsOf([[2], [3]])))).toBeUndefined();
  });

  it('has an interval about it, the same for the same chance', () => {
    const table = tableOf(ratingsOf(krippendorffUnits));
    const [low, high] = alphaInterval(table, chanceOf('seed')) ?? [1, 0];

    expect(low).toBeLessThan(0.815);
    expect(high).toBeGreaterThan(0.815);
    expect(alphaInterval(table, chanceOf('seed'))).toEqual([low, high]);
    expect(alphaInterval(table, chanceOf('other'))).not.toEqual([low, high]);
  });

  it('sees only the order of the scores', () => {
    fc.assert(
      fc.property(anyRatings, (ratings) => {
        const stretched = ratings.map(({ application, rater, score }) => ({
          application,
          rater,
          score: score ** 3 + 7,
        }));

        expect(ordinalAlpha(tableOf(stretched))).toEqual(ordinalAlpha(tableOf(ratings)));
      }),
    );
  });
});

describe('our own logarithms and quantiles', () => {
  it('agree with the engine’s to the last digits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
        fc.double({ min: -600, max: 600, noNaN: true }),
        (x, y) => {
          expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(
            1e-15 * Math.max(1, Math.abs(Math.log(x))),
          );
          expect(Math.abs(exp(y) / Math.exp(y) - 1)).toBeLessThan(1e-15 * Math.max(4, Math.abs(y)));
        },
      ),
    );
  });

  it.for([
    [0.5, 0.5723649429247],
    [1, 0],
    [2.5, 0.2846828704729192],
    [7.3, 7.147892523022249],
    [100.25, 360.28455963776423],
    [953, 5581.702221706991],
  ] as const)('ln Γ(%d) is what scipy says', ([x, expected]) => {
    expect(lnGamma(x)).toBeCloseTo(expected, 10);
  });

  it.for([
    [0.975, 5, 3.7, 10.466545635649885],
    [0.975, 17.3, 59, 2.00452691986924],
    [0.5, 2, 2, 1],
    [0.975, 1905, 4.21, 7.637085506072231],
  ] as const)(
    'the F quantile %d with %d and %d is what scipy says',
    ([probability, over, under, expected]) => {
      expect(fQuantile(probability, over, under)).toBeCloseTo(expected, 8);
    },
  );

  it('is a probability from 0 to 1', () => {
    expect([betaProbability(0, 2, 3), betaProbability(1, 2, 3)]).toEqual([0, 1]);
  });
});
