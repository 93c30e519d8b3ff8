import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedRanks } from '#shared/analysis/expected-rank.ts';
import { nearLine } from '#shared/analysis/near-line.ts';
import { normalBelow, normalReach } from '#shared/analysis/normal.ts';
import { rank } from '#shared/analysis/ranking.ts';

const arrayOf = (...values: number[]): Float64Array => Float64Array.from(values);

describe('the normal distribution', () => {
  // scipy.stats.norm.cdf
  it.for([
    [-7.5, 3.1908916729108844e-14],
    [-3, 0.0013498980316300933],
    [-1.959963984540054, 0.025],
    [-0.3, 0.3820885778110474],
    [0, 0.5],
    [0.1, 0.539827837277029],
    [1, 0.8413447460685429],
    [2.5, 0.9937903346742238],
    [4, 0.9999683287581669],
    [6.5, 0.99999999995984],
  ] as const)('below %d has %d', ([x, expected]) => {
    expect(Math.abs(normalBelow(x) - expected)).toBeLessThan(1e-15);
  });

  it.for([
    [50, 0.6744897501960817],
    [80, 1.2815515655446004],
    [95, 1.959963984540054],
  ] as const)('holds %d % within %d deviations', ([level, expected]) => {
    expect(normalReach(level / 100)).toBeCloseTo(expected, 12);
  });
});

describe('expected ranks', () => {
  it('are those of numpy and scipy', () => {
    // 1 + Σ norm.cdf((y[k] − y[i]) / hypot(se[k], se[i]))
    const ranks = expectedRanks(arrayOf(7.1, 6.4, 6.4, 5.2, 3), arrayOf(0.5, 0.4, 0.6, 0.3, 0.8));

    const expected = [
      1.3227738635008928, 2.3711200871549067, 2.352098614367205, 3.9594366392324836, 4.9945707957445125,
    ];
    for (const [item, value] of expected.entries()) expect(ranks[item]).toBeCloseTo(value, 12);
  });

  it('are the ranks themselves where nothing is uncertain, and equal ones share theirs', () => {
    expect([...expectedRanks(arrayOf(9, 4, 7, 7), new Float64Array(4))]).toEqual([1, 4, 2.5, 2.5]);
  });

  it('sum to n(n + 1)/2, whatever the scores and errors', () => {
    const anyone = fc.record({
      score: fc.double({ min: -50, max: 50, noNaN: true }),
      error: fc.double({ min: 0, max: 9, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(anyone, { minLength: 1, maxLength: 40 }), (people) => {
        const ranks = expectedRanks(
          Float64Array.from(people, ({ score }) => score),
          Float64Array.from(people, ({ error }) => error),
        );
        const sum = ranks.reduce((all, one) => all + one, 0);
        expect(sum).toBeCloseTo((people.length * (people.length + 1)) / 2, 8);
      }),
    );
  });
});

describe('whoever gets one more rating', () => {
  const five = {
    scores: arrayOf(9, 7, 6.8, 6.6, 2),
    errors: arrayOf(1, 1, 1, 1, 1),
    further: new Int32Array(5),
  };
  const rule = { places: 2, level: 50, atMost: 2 };

  it('is exactly the group whom chance may have put on either side of the line', () => {
    expect(nearLine(five, rule)).toEqual({ group: [1, 2, 3], ask: [1, 2, 3] });
  });

  it('has not had as many as the rule allows', () => {
    expect(nearLine({ ...five, further: Int32Array.of(0, 2, 1, 2, 0) }, rule)).toEqual({
      group: [1, 2, 3],
      ask: [2],
    });
  });

  it('is nobody once everybody near the line has had all of theirs', () => {
    expect(nearLine({ ...five, further: Int32Array.of(0, 2, 2, 2, 0) }, rule)).toEqual({
      group: [1, 2, 3],
      ask: [],
      stop: 'spent',
    });
  });

  it('is nobody where the line is clear', () => {
    expect(nearLine({ ...five, errors: arrayOf(0.05, 0.05, 0.05, 0.05, 0.05) }, rule)).toEqual({
      group: [],
      ask: [],
      stop: 'settled',
    });
  });

  it.for([0, 5, 6])('is nobody where %d of five go on: there is no line', (places) => {
    expect(nearLine(five, { ...rule, places })).toEqual({ group: [], ask: [], stop: 'settled' });
  });

  it('is on both sides of the line, or there is no group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 30 }),
        fc.integer({ min: 1, max: 95 }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        (given, level, error) => {
          const scores = Float64Array.from(given);
          const places = Math.floor(given.length / 2);
          const { group } = nearLine(
            { scores, errors: scores.map(() => error), further: new Int32Array(given.length) },
            { places, level, atMost: 1 },
          );
          const { order } = rank(scores);
          const inside = new Set(group);
          if (group.length === 0) return;
          expect(inside.has(order[places - 1] ?? -1) && inside.has(order[places] ?? -1)).toBe(true);
        },
      ),
    );
  });
});
