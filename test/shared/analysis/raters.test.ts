import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { dispersionOf, isTooFar } from '#shared/analysis/dispersion.ts';
import { gateOf } from '#shared/analysis/gate.ts';
import { connectionOf } from '#shared/analysis/graph.ts';
import { driftOf, haloOf, residualsOf, spreadsOf } from '#shared/analysis/raters.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import { rawScore } from '#shared/analysis/raw-score.ts';
import { ratingsOf, shroutFleiss } from './published.ts';
import { aSimulatedRound } from './simulated.ts';

describe('a raw score', () => {
  it('is the weighted mean of the criteria', () => {
    expect(rawScore({ knowledge: 8, teaching: 5 }, { knowledge: 60, teaching: 40 })).toBe(6.8);
  });

  it('is not told while a criterion is open', () => {
    expect(rawScore({ knowledge: 8 }, { knowledge: 60, teaching: 40 })).toBeUndefined();
  });

  it('needs weights', () => {
    expect(() => rawScore({ knowledge: 8 }, { knowledge: 0 })).toThrow(RangeError);
  });
});

describe('two committees that score nothing in common', () => {
  const apart = [
    [3, 4, null, null],
    [5, 7, null, null],
    [null, null, 2, 3],
    [null, null, 6, 6],
  ];

  it('are two groups', () => {
    expect(connectionOf(tableOf(ratingsOf(apart)))).toEqual({
      groups: 2,
      groupOf: Int32Array.of(0, 0, 1, 1),
    });
  });

  it('are one as soon as one application was scored by both', () => {
    expect(connectionOf(tableOf(ratingsOf([...apart, [null, 5, 5, null]]))).groups).toBe(1);
  });

  it('fail the gate', () => {
    const table = tableOf(ratingsOf(apart));
    const failed = gateOf(table, adjust(table)).filter(({ passed }) => !passed);

    expect(failed.map(({ check }) => check)).toContain('connected');
  });
});

describe('the gate for adjusted scores', () => {
  it('is passed by a round with links, enough ratings and agreement', () => {
    const table = tableOf(aSimulatedRound({ applications: 400, raters: 20, linked: 0.1 }).ratings);
    const checks = gateOf(table, adjust(table));

    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('is not passed where raters gave few ratings each', () => {
    const table = tableOf(ratingsOf(shroutFleiss));
    const found = gateOf(table, adjust(table)).find(({ check }) => check === 'few');

    expect(found).toEqual({ check: 'few', passed: false, found: 1, bound: 0.1 });
  });

  it('does not hold it against raters that they agree but for their severity', () => {
    const table = tableOf(
      ratingsOf([
        [3, 4.1],
        [5, 6.1],
        [1, 2.1],
      ]),
    );

    expect(gateOf(table, adjust(table)).find(({ check }) => check === 'residuals')).toMatchObject({
      passed: true,
      found: 0,
    });
  });
});

describe('one more rater', () => {
  it('is asked where two differ by more than the round file allows, not where they differ by just that', () => {
    const table = tableOf(
      ratingsOf([
        [2, 5],
        [2, 5.5],
        [4, 4],
      ]),
    );
    const found = dispersionOf(table);
    const scale = { lowest: 0, highest: 10, percent: 30 };

    expect(found.map((one) => [one.range, isTooFar(one, scale)])).toEqual([
      [3, false],
      [3.5, true],
      [0, false],
    ]);
    expect(found[0]?.standardDeviation).toBeCloseTo(2.1213203435596424, 12);
  });

  it('is not asked for the last digit of a difference', () => {
    const [exact, more] = dispersionOf(
      tableOf(
        ratingsOf([
          [32.0001, 12.0001],
          [32.0002, 12.0001],
        ]),
      ),
    ).map((one) => isTooFar(one, { lowest: 0, highest: 100, percent: 20 }));

    expect(32.0001 - 12.0001).toBeGreaterThan(20);
    expect([exact, more]).toEqual([false, true]);
  });

  it('is held against a dispersion that one score alone does not have', () => {
    const [alone, two] = dispersionOf(
      tableOf(
        ratingsOf([
          [4, null],
          [2, 5],
        ]),
      ),
    );

    expect(alone).toEqual({ ratings: 1, lowest: 4, highest: 4, range: 0, standardDeviation: undefined });
    expect(two).toMatchObject({ ratings: 2, lowest: 2, highest: 5, range: 3 });
  });
});

describe('a rater', () => {
  it('who grows milder drifts upwards', () => {
    const found = driftOf([1, 2, 3, 4].map((at) => ({ at, residual: 0.5 * at + (at % 2) * 0.1 })));

    // Slope and error as scipy.stats.linregress gives them.
    expect(found?.slope).toBeCloseTo(0.48, 12);
    expect(found?.se).toBeCloseTo(0.028284271247462158, 12);
    expect(driftOf([{ at: 1, residual: 0 }])).toBeUndefined();
  });

  it('who gives every criterion the same has a halo', () => {
    expect(
      haloOf([
        [1, 1, 1],
        [3, 3, 3],
        [5, 5, 5],
      ]),
    ).toBeCloseTo(1, 12);
    expect(
      haloOf([
        [1, 5],
        [3, 3],
        [5, 1],
      ]),
    ).toBeCloseTo(-1, 12);
    expect(
      haloOf([
        [1, 2],
        [1, 5],
        [1, 3],
      ]),
    ).toBeUndefined();
  });

  it('who gives everybody nearly the same uses little of the scale', () => {
    const [same, wide, once] = spreadsOf(
      tableOf(
        ratingsOf([
          [5, 1, 7],
          [5, 9, null],
          [6, 5, null],
          [5, 4, null],
        ]),
      ),
    );

    // numpy.std(ddof=1) of each, and the square root of (0.75 + 32.75) / 6 below it.
    expect(same?.deviation).toBeCloseTo(0.5, 12);
    expect(wide?.deviation).toBeCloseTo(3.304037933599835, 12);
    expect(same?.ratio).toBeCloseTo(0.5 / 2.362907813126304, 12);
    expect(wide?.ratio).toBeCloseTo(3.304037933599835 / 2.362907813126304, 12);
    expect(once).toEqual({ deviation: undefined, ratio: undefined });
  });

  it('has no spread beside others where nobody sees a difference', () => {
    const [one] = spreadsOf(
      tableOf(
        ratingsOf([
          [5, 5],
          [5, 5],
        ]),
      ),
    );

    expect(one).toEqual({ deviation: 0, ratio: undefined });
  });

  it('leaves residuals that sum to nothing on each application', () => {
    const table = tableOf(ratingsOf(shroutFleiss));
    const residuals = residualsOf(table, adjust(table));

    for (const item of table.applications.keys()) {
      const sum = residuals
        .slice(table.first[item], table.first[item + 1])
        .reduce((all, each) => all + each, 0);
      expect(sum).toBeCloseTo(0, 12);
    }
  });
});
