import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cascade } from '#shared/domain/cascade.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { aCascade, vacancies } from '#test/builders/cascades.ts';
import { everyList, wishNumber } from '../allocation/every.ts';

const many = { numRuns: 1_000 * (process.env['SOAK'] ? 50 : 1) };

const groups = [['A', 'B'], ['C'], ['A']];

/** Fewer posts than people want, kept for A or B, for A alone and for C, in any precedence; each quota counts for itself. */
const anyNested = fc
  .record({
    wishes: fc.array(fc.shuffledSubarray(vacancies, { minLength: 1, maxLength: 2 }), {
      minLength: 3,
      maxLength: 5,
    }),
    posts: fc.tuple(...vacancies.map(() => fc.integer({ min: 1, max: 2 }))),
    total: fc.integer({ min: 2, max: 3 }),
    kept: fc.shuffledSubarray(groups, { minLength: groups.length }),
    numbers: fc.tuple(...groups.map(() => fc.integer({ min: 1, max: 2 }))),
  })
  .map(({ wishes, posts, total, kept, numbers }): Cascade => {
    const seats = Object.fromEntries(vacancies.map((code, index) => [code, posts[index] ?? 1]));
    const reserves = kept.map((group, index) => ({
      code: group.join('-'),
      posts: numbers[index] ?? 1,
      vacancies: new Set(group),
    }));
    const limits = [{ posts: total, vacancies: new Set(vacancies) }];
    return Object.assign(aCascade(wishes, seats, limits, reserves), { counting: 'each-quota' as const });
  });

const openFirst = fc
  .tuple(anyNested, fc.integer({ min: 1, max: 2 }))
  .map(([state, first]): Cascade => Object.assign({}, state, { openFirst: first }));

/** The same where somebody has other wishes. */
const wishing = (state: Cascade, who: string, wishes: readonly string[]): Cascade => ({
  ...state,
  seekers: new Map(
    [...state.seekers].map(([id, one]) => [id, id === who ? { ...one, wishes } : one] as const),
  ),
});

/** Whether somebody has something better in the first wave than in the second. */
const isBetter = (
  { seekers }: Cascade,
  who: string,
  waves: readonly ReadonlyMap<string, string>[],
): boolean => {
  const wishes = seekers.get(who)?.wishes ?? [];
  const [first = 0, second = 0] = waves.map((wave) => wishNumber(wishes, wave.get(who)));
  return first < second;
};

describe('kept posts, each quota counted for itself, where one lies inside another', () => {
  it.for([
    { first: 'kept', any: anyNested },
    { first: 'open', any: openFirst },
  ])('reward nobody for another list than the true one, $first ones first', ({ any }) => {
    fc.assert(
      fc.property(any, (state) => {
        const wave = waveOf(state);
        const gains = [...state.seekers.keys()].flatMap((who) =>
          everyList(vacancies).filter((list) =>
            isBetter(state, who, [waveOf(wishing(state, who, list)), wave]),
          ),
        );
        expect(gains).toEqual([]);
      }),
      many,
    );
  });

  it('harm nobody when somebody stays away, whatever it was that they alone wanted', () => {
    fc.assert(
      fc.property(anyNested, (state) => {
        const wave = waveOf(state);
        const ids = [...state.seekers.keys()];
        const harmed = ids.flatMap((away) => {
          const without = waveOf(wishing(state, away, []));
          return ids.filter((who) => who !== away && isBetter(state, who, [wave, without]));
        });
        expect(harmed).toEqual([]);
      }),
      many,
    );
  });

  it('go to the same people, whatever vacancies there are that nobody wants', () => {
    fc.assert(
      fc.property(fc.oneof(anyNested, openFirst), fc.constantFrom(...vacancies), (state, unwanted) => {
        const own = [...state.seekers.values()].map(({ wishes }) =>
          wishes.filter((wish) => wish !== unwanted),
        );
        const posts = Object.fromEntries([...state.posts].filter(([code]) => code !== unwanted));
        const { seekers } = aCascade(own, posts);
        const without = <Group extends { vacancies: ReadonlySet<string> }>(some: readonly Group[]): Group[] =>
          some.map((one) => {
            const left = [...one.vacancies].filter((code) => code !== unwanted);
            return Object.assign({}, one, { vacancies: new Set(left) });
          });
        const gone: Cascade = {
          ...state,
          seekers,
          posts: new Map(Object.entries(posts)),
          limits: without(state.limits),
          reserves: without(state.reserves ?? []),
        };
        expect([...waveOf({ ...state, seekers })]).toEqual([...waveOf(gone)]);
      }),
      many,
    );
  });
});
