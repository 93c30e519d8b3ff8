import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptancesOf, type Cascade, type CascadeEvent, seatsTakenIn } from '#shared/domain/cascade.ts';
import { checkedStep, isSettled, soundSteps } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { waitingList } from '#shared/domain/waiting-list.ts';
import {
  anyCascade,
  anyKept,
  anyOpenFirst,
  anyStory,
  asked,
  everyOffer,
  holdsOneByOne,
  vacancies,
} from '#test/builders/cascades.ts';
import { slowFrom } from './slow-cascade.ts';
import { slowWave } from './slow-wave.ts';

const often = { numRuns: process.env['SOAK'] ? 20_000 : 100 };

const everything = (posts: number): Cascade['limits'] => [{ posts, vacancies: new Set(vacancies) }];
const kept = (code: string, posts: number, ...group: string[]) => ({
  code,
  posts,
  vacancies: new Set(group),
});

/** The worst place of each person for each post that they wait for. */
const worst = (state: Cascade) =>
  [...waitingList(state)].flatMap(([who, places]) =>
    places.map(({ vacancy, atWorst }): [string, number] => [`${who} ${vacancy}`, atWorst]),
  );

describe.for([
  { first: 'kept', any: anyKept },
  { first: 'open', any: anyOpenFirst },
])('whatever posts are kept, $first ones first, and whatever people do', ({ any }) => {
  it('the offers are those of the slow implementation, pass the checker one by one, and leave no free post that somebody wants', () => {
    let offers = 0;
    const check = (before: Cascade, event: CascadeEvent): void => {
      offers += 1;
      if (holdsOneByOne(before)) expect(checkedStep(before, event)).toMatchObject({ ok: true });
    };
    fc.assert(
      fc.property(any, anyStory, (cascade, story) => {
        let state = asked(cascade, check);
        for (const event of story) {
          const checked = checkedStep(state, event);
          state = checked.ok ? checked.value : state;
          expect(waveOf(state)).toEqual(slowWave(slowFrom(state)));
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
      often,
    );
    expect(offers).toBeGreaterThan(20);
  });

  it('an offer is refused by the checker exactly when it is not due', () => {
    let [right, wrong] = [0, 0];
    fc.assert(
      fc.property(any, (state) => {
        fc.pre(state.reserves?.length !== 0);
        const wave = waveOf(state);
        for (const [seeker, vacancy] of everyOffer(state)) {
          const isSound = checkedStep(state, { type: 'offered', seeker, vacancy }).ok;
          expect(isSound).toBe(wave.get(seeker) === vacancy);
          if (isSound) right += 1;
          else wrong += 1;
        }
      }),
      often,
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
      often,
    );
  });

  it('the order in which vacancies, limits and wishers of another rank stand changes nothing', () => {
    fc.assert(
      fc.property(any, (state) => {
        const turned: Cascade = {
          ...state,
          posts: new Map([...state.posts].toReversed()),
          // The first limit is the number of posts.
          limits: [...state.limits.slice(0, 1), ...state.limits.slice(1).toReversed()],
        };
        expect(waveOf(turned)).toEqual(waveOf(state));
      }),
      often,
    );
  });

  it('nobody comes behind the worst place that they were told', () => {
    let compared = 0;
    fc.assert(
      fc.property(any, anyStory, (cascade, story) => {
        let state = asked(cascade);
        for (const event of story.filter(({ type }) => type !== 'capacity-changed')) {
          const was = new Map(worst(state));
          state = asked(soundSteps(state, [event]).after);
          const known = worst(state).filter(([whose]) => was.has(whose));
          for (const [whose, place] of known) expect(place).toBeLessThanOrEqual(was.get(whose) ?? 0);
          compared += known.length;
        }
      }),
      often,
    );
    expect(compared).toBeGreaterThan(100);
  });
});
