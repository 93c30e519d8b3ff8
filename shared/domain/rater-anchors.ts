import { chanceOf } from '#shared/chance.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { isFree, reads } from '#shared/domain/rater-instance.ts';
import type { Rated, RaterPlan } from '#shared/domain/raters.ts';

/**
 * Draws the applications that everybody scores, as many as the round file wants or as there are: those that most of the committee may score,
 * and among equals by a lot from the seed. Neither the order of applications nor of members changes what is drawn.
 * @returns by id; undefined where the round file wants none
 */
export const drawAnchors = (all: readonly Rated[], plan: RaterPlan): ApplicationId[] | undefined => {
  const wanted = plan.rule?.anchors?.applications;
  if (wanted === undefined) return undefined;
  const byId = all.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
  const lots = [...chanceOf(`anchors ${plan.seed}`).shuffle(Int32Array.from(byId.keys()))];
  const drawn = lots
    .flatMap((place) => byId[place] ?? [])
    .map((one) => ({ id: one.applicationId, may: membersFor(one, plan) }))
    .toSorted((a, b) => b.may - a.may);
  return drawn
    .slice(0, wanted)
    .map(({ id }) => id)
    .toSorted();
};

/** How many members may score an application and read its language. */
const membersFor = (one: Rated, plan: RaterPlan): number =>
  plan.members.filter(
    (member) => (one.raters.includes(member) || isFree(plan, one, member)) && reads(plan, one, member),
  ).length;
