import type { Criterion } from '#shared/domain/round-file.ts';
import type { Fault } from '#shared/errors.ts';

type Criteria = readonly Pick<Criterion, 'code' | 'weight' | 'scale'>[];

/** Points by the code of their criterion. */
export type Points = Readonly<Record<string, number>>;

/**
 * What is wrong with points as they were given: a criterion without any, points that its scale does not have, or points
 * for a criterion that the rubric does not name. `place` is `points.CODE`, the name of the field.
 */
export const pointFaults = (criteria: Criteria, points: Points): Fault[] => {
  const known = new Set(criteria.map(({ code }) => code));
  const unknown = Object.keys(points).filter((code) => !known.has(code));
  return [
    ...criteria.flatMap(({ code, scale }) => {
      const given = points[code];
      if (given === undefined) return [{ place: `points.${code}`, message: 'scoring.fault.points-needed' }];
      return scale.some((step) => step.points === given)
        ? []
        : [{ place: `points.${code}`, message: 'scoring.fault.not-on-scale' }];
    }),
    ...unknown.map((code) => ({ place: `points.${code}`, message: 'scoring.fault.unknown-criterion' })),
  ];
};

/**
 * The weighted total of one rater in percent: each criterion counts by how far its points lie between the least and the
 * most of its scale, so that 0 is the least everywhere, also where a scale goes below zero, and 100 the most.
 * @param points every criterion has some (`pointFaults` is empty)
 * @throws when a criterion has none
 */
export const totalOf = (criteria: Criteria, points: Points): number => {
  let sum = 0;
  let weights = 0;
  for (const { code, weight, scale } of criteria) {
    const given = points[code];
    if (given === undefined) throw new Error(`No points for ${code}.`);
    const steps = scale.map((step) => step.points);
    const least = Math.min(...steps);
    const span = Math.max(...steps) - least;
    weights += weight;
    sum += span === 0 ? 0 : (weight * (given - least)) / span;
  }
  return rounded((sum / weights) * 100);
};

/** The mean of several raters' totals; undefined where nobody has given one. */
export const meanOf = (totals: readonly number[]): number | undefined =>
  totals.length === 0 ? undefined : rounded(totals.reduce((sum, total) => sum + total, 0) / totals.length);

/**
 * Half to even at the fourth decimal, as standing lists hold percents. What binary fractions leave of a half (less than
 * a millionth of the last place) still counts as one, so that the order of a sum does not decide.
 */
export const rounded = (percent: number): number => {
  const scaled = percent * 10_000;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const isHalf = Math.abs(rest - 0.5) < 1e-6;
  const up = isHalf ? below % 2 !== 0 : rest > 0.5;
  return (up ? below + 1 : below) / 10_000;
};
