import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cascade, type CascadeEvent, openWishes, seatsTakenIn, step } from '#shared/domain/cascade.ts';
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
  told,
  vacancies,
} from '#test/builders/cascades.ts';

const often = { numRuns: process.env['SOAK'] ? 20_000 : 300 };

const first = (seeker: string, ...some: string[]): CascadeEvent => ({
  type: 'put-first',
  seeker,
  vacancies: some,
});

const placesOf = (state: Cascade, seeker: string) =>
  (waitingList(state).get(seeker) ?? []).map(
    ({ vacancy, position, atWorst }) => `${vacancy}: ${position}, at worst ${atWorst}`,
  );

describe('whom a remedy puts first', () => {
  const three = aCascade([['A'], ['A'], ['A']], { A: 1 });

  it('gets the next place of the post that becomes free, and the others go on by rank', () => {
    const full = after(asked(three), first('3', 'A'));

    expect([...waveOf(full)]).toEqual([]);
    expect([...waveOf(after(full, '1 declined A'))]).toEqual([['3', 'A']]);
    expect([...waveOf(after(full, '1 declined A', '3 offered A', '3 declined A'))]).toEqual([['2', 'A']]);
  });

  it('gets a place that is added for them, and whoever has one keeps it', () => {
    const added = after(asked(three), 'A has 2', first('3', 'A'));

    expect([...waveOf(added)]).toEqual([['3', 'A']]);
    expect(after(added, '3 offered A').seekers.get('1')?.offers).toEqual([{ vacancy: 'A', status: 'open' }]);
  });

  it('gets by rank what they would rather have, and the place goes to whom it went without the remedy', () => {
    const state = after(
      aCascade(
        [
          ['A', 'B'],
          ['B', 'A'],
        ],
        { A: 1, B: 1 },
      ),
      first('2', 'A'),
    );

    expect([...waveOf(state)]).toEqual([
      ['1', 'A'],
      ['2', 'B'],
    ]);
  });

  it('is asked in the order in which remedies were granted, whatever their ranks', () => {
    const state = after(three, first('3', 'A'), first('2', 'A'));

    expect([...waveOf(state)]).toEqual([['3', 'A']]);
    expect([...waveOf(after(state, '3 offered A', '3 lapsed A'))]).toEqual([['2', 'A']]);
  });

  it('waits while a limit leaves nothing, and comes first once it does', () => {
    const limited = aCascade([['A'], ['B'], ['B']], { A: 1, B: 1 }, [
      { posts: 1, vacancies: new Set(['A', 'B']) },
    ]);
    const state = after(asked(limited), first('3', 'B'));

    expect([...waveOf(state)]).toEqual([]);
    expect([...waveOf(after(state, '1 declined A'))]).toEqual([['3', 'B']]);
  });

  it('is skipped by nobody: the checker refuses the place to any other', () => {
    const free = after(asked(three), first('3', 'A'), '1 declined A');

    expect(checkedStep(free, told('2 offered A'))).toEqual({
      ok: false,
      error: [{ fault: 'kept', seeker: '3' }],
    });
    expect(checkedStep(free, told('3 offered A')).ok).toBe(true);
    expect(isSettled(free)).toMatchObject({ ok: false });
  });

  it('of whom nobody knows, or at a post that there is not, is refused', () => {
    expect(step(three, first('9', 'A'))).toEqual({ ok: false, error: 'unknown-seeker' });
    expect(step(three, first('3', 'A', 'Z'))).toEqual({ ok: false, error: 'unknown-vacancy' });
  });

  it('stands first on the waiting list, and the others see one more before them', () => {
    const full = asked(three);

    expect(placesOf(full, '2')).toEqual(['A: 1, at worst 1']);
    const state = after(full, first('3', 'A'));
    expect(placesOf(state, '3')).toEqual(['A: 1, at worst 1']);
    expect(placesOf(state, '2')).toEqual(['A: 2, at worst 2']);
    expect(placesOf(after(state, '3 withdrawn'), '2')).toEqual(['A: 1, at worst 1']);
  });
});

