import { describe, expect, it } from 'vitest';
import { besideOf } from '#shared/analysis/rasch/beside.ts';
import type { Rasch } from '#shared/analysis/rasch/rasch.ts';

const raschOf = (severities: Record<string, number | null>, connected = true): Rasch => ({
  raters: Object.entries(severities).map(([id, severity]) => ({
    id,
    severity,
    se: severity === null ? null : 0.1,
    infit: 1,
    outfit: 1,
    extreme: null,
    group: 1,
  })),
  criteria: [],
  steps: [],
  connected,
  groups: connected ? 1 : 2,
  converged: true,
  separation: null,
});
const linearOf = (severities: Record<string, number>, se = 0.1) =>
  Object.entries(severities).map(([id, severity]) => ({ id, severity, se }));

describe('raters in both models', () => {
  it('have the same order where a severe one takes points away', () => {
    const { rankCorrelation, places, turned } = besideOf(
      raschOf({ R: 2, S: 0, T: -2 }),
      linearOf({ R: -1, S: 0, T: 1 }),
    );

    expect([rankCorrelation, turned]).toEqual([1, []]);
    expect([...places]).toEqual([
      ['R', { linear: 1, rasch: 1 }],
      ['S', { linear: 2, rasch: 2 }],
      ['T', { linear: 3, rasch: 3 }],
    ]);
  });

  it('are named where each model is sure of another order', () => {
    const linear = { R: -1, S: 1, T: 0 };
    const rasch = raschOf({ R: -2, S: 2, T: 0 });

    expect(besideOf(rasch, linearOf(linear))).toMatchObject({
      rankCorrelation: -1,
      turned: [
        ['R', 'S'],
        ['R', 'T'],
        ['S', 'T'],
      ],
    });
    // 1.96·√(0.6² + 0.1²) is more than one point, and less than two.
    expect(besideOf(rasch, linearOf(linear, 0.6)).turned).toEqual([['R', 'S']]);
    expect(besideOf(rasch, linearOf(linear, 2)).turned).toEqual([]);
  });

  it('are not compared between groups, nor where a model tells nobody apart', () => {
    const linear = linearOf({ R: -1, S: 1 });

    expect(besideOf(raschOf({ R: 1, S: -1 }, false), linear)).toEqual({
      places: new Map(),
      rankCorrelation: null,
      turned: [],
    });
    expect(besideOf(raschOf({ R: 1, S: -1 }), linearOf({ R: 0, S: 0 })).rankCorrelation).toBeNull();
    expect(besideOf(raschOf({ R: 1, S: null }), linear).rankCorrelation).toBeNull();
  });

  it('share a place where they are equal to four decimals', () => {
    const { places, rankCorrelation } = besideOf(
      raschOf({ R: 1, S: 1 + 1e-9, T: -2 }),
      linearOf({ R: -1, S: -1, T: 2 }),
    );

    expect([...places.values()].map(({ rasch }) => rasch)).toEqual([1, 1, 3]);
    expect(rankCorrelation).toBe(1);
  });
});
