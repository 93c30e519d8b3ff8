import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanPoints, pointFaults, totalOf } from '#shared/domain/rubric.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const file = aRoundFile();
const { criteria } = file.interviews;

const all = (step: (points: readonly number[]) => number, of = criteria): Record<string, number> =>
  Object.fromEntries(of.map(({ code, scale }) => [code, step(scale.map(({ points }) => points))]));

describe('the total of one rater', () => {
  it('is 0 with the least and 100 with the most of every scale, also below zero', () => {
    const rubric = file.rubric.criteria;

    expect(
      totalOf(
        rubric,
        all((points) => Math.min(...points), rubric),
      ),
    ).toBe(0);
    expect(
      totalOf(
        rubric,
        all((points) => Math.max(...points), rubric),
      ),
    ).toBe(100);
  });

  it('weighs each criterion', () => {
    const points = { 'subject-teaching': 4, pupils: 2, 'sample-lesson': 1, 'rural-plans': 0 };

    expect(totalOf(criteria, points)).toBe(35 + 12.5 + 6.25);
  });

  it('grows with every point', () => {
    const given = fc.record({
      code: fc.constantFrom(...criteria.map(({ code }) => code)),
      lower: fc.integer({ min: 0, max: 3 }),
    });

    fc.assert(
      fc.property(given, ({ code, lower }) => {
        const rest = all(() => 2);
        const less = totalOf(criteria, { ...rest, [code]: lower });
        expect(totalOf(criteria, { ...rest, [code]: lower + 1 })).toBeGreaterThan(less);
      }),
    );
  });
});

describe('points as they were given', () => {
  it('lack nothing when every criterion has a value of its scale', () => {
    expect(
      pointFaults(
        criteria,
        all(() => 3),
      ),
    ).toEqual([]);
  });

  it('are refused where one is missing, between the steps, or of an unknown criterion', () => {
    const faults = pointFaults(criteria, {
      'subject-teaching': 2.5,
      pupils: 1,
      'sample-lesson': 1,
      charm: 4,
    });

    expect(faults.map(({ place, message }) => `${place} ${message.split('.').at(-1)}`)).toEqual([
      'points.subject-teaching not-on-scale',
      'points.rural-plans points-needed',
      'points.charm unknown-criterion',
    ]);
  });
});

describe('mean points', () => {
  it('are told by criterion, for those criteria at which somebody gave any', () => {
    const given = [{ points: { pupils: 1 } }, { points: { pupils: 4 } }];

    expect([...meanPoints(criteria, given)]).toEqual([['pupils', 2.5]]);
  });
});
