import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark } from '#shared/analysis/rasch/marks.ts';
import { type Rasch, raschLimits, raschOf } from '#shared/analysis/rasch/rasch.ts';
import { chanceOf } from '#shared/chance.ts';
import { anyRatings } from '../simulated.ts';

const fitted = (marks: readonly Mark[]): Rasch => {
  const found = raschOf(marks);
  if (!found.ok) throw new Error(found.error.map(({ message }) => message).join());
  return found.value;
};
const faults = (marks: readonly Mark[]) => {
  const found = raschOf(marks);
  return found.ok ? [] : found.error.map(({ message }) => message);
};
/** `A R 1, A S 2`: application, rater, score, and where there is one a criterion. */
const marksOf = (text: string): Mark[] =>
  text.split(', ').map((one) => {
    const [application = '', rater = '', score = '', criterion = ''] = one.split(' ');
    return { application, rater, criterion, score: Number(score) };
  });
const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((all, value) => all + (value ?? Number.NaN), 0);

describe('the many-facet Rasch model', () => {
  it('finds severities, difficulties and steps that marks were drawn from', () => {
    const found = ['a', 'b', 'c', 'd', 'e'].map((seed) => fitted(drawn(seed)));
    const squares = (
      errors: (rasch: Rasch) => [found: number | null, se: number | null, truth: number][],
    ): number =>
      sum(found.flatMap(errors).map(([at, se, truth]) => (((at ?? 0) / stretch - truth) / (se ?? 0)) ** 2));

    expect(found.map(({ converged }) => converged)).toEqual(Array(5).fill(true));
    // χ² with 5 × 11, 5 × 3 and 5 × 3 degrees of freedom, 0.1 % at either end: wrong errors fall out as wrong measures do.
    const severities = squares(({ raters }) =>
      raters.map(({ severity, se }, place) => [severity, se, truth.severity[place] ?? 0]),
    );
    expect(severities).toBeGreaterThan(28.2);
    expect(severities).toBeLessThan(93.2);
    const difficulties = squares(({ criteria }) =>
      criteria.map(({ difficulty, se }, place) => [difficulty, se, truth.difficulty[place] ?? 0]),
    );
    expect(difficulties).toBeGreaterThan(3.5);
    expect(difficulties).toBeLessThan(37.7);
    const steps = squares((rasch) =>
      rasch.steps.map(({ step, se }, place) => [step, se, (truth.step[place] ?? 0) * furtherStretch]),
    );
    expect(steps).toBeGreaterThan(3.5);
    expect(steps).toBeLessThan(37.7);
  });

  it('finds mean squares of about 1 in marks that follow it, and raters who differ', () => {
    const { raters, separation } = fitted(drawn('a'));

    for (const { infit, outfit } of raters) {
      expect(infit).toBeGreaterThan(0.7);
      expect(infit).toBeLessThan(1.3);
      expect(outfit).toBeGreaterThan(0.7);
      expect(outfit).toBeLessThan(1.4);
    }
    expect(separation?.reliability).toBeGreaterThan(0.9);
    expect(separation?.separation).toBeCloseTo(
      Math.sqrt((separation?.reliability ?? 0) / (1 - (separation?.reliability ?? 0))),
      10,
    );
  });

  it('centres raters, criteria and steps, and gives the same bytes in whatever order marks came', () => {
    const marks = drawn('a');
    const found = fitted(marks);

    for (const values of [
      found.raters.map(({ severity }) => severity),
      found.criteria.map(({ difficulty }) => difficulty),
      found.steps.map(({ step }) => step),
    ])
      expect(Math.abs(sum(values))).toBeLessThan(1e-9);
    expect(JSON.stringify(fitted(marks.toReversed()))).toBe(JSON.stringify(found));
  });

  it('has an answer for any whole scores', () => {
    fc.assert(
      fc.property(anyRatings, (ratings) => {
        const found = raschOf(
          ratings.map(({ application, rater, score }) => ({
            application,
            rater,
            criterion: '',
            score: Math.floor(score),
          })),
        );
        if (!found.ok) return;
        const { raters, converged, groups } = found.value;
        const told = raters.filter(({ group }) => group !== null);
        expect(Math.max(...told.map(({ group }) => group ?? 0))).toBe(groups);
        for (const { severity, se } of told) {
          expect(Number.isFinite(severity)).toBe(converged);
          expect(Number.isFinite(se)).toBe(converged);
        }
      }),
    );
  });
});

describe('one who kept to an end of the scale', () => {
  // R and S disagree about everything, so that all measures are 0: of two marks 0.3 points are expected where 2·e^−β/(1 + e^−β) = 0.3.
  const others = 'A R 1, A S 0, B R 0, B S 1';
  const logit = Math.log(1.7 / 0.3);

  it.for([
    ['lowest', 'A X 0, B X 0', logit],
    ['highest', 'A X 1, B X 1', -logit],
  ] as const)('is measured from 0.3 points inside: only the %s', ([extreme, own, severity]) => {
    const [r, s, x] = fitted(marksOf(`${others}, ${own}`)).raters;

    expect([r?.severity, s?.severity].map((value) => Math.round((value ?? 1) * 1e9) + 0)).toEqual([0, 0]);
    expect(x).toMatchObject({ extreme, infit: null, outfit: null, group: null });
    expect(x?.severity).toBeCloseTo(severity, 9);
    expect(x?.se).toBeCloseTo(1 / Math.sqrt(2 * 0.15 * 0.85), 9);
  });

  it('says nothing of others', () => {
    const alone = fitted(marksOf(others));
    const { raters, steps } = fitted(marksOf(`${others}, A X 0, B X 0`));

    expect(raters.filter(({ id }) => id !== 'X')).toEqual(alone.raters);
    expect(steps).toEqual(alone.steps);
  });

  it('has no measure where all others kept to an end, too', () => {
    const { raters } = fitted(marksOf(`${others}, C X 0, C Y 0, D Y 0`));

    expect(raters.filter(({ extreme }) => extreme).map(({ id, severity }) => [id, severity])).toEqual([
      ['X', null],
      ['Y', null],
    ]);
  });

  it('is looked for again among those who are left', () => {
    // Without Z, who only gave 0, C got nothing but 2.
    const { raters } = fitted(marksOf('A R 1, A S 0, B R 0, B S 2, C S 2, C Z 0, A Z 0'));

    expect(raters.find(({ id }) => id === 'Z')?.extreme).toBe('lowest');
  });
});

