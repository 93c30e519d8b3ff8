import { adjust } from '#shared/analysis/adjust.ts';
import { conjugateGradients, dot } from '#shared/analysis/conjugate-gradients.ts';
import { connectionOf } from '#shared/analysis/graph.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { type SeveritySystem, severitySystem } from '#shared/analysis/severity-system.ts';
import { tallyOf } from '#shared/analysis/tally.ts';

/** Two panels, and how well their severities can be told apart now. */
type PanelPair = {
  panels: readonly [string, string];
  /**
   * Of a difference between the panels' severities the share that adjusting would leave in the scores: 1 without any link, 0 where all is
   * undone. Undefined where nothing tells yet how much raters differ.
   */
  left: number | undefined;
  /** The standard error of the difference as it is estimated, in points. */
  error: number | undefined;
};

export type Comparability = {
  /** `cannot`: of some panel no chain of common applications leads to another, or there is one panel alone. */
  standing: 'comparable' | 'not-yet' | 'cannot';
  /** Groups of raters that no common application links. */
  groups: number;
  panels: readonly { panel: string; raters: number; ratings: number }[];
  between: readonly PanelPair[];
};

/** What adjusting may leave of a difference: at 5 % of links it is a fifth (ANCHORS 5.3: 0.08 of 0.40), at 2 % a third. */
export const mostLeft = 0.25;

/**
 * Whether the ratings given so far connect panels, so that a severe one can be told from a weak field (ANCHORS B7). With S the equations of the
 * raters' severities, λ = σ²/σ_β² of the fitted model, u the mean of a panel's raters and c = u_a − u_b, adjusting estimates c′β by c′(S + λI)⁻¹Sβ. So of a
 * difference that all raters of the two panels share λ·c′(S + λI)⁻¹(1_a − 1_b)/2 is left, and the estimate errs by σ²·c′(S + λI)⁻¹c.
 */
export const comparabilityOf = (table: RatingTable, panelOf: (rater: string) => string): Comparability => {
  const panelOfRater = table.raters.map(panelOf);
  const names = [...new Set(panelOfRater)].toSorted();
  const tally = tallyOf(table);
  const { groups, groupOf } = connectionOf(table);
  const { residual, rater, freedom } = adjust(table).variances;
  const ratio = freedom > 0 && rater > 0 && residual > 0 ? residual / rater : undefined;
  const solve = ratio === undefined ? undefined : solverOf(severitySystem(table, tally), ratio);
  const panels = names.map((panel) => panelIn(panel, panelOfRater, solve));
  const between = panels.flatMap((one, place) =>
    panels.slice(place + 1).map((other) => pairOf(one, other, { ratio, residual })),
  );
  const reach = names.map((name) => new Set(groupOf.filter((_, by) => panelOfRater[by] === name)));
  const linked =
    names.length > 1 &&
    reach.every((own) => reach.every((other) => [...own].some((group) => other.has(group))));
  const isEnough = groups === 1 && between.every(({ left }) => left !== undefined && left <= mostLeft);
  return {
    standing: linked ? (isEnough ? 'comparable' : 'not-yet') : 'cannot',
    groups,
    panels: names.map((panel) => {
      const own = tally.counts.filter((_, by) => panelOfRater[by] === panel);
      return { panel, raters: own.length, ratings: own.reduce((sum, count) => sum + count, 0) };
    }),
    between,
  };
};

/** A panel's raters as 1, their mean as weights, and what the equations answer to that. */
type Panel = { name: string; member: Float64Array; mean: Float64Array; answer: Float64Array | undefined };

type Solver = (right: Float64Array) => Float64Array;

const panelIn = (name: string, panelOf: readonly string[], solve: Solver | undefined): Panel => {
  const member = Float64Array.from(panelOf, (panel) => (panel === name ? 1 : 0));
  const count = member.reduce((sum, one) => sum + one, 0);
  const mean = member.map((one) => one / count);
  return { name, member, mean, answer: solve?.(mean) };
};

const pairOf = (
  one: Panel,
  other: Panel,
  { ratio, residual }: { ratio: number | undefined; residual: number },
): PanelPair => {
  const panels = [one.name, other.name] as const;
  if (ratio === undefined || !one.answer || !other.answer)
    return { panels, left: undefined, error: undefined };
  const answer = less(one.answer, other.answer);
  const left = (ratio * dot(answer, less(one.member, other.member))) / 2;
  const variance = residual * dot(answer, less(one.mean, other.mean));
  return { panels, left: Math.max(0, Math.min(1, left)), error: Math.sqrt(Math.max(0, variance)) };
};

const less = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value - (b[at] ?? 0));

/** (S + λI)⁻¹ by conjugate gradients, whose order of sums is fixed. */
const solverOf = (system: SeveritySystem, ratio: number): Solver => {
  const diagonal = system.diagonal.map((value) => value + ratio);
  const times = (v: Float64Array, out: Float64Array): void => {
    system.times(v, out);
    for (let k = 0; k < system.size; k += 1) out[k] = (out[k] ?? 0) + ratio * (v[k] ?? 0);
  };
  return (right) => conjugateGradients({ size: system.size, diagonal, right, times }, { tolerance: 1e-11 });
};
