import { dividedBy, exactly, minus, plus, roundedPercent, times } from '#shared/domain/fraction.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import type { Fault } from '#shared/errors.ts';

/** Of a criterion what points are counted by. */
type Criteria = readonly { code: string; weight: number; scale: readonly { points: number }[] }[];

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
  let sum = exactly(0);
  let weights = 0;
  for (const { code, weight, scale } of criteria) {
    const given = points[code];
    if (given === undefined) throw new Error(`No points for ${code}.`);
    const steps = scale.map((step) => step.points);
    const least = exactly(Math.min(...steps));
    const span = minus(exactly(Math.max(...steps)), least);
    weights += weight;
    if (span.over === 0n) continue;
    sum = plus(sum, times(exactly(weight), dividedBy(minus(exactly(given), least), span)));
  }
  return roundedPercent(dividedBy(times(sum, exactly(100)), exactly(weights)));
};

/** The mean points of several raters at each criterion, with four decimals; nothing where nobody has given any. */
export const meanPoints = (criteria: Criteria, given: readonly { points: Points }[]): Map<string, number> =>
  new Map(
    criteria.flatMap(({ code }) => {
      const points = given.flatMap((one) => one.points[code] ?? []);
      return points.length === 0 ? [] : [[code, meanOf(points)]];
    }),
  );
