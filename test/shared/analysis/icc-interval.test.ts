import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { asPeople, bandsOf, ratersNeeded, sparseIcc } from '#shared/analysis/icc.ts';
import { sparseInterval } from '#shared/analysis/icc-interval.ts';
import { type Rating, type RatingTable, tableOf } from '#shared/analysis/ratings.ts';
import { type Chance, chanceOf } from '#shared/chance.ts';
import { normalOf } from '#test/builders/simulated-round.ts';

type Design = { applications: number; raters: number; each: number };
type Spread = { application: number; rater: number; residual: number };

const drawn = ({ applications, raters, each }: Design, spread: Spread, chance: Chance): RatingTable => {
  const normal = normalOf(chance);
  const severity = Array.from({ length: raters }, () => Math.sqrt(spread.rater) * normal());
  return tableOf(
    Array.from({ length: applications }).flatMap((_, item): Rating[] => {
      const quality = Math.sqrt(spread.application) * normal();
      const order = chance.shuffle(Int32Array.from(severity.keys()));
      return Array.from(order.subarray(0, each), (rater) => ({
        application: `A${item}`,
        rater: `R${rater}`,
        score: quality + (severity[rater] ?? 0) + Math.sqrt(spread.residual) * normal(),
      }));
    }),
  );
};

const tableFrom = (scores: readonly (readonly number[])[]) =>
  tableOf(
    scores.flatMap((row, item) =>
      row.map((score, rater) => ({
        application: `A${item}`,
        rater: `R${item === 0 ? rater : rater + 1}`,
        score,
      })),
    ),
  );
const intervalOf = (table: RatingTable) => sparseInterval(table, adjust(table).variances, 2);

describe('the interval of the ICC of a sparse table', () => {
  // ANCHORS 5.2: UK GP selection has 28 %, 12 % and 60 %.
  it.for([
    [
      { applications: 42, raters: 5, each: 2 },
      { application: 1, rater: 0.25, residual: 0.6 },
    ],
    [
      { applications: 100, raters: 12, each: 3 },
      { application: 0.28, rater: 0.12, residual: 0.6 },
    ],
  ] as const)('holds the true one in 95 of 100 rounds like %o', ([design, spread]) => {
    const { application, rater, residual } = spread;
    const truth = application / (application + (rater + residual) / design.each);
    const held = Array.from({ length: 400 }, (_, round) => {
      const table = drawn(design, spread, chanceOf(`interval ${round}`));
      const [low, high] = sparseInterval(table, adjust(table).variances, design.each) ?? [1, 0];
      return low <= truth && truth <= high;
    }).filter(Boolean).length;

    expect(held / 400).toBeGreaterThan(0.93);
    expect(held / 400).toBeLessThan(0.975);
  });

  it('is narrower the more is scored, and holds what was found', () => {
    const spread = { application: 1, rater: 0.25, residual: 0.6 };
    const widths = [20, 80, 320].map((applications) => {
      const table = drawn({ applications, raters: 12, each: 3 }, spread, chanceOf('wider'));
      const { variances } = adjust(table);
      const [low, high] = sparseInterval(table, variances, 3) ?? [1, 0];
      const found = sparseIcc(variances, 3) ?? 0;
      expect(low).toBeLessThan(found);
      expect(high).toBeGreaterThan(found);
      return high - low;
    });

    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  it('is not told where nothing tells the ICC, nor without any error', () => {
    expect(intervalOf(tableOf([{ application: 'A', rater: 'R', score: 1 }]))).toBeUndefined();
    expect(
      intervalOf(
        tableFrom([
          [1, 1],
          [2, 2],
          [4, 4],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('bands', () => {
  it('are those of the ends, compared with four decimals wherever they are said', () => {
    expect(bandsOf(0.6, [0.49996, 0.74996])).toEqual(['moderate', 'good']);
    expect(bandsOf(0.6, [0.49994, 0.74994])).toEqual(['poor', 'moderate']);
    expect(bandsOf(0.90004, null)).toEqual(['good']);
    expect(bandsOf(0.6, [0.5, 0.75])).toEqual(bandsOf(0.6, [0.49996, 0.74996]));
  });
});

describe('the raters that a reliability needs', () => {
  // ANCHORS 5.2: from 0.28, about 10.3 for 0.80 and 6 for 0.70.
  it('are as many as the formula of Spearman and Brown says', () => {
    expect(ratersNeeded(0.28, 0.8)).toBeCloseTo(10.2857, 4);
    expect(asPeople(ratersNeeded(0.28, 0.8) ?? 0)).toBe(11);
    expect(asPeople(ratersNeeded(0.28, 0.7) ?? 0)).toBe(6);
    expect(asPeople(ratersNeeded(0.95, 0.7) ?? 0)).toBe(1);
  });

  it('are no number where one rater agrees with another by chance alone', () => {
    expect(ratersNeeded(0, 0.8)).toBeUndefined();
    expect(ratersNeeded(-0.2, 0.8)).toBeUndefined();
  });
});
