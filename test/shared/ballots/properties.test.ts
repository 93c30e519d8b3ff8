import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairwise, type RankedBallot } from '#shared/ballots/pairwise.ts';
import { resultOf } from '#shared/ballots/result.ts';
import { schulze } from '#shared/ballots/schulze.ts';
import { each, names, someBallots, votes } from './votes.ts';

type Votes = readonly RankedBallot<string>[];

const isBefore = (ids: readonly string[], ballots: Votes) => {
  const counted = pairwise(ids, ballots);
  const before = schulze(counted);
  return (one: string, other: string): boolean =>
    before[counted.ids.indexOf(one)]?.[counted.ids.indexOf(other)] ?? false;
};

const rankIn = ({ ranks }: RankedBallot<string>, name: string): number => ranks.get(name) ?? 6;

/** A twin stands to all others as the one whose twin it is, so it cannot leave a place that others share. */
const isShared = (ballot: RankedBallot<string>, name: string): boolean =>
  names.some((other) => other !== name && rankIn(ballot, other) === rankIn(ballot, name));

const pairs = names.flatMap((one) =>
  names.filter((other) => other !== one).map((other) => [one, other] as const),
);

describe('what the Schulze method promises', () => {
  it('puts whoever beats everybody first and whoever is beaten by everybody last, and the Smith set before all others', () => {
    let winners = 0;
    fc.assert(
      fc.property(someBallots({ recused: true, most: 5 }), (ballots) => {
        const { order, smith } = resultOf(names, ballots);
        const winner = order.find(({ beats }) => beats === names.length - 1);
        const loser = order.find(({ beatenBy }) => beatenBy === names.length - 1);
        if (winner) {
          winners += 1;
          expect(smith).toEqual([winner.id]);
          expect(order[0]).toBe(winner);
          expect(winner.level).toEqual([]);
        }
        if (loser) expect(order.at(-1)).toBe(loser);
        expect(
          order
            .slice(0, smith.length)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(smith);
      }),
    );
    expect(winners).toBeGreaterThan(10);
  });

  it('turns round with the ballots', () => {
    fc.assert(
      fc.property(someBallots(), (ballots) => {
        const turned = ballots.map((ballot) => ({
          ranks: new Map(names.map((name) => [name, -rankIn(ballot, name)])),
        }));
        const [before, after] = [isBefore(names, ballots), isBefore(names, turned)];
        for (const [one, other] of pairs) expect(after(other, one)).toBe(before(one, other));
      }),
    );
  });

  it('does not hold it against anybody to be placed higher', () => {
    fc.assert(
      fc.property(
        someBallots(),
        fc.constantFrom(...names),
        fc.nat(),
        fc.nat({ max: 11 }),
        (ballots, name, at, halves) => {
          const raised = ballots.map((ballot, index) => {
            if (index !== at % ballots.length) return ballot;
            const rank = Math.min(rankIn(ballot, name), halves / 2);
            return { ranks: new Map([...ballot.ranks, [name, rank]]) };
          });
          const [before, after] = [isBefore(names, ballots), isBefore(names, raised)];
          for (const other of names) {
            if (before(name, other)) expect(after(name, other)).toBe(true);
            if (!before(other, name)) expect(after(other, name)).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is not moved by a twin of somebody', () => {
    fc.assert(
      fc.property(
        someBallots().chain((ballots) =>
          fc.tuple(
            fc.constant(ballots),
            fc.array(fc.constantFrom(-0.1, 0, 0.1), { minLength: ballots.length, maxLength: ballots.length }),
          ),
        ),
        fc.constantFrom(...names),
        ([ballots, beside], name) => {
          const twinned = ballots.map((ballot, index) => ({
            ranks: new Map([
              ...names.map((one) => [one, rankIn(ballot, one)] as const),
              ['twin', rankIn(ballot, name) + (isShared(ballot, name) ? 0 : (beside[index] ?? 0))] as const,
            ]),
          }));
          const [before, after] = [isBefore(names, ballots), isBefore([...names, 'twin'], twinned)];
          for (const [one, other] of pairs) expect(after(one, other)).toBe(before(one, other));
          for (const other of names.filter((one) => one !== name)) {
            expect(after('twin', other)).toBe(before(name, other));
            expect(after(other, 'twin')).toBe(before(other, name));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('follows what everybody says of a pair', () => {
    fc.assert(
      fc.property(someBallots({ most: 3 }), (ballots) => {
        const before = isBefore(names, ballots);
        for (const [one, other] of pairs) {
          if (ballots.every((ballot) => rankIn(ballot, one) < rankIn(ballot, other))) {
            expect(before(one, other)).toBe(true);
          }
        }
      }),
    );
  });

  it('counts of a recused voter every pair but those with the application concerned', () => {
    const all = votes('2 ABC', '1 CBA');
    const [first, ...rest] = all;
    const recused = [{ ranks: first?.ranks ?? new Map<string, number>(), without: new Set(['B']) }, ...rest];

    expect(pairwise(each('ABC'), all).above).toEqual([
      [0, 2, 2],
      [1, 0, 2],
      [1, 1, 0],
    ]);
    expect(pairwise(each('ABC'), recused)).toEqual({
      ids: each('ABC'),
      above: [
        [0, 1, 2],
        [1, 0, 1],
        [1, 1, 0],
      ],
      compared: [
        [0, 2, 3],
        [2, 0, 2],
        [3, 2, 0],
      ],
    });
  });
});

describe("Borda's count beside it", () => {
  it('is the mean number of those below, half a point for each that is equal', () => {
    const { order } = resultOf(each('ABC'), votes('3 ABC', '2 BCA', '1 A=BC'));
    const points = Object.fromEntries(order.map(({ id, borda }) => [id, [borda.points, borda.place]]));

    expect(points).toEqual({ A: [7.5 / 6, 2], B: [8.5 / 6, 1], C: [2 / 6, 3] });
  });

  it('takes nothing from who has a recused voter, and puts whom nobody compared last', () => {
    const ballots = [...votes('2 ABC'), { ranks: new Map([['B', 1]]), without: new Set(['A']) }];
    const { order } = resultOf(each('ABC'), ballots);

    expect(order.map(({ id, borda }) => [id, borda.points, borda.place])).toEqual([
      ['A', 2, 1],
      ['B', 6 / 5, 2],
      ['C', 0, 3],
    ]);
    const nobody = resultOf(each('AB'), [{ ranks: new Map(), without: new Set(['A']) }]);
    expect(nobody.order.map(({ borda }) => borda)).toEqual([
      { points: undefined, place: 1 },
      { points: undefined, place: 1 },
    ]);
  });

  it('may put another one first than the one who beats everybody', () => {
    const { order, smith } = resultOf(each('ABC'), votes('3 ABC', '2 BCA'));

    expect(smith).toEqual(['A']);
    expect(order.map(({ id, borda }) => [id, borda.place])).toEqual([
      ['A', 2],
      ['B', 1],
      ['C', 3],
    ]);
  });
});
