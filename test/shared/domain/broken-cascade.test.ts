import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cascade, type CascadeEvent, step } from '#shared/domain/cascade.ts';
import { soundSteps } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { anyCascade, anyKept, anyOpenFirst, asked } from '#test/builders/cascades.ts';
import { type SlowState, shownOf, slowFrom, slowStep } from './slow-cascade.ts';
import { slowlyChecked } from './slow-check.ts';
import { slowWave } from './slow-wave.ts';

const often = { numRuns: process.env['SOAK'] ? 20_000 : 300 };

/** A mechanism that is wrong in one way: from what is due, the offers that it would make, in their order. */
type Broken = (state: Cascade, due: readonly (readonly [string, string])[]) => (readonly [string, string])[];

const withoutLimits = (state: Cascade): Cascade => ({ ...state, limits: [], reserves: [] });
const withOneSeatMore = (state: Cascade): Cascade => ({
  ...state,
  posts: new Map(Array.from(state.posts, ([code, posts]) => [code, posts + 1])),
});
const withoutRanks = (state: Cascade): Cascade => ({
  ...state,
  seekers: new Map([...state.seekers].toReversed()),
});
/** As if nobody had been asked for anything, and nobody had accepted. */
const forgetful = (state: Cascade): Cascade => ({
  ...state,
  seekers: new Map(Array.from(state.seekers, ([id, one]) => [id, { ...one, offers: [] }])),
});
const withWishesTurned = (state: Cascade): Cascade => ({
  ...state,
  seekers: new Map(
    Array.from(state.seekers, ([id, one]) => [id, { ...one, wishes: one.wishes.toReversed() }]),
  ),
});

const mechanisms: [string, Broken, string[]][] = [
  ['skips the first who is due', (_state, [, ...rest]) => rest, ['skipped']],
  ['ignores the limits and what is kept', (state) => [...waveOf(withoutLimits(state))], ['over-limit']],
  ['counts one seat more than there is', (state) => [...waveOf(withOneSeatMore(state))], ['over-capacity']],
  ['goes by the worst rank first', (state) => [...waveOf(withoutRanks(state))], ['skipped']],
  ['forgets what was answered', (state) => [...waveOf(forgetful(state))], ['not-wanted']],
  ['reads the wishes from the end', (state) => [...waveOf(withWishesTurned(state))], ['better-was-free']],
];

const offersOf = (pairs: readonly (readonly [string, string])[]): CascadeEvent[] =>
  pairs.map(([seeker, vacancy]) => ({ type: 'offered', seeker, vacancy }));

/** After the first wave somebody accepts, and somebody lets theirs go. */
const begun = (state: Cascade, isBegun: boolean): Cascade => {
  if (!isBegun) return state;
  const open = [...asked(state).seekers.values()].flatMap(({ id, offers }) =>
    offers.map(({ vacancy }) => ({ seeker: id, vacancy })),
  );
  const answers = open.map(({ seeker, vacancy }, index): CascadeEvent => {
    const type = index % 2 === 0 ? 'declined' : 'accepted';
    return { type, seeker, vacancy };
  });
  return soundSteps(asked(state), answers).after;
};

describe('a mechanism that', () => {
  it.for(mechanisms)(
    '%s is found out by both checkers, which leave the right one alone',
    ([, broken, needs]) => {
      const seen = new Set<string>();
      let found = 0;
      fc.assert(
        fc.property(fc.oneof(anyCascade, anyKept, anyOpenFirst), fc.boolean(), (start, isBegun) => {
          const state = begun(start, isBegun);
          const due = [...waveOf(state)];
          const wrong = broken(state, due);
          const made = soundSteps(state, offersOf(wrong));
          // Both leave out the same, and go on with the same.
          let slow = slowFrom(state);
          for (const event of offersOf(wrong)) slow = slowlyChecked(slow, event).after;
          expect(shownOf(slowFrom(made.after))).toEqual(shownOf(slow));
          for (const { faults } of made.isolated) for (const { fault } of faults) seen.add(fault);
          if (made.isolated.length > 0) found += 1;
          expect(soundSteps(state, offersOf(due)).isolated).toEqual([]);
        }),
        often,
      );
      expect(found).toBeGreaterThan(10);
      expect([...seen]).toEqual(expect.arrayContaining(needs));
    },
  );
});

/** A step that is wrong in one way. */
const steps: [string, (state: SlowState) => void][] = [
  [
    'takes an offer for an acceptance',
    ({ people }) => {
      for (const { held } of people)
        for (const one of held) if (one.status === 'open') one.status = 'accepted';
    },
  ],
  ['loses whom it concerns', ({ people }) => void people.shift()],
  [
    'gives a seat more',
    ({ vacancies }) => {
      for (const one of vacancies) one.posts += 1;
    },
  ],
];

describe('a step that', () => {
  it.for(steps)('%s does not agree with the other implementation', ([, spoil]) => {
    let differs = 0;
    fc.assert(
      fc.property(anyCascade, (start) => {
        const state = begun(start, true);
        const wave = [...slowWave(slowFrom(state))];
        for (const event of offersOf(wave)) {
          const right = slowStep(slowFrom(state), event);
          if (typeof right === 'string') throw new Error(right);
          const spoilt = structuredClone(right);
          spoil(spoilt);
          const quick = step(state, event);
          if (!quick.ok) throw new Error(quick.error);
          const shown = shownOf(slowFrom(quick.value));
          expect(shown).toEqual(shownOf(right));
          if (JSON.stringify(shown) !== JSON.stringify(shownOf(spoilt))) differs += 1;
        }
      }),
      often,
    );
    expect(differs).toBeGreaterThan(10);
  });
});