const anyFirst = fc.array(
  fc.record({
    at: fc.nat({ max: 12 }),
    seeker: fc.integer({ min: 1, max: 7 }),
    some: fc.subarray(vacancies, { minLength: 1 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** A story in which remedies are granted, and every offer that is due is made after each step; `onWave` sees the board before. */
const played = (
  start: Cascade,
  {
    story,
    remedies,
  }: { story: readonly CascadeEvent[]; remedies: readonly { at: number; seeker: number; some: string[] }[] },
  onWave: (before: Cascade, wave: ReadonlyMap<string, string>) => void,
  all: CascadeEvent[] = [],
): Cascade => {
  const noted = (_before: Cascade, event: CascadeEvent): void => {
    all.push(event);
  };
  let now = asked(start, noted);
  for (const [index, event] of story.entries()) {
    const granted = remedies.filter(({ at }) => at === index);
    for (const one of [...granted.map(({ seeker, some }) => first(`${seeker}`, ...some)), event]) {
      if (!checkedStep(now, one).ok) continue;
      const next = step(now, one);
      if (next.ok) now = next.value;
      all.push(one);
    }
    onWave(now, waveOf(now));
    now = asked(now, noted);
  }
  return now;
};

const isFreeIn = (state: Cascade, vacancy: string): boolean => {
  const taken = seatsTakenIn(state);
  const under = ({ vacancies: some }: { vacancies: ReadonlySet<string> }) =>
    [...taken].reduce((sum, [code, people]) => sum + (some.has(code) ? people : 0), 0);
  return (
    (taken.get(vacancy) ?? 0) < (state.posts.get(vacancy) ?? 0) &&
    state.limits.every((limit) => !limit.vacancies.has(vacancy) || under(limit) < limit.posts)
  );
};

describe.each([
  { name: 'limits', any: anyCascade },
  { name: 'posts that are kept', any: anyKept },
  { name: 'posts that go by rank alone before kept ones', any: anyOpenFirst },
])('remedies among any people and $name', ({ any }) => {
  it('hold when the whole story is played again at once, as anyone does who verifies a bundle', () => {
    fc.assert(
      fc.property(any, anyStory, anyFirst, (start, story, remedies) => {
        const all: CascadeEvent[] = [];
        const end = played(start, { story, remedies }, () => undefined, all);
        const again = soundSteps(start, all);
        const wrong = again.isolated.filter(({ event }) => event.type === 'offered');
        expect(wrong).toEqual([]);
        expect(again.after.first ?? []).toEqual(end.first ?? []);
      }),
      often,
    );
  });

  it('leave no place free that somebody whom they put first waits for, and the checker holds every offer for right', () => {
    fc.assert(
      fc.property(any, anyStory, anyFirst, (start, story, remedies) => {
        played(start, { story, remedies }, (before, wave) => {
          const offers = [...wave].map(([seeker, vacancy]) => ({
            type: 'offered' as const,
            seeker,
            vacancy,
          }));
          const { after: then, isolated } = soundSteps(before, offers);
          expect(isolated).toEqual([]);
          for (const { seeker: id, vacancies: some } of before.first ?? []) {
            const seeker = then.seekers.get(id);
            const waits = seeker ? openWishes(seeker).filter((wish) => some.has(wish)) : [];
            expect(waits.filter((wish) => isFreeIn(then, wish))).toEqual([]);
          }
        });
      }),
      often,
    );
  });
});

const held = (state: Cascade): string[] =>
  [...state.seekers.values()].flatMap(({ id, offers }) =>
    offers
      .filter(({ status }) => status === 'open' || status === 'accepted')
      .map(({ vacancy }) => `${id} ${vacancy}`),
  );

describe('remedies where nothing is limited or kept', () => {
  const anyPlain = anyCascade.map((cascade): Cascade => Object.assign({}, cascade, { limits: [] }));

  it('pass nobody by but for whom they put first, and take from nobody what they hold', () => {
    fc.assert(
      fc.property(anyPlain, anyStory, anyFirst, (start, story, remedies) => {
        played(start, { story, remedies }, (before, wave) => {
          const ranks = [...before.seekers.keys()];
          for (const [receiver, vacancy] of wave) {
            const isFirst = before.first?.some(
              (one) => one.seeker === receiver && one.vacancies.has(vacancy),
            );
            const passed = [...before.seekers.values()].filter((seeker) => {
              const wishes = openWishes(seeker);
              const own = wave.get(seeker.id);
              const wants =
                wishes.includes(vacancy) &&
                (own === undefined || wishes.indexOf(vacancy) < wishes.indexOf(own));
              return wants && ranks.indexOf(seeker.id) < ranks.indexOf(receiver);
            });
            if (!isFirst) expect(passed.map(({ id }) => id)).toEqual([]);
          }
          expect(held(asked(before))).toEqual(expect.arrayContaining(held(before)));
        });
      }),
      often,
    );
  });
});
