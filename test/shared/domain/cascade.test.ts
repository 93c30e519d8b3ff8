import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptancesOf,
  type Cascade,
  type CascadeEvent,
  seatsTakenIn,
  step,
} from '#shared/domain/cascade.ts';
import { checkedStep, isSettled, soundSteps, unfilledIn } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import {
  aCascade,
  anyCascade,
  anyStory,
  asked,
  everyOffer,
  told,
  vacancies,
} from '#test/builders/cascades.ts';

const often = { numRuns: process.env['SOAK'] ? 350_000 : 100 };

const after = (state: Cascade, ...sentences: readonly string[]): Cascade =>
  sentences.map(told).reduce((now, event) => {
    const next = checkedStep(now, event);
    if (!next.ok) throw new Error(JSON.stringify(next.error));
    return next.value;
  }, state);

const faultsOf = (state: Cascade, sentence: string) => {
  const checked = checkedStep(state, told(sentence));
  return checked.ok ? [] : checked.error.map(({ fault }) => fault);
};

const statuses = (state: Cascade, seeker: string) =>
  state.seekers.get(seeker)?.offers.map(({ vacancy, status }) => `${vacancy} ${status}`);

describe('one step of the offers', () => {
  const two = aCascade([['A', 'B'], ['A', 'B'], ['B']], { A: 1, B: 1 });

  it('closes what a person holds beside the post that they accept', () => {
    const state = after(aCascade([['A', 'B']], { A: 0, B: 1 }), '1 offered B', 'A has 1', '1 offered A');

    expect(statuses(after(state, '1 accepted A'), '1')).toEqual(['B closed', 'A accepted']);
  });

  it('keeps the seat of a conditional acceptance, which is confirmed, or lapses and leaves other wishes', () => {
    const held = after(aCascade([['A', 'B', 'C']], { A: 0, B: 1, C: 1 }), '1 offered B');
    const state = after(held, '1 accepted-conditionally B', 'A has 1');

    expect(waveOf(state)).toEqual(new Map());
    expect(faultsOf(state, '1 offered A')).toContain('not-wanted');
    expect(statuses(after(state, '1 accepted B'), '1')).toEqual(['B accepted']);
    expect(waveOf(after(state, '1 lapsed B'))).toEqual(new Map([['1', 'A']]));
  });

  it('gives every seat back when somebody withdraws or puts the post off to a later intake', () => {
    const state = after(two, '1 offered A', '1 accepted A', '2 offered B');

    expect(waveOf(after(state, '1 withdrawn'))).toEqual(new Map([['2', 'A']]));
    expect(waveOf(after(state, '1 deferred'))).toEqual(new Map([['2', 'A']]));
  });

  it('takes nobody’s seat: a capacity that would be lowered below its people is wrong', () => {
    const state = after(two, '1 offered A', '1 accepted A');
    const lowered = step(state, told('A has 0'));

    expect(faultsOf(state, 'A has 0')).toEqual(['below-taken']);
    expect(lowered.ok && statuses(lowered.value, '1')).toEqual(['A accepted']);
    expect(lowered.ok && faultsOf(lowered.value, '2 offered A')).toContain('over-capacity');
  });

  it.for<[string, string, string]>([
    ['nobody of that name', '9 offered A', 'unknown-seeker'],
    ['no such vacancy', '1 offered Z', 'unknown-vacancy'],
    ['nothing to answer', '1 accepted A', 'nothing-to-answer'],
  ])('is refused where there is %s', ([, sentence, fault]) => {
    expect(faultsOf(two, sentence)).toEqual([fault]);
  });
});

describe('what is wrong with a step', () => {
  const two = aCascade([['A', 'B'], ['A', 'B'], ['B']], { A: 1, B: 1 });

  it('names who was skipped', () => {
    expect(checkedStep(two, told('2 offered A'))).toEqual({
      ok: false,
      error: [{ fault: 'skipped', seeker: '1' }],
    });
  });

  it('sees a seat that is given twice', () => {
    expect(faultsOf(after(two, '1 offered A', '1 accepted A'), '2 offered A')).toEqual(['over-capacity']);
  });

  it('sees who is kept out by a limit because somebody behind them was asked first', () => {
    const limited = aCascade([['A'], ['B']], { A: 1, B: 1 }, [{ posts: 1, vacancies: new Set(['A', 'B']) }]);

    expect(faultsOf(limited, '2 offered B')).toEqual(['skipped']);
  });

  it('sees a limit of the round file that is passed', () => {
    const limited = aCascade([['A'], ['B']], { A: 1, B: 1 }, [{ posts: 1, vacancies: new Set(['A', 'B']) }]);

    expect(faultsOf(after(limited, '1 offered A'), '2 offered B')).toEqual(['over-limit']);
  });

  it('sees a worse post that is offered while a better one is free', () => {
    expect(faultsOf(two, '1 offered B')).toEqual(['better-was-free']);
  });

  it('sees a post that is offered twice, or to who holds something as good', () => {
    const declined = after(two, '1 offered A', '1 declined A');

    expect(faultsOf(declined, '1 offered A')).toEqual(['not-wanted']);
    expect(faultsOf(after(two, '1 offered A'), '1 offered B')).toEqual(['not-wanted']);
  });

  it('sees a post that is taken away: an offer ends with an answer or its time, an accepted post with its person', () => {
    const open = after(two, '1 offered A');

    expect(faultsOf(open, '1 closed A')).toEqual(['taken-away']);
    expect(faultsOf(after(open, '1 accepted-conditionally A'), '1 closed A')).toEqual(['taken-away']);
    expect(faultsOf(after(open, '1 accepted A'), '1 closed A')).toEqual(['taken-away']);
  });

  it('keeps a step that does not hold apart and goes on with the others', () => {
    const { sound, isolated } = soundSteps(two, ['2 offered A', '1 offered A', '2 offered B'].map(told));

    expect(sound).toEqual(['1 offered A', '2 offered B'].map(told));
    expect(isolated.map(({ faults }) => faults)).toEqual([[{ fault: 'skipped', seeker: '1' }]]);
  });
});

