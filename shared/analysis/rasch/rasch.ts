import { type Core, coreOf, type End } from '#shared/analysis/rasch/extremes.ts';
import { type Fit, fitOf } from '#shared/analysis/rasch/fit.ts';
import { groupsOf } from '#shared/analysis/rasch/groups.ts';
import type { Mark } from '#shared/analysis/rasch/marks.ts';
import { misfitOf } from '#shared/analysis/rasch/misfit.ts';
import { outsideOf } from '#shared/analysis/rasch/outside.ts';
import { type Separation, separationOf } from '#shared/analysis/rasch/separation.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A rater or a criterion. Null is what the marks cannot tell; nothing is told at all where the fit did not converge. */
type Element = {
  id: string;
  se: number | null;
  infit: number | null;
  outfit: number | null;
  /** Only the lowest score was given, or only the highest: measured from a score 0.3 points further inside. */
  extreme: End | null;
};

export type Rasch = {
  /** By id, in logits. `severity` is β of the model: above 0 severe, below 0 lenient. Each group's sum to 0. */
  raters: (Element & { severity: number | null; group: number | null })[];
  /** By id; none where marks name no criterion. */
  criteria: (Element & { difficulty: number | null })[];
  /** By the score that the step leads to; a score that nobody gave has none. */
  steps: { score: number; step: number | null; se: number | null; marks: number }[];
  connected: boolean;
  /** Of raters that no application links, directly or through others. */
  groups: number;
  converged: boolean;
  /** Of raters. */
  separation: Separation | null;
};

/** Each step of a fit solves for all of them at once; many more would take minutes. */
export const raschLimits = { raters: 1000, scores: 101 } as const;

/**
 * Many-facet Rasch with one rating scale, ln(P_ijck/P_ijc,k−1) = θ_i − δ_c − β_j − τ_k (ANCHORS 5.3), by joint maximum likelihood. Measures are
 * not corrected for its bias, which stretches severities by about L/(L − 1) for L marks an application and turns no order.
 */
export const raschOf = (marks: readonly Mark[]): Result<Rasch, Fault[]> => {
  const counts = new Map<number, number>();
  for (const { score } of marks) counts.set(score, (counts.get(score) ?? 0) + 1);
  if (counts.size < 2) return refuse([fault('one-score')]);
  if (counts.size > raschLimits.scores) return refuse([fault('scores', { limit: raschLimits.scores })]);
  if (new Set(marks.map(({ rater }) => rater)).size > raschLimits.raters)
    return refuse([fault('raters', { limit: raschLimits.raters })]);
  const core = coreOf(marks);
  return core ? ok(measured(marks, core)) : refuse([fault('all-extreme')]);
};

const fault = (reason: string, facts?: Fault['facts']): Fault => ({
  place: '',
  message: `ratings.rasch.${reason}`,
  ...(facts && { facts }),
});

const measured = (marks: readonly Mark[], core: Core): Rasch => {
  const { table } = core;
  const connection = groupsOf(table);
  const fit = fitOf(table, connection);
  const raters = elementsOf(marks, core, fit, 'rater');
  const groupOf = new Map(table.ids.rater.map((id, place) => [id, (connection.groupOf[place] ?? 0) + 1]));
  const connected = connection.groups === 1;
  return {
    raters: raters.map(({ id, measure, se, infit, outfit, extreme }) => {
      const group = groupOf.get(id) ?? null;
      return { id, severity: measure, se, infit, outfit, extreme, group };
    }),
    criteria: elementsOf(marks, core, fit, 'criterion')
      .filter(({ id }) => id !== '')
      .map(({ id, measure, se, infit, outfit, extreme }) => ({
        id,
        difficulty: measure,
        se,
        infit,
        outfit,
        extreme,
      })),
    steps: stepsOf(core, fit),
    connected,
    groups: connection.groups,
    converged: fit.converged,
    separation: connected && fit.converged ? separationOf(raters) : null,
  };
};

type Measured = Element & { measure: number | null };

const elementsOf = (
  marks: readonly Mark[],
  core: Core,
  { measures, errors, converged }: Fit,
  facet: 'rater' | 'criterion',
): Measured[] => {
  const { table, extreme } = core;
  const ids = [...table.ids[facet], ...extreme[facet].keys()].toSorted((a, b) => (a < b ? -1 : 1));
  const unknown = (id: string): Measured => ({
    id,
    measure: null,
    se: null,
    infit: null,
    outfit: null,
    extreme: extreme[facet].get(id) ?? null,
  });
  if (!converged) return ids.map(unknown);
  const { infit, outfit } = misfitOf(table, measures, facet);
  const outside = outsideOf(marks, core, measures, facet);
  const placeOf = new Map(table.ids[facet].map((id, place) => [id, place]));
  const start = facet === 'rater' ? 0 : table.ids.rater.length;
  return ids.map((id) => {
    const place = placeOf.get(id);
    if (place === undefined) {
      const { measure = null, error: se = null } = outside.get(id) ?? {};
      return Object.assign(unknown(id), { measure, se });
    }
    return {
      id,
      measure: measures[facet][place] ?? 0,
      se: errors[start + place] ?? 0,
      infit: infit[place] ?? 0,
      outfit: outfit[place] ?? 0,
      extreme: null,
    };
  });
};

const stepsOf = ({ table }: Core, { measures, errors, converged }: Fit): Rasch['steps'] => {
  const start = table.ids.rater.length + table.ids.criterion.length;
  const given = new Int32Array(table.scores.length);
  for (const category of table.category) given[category] = (given[category] ?? 0) + 1;
  return table.scores.slice(1).map((score, place) => ({
    score,
    step: converged ? (measures.step[place] ?? 0) : null,
    se: converged ? (errors[start + place] ?? 0) : null,
    marks: given[place + 1] ?? 0,
  }));
};
