import * as z from 'zod';
import { type Assignment, assign, assignPart } from '#shared/assignment/assign.ts';
import { Instance } from '#shared/assignment/instance.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, PersonId, type Sha256 } from '#shared/domain/ids.ts';
import { drawAnchors } from '#shared/domain/rater-anchors.ts';
import { instanceOf } from '#shared/domain/rater-instance.ts';
import type { Rated, RaterPlan } from '#shared/domain/raters.ts';
import type { DrawnChance } from '#shared/domain/round.ts';
import type { Fault } from '#shared/errors.ts';

/**
 * How the raters of a round were drawn, once its screening was decided: the instance that was solved, with its seed and bounds, exactly as
 * `npm run assign` reads it, and what came of it. It names people by their ids.
 */
export const RaterDrawing = z.object({
  schemaVersion: z.literal(1),
  instance: Instance,
  /** Raters that are kept, and new ones. */
  assignments: z.array(z.object({ application: ApplicationId, raters: z.array(PersonId) })),
  /** Ratings for which there was nobody. */
  open: z.array(z.object({ application: ApplicationId, ratings: z.int().min(1) })),
  /** What bound, where not everything could be kept; as the sandbox says it. */
  faults: z.array(
    z.object({
      place: z.string(),
      message: z.string(),
      facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
  /** Applications to which somebody came with more than the probability that the round file allows, since there was no other way; absent where none. */
  above: z
    .array(z.object({ application: ApplicationId, chance: z.number() }))
    .min(1)
    .optional(),
});
export type RaterDrawing = z.infer<typeof RaterDrawing>;

/** What is recorded beside the file of a drawing. */
type Recorded = {
  text: string;
  sha256: Sha256;
  anchors: ApplicationId[] | undefined;
  chance: DrawnChance | undefined;
};

/** Draws the raters of a round; undefined where nothing is scored or there is nobody to score it. */
export const drawRaters = (all: readonly Rated[], plan: RaterPlan): Recorded | undefined => {
  const anchors = drawAnchors(all, plan);
  const instance = instanceOf(all, { ...plan, isFirst: true, ...(anchors && { anchors: new Set(anchors) }) });
  if (all.length === 0 || instance.raters.length === 0) return undefined;
  const whole = assign(instance);
  const drawn = whole.ok ? { ...whole.value, open: [], faults: [] } : partOf(instance, whole.error);
  const { assignments, open, faults, above = [] } = drawn;
  const more = above.length > 0 && { above };
  const text = canonicalJson({ schemaVersion: 1, instance, assignments, open, faults, ...more });
  const rule = plan.rule?.chance;
  const chance = rule && { atMostPercent: rule.atMostPercent, above: above.length };
  return { text, sha256: sha256Of(text), anchors, chance };
};

type Drawn = Pick<Assignment, 'assignments' | 'above'> & {
  open: { application: string; ratings: number }[];
  faults: Fault[];
};

const partOf = (instance: z.input<typeof Instance>, faults: Fault[]): Drawn => {
  const part = assignPart(instance);
  if (!part.ok) throw new Error(`Raters cannot be drawn: ${JSON.stringify(part.error)}`);
  return { ...part.value, faults };
};

/** Who is to be asked for each application that stands as it did when the raters were drawn. */
export const drawnFor = (
  { instance: { kept }, assignments }: RaterDrawing,
  all: readonly Pick<Rated, 'applicationId' | 'raters' | 'notAgain'>[],
): Map<ApplicationId, PersonId[]> => {
  const before = Map.groupBy(kept, ([application]) => application);
  const drawn = new Map(assignments.map(({ application, raters }) => [application, raters]));
  const asked = new Map<ApplicationId, PersonId[]>();
  for (const { applicationId, raters, notAgain = [] } of all) {
    const stood = new Set((before.get(applicationId) ?? []).map(([, rater]) => rater));
    const isSame = raters.every((rater) => stood.has(rater)) && notAgain.length === 0;
    const more = (drawn.get(applicationId) ?? []).filter((rater) => !raters.includes(rater));
    if (isSame && more.length > 0) asked.set(applicationId, more);
  }
  return asked;
};
