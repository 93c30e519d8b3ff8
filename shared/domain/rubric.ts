import {
  dividedBy,
  exactly,
  type Fraction,
  minus,
  plus,
  roundedPercent,
  times,
} from '#shared/domain/fraction.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import type { Fault } from '#shared/errors.ts';

/** Of a criterion what points are counted by. */
type Counted = { code: string; weight: number; scale: readonly { points: number }[] };
/** The same where it may be left without points. */
type Asked = Counted & { required?: boolean | undefined };
type Criteria = readonly Counted[];
/** The same where another organisation may mark it. */
type Marked = { markedBy?: 'import' | undefined };

/** Points by the code of their criterion. */
export type Points = Readonly<Record<string, number>>;

/** The criteria that raters give points for. */
export const ratedCriteria = <C extends Marked>(criteria: readonly C[]): C[] =>
  criteria.filter(({ markedBy }) => markedBy !== 'import');

/** The criteria that another organisation marks. */
export const importedCriteria = <C extends Marked>(criteria: readonly C[]): C[] =>
  criteria.filter(({ markedBy }) => markedBy === 'import');

/** The ends of a criterion's scale. */
export const endsOf = ({ scale }: Pick<Counted, 'scale'>): { least: number; most: number } => {
  const steps = scale.map(({ points }) => points);
  return { least: Math.min(...steps), most: Math.max(...steps) };
};

/** Whether somebody may have these points at a criterion: a step of its scale, or a mark of another organisation, which has two decimals at most. */
export const mayBeGiven = (criterion: Counted & Marked, points: number): boolean => {
  if (criterion.markedBy !== 'import') return criterion.scale.some((step) => step.points === points);
  const { least, most } = endsOf(criterion);
  return points >= least && points <= most && Math.round(points * 100) / 100 === points;
};

/**
 * What is wrong with points as they were given: a required criterion without any, points that its scale does not have, or points
 * for a criterion that the rubric does not name. `place` is `points.CODE`, the name of the field.
 * @param abstained codes of criteria that the rater does not judge: these need no points
 */
export const pointFaults = (
  criteria: readonly Asked[],
  points: Points,
  abstained: readonly string[] = [],
): Fault[] =>
  faultsOf(criteria, points, ({ code, required }) => required === false || abstained.includes(code));

/** The same where every criterion needs points. */
export const wholeFaults = (criteria: Criteria, points: Points): Fault[] =>
  faultsOf(criteria, points, () => false);

/** The same for a card that is not finished: what it says lies on the scales. */
export const scaleFaults = (criteria: Criteria, points: Points): Fault[] =>
  faultsOf(criteria, points, () => true);

const faultsOf = <C extends Counted>(
  criteria: readonly C[],
  points: Points,
  mayLack: (criterion: C) => boolean,
): Fault[] => {
  const known = new Set(criteria.map(({ code }) => code));
  const unknown = Object.keys(points).filter((code) => !known.has(code));
  return [
    ...criteria.flatMap((criterion) => {
      const { code, scale } = criterion;
      const given = points[code];
      if (given === undefined) {
        return mayLack(criterion)
          ? []
          : [{ place: `points.${code}`, message: 'scoring.fault.points-needed' }];
      }
      return scale.some((step) => step.points === given)
        ? []
        : [{ place: `points.${code}`, message: 'scoring.fault.not-on-scale' }];
    }),
    ...unknown.map((code) => ({ place: `points.${code}`, message: 'scoring.fault.unknown-criterion' })),
  ];
};

/**
 * The weighted total of one rater in percent: each criterion counts by how far its points lie between the least and the
 * most of its scale, so that 0 is the least everywhere, also where a scale goes below zero, and 100 the most. A criterion without
 * points is not judged: its weight is spread over the others, so that abstaining is neither the least nor the most.
 * @throws RangeError when no criterion that weighs anything has points
 */
export const totalOf = (criteria: Criteria, points: Points): number => {
  const judged = criteria.filter(({ code }) => points[code] !== undefined);
  const weight = weightOf(judged);
  if (weight === 0) throw new RangeError('A card that judges nothing has no total.');
  return roundedPercent(dividedBy(times(weighed(judged, points), exactly(100)), exactly(weight)));
};

/** How much of the weight of the criteria a card judges, in percent. */
export const judgedPercent = (criteria: Criteria, points: Points): number => {
  const judged = weightOf(criteria.filter(({ code }) => points[code] !== undefined));
  const all = weightOf(criteria);
  return all === 0 ? 0 : roundedPercent(dividedBy(times(exactly(judged), exactly(100)), exactly(all)));
};

/**
 * The total of an application in percent: what its raters came to on average counts as much as the criteria that they rated weigh, and
 * each mark from outside as its criterion. Without such criteria it is what the raters came to.
 * @param rated percent of the criteria that raters gave points for
 * @throws when a criterion that is marked from outside has no points
 */
export const totalWith = (criteria: readonly (Counted & Marked)[], rated: number, marks: Points): number => {
  const imported = importedCriteria(criteria);
  if (imported.length === 0) return rated;
  const byRaters = dividedBy(times(exactly(rated), exactly(weightOf(ratedCriteria(criteria)))), exactly(100));
  const sum = times(plus(byRaters, weighed(imported, marks)), exactly(100));
  return roundedPercent(dividedBy(sum, exactly(weightOf(criteria))));
};

const weightOf = (criteria: Criteria): number => criteria.reduce((sum, { weight }) => sum + weight, 0);

/** The sum of the weights, each times how far its points lie up the scale. */
const weighed = (criteria: Criteria, points: Points): Fraction => {
  let sum = exactly(0);
  for (const criterion of criteria) {
    const given = points[criterion.code];
    if (given === undefined) throw new Error(`No points for ${criterion.code}.`);
    const { least, most } = endsOf(criterion);
    const span = minus(exactly(most), exactly(least));
    if (span.over === 0n) continue;
    const part = dividedBy(minus(exactly(given), exactly(least)), span);
    sum = plus(sum, times(exactly(criterion.weight), part));
  }
  return sum;
};

/** The mean points of several raters at each criterion, with four decimals; nothing where nobody has given any. */
export const meanPoints = (criteria: Criteria, given: readonly { points: Points }[]): Map<string, number> =>
  new Map(
    criteria.flatMap(({ code }) => {
      const points = given.flatMap((one) => one.points[code] ?? []);
      return points.length === 0 ? [] : [[code, meanOf(points)]];
    }),
  );
