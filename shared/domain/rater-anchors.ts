import { chanceOf } from '#shared/chance.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { isFree, reads } from '#shared/domain/rater-instance.ts';
import type { Rated, RaterPlan } from '#shared/domain/raters.ts';

/**
 * Draws the applications that everybody scores, as many as the round file wants or as there are: those that most may score of the committee
 * and of the guests for whom a lot is drawn, and among equals by a lot from the seed. Neither the order of applications nor of raters changes
 * what is drawn.
 * @returns by id; undefined where the round file wants none
 */
export const drawAnchors = (all: readonly Rated[], plan: RaterPlan): ApplicationId[] | undefined => {
  const wanted = plan.rule?.anchors?.applications;
  if (wanted === undefined) return undefined;
  const byId = all.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
  const lots = [...chanceOf(`anchors ${plan.seed}`).shuffle(Int32Array.from(byId.keys()))];
  const drawn = lots
    .flatMap((place) => byId[place] ?? [])
    .map((one) => ({ id: one.applicationId, may: ratersFor(one, plan) }))
    .toSorted((a, b) => b.may - a.may);
  return drawn
    .slice(0, wanted)
    .map(({ id }) => id)
    .toSorted();
};

/** How many may score an application and read its language; guests for whom the secretary named some score those alone. */
const ratersFor = (one: Rated, plan: RaterPlan): number => {
  const guests = plan.guests.flatMap(({ personId, items }) => (items.kind === 'drawn' ? [personId] : []));
  return [...plan.members, ...guests].filter(
    (rater) => (one.raters.includes(rater) || isFree(plan, one, rater)) && reads(plan, one, rater),
  ).length;
};
