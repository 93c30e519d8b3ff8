import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankedByScore } from '#shared/allocation/scores.ts';

/** A wish for one of four vacancies and its score; few different scores, so that many are equal. */
const anyWishes = fc.array(
  fc
    .shuffledSubarray([0, 1, 2, 3])
    .chain((vacancies) =>
      fc.tuple(
        ...vacancies.map((vacancy) => fc.nat(3).map((score) => ({ vacancy, score: score * 9_000_001 }))),
      ),
    ),
  { maxLength: 12 },
);

describe('ranking by score', () => {
  it('puts the highest first at each vacancy, of equals the one who stands first, and says everyone their place', () => {
    fc.assert(
      fc.property(anyWishes, (wishes) => {
        const start = Int32Array.from([0, ...wishes.map((_, who) => wishes.slice(0, who + 1).flat().length)]);
        const entries = Int32Array.from(wishes.flat(), ({ vacancy }) => vacancy);
        const scores = Int32Array.from(wishes.flat(), ({ score }) => score);
        const sides = rankedByScore({ start, entries }, scores, new Int32Array(4));
        const rankings = [0, 1, 2, 3].map((vacancy) =>
          Array.from(sides.ranking.subarray(sides.rankingStart[vacancy], sides.rankingStart[vacancy + 1])),
        );
        const expected = [0, 1, 2, 3].map((vacancy) =>
          wishes
            .flatMap((list, who) =>
              list.filter((wish) => wish.vacancy === vacancy).map(({ score }) => ({ who, score })),
            )
            .toSorted((a, b) => b.score - a.score)
            .map(({ who }) => who),
        );
        const places = wishes.flatMap((list, who) =>
          list.map(({ vacancy }) => expected[vacancy]?.indexOf(who)),
        );

        expect(rankings).toEqual(expected);
        expect([...sides.choicePlace]).toEqual(places);
      }),
      { numRuns: 500 },
    );
  });
});
