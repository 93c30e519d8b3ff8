import { isFree, lacksKnower, shareAsked } from '#shared/domain/rater-instance.ts';
import type { GuestRater, Rated, RaterPlan } from '#shared/domain/raters.ts';

/** Ratings by raters of other regions, of all; and how many of them the round file wants, or regions need to be comparable. */
export type Links = { ratings: number; all: number; wanted: number | undefined };

export const linksIn = (rated: readonly Rated[], plan: RaterPlan): Links => {
  const all = rated.reduce((sum, { wanted, raters }) => sum + Math.max(wanted, raters.length), 0);
  const ratings = rated.flatMap(({ raters }) => raters).filter((rater) => plan.visited?.has(rater)).length;
  const share = shareAsked(rated, plan);
  return { ratings, all, wanted: share > 0 ? Math.ceil(share * all - 1e-9) : undefined };
};

/**
 * Whether there is nothing left to give out and nothing that binds, as is seen without an assignment: no place is open, everybody who may
 * scores the anchors and one of them knows the subject, guests have what they agreed to, and the links are reached. An assignment of ten thousand
 * applications takes a while, and most of the time a round is settled.
 */
export const isSettled = (rated: readonly Rated[], plan: RaterPlan): boolean => {
  const { ratings, wanted = 0 } = linksIn(rated, plan);
  const isWhole = (one: Rated): boolean =>
    one.raters.length >= one.wanted &&
    !(
      plan.anchors?.has(one.applicationId) &&
      (lacksKnower(plan)(one) || plan.members.some((member) => isFree(plan, one, member)))
    );
  return (
    ratings >= wanted && rated.every(isWhole) && plan.guests.every((guest) => hasAll(rated, plan, guest))
  );
};

const hasAll = (rated: readonly Rated[], plan: RaterPlan, { personId, items }: GuestRater): boolean => {
  if (items.kind === 'drawn') {
    return rated.filter(({ raters }) => raters.includes(personId)).length >= items.atMost;
  }
  const named = new Set(items.applications);
  return !rated.some((one) => named.has(one.applicationId) && isFree(plan, one, personId));
};
