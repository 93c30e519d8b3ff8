import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cascade, type CascadeEvent, seatsTakenIn, step } from '#shared/domain/cascade.ts';
import { type CascadeFault, soundSteps } from '#shared/domain/cascade-check.ts';
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
import { shownOf, slowFrom } from './slow-cascade.ts';
import { slowlyChecked } from './slow-check.ts';
import { slowWave } from './slow-wave.ts';

const often = { numRuns: process.env['SOAK'] ? 250_000 : 100 };

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

const anyFirst = fc.record({
  type: fc.constant('put-first' as const),
  seeker: person,
  vacancies: fc.subarray([...vacancies, 'Z'], { minLength: 1 }),
});

const anyReturn = fc.record({
  type: fc.constant('returned' as const),
  seeker: person,
  vacancies: fc.subarray(vacancies),
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
    { weight: 1, arbitrary: anyFirst.map((first): Told[] => [first]) },
    { weight: 1, arbitrary: anyReturn.map((back): Told[] => [back]) },
  ),
  { maxLength: 25 },
);

const offersOf = ({ seekers }: Cascade) =>
  [...seekers.values()].flatMap(({ id, offers }) => offers.map(({ vacancy }) => [id, vacancy] as const));

/** The steps one by one by the second implementation, and what it says of each; after each the first must have come to the same. */
const slowly = (before: Cascade, steps: readonly Told[]) => {
  let [slow, quick] = [slowFrom(before), before];
  const all: CascadeEvent[] = [];
  const isolated: { event: CascadeEvent; faults: CascadeFault[] }[] = [];
  const take = (event: CascadeEvent): void => {
    all.push(event);
    const checked = slowlyChecked(slow, event);
    slow = checked.after;
    if (checked.faults.length > 0) isolated.push({ event, faults: checked.faults });
    const stepped = step(quick, event);
    if (checked.faults.length === 0 && stepped.ok) quick = stepped.value;
    expect(shownOf(slowFrom(quick))).toEqual(shownOf(slow));
  };
  for (const event of steps) {
    if (event === 'due') {
      const due = slowWave(slow);
      expect(waveOf(quick)).toEqual(due);
      for (const [seeker, vacancy] of due) take({ type: 'offered', seeker, vacancy });
    } else if (event === 'away') {
      for (const [seeker, vacancy] of offersOf(quick)) take({ type: 'closed', seeker, vacancy });
    } else take(event);
  }
  return { after: slow, all, isolated };
};

const frequent = ['sound', 'skipped', 'over-limit', 'better-was-free', 'not-wanted', 'taken-away'];
const rare = [
  'kept',
  'over-capacity',
  'below-taken',
  'unknown-seeker',
  'unknown-vacancy',
  'nothing-to-answer',
];
const faultsThatCome = process.env['SOAK'] ? [...frequent, ...rare] : frequent;

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
          expect(shownOf(slowFrom(after))).toEqual(shownOf(slow.after));
          expect(sound.length + isolated.length).toBe(slow.all.length);
          for (const { faults } of isolated) for (const { fault } of faults) seen.add(fault);
          if (sound.length > 0) seen.add('sound');
        },
      ),
      often,
    );
    for (const fault of faultsThatCome) {
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
