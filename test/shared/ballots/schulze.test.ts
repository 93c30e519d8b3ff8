import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairwise, type RankedBallot } from '#shared/ballots/pairwise.ts';
import { resultOf } from '#shared/ballots/result.ts';
import { schulze } from '#shared/ballots/schulze.ts';
import { smithSet } from '#shared/ballots/smith.ts';
import type { Measure } from '#shared/ballots/strength.ts';
import { slowSchulze, slowSmith } from './slow-schulze.ts';
import { each, names, someBallots, votes } from './votes.ts';

type Votes = readonly RankedBallot<string>[];

/** Every pair of which the first stands before the second. */
const relation = (ids: readonly string[], ballots: Votes, measure?: 'margin'): string[] => {
  const counted = pairwise(ids, ballots);
  const before = schulze(counted, measure);
  return counted.ids.flatMap((one, row) =>
    counted.ids.flatMap((other, column) => (before[row]?.[column] ? [`${one}${other}`] : [])),
  );
};

const orderOf = (ids: readonly string[], ballots: Votes): string =>
  resultOf(ids, ballots)
    .order.map(({ id }) => id)
    .join('');

const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });

describe('the Schulze method', () => {
  it('orders the 45 voters and five candidates of the well-known example: E, A, C, B, D', () => {
    const ballots = votes(
      '5 ACBED',
      '5 ADECB',
      '8 BEDAC',
      '3 CABED',
      '7 CAEBD',
      '2 CBADE',
      '7 DCEBA',
      '8 EBADC',
    );
    const { order, counted, smith } = resultOf(each('ABCDE'), ballots);

    expect(order.map(({ id, place, level }) => [id, place, level.length])).toEqual([
      ['E', 1, 0],
      ['A', 2, 0],
      ['C', 3, 0],
      ['B', 4, 0],
      ['D', 5, 0],
    ]);
    expect(counted.above).toEqual([
      [0, 20, 26, 30, 22],
      [25, 0, 16, 33, 18],
      [19, 29, 0, 17, 24],
      [15, 12, 28, 0, 14],
      [23, 27, 21, 31, 0],
    ]);
    expect(smith).toEqual(each('ABCDE'));
  });

  it('orders the 21 voters and four candidates of example 1 of the paper: d, a, c, b', () => {
    const ballots = votes('8 acdb', '2 badc', '4 cdba', '4 dbac', '3 dcba');

    expect(relation(each('abcd'), ballots)).toEqual(['ab', 'ac', 'cb', 'da', 'db', 'dc']);
    expect(orderOf(each('abcd'), ballots)).toBe('dacb');
  });

  it('takes a majority of more voters for stronger than one of a wider margin', () => {
    // A over B by 6 to 5, B over C by 4 to 0, C over A by 5 to 2.
    const above = [
      [0, 6, 2],
      [5, 0, 4],
      [5, 0, 0],
    ];
    const circle = { ids: each('ABC'), above, compared: above };
    const first = (measure: Measure): string[] =>
      circle.ids.filter((_, one) => schulze(circle, measure)[one]?.filter(Boolean).length === 2);

    expect(first('winning-votes')).toEqual(['C']);
    expect(first('margin')).toEqual(['B']);
  });

  it('says whether margins would have placed anybody otherwise', () => {
    const ballots = votes('3 BCA', '2 CAB', '2 AB=C');

    expect(relation(each('ABC'), ballots)).not.toEqual(relation(each('ABC'), ballots, 'margin'));
    expect(resultOf(each('ABC'), ballots).measured).toBe('otherwise');
    expect(resultOf(each('ABC'), votes('3 ABC')).measured).toBe('alike');
  });

  it('says between whom it decides nothing', () => {
    const { order, smith } = resultOf(each('ABC'), votes('1 ABC', '1 BAC'));

    expect(order.map(({ id, place, level }) => [id, place, level])).toEqual([
      ['A', 1, ['B']],
      ['B', 1, ['A']],
      ['C', 3, []],
    ]);
    expect(smith).toEqual(['A', 'B']);
    expect(resultOf(each('AB'), []).order.map(({ place }) => place)).toEqual([1, 1]);
    expect(resultOf([], []).order).toEqual([]);
  });

  it('agrees with the definition walked path by path, also where voters are recused', () => {
    fc.assert(
      fc.property(someBallots({ recused: true }), (ballots) => {
        expect(relation(names, ballots)).toEqual(slowSchulze(names, ballots));
        expect(smithSet(pairwise(names, ballots))).toEqual(slowSmith(names, ballots));
      }),
      { numRuns: 300 },
    );
  });

  it('comes to the same in whatever order candidates and ballots are given', () => {
    fc.assert(
      fc.property(
        someBallots({ recused: true }).chain((ballots) =>
          fc.tuple(fc.constant(ballots), shuffled(ballots), shuffled(names)),
        ),
        ([ballots, others, ids]) => {
          expect(resultOf(ids, others)).toEqual(resultOf(names, ballots));
        },
      ),
    );
  });

  it('is transitive, and places follow it', () => {
    fc.assert(
      fc.property(someBallots({ recused: true }), (ballots) => {
        const pairs = relation(names, ballots);
        const places = new Map(resultOf(names, ballots).order.map(({ id, place }) => [id, place]));
        for (const [one = '', other = ''] of pairs) {
          expect(places.get(one)).toBeLessThan(places.get(other) ?? 0);
          for (const next of names) {
            if (pairs.includes(`${other}${next}`)) expect(pairs).toContain(`${one}${next}`);
          }
        }
      }),
    );
  });
});
