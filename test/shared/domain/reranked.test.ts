import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptancesOf,
  type Cascade,
  type CascadeEvent,
  isLive,
  openWishes,
  seatsTakenIn,
  step,
} from '#shared/domain/cascade.ts';
import { checkedStep, isSettled, soundSteps } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { waitingList } from '#shared/domain/waiting-list.ts';
import {
  aCascade,
  after,
  anyCascade,
  anyKept,
  anyOpenFirst,
  anyStory,
  asked,
  holdsOneByOne,
  reranked,
  told,
} from '#test/builders/cascades.ts';
import { slowStory } from './slow-story.ts';

const soak = process.env['SOAK'] ? 200 : 1;
const often = { numRuns: 200 * soak };

const held = ({ seekers }: Cascade): string[] =>
  [...seekers.values()].flatMap(({ id, offers }) =>
    offers.filter(isLive).map(({ vacancy, status }) => `${id} ${status} ${vacancy}`),
  );

describe('results that were corrected while offers are made', () => {
  const four = aCascade([['A'], ['A'], ['A'], ['A']], { A: 1 });

  it('give what becomes free to whom comes first by them, and leave every offer that was made', () => {
    const corrected = after(asked(four), reranked('3', '1', '2', '4'));

    expect(held(corrected)).toEqual(['1 open A']);
    expect([...waveOf(corrected)]).toEqual([]);
    expect([...waveOf(after(corrected, '1 declined A'))]).toEqual([['3', 'A']]);
    expect(checkedStep(after(corrected, '1 declined A'), told('2 offered A'))).toEqual({
      ok: false,
      error: [{ fault: 'skipped', seeker: '3' }],
    });
  });

  it('ask nobody who does not go on by them, who still may accept what they were offered', () => {
    const corrected = after(asked(four), reranked('3', '4'));

    expect(held(after(corrected, '1 accepted A'))).toEqual(['1 accepted A']);
    const free = after(corrected, '1 declined A', 'A has 4');
    expect([...waveOf(free)]).toEqual([
      ['3', 'A'],
      ['4', 'A'],
    ]);
    expect(checkedStep(free, told('2 offered A'))).toEqual({ ok: false, error: [{ fault: 'not-wanted' }] });
    expect(isSettled(asked(free)).ok).toBe(false);
    expect(isSettled(after(asked(free), '3 accepted A', '4 accepted A')).ok).toBe(true);
  });

  it('let in who goes on by them alone, in their place, and out again by the next correction', () => {
    const begun = after(four, reranked('1', '2'));
    const full = asked(begun);
    expect([...full.seekers.keys()]).toEqual(['1', '2', '3', '4']);
    expect(waitingList(full).has('3')).toBe(false);

    const corrected = after(full, reranked('1', '3', '2'));
    const placesOf = (id: string) =>
      waitingList(corrected)
        .get(id)
        ?.map(({ position }) => position);
    expect([placesOf('3'), placesOf('2'), placesOf('4')]).toEqual([[1], [2], undefined]);
    expect([...waveOf(after(corrected, reranked('1', '2'), '1 lapsed A'))]).toEqual([['2', 'A']]);
  });

  it('name everybody once, and nobody whom nobody knows', () => {
    expect(step(four, reranked('1', '1'))).toEqual({ ok: false, error: 'unknown-seeker' });
    expect(step(four, reranked('1', '9'))).toEqual({ ok: false, error: 'unknown-seeker' });
  });

  it('leave whom a remedy puts first where they are, unless they go on no more', () => {
    const first: CascadeEvent = { type: 'put-first', seeker: '4', vacancies: ['A'] };
    const corrected = after(asked(four), first, reranked('3', '1', '4', '2'), '1 declined A');

    expect([...waveOf(corrected)]).toEqual([['4', 'A']]);
    expect([...waveOf(after(corrected, reranked('2', '3')))]).toEqual([['2', 'A']]);
  });
});

