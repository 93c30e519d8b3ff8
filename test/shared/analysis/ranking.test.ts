import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rank, rankIntervals, tieGroup } from '#shared/analysis/ranking.ts';
import { inUnits, rounded } from '#shared/analysis/rounding.ts';
import { chanceOf } from '#shared/chance.ts';

const scoresOf = (...scores: number[]): Float64Array => Float64Array.from(scores);

describe('rounding', () => {
  it.for([
    [0.00005, 0],
    [0.00035, 0.0004],
    [0.00025, 0.0002],
    [-0.00005, 0],
    [-0.00035, -0.0004],
    [0.00015, 0.0001],
    [1.23456, 1.2346],
    [2.5, 2.5],
  ] as const)('%d becomes %d', ([score, expected]) => {
    expect(rounded(score) === expected).toBe(true);
  });
});

describe('ranks', () => {
  it('are shared by equal scores, and the next is skipped', () => {
    expect([...rank(scoresOf(7, 9, 7, 3)).ranks]).toEqual([2, 1, 2, 4]);
  });

  it('do not see what rounding takes away', () => {
    expect([...rank(scoresOf(5.00001, 5.00004, 5.0002)).ranks]).toEqual([2, 2, 1]);
  });

  it.for([
    ['far apart', fc.double({ min: -1e9, max: 1e9, noNaN: true })],
    ['in halves', fc.integer({ min: -50, max: 50 }).map((halves) => halves / 2)],
    ['close together', fc.double({ min: -0.02, max: 0.02, noNaN: true })],
  ] as const)('are those of plain sorting, for any scores %s', ([, score]) => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 60 }), (scores) => {
        const units = scores.map(inUnits);
        const { ranks, order } = rank(Float64Array.from(scores));

        expect([...ranks]).toEqual(units.map((unit) => 1 + units.filter((other) => other > unit).length));
        expect([...order]).toEqual(
          [...units.keys()].toSorted((a, b) => (units[b] ?? 0) - (units[a] ?? 0) || a - b),
        );
      }),
    );
  });

  it('of a hundred thousand scores are those of plain sorting', () => {
    const { below } = chanceOf('many');
    const scores = Float64Array.from({ length: 100_000 }, () => below(10_000_001) / 100_000);
    const units = scores.map(inUnits);
    const { ranks, order } = rank(scores);

    expect(order).toEqual(
      Int32Array.from(units.keys()).toSorted((a, b) => (units[b] ?? 0) - (units[a] ?? 0) || a - b),
    );
    const wrong = order.findIndex((item, place) => {
      const before = order[place - 1] ?? -1;
      const isShared = place > 0 && units[before] === units[item];
      return ranks[item] !== (isShared ? ranks[before] : place + 1);
    });
    expect(wrong).toBe(-1);
  });
});

describe('rank intervals', () => {
  it('leave a place open only to those whose scores chance could have swapped', () => {
    const { best, worst } = rankIntervals(scoresOf(9, 8, 7.9, 2), scoresOf(0.1, 0.1, 0.1, 0.1));

    expect([...best]).toEqual([1, 2, 2, 4]);
    expect([...worst]).toEqual([1, 3, 3, 4]);
  });

  it('are found pair by pair, and hold the rank', () => {
    const any = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 40 }), error: fc.integer({ min: 0, max: 5 }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(any, (list) => {
        const scores = Float64Array.from(list, ({ score }) => score);
        const errors = Float64Array.from(list, ({ error }) => error);
        const { best, worst } = rankIntervals(scores, errors);
        const { ranks } = rank(scores);
        const z = 1.959963984540054;
        for (const [item, { score, error }] of list.entries()) {
          const better = list.filter((other) => other.score - z * other.error > score + z * error).length;
          const worse = list.filter((other) => other.score + z * other.error < score - z * error).length;
          expect([best[item], worst[item]]).toEqual([1 + better, list.length - worse]);
          expect(ranks[item]).toBeGreaterThanOrEqual(best[item] ?? 0);
          expect(ranks[item]).toBeLessThanOrEqual(worst[item] ?? 0);
        }
      }),
    );
  });
});

describe('the tie group at the line', () => {
  it('is everyone whom chance may have put on the other side', () => {
    const intervals = rankIntervals(scoresOf(9, 8, 7.9, 2), scoresOf(0.1, 0.1, 0.1, 0.1));

    expect(tieGroup(intervals, 2)).toEqual([1, 2]);
    expect(tieGroup(intervals, 1)).toEqual([]);
    expect(tieGroup(intervals, 3)).toEqual([]);
  });
});
