import { describe, expect, it } from 'vitest';
import type { Mark } from '#shared/analysis/rasch/marks.ts';
import { type Rasch, raschOf } from '#shared/analysis/rasch/rasch.ts';
import published from '../oracles.json' with { type: 'json' };
import { ratingsOf } from '../published.ts';
import oracle from './oracle.json' with { type: 'json' };

/*
 * The same likelihood, its summit found by scipy over one dense design: oracle.py. Measures, errors and mean squares agree to seven decimals
 * of logits up to 17, errors where steps hang on one score.
 */
const tables: Record<string, { rows: (number | null)[][] }> = published.examples;

describe.for(Object.entries(oracle.examples))('the marks of %s', ([name, example]) => {
  const found = raschOf('marks' in example ? marksOf(example.marks) : publishedMarks(name));
  const { raters, criteria, steps, converged } = found.ok ? found.value : nothing;
  const { computed } = example;

  it('have the measures and errors of a conditional logit', () => {
    expect(converged).toBe(true);
    near(
      raters.map(({ severity }) => severity),
      computed.raters.measure,
    );
    near(
      raters.map(({ se }) => se),
      computed.raters.se,
    );
    near(
      steps.map(({ step }) => step),
      computed.steps.measure,
    );
    near(
      steps.map(({ se }) => se),
      computed.steps.se,
    );
    if (!('marks' in example)) return;
    near(
      criteria.map(({ difficulty }) => difficulty),
      computed.criteria.measure,
    );
    near(
      criteria.map(({ se }) => se),
      computed.criteria.se,
    );
  });

  it('have its mean squares', () => {
    near(
      raters.map(({ infit }) => infit),
      computed.raters.infit,
    );
    near(
      raters.map(({ outfit }) => outfit),
      computed.raters.outfit,
    );
    if (!('marks' in example)) return;
    near(
      criteria.map(({ infit }) => infit),
      computed.criteria.infit,
    );
    near(
      criteria.map(({ outfit }) => outfit),
      computed.criteria.outfit,
    );
  });
});

it('tables with and without criteria are held against others', () => {
  expect(Object.values(oracle.examples).map((example) => 'marks' in example)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
});

const nothing: Rasch = {
  raters: [],
  criteria: [],
  steps: [],
  connected: false,
  groups: 0,
  converged: false,
  separation: null,
};

const publishedMarks = (name: string): Mark[] =>
  ratingsOf(tables[name]?.rows ?? []).map(({ application, rater, score }) => ({
    application,
    rater,
    criterion: '',
    score,
  }));

const marksOf = (rows: readonly (readonly (string | number)[])[]): Mark[] =>
  rows.map(([application, rater, criterion, score]) => ({
    application: String(application),
    rater: String(rater),
    criterion: String(criterion),
    score: Number(score),
  }));

const near = (found: readonly (number | null)[], expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length);
  for (const [place, value] of expected.entries())
    expect(Math.abs((found[place] ?? Number.NaN) - value), `${place + 1}`).toBeLessThan(1e-7);
};
