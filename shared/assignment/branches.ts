import { type Item, isAcross, type Problem } from '#shared/assignment/problem.ts';

/** Some of an application's places, and who may take them. */
export type Branch = {
  places: number;
  /** Of these, left to raters who know the subject. */
  experts: number;
  raters: readonly number[];
  /** Whether it is a link that was drawn, so that coming from outside costs nothing. */
  link: boolean;
};

export const branchesOf = (
  problem: Problem,
  item: Item,
  links: { places: number; isAway: boolean },
  floor: number,
): Branch[] => {
  const known = problem.knowing(item.subject);
  const count = (raters: readonly number[]): number =>
    raters.reduce((sum, rater) => sum + (known[rater] ?? 0), 0);
  const has = item.subject === undefined ? floor : count(item.kept);
  const wanted = Math.max(0, floor - has);
  // One who knows the subject is a promise, whether there is anybody or not; more are a wish.
  const promised = has > 0 ? 0 : 1;
  if (links.places === 0) {
    const experts = Math.max(promised, Math.min(wanted, item.need, count(item.candidates)));
    return [{ places: item.need, experts, raters: item.candidates, link: false }];
  }
  const isOutside = (rater: number): boolean => {
    const found = problem.raters[rater];
    return found !== undefined && isAcross(item, found);
  };
  const outside = item.candidates.filter(isOutside);
  const rest = item.candidates.filter((rater) => !isOutside(rater));
  const places = Math.max(links.places, item.need - rest.length);
  const [mostHome, mostAway] = [Math.min(item.need - places, count(rest)), Math.min(places, count(outside))];
  const atHome = Math.min(links.isAway ? Math.max(0, wanted - mostAway) : wanted, mostHome);
  const away = Math.max(promised - atHome, Math.min(wanted - atHome, mostAway));
  return [
    { places: item.need - places, experts: atHome, raters: rest, link: false },
    { places, experts: away, raters: outside, link: true },
  ];
};