describe('the exchange of a round', () => {
  const two = aCascade([['A', 'B'], ['A', 'B'], ['B']], { A: 1, B: 1 });

  it('adds its choices after the other wishes, and a post that was let go may be offered anew', () => {
    const declined = after(two, '1 offered A', '1 declined A');
    const exchanged = step(declined, { type: 'exchanged', seeker: '1', wishes: ['A'] });
    if (!exchanged.ok) throw new Error(exchanged.error);

    expect(faultsOf(declined, '1 offered A')).toEqual(['not-wanted']);
    expect(faultsOf(exchanged.value, '1 offered A')).toEqual(['better-was-free']);
    expect(waveOf(exchanged.value).get('1')).toBe('B');
  });

  it('leaves nobody with two posts, no seat given twice and nobody skipped, whatever was chosen and done before', () => {
    let offers = 0;
    const check = (before: Cascade, event: CascadeEvent): void => {
      offers += 1;
      expect(checkedStep(before, event)).toMatchObject({ ok: true });
    };
    const anyChoices = fc.array(fc.shuffledSubarray(vacancies), { maxLength: 7 });
    fc.assert(
      fc.property(anyCascade, anyStory, anyChoices, anyStory, (cascade, before, choices, later) => {
        let state = asked(cascade, check);
        const tell = (events: readonly CascadeEvent[]): void => {
          for (const event of events) {
            const checked = checkedStep(state, event);
            state = asked(checked.ok ? checked.value : state, check);
          }
        };
        tell(before);
        for (const [index, wishes] of choices.entries()) {
          const next = step(state, { type: 'exchanged', seeker: `${index + 1}`, wishes });
          if (next.ok) state = next.value;
        }
        state = asked(state, check);
        tell(later);
        for (const seeker of state.seekers.values()) expect(acceptancesOf(seeker).length).toBeLessThan(2);
        for (const [vacancy, taken] of seatsTakenIn(state)) {
          expect(taken).toBeLessThanOrEqual(state.posts.get(vacancy) ?? 0);
        }
        for (const [vacancy, seats] of unfilledIn(state)) {
          expect(seats).toBe((state.posts.get(vacancy) ?? 0) - (seatsTakenIn(state).get(vacancy) ?? 0));
        }
      }),
      often,
    );
    expect(offers).toBeGreaterThan(100);
  });
});

describe('whatever happens', () => {
  it('the offers that are made pass the checker, nobody has two posts, and none is left that somebody wants', () => {
    let offers = 0;
    const check = (before: Cascade, event: CascadeEvent): void => {
      offers += 1;
      expect(checkedStep(before, event)).toMatchObject({ ok: true });
    };
    fc.assert(
      fc.property(anyCascade, anyStory, (cascade, story) => {
        let state = asked(cascade, check);
        for (const event of story) {
          const checked = checkedStep(state, event);
          if (!checked.ok)
            expect(checked.error).toMatchObject([
              { fault: expect.stringMatching(/^unknown|^nothing|^below|^taken/) },
            ]);
          state = asked(checked.ok ? checked.value : state, check);
          expect(waveOf(state)).toEqual(new Map());
        }
        for (const seeker of state.seekers.values()) expect(acceptancesOf(seeker).length).toBeLessThan(2);
        const isOpen = [...state.seekers.values()].some((one) =>
          one.offers.some(({ status }) => status === 'open'),
        );
        expect(isSettled(state).ok).toBe(!isOpen);
      }),
      often,
    );
    expect(offers).toBeGreaterThan(100);
  });

  it('an offer is refused by the checker exactly when the mechanism would not make it next', () => {
    let [right, wrong] = [0, 0];
    fc.assert(
      fc.property(anyCascade, (state) => {
        const wave = waveOf(state);
        const [first] = wave;
        for (const [seeker, vacancy] of everyOffer(state)) {
          const isSound = checkedStep(state, { type: 'offered', seeker, vacancy }).ok;
          // Later offers of the wave are sound as well where nobody before wants the same post.
          if (first && first[0] === seeker && first[1] === vacancy) expect(isSound).toBe(true);
          if (isSound) expect(wave.get(seeker)).toBe(vacancy);
          if (isSound) right += 1;
          else wrong += 1;
        }
      }),
      often,
    );
    expect(Math.min(right, wrong)).toBeGreaterThan(0);
  });

  it('no step takes a seat from anybody else', () => {
    fc.assert(
      fc.property(anyCascade, anyStory, (cascade, story) => {
        let state = asked(cascade);
        for (const event of story) {
          const next = step(state, event);
          if (!next.ok) continue;
          for (const [id, seeker] of state.seekers) {
            if ('seeker' in event && event.seeker === id) continue;
            expect(next.value.seekers.get(id)).toEqual(seeker);
          }
          const [was, is] = [seatsTakenIn(state), seatsTakenIn(next.value)];
          for (const vacancy of vacancies)
            expect(is.get(vacancy) ?? 0).toBeLessThanOrEqual(was.get(vacancy) ?? 0);
          state = next.value;
        }
      }),
      often,
    );
  });
});
