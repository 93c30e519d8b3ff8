import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { comparabilityOf, mostLeft } from '#shared/analysis/comparability.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import { simulatedRound } from '#test/builders/simulated-round.ts';

const region = (rater: string): string => `region ${Number(rater.slice(1)) % 4}`;

const simulated = (share: number) =>
  comparabilityOf(simulatedRound({ applications: 1906, raters: 60, share }, 'gauge').table, region);

const worst = (share: number): number => Math.max(...simulated(share).between.map(({ left = 1 }) => left));

describe('the gauge between four regions', () => {
  it('says that they cannot be compared where nobody rates across them', () => {
    const { standing, groups, panels, between } = simulated(0);

    expect([standing, groups]).toEqual(['cannot', 4]);
    expect(panels.map(({ raters }) => raters)).toEqual([15, 15, 15, 15]);
    expect(panels.reduce((sum, { ratings }) => sum + ratings, 0)).toBe(3 * 1906);
    expect(between).toHaveLength(6);
    for (const { left } of between) expect(left).toBeCloseTo(1, 9);
  });

  it('says how much of a difference is left as the table of ANCHORS 5.3 has it, and from 5 % on that they compare', () => {
    // 0.13, 0.08 and 0.045 of 0.40.
    expect(worst(0.02)).toBeGreaterThan(0.25);
    expect(worst(0.02)).toBeLessThan(0.45);
    expect(worst(0.05)).toBeGreaterThan(0.12);
    expect(worst(0.05)).toBeLessThan(mostLeft);
    expect(worst(0.1)).toBeLessThan(0.14);
    expect([0.02, 0.05, 0.1].map((share) => simulated(share).standing)).toEqual([
      'not-yet',
      'comparable',
      'comparable',
    ]);
  });

  it('errs less the more links there are', () => {
    const errors = [0, 0.02, 0.05, 0.1].map((share) =>
      Math.max(...simulated(share).between.map(({ error = 0 }) => error)),
    );

    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
  });
});

const panel = (rater: string): string => (region(rater) === 'region 0' ? 'a' : 'b');

describe('what adjusting leaves of a difference between two panels', () => {
  const { table } = simulatedRound({ applications: 400, raters: 20, share: 0.05 }, 'two');

  it('is what it leaves where a point is added to all scores of one of them', () => {
    const gauge = comparabilityOf(table, panel);
    const milder = {
      ...table,
      score: table.score.map((score, place) =>
        panel(table.raters[table.rater[place] ?? 0] ?? '') === 'a' ? score + 0.01 : score,
      ),
    };
    const between = (of: typeof table): number => {
      const { severity } = adjust(of);
      const mean = (name: string) => {
        const own = severity.filter((_, by) => panel(of.raters[by] ?? '') === name);
        return own.reduce((sum, one) => sum + one, 0) / own.length;
      };
      return mean('a') - mean('b');
    };

    // A small step, so that the variances stay nearly as they were.
    expect((between(milder) - between(table)) / 0.01).toBeCloseTo(1 - (gauge.between[0]?.left ?? 1), 1);
  });
});

const rated = (rows: readonly (readonly [string, string, number])[]): Rating[] =>
  rows.map(([application, rater, score]) => ({ application, rater, score }));

const hostOf = (rater: string): string => (rater === 'G' ? 'guests' : 'own');

describe('a round', () => {
  const own = rated([
    ['A', 'R1', 3],
    ['A', 'R2', 4],
    ['B', 'R1', 5],
    ['B', 'R2', 5],
  ]);

  it('of one region alone cannot be compared', () => {
    expect(comparabilityOf(tableOf(own), hostOf)).toMatchObject({
      standing: 'cannot',
      groups: 1,
      between: [],
    });
  });

  it('is not yet comparable where a guest has begun, and cannot be where the guest scored what nobody else did', () => {
    const begun = [...own, ...rated([['A', 'G', 2]])];
    const apart = [...own, ...rated([['C', 'G', 2]])];

    expect(comparabilityOf(tableOf(begun), hostOf).standing).toBe('not-yet');
    expect(comparabilityOf(tableOf(apart), hostOf)).toMatchObject({ standing: 'cannot', groups: 2 });
  });

  it('says nothing of errors where nothing tells how much raters differ', () => {
    const even = rated([
      ['A', 'R1', 3],
      ['A', 'G', 3],
    ]);

    expect(comparabilityOf(tableOf(even), hostOf).between).toEqual([
      { panels: ['guests', 'own'], left: undefined, error: undefined },
    ]);
  });
});