const anyOrders = fc.array(
  fc.record({
    at: fc.nat({ max: 12 }),
    order: fc.shuffledSubarray(['1', '2', '3', '4', '5', '6', '7']),
  }),
  { minLength: 1, maxLength: 3 },
);

/** A story in which results are corrected, and every offer that is due is made after each step. */
const played = (
  start: Cascade,
  story: readonly CascadeEvent[],
  orders: readonly { at: number; order: readonly string[] }[],
): { end: Cascade; all: CascadeEvent[]; rests: Cascade[] } => {
  const all: CascadeEvent[] = [];
  const rests: Cascade[] = [];
  const noted = (before: Cascade, event: CascadeEvent): void => {
    if (holdsOneByOne(before)) expect(checkedStep(before, event)).toMatchObject({ ok: true });
    all.push(event);
  };
  let end = asked(start, noted);
  for (const [index, event] of story.entries()) {
    const corrections = orders
      .filter(({ at }) => at === index)
      .map(({ order }) => reranked(...order.filter((id) => start.seekers.has(id))));
    for (const one of [...corrections, event]) {
      const checked = checkedStep(end, one);
      if (!checked.ok) continue;
      if (one.type === 'reranked') {
        expect(held(checked.value).toSorted()).toEqual(held(end).toSorted());
        expect(seatsTakenIn(checked.value)).toEqual(seatsTakenIn(end));
      }
      all.push(one);
      end = asked(checked.value, noted);
      rests.push(end);
    }
  }
  return { end, all, rests };
};

describe.each([
  { name: 'limits', any: anyCascade },
  { name: 'posts that are kept', any: anyKept },
  { name: 'posts that go by rank alone before kept ones', any: anyOpenFirst },
])('corrected results among any people and $name', ({ any }) => {
  it('take nothing from anybody, give nobody two posts, and ask only who goes on', () => {
    let stopped = 0;
    fc.assert(
      fc.property(any, anyStory, anyOrders, (start, story, orders) => {
        const { rests, all } = played(start, story, orders);
        for (const rest of rests) {
          expect(waveOf(rest)).toEqual(new Map());
          for (const seeker of rest.seekers.values()) {
            expect(acceptancesOf(seeker).length).toBeLessThan(2);
            if (!seeker.stopped) continue;
            stopped += 1;
            expect(openWishes(seeker)).toEqual([]);
          }
        }
        let on: ReadonlySet<string> = new Set(start.seekers.keys());
        for (const event of all) {
          if (event.type === 'reranked') on = new Set(event.order);
          if (event.type === 'offered') expect(on).toContain(event.seeker);
        }
      }),
      often,
    );
    expect(stopped).toBeGreaterThan(50);
  });

  it('hold when the whole story is played again at once, as anyone does who verifies a bundle', () => {
    fc.assert(
      fc.property(any, anyStory, anyOrders, (start, story, orders) => {
        const { end, all } = played(start, story, orders);
        const again = soundSteps(start, all);
        expect(again.isolated).toEqual([]);
        expect(again.after).toEqual(end);
        expect([...again.after.seekers.keys()]).toEqual([...end.seekers.keys()]);
      }),
      often,
    );
  });
});

describe('corrected results by a second implementation', () => {
  it('come to the same offers, where nothing is kept', () => {
    let offers = 0;
    fc.assert(
      fc.property(anyCascade, anyStory, anyOrders, (start, story, orders) => {
        const { end, all } = played(start, story, orders);
        const own = all.filter(({ type }) => type !== 'offered');
        const people = [...start.seekers.values()].map(({ id, wishes }) => ({ id, wishes }));
        const slow = slowStory({ people, posts: start.posts, limits: start.limits }, own);
        expect(slow.toSorted()).toEqual(held(end).toSorted());
        offers += slow.length;
      }),
      often,
    );
    expect(offers).toBeGreaterThan(50);
  });
});
