import { describe, expect, it } from 'vitest';
import type { Cascade } from '#shared/domain/cascade.ts';
import { checkedStep, soundSteps } from '#shared/domain/cascade-check.ts';
import { keptFor, passedByReserves, waveOf } from '#shared/domain/cascade-wave.ts';
import { aCascade, asked, told, vacancies } from '#test/builders/cascades.ts';

const kept = (posts: number) => ({ code: 'c', posts, vacancies: new Set(['C']) });

const given = (state: Cascade): string[] => [...waveOf(state)].map(([who, what]) => `${who} ${what}`);

/** Two posts of each vacancy, three of all, one of C kept. */
const withLimit = (wishes: readonly string[][]): Cascade =>
  aCascade(wishes, { A: 2, B: 2, C: 2 }, [{ posts: 3, vacancies: new Set(vacancies) }], [kept(1)]);

const openFirst = (state: Cascade, first: number): Cascade => ({ ...state, openFirst: first });

describe('posts that are kept over and above those that go by rank alone', () => {
  const wishes = [['C'], ['A'], ['A'], ['C'], ['B']];

  it('come after these: whoever has one by rank has none of the kept', () => {
    const state = withLimit(wishes);

    expect(given(openFirst(state, 2))).toEqual(['1 C', '2 A', '4 C']);
    expect(given(state)).toEqual(['1 C', '2 A', '3 A']);
  });

  it('leave to everybody what nobody wants of them', () => {
    expect(given(openFirst(withLimit([['C'], ['A'], ['A'], ['B']]), 2))).toEqual(['1 C', '2 A', '3 A']);
  });

  it('go on as ranks have it: whoever has a kept one fills an open one that is let go', () => {
    const state = asked(openFirst(withLimit(wishes), 2));
    const declined = soundSteps(state, [told('2 declined A')]).after;

    // The third is next by rank; then the fourth still has the kept one.
    expect(given(declined)).toEqual(['3 A']);
    const other = soundSteps(state, [told('4 declined C')]).after;
    expect(given(other)).toEqual(['3 A']);
  });

  it('say through which quota somebody has a post, and whom it passes by', () => {
    const state = openFirst(withLimit(wishes), 2);
    const wave = waveOf(state);

    expect([...keptFor(state, wave)]).toEqual([['4', 'c']]);
    expect([...passedByReserves(state)]).toEqual([['3', 'A']]);
  });

  it('are seen by the checker', () => {
    const state = openFirst(withLimit(wishes), 2);

    expect(checkedStep(state, told('4 offered C')).ok).toBe(true);
    expect(checkedStep(state, told('3 offered A'))).toMatchObject({
      error: [
        { fault: 'skipped', seeker: '1' },
        { fault: 'skipped', seeker: '2' },
        { fault: 'kept', seeker: '4' },
      ],
    });
  });
});