describe('what marks cannot tell', () => {
  it('is who of two groups is more severe', () => {
    const { raters, connected, groups, separation } = fitted(
      marksOf(`${threeBy('A', 'R1', 'R2')}, ${threeBy('B', 'R3', 'R4')}`),
    );

    expect([connected, groups, separation]).toEqual([false, 2, null]);
    expect(raters.map((rater) => rater.group)).toEqual([1, 1, 2, 2]);
    expect(sum(raters.slice(0, 2).map(({ severity }) => severity))).toBeCloseTo(0, 9);
    expect(sum(raters.slice(2).map(({ severity }) => severity))).toBeCloseTo(0, 9);
    expect(raters[0]?.severity).toBeCloseTo(raters[2]?.severity ?? 9, 9);
    expect(raters[0]?.severity).toBeLessThan(0);
  });

  it('is how severe somebody is who always gives one point less', () => {
    const { raters, steps, converged } = fitted(
      marksOf('A R 0, A S 1, B R 1, B S 2, C R 0, C S 1, D R 1, D S 2'),
    );

    expect(converged).toBe(false);
    expect(raters.map(({ severity, se, infit }) => [severity, se, infit])).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
    expect(steps.map(({ step }) => step)).toEqual([null, null]);
  });

  it('is where on the scale a score stands that nobody gave', () => {
    const { steps } = fitted(marksOf('A R 0, A S 5, B R 5, B S 1, C R 1, C S 0, D R 0, D S 1'));

    expect(steps.map(({ score, marks }) => [score, marks])).toEqual([
      [1, 3],
      [5, 2],
    ]);
  });

  it('is refused with its reason where it is everything', () => {
    expect(faults(marksOf('A R 3, B S 3'))).toEqual(['ratings.rasch.one-score']);
    expect(faults(marksOf('A R 0, A S 1'))).toEqual(['ratings.rasch.all-extreme']);
    expect(faults(many(raschLimits.scores + 1, 1))).toEqual(['ratings.rasch.scores']);
    expect(faults(many(2, raschLimits.raters + 1))).toEqual(['ratings.rasch.raters']);
  });

  it('is whether a score that is no whole number, or a second one, was meant', () => {
    expect(() => raschOf(marksOf('A R 1.5, A S 1'))).toThrow(RangeError);
    expect(() => raschOf(marksOf('A R 1, A R 2'))).toThrow(RangeError);
  });
});

/** Three applications, by two raters of whom the first gives more. */
const threeBy = (a: string, r: string, s: string) =>
  `${a}1 ${r} 1, ${a}1 ${s} 0, ${a}2 ${r} 0, ${a}2 ${s} 1, ${a}3 ${r} 1, ${a}3 ${s} 0`;

const many = (scores: number, raters: number): Mark[] =>
  Array.from({ length: Math.max(scores, raters) }, (_, place) => ({
    application: `A${place}`,
    rater: `R${place % raters}`,
    criterion: '',
    score: place % scores,
  }));

const truth = {
  severity: [-1.2, -0.9, -0.6, -0.4, -0.2, -0.1, 0.1, 0.2, 0.4, 0.6, 0.9, 1.2],
  difficulty: [-0.6, -0.1, 0.2, 0.5],
  step: [-1.4, -0.5, 0.4, 1.5],
};
/** Four raters by four criteria: joint maximum likelihood stretches all measures by L/(L − 1). */
const stretch = 16 / 15;
/** Steps are stretched more: by 1.094 in the mean of thirty other sets of such marks, where severities were by 1.07. */
const furtherStretch = 1.094 / stretch;

/** 200 applications, each by four of twelve raters for four criteria, scores 0 to 4. */
const drawn = (seed: string): Mark[] => {
  const { below } = chanceOf(`rasch ${seed}`);
  const even = (): number => below(2 ** 32) / 2 ** 32;
  return Array.from({ length: 200 }, (_, item) => item).flatMap((item) => {
    const quality = Array.from({ length: 12 }, even).reduce((all, one) => all + one, -6);
    const chosen = new Set<number>();
    while (chosen.size < 4) chosen.add(below(12));
    return [...chosen].flatMap((rater) =>
      truth.difficulty.map((difficulty, criterion) => ({
        application: `A${String(item).padStart(3, '0')}`,
        rater: `R${String(rater).padStart(2, '0')}`,
        criterion: `C${criterion}`,
        score: scoreAt(quality - (truth.severity[rater] ?? 0) - difficulty, even()),
      })),
    );
  });
};

const scoreAt = (at: number, chance: number): number => {
  const weights = [1];
  for (const step of truth.step) weights.push((weights.at(-1) ?? 0) * Math.exp(at - step));
  let left = chance * sum(weights);
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
};
