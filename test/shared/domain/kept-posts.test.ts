import { describe, expect, it } from 'vitest';
import type { Cascade } from '#shared/domain/cascade.ts';
import { checkedStep, soundSteps } from '#shared/domain/cascade-check.ts';
import { keptFor, passedByAll, passedByReserves, waveOf } from '#shared/domain/cascade-wave.ts';
import { waitingList } from '#shared/domain/waiting-list.ts';
import { aCascade, asked, told, vacancies } from '#test/builders/cascades.ts';

const everything = (posts: number): Cascade['limits'] => [{ posts, vacancies: new Set(vacancies) }];
const kept = (code: string, posts: number, ...group: string[]) => ({
  code,
  posts,
  vacancies: new Set(group),
});

const given = (state: Cascade): string[] => [...waveOf(state)].map(([who, what]) => `${who} ${what}`);

/** Everybody who is to be asked now is, with the quota through which. */
const askedThrough = (state: Cascade): Cascade => {
  const through = keptFor(state, waveOf(state));
  const seekers = new Map(
    [...asked(state).seekers].map(([id, seeker]) => [
      id,
      { ...seeker, offers: seeker.offers.map((offer) => ({ ...offer, reserve: through.get(id) })) },
    ]),
  );
  return { ...state, seekers };
};

const withLimit = (
  wishes: readonly string[][],
  total: number,
  ...reserves: ReturnType<typeof kept>[]
): Cascade => aCascade(wishes, { A: 2, B: 2, C: 2 }, everything(total), reserves);

