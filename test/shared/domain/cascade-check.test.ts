import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cascade, type CascadeEvent, seatsTakenIn, step } from '#shared/domain/cascade.ts';
import { soundSteps } from '#shared/domain/cascade-check.ts';
import { ledgerOf } from '#shared/domain/cascade-ledger.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import {
  anyCascade,
  anyKept,
  anyOpenFirst,
  anyStory,
  asked,
  told,
  vacancies,
} from '#test/builders/cascades.ts';
import { slowFaults } from './slow-check.ts';

const soak = process.env['SOAK'] ? 200 : 1;
const often = { numRuns: 100 * soak };

const person = fc.integer({ min: 1, max: 8 }).map(String);
const anyOffer = fc.record({
  type: fc.constant('offered' as const),
  seeker: person,
  vacancy: fc.constantFrom(...vacancies),
});
const anyChoice = fc.record({
  type: fc.constant('exchanged' as const),
  seeker: person,
  wishes: fc.shuffledSubarray(vacancies),
});

const anyOrder = fc.record({
  type: fc.constant('reranked' as const),
  order: fc.shuffledSubarray(['1', '2', '3', '4', '5', '6', '7']),
});

/** A step, or all offers that are `due` then, or taking all that are open `away`. */
type Told = CascadeEvent | 'due' | 'away';

/** Right and wrong steps in any order. */
const anySteps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: anyStory.map((story): Told[] => story.slice(0, 2)) },
    { weight: 3, arbitrary: fc.constant<Told[]>(['due']) },
    { weight: 1, arbitrary: fc.constant<Told[]>(['away']) },
    { weight: 2, arbitrary: anyOffer.map((offer): Told[] => [offer]) },
    { weight: 1, arbitrary: anyChoice.map((choice): Told[] => [choice]) },
    { weight: 1, arbitrary: anyOrder.map((order): Told[] => [order]) },
  ),
  { maxLength: 25 },
);

const offersOf = ({ seekers }: Cascade) =>
  [...seekers.values()].flatMap(({ id, offers }) => offers.map(({ vacancy }) => [id, vacancy] as const));

/** The steps one by one by the slow check, and what it says of each. */
const slowly = (before: Cascade, steps: readonly Told[]) => {
  let after = before;
  const all: CascadeEvent[] = [];
  const isolated: { event: CascadeEvent; faults: ReturnType<typeof slowFaults> }[] = [];
  const take = (event: CascadeEvent): void => {
    all.push(event);
    const faults = slowFaults(after, event);
    const stepped = step(after, event);
    if (faults.length === 0 && stepped.ok) after = stepped.value;
    else isolated.push({ event, faults });
  };
  for (const event of steps) {
    if (event === 'due') {
      for (const [seeker, vacancy] of waveOf(after)) take({ type: 'offered', seeker, vacancy });
    } else if (event === 'away') {
      for (const [seeker, vacancy] of offersOf(after)) take({ type: 'closed', seeker, vacancy });
    } else take(event);
  }
  return { after, all, isolated };
};

describe('steps that are checked by what they touch', () => {
  it('have the faults of the slow check, one by one, over any limits and kept posts', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.oneof(anyCascade, anyKept, anyOpenFirst),
        fc.array(anyOffer),
        anySteps,
        (state, offers, steps) => {
          const slow = slowly(state, [...offers, ...steps.flat()]);
          const { after, sound, isolated } = soundSteps(state, slow.all);
          expect(isolated).toEqual(slow.isolated);
          expect(after).toEqual(slow.after);
          expect([...after.seekers.keys()]).toEqual([...slow.after.seekers.keys()]);
          expect(sound.length + isolated.length).toBe(slow.all.length);
          for (const { faults } of isolated) for (const { fault } of faults) seen.add(fault);
          if (sound.length > 0) seen.add('sound');
        },
      ),
      often,
    );
    for (const fault of ['sound', 'skipped', 'over-limit', 'better-was-free', 'not-wanted', 'taken-away']) {
      expect(seen).toContain(fault);
    }
  });

  it('know what is due from those alone who can matter', () => {
    let due = 0;
    fc.assert(
      fc.property(fc.oneof(anyCascade, anyKept, anyOpenFirst), anyStory, (state, story) => {
        const { after } = soundSteps(asked(state), story);
        for (const one of [state, after]) {
          const wave = waveOf(one);
          expect(ledgerOf(one, []).due()).toEqual(wave);
          due += wave.size;
        }
      }),
      often,
    );
    expect(due).toBeGreaterThan(50);
  });

  it('stop once enough hold, so that a page of a wave costs a page', () => {
    const state = asked({ seekers: new Map(), posts: new Map(), limits: [] });
    const two: Cascade = {
      ...state,
      seekers: new Map(['1', '2'].map((id) => [id, { id, wishes: ['A'], offers: [] }])),
      posts: new Map([['A', 2]]),
    };
    const { sound, after } = soundSteps(two, ['2 offered B', '1 offered A', '2 offered A'].map(told), 1);

    expect(sound).toEqual([told('1 offered A')]);
    expect(seatsTakenIn(after)).toEqual(new Map([['A', 1]]));
  });

  it('leave what they began with as it was', () => {
    fc.assert(
      fc.property(anyKept, anyStory, (state, story) => {
        const before = structuredClone(state);
        soundSteps(state, story);
        expect(state).toEqual(before);
      }),
      often,
    );
  });
});
