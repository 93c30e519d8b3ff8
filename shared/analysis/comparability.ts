import { adjust } from '#shared/analysis/adjust.ts';
import { conjugateGradients, dot } from '#shared/analysis/conjugate-gradients.ts';
import { connectionOf } from '#shared/analysis/graph.ts';
import { type Rating, ratingsOf, tableOf } from '#shared/analysis/ratings.ts';
import { runsOf } from '#shared/analysis/runs.ts';
import { knownRaters } from '#shared/analysis/severities.ts';
import { severitySystem } from '#shared/analysis/severity-system.ts';
import { tallyOf } from '#shared/analysis/tally.ts';
import type { Variances } from '#shared/analysis/variances.ts';

/** Two panels, and how well their severities can be told apart now. */
type PanelPair = {
  panels: readonly [string, string];
  /**
   * Of a difference between the panels' severities the share that adjusting would leave in the scores: 1 without any link, 0 where all is
   * undone. Undefined where nothing tells yet how much raters differ, or where they do not.
   */
  left: number | undefined;
  /** The standard error of the difference as it is estimated, in points. */
  error: number | undefined;
};

export type Comparability = {
  /** `cannot`: of some panel no chain of common applications leads to another, or there is one panel alone. */
  standing: 'comparable' | 'not-yet' | 'cannot';
  /** Why not yet: of some panel fewer than two raters gave enough scores to be known, and one speaks for none; or what is known errs too much. */
  wants: 'raters' | 'scores' | undefined;
  /** Whether raters differ at all by what is known; undefined where nothing tells it yet. */
  differ: boolean | undefined;
  /** Groups of raters that no common application links. */
  groups: number;
  panels: readonly { panel: string; raters: number; ratings: number }[];
  between: readonly PanelPair[];
};

/** What may be unknown of a difference between two panels. */
export const comparableBounds = {
  /** What adjusting may leave of it: at 5 % of links it is a fifth (ANCHORS 5.3: 0.08 of 0.40), at 2 % a third. */
  left: 0.25,
  /** Its standard error, in standard deviations by which applications differ. */
  error: 0.25,
  /** Raters of a panel of whom something is known. */
  raters: 2,
} as const;

/**
 * Whether the ratings given so far connect panels, so that a severe one can be told from a weak field (ANCHORS B7). Of raters with fewer than
 * eight ratings nothing is known, as where severities count (`severitiesOf`). With S the equations of the severities of the others, λ = σ²/σ_β² of the
 * fitted model, c the mean of a panel's raters less that of the other's and d half of who belongs to the one less half of who belongs to the other, each for those
 * who are known (k) and those who are not (u): of a difference that all raters of the two panels share 1 − c_k′d_k + λ·c_k′(S + λI)⁻¹d_k is left, and
 * the estimate errs by σ²·c_k′(S + λI)⁻¹c_k + σ_β²·c_u′c_u. Where raters do not differ (σ_β² = 0), by the first part with λ towards 0, as of severities that are not shrunk.
 */
export const comparabilityOf = (
  ratings: readonly Rating[],
  panelOf: (rater: string) => string,
): Comparability => {
  const table = tableOf(ratings);
  const counts = ratingsOf(table);
  const { groups, groupOf } = connectionOf(table);
  const raters = table.raters.map((id, by): Rater => ({ id, panel: panelOf(id), count: counts[by] ?? 0 }));
  const names = [...new Set(raters.map(({ panel }) => panel))].toSorted();
  const known = knownRaters(table);
  const model = modelOf(ratings.filter(({ rater }) => known.has(rater)));
  const between = names.flatMap((one, place) =>
    names.slice(place + 1).map((other) => pairOf([one, other], raters, model)),
  );
  const reach = names.map((name) => new Set(groupOf.filter((_, by) => raters[by]?.panel === name)));
  const linked =
    names.length > 1 &&
    reach.every((own) => reach.every((other) => [...own].some((group) => other.has(group))));
  const wants =
    wantedBy(
      names,
      raters.filter(({ id }) => known.has(id)),
    ) ?? (groups === 1 && between.every(isSmall(model)) ? undefined : 'scores');
  return {
    standing: linked ? (wants ? 'not-yet' : 'comparable') : 'cannot',
    wants: linked ? wants : undefined,
    differ: model && model.variances.rater > 0,
    groups,
    panels: names.map((panel) => {
      const own = raters.filter((rater) => rater.panel === panel);
      return { panel, raters: own.length, ratings: own.reduce((sum, { count }) => sum + count, 0) };
    }),
    between,
  };
};

