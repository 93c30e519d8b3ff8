import { type Factor, factorOf, inverseDiagonal, solved } from '#shared/analysis/cholesky.ts';
import type { Connection } from '#shared/analysis/graph.ts';
import { type Equations, equationsAt } from '#shared/analysis/rasch/equations.ts';
import { freedomsOf } from '#shared/analysis/rasch/groups.ts';
import type { MarkTable } from '#shared/analysis/rasch/marks.ts';
import type { Measures } from '#shared/analysis/rasch/measures.ts';
import { startOf } from '#shared/analysis/rasch/start.ts';

export type Fit = {
  measures: Measures;
  /** Of raters, criteria and steps, one after the other; nothing where it does not converge. */
  errors: Float64Array;
  /** Whether the likelihood's summit was reached: no measure moves by more than a hundred-millionth of a logit. */
  converged: boolean;
};

/** Newton's steps double the right digits each time: ten are usual. */
const limits = { steps: 60, halvings: 30, move: 1e-8, measure: 100, rounding: 1e-12 } as const;

/**
 * The measures under which the marks are likeliest (joint maximum likelihood), raters, criteria and steps centred on 0. The likelihood
 * is concave, so what is found does not depend on the start. Where some split of the marks is perfect, no summit exists and measures
 * run away: that is said after sixty steps or at a hundred logits.
 */
export const fitOf = (table: MarkTable, connection: Connection): Fit => {
  const freedoms = freedomsOf(table, connection);
  let measures = startOf(table);
  let equations = equationsAt(table, measures);
  for (let step = 0; step < limits.steps; step += 1) {
    const factor = factorAt(equations, freedoms);
    if (!factor) break;
    const move = moveOf(table, equations, solved(factor, equations.right));
    if (largest(move) < limits.move) {
      const errors = errorsOf(factor, freedoms);
      return { measures: moved(measures, move, 1), errors, converged: true };
    }
    [measures, equations] = climbed(table, measures, move, equations.likelihood);
    if (!(largest(measures) < limits.measure)) break;
  }
  return { measures, errors: new Float64Array(0), converged: false };
};

/** A whole step, or half of it and half again until it leads no way down. */
const climbed = (
  table: MarkTable,
  from: Measures,
  move: Measures,
  likelihood: number,
): [Measures, Equations] => {
  // Near the summit what is gained is less than what rounding leaves of the sum.
  const floor = likelihood - limits.rounding * Math.abs(likelihood);
  for (let share = 1, half = 0; ; share /= 2, half += 1) {
    const next = moved(from, move, share);
    const there = equationsAt(table, next);
    if (there.likelihood >= floor || half === limits.halvings) return [next, there];
  }
};

const moved = (from: Measures, move: Measures, share: number): Measures => {
  const along = (values: Float64Array, by: Float64Array): Float64Array =>
    values.map((value, place) => value + share * (by[place] ?? 0));
  return {
    application: along(from.application, move.application),
    rater: along(from.rater, move.rater),
    criterion: along(from.criterion, move.criterion),
    step: along(from.step, move.step),
  };
};

const largest = (measures: Measures): number =>
  Object.values(measures).reduce(
    (most, values) => values.reduce((all, value) => Math.max(all, Math.abs(value)), most),
    0,
  );

/** The equations' signs are of what raises a score. */
const moveOf = (
  table: MarkTable,
  { own, slope, first, place, share }: Equations,
  by: Float64Array,
): Measures => {
  const [raters, criteria] = [table.ids.rater.length, table.ids.criterion.length];
  const lowering = by.map((value) => -value);
  return {
    application: slope.map((value, item) => {
      let rest = value;
      for (let at = first[item] ?? 0; at < (first[item + 1] ?? 0); at += 1)
        rest -= (share[at] ?? 0) * (by[place[at] ?? 0] ?? 0);
      return rest / (own[item] ?? 1);
    }),
    rater: lowering.slice(0, raters),
    criterion: lowering.slice(raters, raters + criteria),
    step: lowering.slice(raters + criteria),
  };
};

/** With the square of each sum that must be 0 added, as heavy as what it stands for. @returns undefined where rounding leaves nothing to solve */
const factorAt = ({ matrix, size }: Equations, freedoms: readonly number[][]): Factor | undefined => {
  const whole = matrix.slice();
  for (const places of freedoms)
    for (const row of places) for (const column of places) add(whole, row * size + column);
  try {
    return factorOf(whole, size);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const add = (matrix: Float64Array, place: number): void => {
  matrix[place] = (matrix[place] ?? 0) + 1;
};

/** Of the measures as they are centred: what the added squares stand for is no knowledge, 1/n² of each. */
const errorsOf = (factor: Factor, freedoms: readonly number[][]): Float64Array => {
  const variances = inverseDiagonal(factor);
  for (const places of freedoms)
    for (const place of places)
      variances[place] = (variances[place] ?? 0) - 1 / (places.length * places.length);
  return variances.map((variance) => Math.sqrt(Math.max(0, variance)));
};