describe('posts that are kept', () => {
  const wishes = [['A'], ['A'], ['B'], ['C'], ['C']];

  it('go to the best ranks that want them, before anybody who outranks these', () => {
    expect(given(withLimit(wishes, 3))).toEqual(['1 A', '2 A', '3 B']);
    expect(given(withLimit(wishes, 3, kept('c', 1, 'C')))).toEqual(['1 A', '2 A', '4 C']);
    expect(given(withLimit(wishes, 3, kept('c', 2, 'C')))).toEqual(['1 A', '4 C', '5 C']);
  });

  it('are counted first, not on top: whoever would have one by rank has one of the kept', () => {
    expect(given(withLimit([['C'], ['A'], ['A'], ['C']], 3, kept('c', 1, 'C')))).toEqual([
      '1 C',
      '2 A',
      '3 A',
    ]);
  });

  it('are given to everybody where nobody wants them', () => {
    expect(given(withLimit([['A'], ['A'], ['B'], ['B', 'C']], 4, kept('c', 2, 'C')))).toEqual([
      '1 A',
      '2 A',
      '3 B',
      '4 B',
    ]);
  });

  it('are not kept for somebody who would rather have what they can get', () => {
    // The second prefers B, which no limit counts, so that the only seat under it is the first’s.
    const state: Cascade = {
      ...aCascade([['A'], ['B', 'C']], { A: 1, B: 1, C: 1 }),
      limits: [{ posts: 1, vacancies: new Set(['A', 'C']) }],
      reserves: [kept('c', 1, 'C')],
    };

    expect(given(state)).toEqual(['1 A', '2 B']);
  });

  it('come in the order of their precedence where there are too few for all', () => {
    const state = withLimit([['A'], ['B'], ['C']], 1, kept('c', 1, 'C'), kept('b', 1, 'B'));

    expect(given(state)).toEqual(['3 C']);
    expect(given({ ...state, reserves: state.reserves?.toReversed() })).toEqual(['2 B']);
  });

  it('are counted for each quota, also where nobody wants what two of them differ by; unless the file is older', () => {
    const state = aCascade([['A'], ['A'], ['C']], { A: 2, B: 2, C: 1 }, everything(2), [
      kept('ab', 1, 'A', 'B'),
      kept('c', 1, 'C'),
      kept('a', 2, 'A'),
    ]);

    expect(given({ ...state, counting: 'each-quota' })).toEqual(['1 A', '3 C']);
    // There the two are one of the first precedence, and keep two posts.
    expect(given(state)).toEqual(['1 A', '2 A']);
    const wanted = new Map(state.seekers).set('4', { id: '4', wishes: ['B'], offers: [] });
    expect(given({ ...state, seekers: wanted })).toEqual(['1 A', '3 C']);
  });

  it('are counted with those that somebody has: of what becomes free later only the rest is kept', () => {
    const state = asked(withLimit(wishes, 3, kept('c', 1, 'C')));
    const declined = soundSteps(state, [told('4 declined C')]).after;
    const other = soundSteps(state, [told('1 declined A')]).after;

    expect(given(declined)).toEqual(['5 C']);
    expect(given(other)).toEqual(['3 B']);
  });

  it('say through which quota somebody has a post, and whom it passes by', () => {
    const state = withLimit(wishes, 3, kept('c', 1, 'C'));
    const wave = waveOf(state);
    const through = keptFor(state, wave);

    expect([...through]).toEqual([['4', 'c']]);
    expect([...passedByReserves(askedThrough(state))]).toEqual([['3', 'B']]);
    // Who would have the post anyway has it by rank.
    const byRank = withLimit([['C'], ['A']], 2, kept('c', 1, 'C'));
    expect(keptFor(byRank, waveOf(byRank)).size).toBe(0);
  });

  it('are against those alone who would be asked without them, as things stand', () => {
    const keeping = [kept('b', 1, 'B'), kept('c', 1, 'C')];
    const wanted = [['A'], ['A'], ['A'], ['B'], ['C']];
    const first = askedThrough(aCascade(wanted, { A: 3, B: 1, C: 1 }, everything(3), keeping));
    const later = asked(soundSteps(first, [told('4 declined B')]).after);

    // Either seat would be the second’s; the third would need both.
    expect(passedByAll(first).get('2')).toEqual({ vacancy: 'A', reserves: ['b', 'c'] });
    expect(passedByAll(first).get('3')).toEqual({ vacancy: 'A', reserves: ['b', 'c'] });
    expect(given(first)).toEqual([]);
    // What the fourth let go is the second’s: only one post is kept from the third now.
    expect(passedByAll(later).get('2')).toBeUndefined();
    expect(passedByAll(later).get('3')).toEqual({ vacancy: 'A', reserves: ['c'] });
  });

  it('pass nobody by who is to be asked anyway once the offers that are due are made', () => {
    expect([...passedByReserves(withLimit(wishes, 3, kept('c', 1, 'C')))]).toEqual([['3', 'B']]);
  });

  it('are seen by the checker: it refuses to pass by whom they are kept for, and lets them be asked first', () => {
    const state = withLimit(wishes, 3, kept('c', 1, 'C'));
    const faultsOf = (sentence: string) => {
      const checked = checkedStep(state, told(sentence));
      return checked.ok ? [] : checked.error;
    };

    expect(faultsOf('4 offered C')).toEqual([]);
    expect(faultsOf('3 offered B')).toEqual([
      { fault: 'skipped', seeker: '1' },
      { fault: 'skipped', seeker: '2' },
      { fault: 'kept', seeker: '4' },
    ]);
    expect(faultsOf('5 offered C').map(({ fault }) => fault)).toEqual(['skipped', 'skipped', 'skipped']);
  });
});

describe('the waiting list where posts are kept', () => {
  it('counts whoever is behind and may get a kept post before, and not for who waits for one', () => {
    const state = withLimit([['A'], ['B'], ['C']], 1, kept('c', 1, 'C'));

    expect(waitingList(state).get('1')).toMatchObject([{ position: 1, atWorst: 2, isKept: true }]);
    expect(waitingList(state).get('3')).toMatchObject([{ position: 1, atWorst: 3, isKept: false }]);
  });
});
