import type { MarkTable } from '#shared/analysis/rasch/marks.ts';
import { locationOf, type Measures } from '#shared/analysis/rasch/measures.ts';
import { type Prediction, predictor } from '#shared/analysis/rasch/model.ts';

/**
 * The slope and the curvature of the likelihood at some measures. Applications meet each other in no mark, so each is solved for by
 * itself and what remains is a system of raters, criteria and steps (Schur's complement). Signs are of what raises a score: −β, −δ, −τ.
 */
export type Equations = {
  likelihood: number;
  /** Raters, criteria, steps. */
  size: number;
  /** Rows one after the other; filled to the diagonal. */
  matrix: Float64Array;
  right: Float64Array;
  /** By application its own curvature and slope. */
  own: Float64Array;
  slope: Float64Array;
  /** What an application shares with the others: those from `first[i]` to before `first[i + 1]`. */
  first: Int32Array;
  place: number[];
  share: number[];
};

export const equationsAt = (table: MarkTable, measures: Measures): Equations => {
  const [raters, criteria, steps] = [
    table.ids.rater.length,
    table.ids.criterion.length,
    table.scores.length - 1,
  ];
  const size = raters + criteria + steps;
  const count = table.ids.application.length;
  const equations: Equations = {
    likelihood: 0,
    size,
    matrix: new Float64Array(size * size),
    right: new Float64Array(size),
    own: new Float64Array(count),
    slope: new Float64Array(count),
    first: new Int32Array(count + 1),
    place: [],
    share: [],
  };
  const predict = predictor(steps);
  const shared = new Float64Array(size);
  const { application, rater, criterion } = table.of;
  for (let mark = 0; mark < table.category.length; mark += 1) {
    const item = application[mark] ?? 0;
    const met = { item, rater: rater[mark] ?? 0, criterion: raters + (criterion[mark] ?? 0) };
    addMark(
      equations,
      shared,
      { ...met, step: raters + criteria, given: table.category[mark] ?? 0 },
      predict(locationOf(table, measures, mark), measures.step),
    );
    if (application[mark + 1] !== item) eliminate(equations, shared, item);
  }
  return equations;
};

type Met = { item: number; rater: number; criterion: number; step: number; given: number };

const addMark = (
  equations: Equations,
  shared: Float64Array,
  { item, rater, criterion, step, given }: Met,
  { expected, variance, logarithm, reaching }: Prediction,
): void => {
  const { matrix, right, own, slope, size } = equations;
  const residual = given - expected;
  equations.likelihood += logarithm[given] ?? 0;
  add(own, item, variance);
  add(slope, item, residual);
  for (const place of [rater, criterion]) {
    add(shared, place, variance);
    add(right, place, residual);
    add(matrix, place * size + place, variance);
  }
  add(matrix, criterion * size + rater, variance);
  let above = 0;
  for (let h = reaching.length - 1; h >= 0; h -= 1) {
    const [row, reached] = [(step + h) * size, reaching[h] ?? 0];
    above += reached;
    // The covariance of the score with reaching step h: Σ over l of P(≥ max(h, l)) − P(≥ h)·P(≥ l).
    const common = above + h * reached - reached * expected;
    add(shared, step + h, common);
    add(right, step + h, (given > h ? 1 : 0) - reached);
    add(matrix, row + rater, common);
    add(matrix, row + criterion, common);
    for (let l = 0; l <= h; l += 1) add(matrix, row + step + l, reached * (1 - (reaching[l] ?? 0)));
  }
};

const add = (values: Float64Array, place: number, value: number): void => {
  values[place] = (values[place] ?? 0) + value;
};

const eliminate = (equations: Equations, shared: Float64Array, item: number): void => {
  const { matrix, right, own, slope, size, first, place, share } = equations;
  const start = place.length;
  for (let at = 0; at < size; at += 1) {
    const value = shared[at] ?? 0;
    if (value === 0) continue;
    place.push(at);
    share.push(value);
    shared[at] = 0;
  }
  first[item + 1] = place.length;
  for (let a = start; a < place.length; a += 1) {
    const row = place[a] ?? 0;
    const part = (share[a] ?? 0) / (own[item] ?? 1);
    add(right, row, -part * (slope[item] ?? 0));
    for (let b = start; b <= a; b += 1) add(matrix, row * size + (place[b] ?? 0), -part * (share[b] ?? 0));
  }
};
