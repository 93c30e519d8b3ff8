import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptancesOf,
  type Cascade,
  type CascadeEvent,
  openWishes,
  seatsTakenIn,
} from '#shared/domain/cascade.ts';
import { checkedStep, isSettled, soundSteps } from '#shared/domain/cascade-check.ts';
import { keptFor, passedByReserves, waveOf } from '#shared/domain/cascade-wave.ts';
import { waitingList } from '#shared/domain/waiting-list.ts';
import {
  aCascade,
  anyCascade,
  anyKept,
  anyStory,
  asked,
  closesAccepted,
  told,
  vacancies,
} from '#test/builders/cascades.ts';
import { slowDeferredAcceptance } from '../allocation/slow.ts';

const everything = (posts: number): Cascade['limits'] => [{ posts, vacancies: new Set(vacancies) }];
const kept = (code: string, posts: number, ...group: string[]) => ({
  code,
  posts,
  vacancies: new Set(group),
});

const given = (state: Cascade): string[] => [...waveOf(state)].map(([who, what]) => `${who} ${what}`);

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
    const seekers = new Map(
      [...asked(state).seekers].map(([id, seeker]) => [
        id,
        { ...seeker, offers: seeker.offers.map((offer) => ({ ...offer, reserve: through.get(id) })) },
      ]),
    );

    expect([...through]).toEqual([['4', 'c']]);
    expect([...passedByReserves({ ...state, seekers })]).toEqual([['3', 'B']]);
    // Who would have the post anyway has it by rank.
    const byRank = withLimit([['C'], ['A']], 2, kept('c', 1, 'C'));
    expect(keptFor(byRank, waveOf(byRank)).size).toBe(0);
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

/** The free seats of a cascade as an instance, counted here anew. */
const slowWave = (state: Cascade): ReadonlyMap<string, string> => {
  const taken = seatsTakenIn(state);
  const takenIn = (group: Iterable<string>) =>
    [...group].reduce((sum, code) => sum + (taken.get(code) ?? 0), 0);
  const people = [...state.seekers.values()].map((seeker) => ({
    id: seeker.id,
    preferences: openWishes(seeker),
  }));
  const order = people.map(({ id }) => id);
  const matches = slowDeferredAcceptance({
    applicants: people,
    vacancies: vacancies.map((id) => ({
      id,
      capacity: Math.max(0, (state.posts.get(id) ?? 0) - (taken.get(id) ?? 0)),
      region: 'any',
      subject: 'any',
      ranking: order,
    })),
    caps: [
      ...state.limits.map(({ posts, vacancies: group }) => ({
        vacancies: [...group],
        max: Math.max(0, posts - takenIn(group)),
      })),
      ...(state.reserves ?? []).map(({ posts, vacancies: group }, index) => ({
        vacancies: [...group],
        max: 99,
        reserve: Math.max(0, posts - takenIn(group)),
        precedence: index + 1,
      })),
    ],
    order,
    mechanism: 'applicant-proposing-deferred-acceptance',
  });
  return new Map(
    Object.entries(matches).flatMap(([id, code]) => (code === null ? [] : [[id, code] as const])),
  );
};

/** The worst place of each person for each post that they wait for. */
const worst = (state: Cascade) =>
  [...waitingList(state)].flatMap(([who, places]) =>
    places.map(({ vacancy, atWorst }): [string, number] => [`${who} ${vacancy}`, atWorst]),
  );

describe('whatever posts are kept, and whatever people do', () => {
  it('the offers are those of the slow implementation, pass the checker one by one, and leave no free post that somebody wants', () => {
    let offers = 0;
    const check = (before: Cascade, event: CascadeEvent): void => {
      offers += 1;
      expect(checkedStep(before, event)).toMatchObject({ ok: true });
    };
    fc.assert(
      fc.property(anyKept, anyStory, (cascade, story) => {
        let state = asked(cascade, check);
        for (const event of story) {
          const checked = checkedStep(state, event);
          state = checked.ok ? checked.value : state;
          expect(waveOf(state)).toEqual(slowWave(state));
          state = asked(state, check);
          expect(waveOf(state).size).toBe(0);
        }
        for (const seeker of state.seekers.values()) expect(acceptancesOf(seeker).length).toBeLessThan(2);
        for (const { posts, vacancies: group } of state.limits) {
          const taken = [...seatsTakenIn(state)].filter(([code]) => group.has(code));
          expect(taken.reduce((sum, [, seats]) => sum + seats, 0)).toBeLessThanOrEqual(posts);
        }
        const isOpen = [...state.seekers.values()].some((one) =>
          one.offers.some(({ status }) => status === 'open'),
        );
        expect(isSettled(state).ok).toBe(!isOpen);
      }),
    );
    expect(offers).toBeGreaterThan(100);
  });

  it('an offer is refused by the checker exactly when it is not due', () => {
    let [right, wrong] = [0, 0];
    fc.assert(
      fc.property(anyKept, fc.nat({ max: 6 }), fc.constantFrom(...vacancies), (state, index, vacancy) => {
        fc.pre(state.reserves?.length !== 0);
        const seeker = `${index + 1}`;
        const isSound = checkedStep(state, { type: 'offered', seeker, vacancy }).ok;
        expect(isSound).toBe(waveOf(state).get(seeker) === vacancy);
        if (isSound) right += 1;
        else wrong += 1;
      }),
    );
    expect(Math.min(right, wrong)).toBeGreaterThan(0);
  });

  it('what nobody wants changes nothing, and neither does any of it where no limit binds', () => {
    fc.assert(
      fc.property(anyCascade, fc.nat({ max: 4 }), fc.integer({ min: 1, max: 3 }), (cascade, total, posts) => {
        const limited: Cascade = { ...cascade, limits: everything(total) };
        const withoutC = new Map(
          [...cascade.seekers].map(([id, one]) => [
            id,
            { ...one, wishes: one.wishes.filter((wish) => wish !== 'C') },
          ]),
        );
        const unwanted: Cascade = { ...limited, seekers: withoutC };
        expect(waveOf({ ...unwanted, reserves: [kept('c', posts, 'C')] })).toEqual(waveOf(unwanted));
        const plenty: Cascade = { ...cascade, limits: everything(99) };
        expect(waveOf({ ...plenty, reserves: [kept('a', posts, 'A')] })).toEqual(waveOf(plenty));
      }),
    );
  });

  it('the order in which vacancies, limits and wishers of another rank stand changes nothing', () => {
    fc.assert(
      fc.property(anyKept, (state) => {
        const turned: Cascade = {
          ...state,
          posts: new Map([...state.posts].toReversed()),
          limits: state.limits.toReversed(),
        };
        expect(waveOf(turned)).toEqual(waveOf(state));
      }),
    );
  });

  it('nobody comes behind the worst place that they were told', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyKept, anyStory, (cascade, story) => {
        let state = asked(cascade);
        for (const event of story.filter(({ type }) => type !== 'capacity-changed')) {
          if (closesAccepted(state, event)) continue;
          const was = new Map(worst(state));
          state = asked(soundSteps(state, [event]).after);
          const known = worst(state).filter(([whose]) => was.has(whose));
          for (const [whose, place] of known) expect(place).toBeLessThanOrEqual(was.get(whose) ?? 0);
          compared += known.length;
        }
      }),
    );
    expect(compared).toBeGreaterThan(100);
  });
});
