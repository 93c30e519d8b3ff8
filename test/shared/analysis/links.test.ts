import { describe, expect, it } from 'vitest';
import { comparabilityOf } from '#test/builders/simulated-round.ts';

/*
 * The simulation of ANCHORS 5.3 (B7): regions of which each is severe or mild as a whole, and what a share of ratings by others undoes. The bounds leave
 * room about what stands there; `npm run bench -- analysis` prints both side by side.
 */

const repeats = 12;

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const simulated = (share: number) => {
  const rounds = Array.from({ length: repeats }, (_, repeat) =>
    comparabilityOf({ applications: 1906, raters: 60, share }, `repeat ${repeat}`),
  );
  return {
    raw: mean(rounds.map(({ bias }) => bias.raw)),
    adjusted: mean(rounds.map(({ bias }) => bias.adjusted)),
    found: {
      raw: mean(rounds.map(({ recovered }) => recovered.raw)),
      adjusted: mean(rounds.map(({ recovered }) => recovered.adjusted)),
    },
    changed: mean(rounds.map(({ changed }) => changed)),
  };
};

const [none, two, five, ten] = [simulated(0), simulated(0.02), simulated(0.05), simulated(0.1)];

describe('the bias between four regions', () => {
  it('is as large adjusted as it was where nobody rates across them', () => {
    expect(none.raw).toBeGreaterThan(0.3);
    expect(Math.abs(none.adjusted - none.raw)).toBeLessThan(0.01);
  });

  it.for([
    [2, two, 0.1, 0.2],
    [5, five, 0.05, 0.1],
    [10, ten, 0.03, 0.06],
  ] as const)(
    'is undone by %d %% of ratings across them as far as ANCHORS 5.3 says',
    ([, round, least, most]) => {
      expect(round.raw).toBeGreaterThan(0.3);
      expect(round.adjusted).toBeGreaterThan(least);
      expect(round.adjusted).toBeLessThan(most);
    },
  );

  it('is the smaller the more there are', () => {
    const biases = [none, two, five, ten].map(({ adjusted }) => adjusted);

    expect(biases).toEqual(biases.toSorted((a, b) => b - a));
  });
});

describe('the best fifth', () => {
  it.for([
    [2, two],
    [5, five],
    [10, ten],
  ] as const)(
    'is found better by adjusted scores with %d %% of links, and a fifth of it changes',
    ([, { found, changed }]) => {
      expect(found.adjusted).toBeGreaterThan(found.raw + 0.05);
      expect(changed).toBeGreaterThan(0.15);
      expect(changed).toBeLessThan(0.25);
    },
  );
});
