import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cascade, step } from '#shared/domain/cascade.ts';
import { soundSteps } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { waitingList } from '#shared/domain/waiting-list.ts';
import { aCascade, anyCascade, anyStory, asked, told } from '#test/builders/cascades.ts';

const after = (state: Cascade, ...sentences: readonly string[]): Cascade =>
  sentences.map(told).reduce((now, event) => {
    const next = step(now, event);
    if (!next.ok) throw new Error(next.error);
    return next.value;
  }, state);

/** `A 2-3 of 1 (1 accepted, 0 held)`: a place as a person would tell it. */
const placesOf = (state: Cascade, seeker: string): string[] =>
  (waitingList(state).get(seeker) ?? []).map(
    ({ vacancy, position, atWorst, posts, accepted, held }) =>
      `${vacancy} ${position}-${atWorst} of ${posts} (${accepted} accepted, ${held} held)`,
  );

/** The worst place of each person for each post that they wait for. */
const worstPlaces = (state: Cascade): [whose: string, worst: number][] =>
  [...waitingList(state)].flatMap(([seeker, places]) =>
    places.map(({ vacancy, atWorst }): [string, number] => [`${seeker} ${vacancy}`, atWorst]),
  );

describe('the waiting list of a post', () => {
  const three = aCascade(
    [
      ['A', 'B'],
      ['B', 'A'],
      ['A', 'B'],
    ],
    { A: 1, B: 1 },
  );

  it('counts who waits with a better rank, and apart from them who may come to wait', () => {
    const state = after(three, '1 offered A', '2 offered B');

    expect(placesOf(state, '3')).toEqual([
      'A 1-2 of 1 (0 accepted, 1 held)',
      'B 1-2 of 1 (0 accepted, 1 held)',
    ]);
    expect(placesOf(after(state, '2 declined B'), '3')).toEqual([
      'A 2-2 of 1 (0 accepted, 1 held)',
      'B 1-2 of 1 (0 accepted, 0 held)',
    ]);
  });

  it('is shorter for good once somebody accepts another post, withdraws, or lets this one go', () => {
    const state = after(three, '1 offered A', '2 offered B');

    expect(placesOf(after(state, '2 accepted B'), '3')[0]).toBe('A 1-1 of 1 (0 accepted, 1 held)');
    expect(placesOf(after(state, '2 withdrawn'), '3')[0]).toBe('A 1-1 of 1 (0 accepted, 1 held)');
    expect(placesOf(after(state, '1 declined A', '2 accepted B'), '3')[0]).toBe(
      'A 1-1 of 1 (0 accepted, 0 held)',
    );
  });

  it('has nobody who has accepted, and nothing that is no better than what a person holds', () => {
    const state = after(three, '1 offered A', '1 accepted A', '2 offered B');

    expect(placesOf(state, '1')).toEqual([]);
    expect(placesOf(state, '2')).toEqual([]);
  });

  it('says that a limit makes others come before, who want another post under it', () => {
    const limits = [{ posts: 1, vacancies: new Set(['A', 'B']) }];
    const state = aCascade([['A'], ['B']], { A: 1, B: 1 }, limits);

    expect(waitingList(state).get('2')).toMatchObject([{ position: 1, atWorst: 2, isLimited: true }]);
    expect(waitingList(aCascade([['A'], ['B']], { A: 1, B: 1 })).get('2')).toMatchObject([
      { position: 1, atWorst: 1, isLimited: false },
    ]);
  });
});

describe('whatever happens to the offers', () => {
  const withoutCapacity = anyStory.map((story) => story.filter(({ type }) => type !== 'capacity-changed'));

  it('nobody comes behind the worst place that they were told', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyCascade, withoutCapacity, (cascade, story) => {
        let state = asked(cascade);
        for (const event of story) {
          const was = new Map(worstPlaces(state));
          state = asked(soundSteps(state, [event]).after);
          const known = worstPlaces(state).filter(([whose]) => was.has(whose));
          for (const [whose, worst] of known) expect(worst).toBeLessThanOrEqual(was.get(whose) ?? 0);
          compared += known.length;
        }
      }),
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('is the same for whoever is asked about as in the list of everybody', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyCascade, fc.array(fc.integer({ min: 0, max: 6 }).map(String)), (cascade, some) => {
        const whole = [...waitingList(cascade)];
        const few = new Set(some);

        expect([...waitingList(cascade, few)]).toEqual(whole.filter(([seeker]) => few.has(seeker)));
        compared += whole.filter(([seeker]) => few.has(seeker)).length;
      }),
    );
    expect(compared).toBeGreaterThan(20);
  });

  it('who waits at the first place of a post with a free seat under no limit is asked next', () => {
    let found = 0;
    fc.assert(
      fc.property(anyCascade, (cascade) => {
        const wave = waveOf(cascade);
        for (const [seeker, [best]] of waitingList(cascade)) {
          if (best?.position !== 1 || best.isLimited || best.posts === 0) continue;
          expect(wave.get(seeker)).toBe(best.vacancy);
          found += 1;
        }
      }),
    );
    expect(found).toBeGreaterThan(20);
  });
});