type Rater = { id: string; panel: string; count: number };

const wantedBy = (names: readonly string[], known: readonly Rater[]): 'raters' | undefined =>
  names.every((name) => known.filter(({ panel }) => panel === name).length >= comparableBounds.raters)
    ? undefined
    : 'raters';

/** What is known of raters with enough ratings; undefined while their ratings leave nothing to estimate it from. */
type Model = {
  variances: Variances;
  /** λ; where raters do not differ, so little that nothing is shrunk. */
  ratio: number;
  /** By rater the place in the equations. */
  placeOf: ReadonlyMap<string, number>;
  /** (S + λI)⁻¹ by conjugate gradients, whose order of sums is fixed. */
  solve: (right: Float64Array) => Float64Array;
};

const modelOf = (ratings: readonly Rating[]): Model | undefined => {
  const table = tableOf(ratings);
  if (table.raters.length === 0) return undefined;
  const { variances } = adjust(table);
  if (variances.freedom === 0 || variances.residual === 0) return undefined;
  const runs = runsOf(table.first);
  const system = severitySystem(table, tallyOf(table, runs), runs);
  const ratio = variances.rater > 0 ? variances.residual / variances.rater : unshrunk;
  const diagonal = system.diagonal.map((value) => value + ratio);
  const times = (v: Float64Array, out: Float64Array): void => {
    system.times(v, out);
    for (let k = 0; k < system.size; k += 1) out[k] = (out[k] ?? 0) + ratio * (v[k] ?? 0);
  };
  return {
    variances,
    ratio,
    placeOf: new Map(table.raters.map((id, place) => [id, place])),
    solve: (right) => conjugateGradients({ size: system.size, diagonal, right, times }, { tolerance: 1e-11 }),
  };
};

/** Beside equations whose entries are numbers of ratings. */
const unshrunk = 1e-6;

const pairOf = (
  panels: readonly [string, string],
  raters: readonly Rater[],
  model: Model | undefined,
): PanelPair => {
  if (!model) return { panels, left: undefined, error: undefined };
  const { variances, ratio, placeOf, solve } = model;
  const mean = new Float64Array(placeOf.size);
  const half = new Float64Array(placeOf.size);
  let unknown = 0;
  for (const [at, panel] of panels.entries()) {
    const own = raters.filter((rater) => rater.panel === panel);
    const sign = at === 0 ? 1 : -1;
    for (const rater of own) {
      const place = placeOf.get(rater.id);
      if (place === undefined) unknown += 1 / (own.length * own.length);
      else [mean[place], half[place]] = [sign / own.length, sign / 2];
    }
  }
  const answer = solve(mean);
  const left = 1 - dot(mean, half) + ratio * dot(answer, half);
  const variance = variances.residual * dot(answer, mean) + variances.rater * unknown;
  return {
    panels,
    left: variances.rater > 0 ? Math.max(0, Math.min(1, left)) : undefined,
    error: Math.sqrt(Math.max(0, variance)),
  };
};

const isSmall =
  (model: Model | undefined) =>
  ({ left, error }: PanelPair): boolean => {
    if (!model || error === undefined) return false;
    const bound = comparableBounds.error * Math.sqrt(model.variances.application);
    return error <= bound && (left ?? 0) <= comparableBounds.left;
  };
