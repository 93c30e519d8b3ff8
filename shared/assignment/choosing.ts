import { drawnFrom } from '#shared/assignment/halving.ts';
import { allAlike } from '#shared/assignment/levels.ts';
import { roomOf } from '#shared/assignment/links.ts';
import { minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { floorsFilled, type Layout, layoutOf } from '#shared/assignment/network.ts';
import { type Item, isAcross, type Problem } from '#shared/assignment/problem.ts';
import type { Chance } from '#shared/chance.ts';
import type { Fault } from '#shared/errors.ts';

/** For each item how many of its raters come from other panels; and 1 where who knows the subject is one of those. */
export type Links = { outside: Int32Array; away?: Uint8Array };

/** What one item has of links. */
type Way = { places: number; isAway: boolean };

type Search = {
  problem: Problem;
  /** Links that each panel lacks. */
  lacking: ReadonlyMap<string, number>;
  chance: Chance;
  /** Flows that may still be sought. */
  left: number;
  /** Whether there is an assignment when links are left aside. */
  isPossible: boolean;
};

/**
 * Links with which there is an assignment, where those that were drawn leave none. No network bounds how many ratings of a panel come from inside,
 * so they are sought by weights: a flow in which each rating inside costs its panel's weight has the most links that weights can bring; panels that lack
 * some weigh twice as much in the next. If even the weighted sum of links is below what is wanted, no choice has enough. What weights do not tell is tried item
 * by item, which is complete.
 * @returns what stands in the way where there are none, or none were found; undefined where there is no assignment without links either
 */
export const chosenLinks = (
  problem: Problem,
  lacking: ReadonlyMap<string, number>,
  chance: Chance,
): Links | Fault[] | undefined => {
  const search = { problem, lacking, chance, left: triesOf(problem), isPossible: false };
  const found = linksBelow(search, new Map());
  if (found) return found;
  if (!search.isPossible) return undefined;
  const message = search.left < 0 ? 'assignment.links-unproven' : 'assignment.links-together';
  return [{ place: '', message, facts: { tries: triesOf(problem) } }];
};

/** As many flows as take some seconds, and enough for small instances to be decided. */
const triesOf = ({ items, raters }: Problem): number =>
  Math.max(16, Math.min(4000, Math.floor(10_000_000 / (items.length * raters.length))));

/** Weights are doubled so often before single items are tried. */
const mostTurns = 12;

const linksBelow = (search: Search, fixed: ReadonlyMap<number, Way>): Links | undefined => {
  if (!isWithin(search, fixed)) return undefined;
  const weighed = linksByWeight(search, fixed);
  if (weighed !== 'open') return weighed;
  const next = [...search.problem.items.keys()].find((place) => isOpen(search, place) && !fixed.has(place));
  if (next === undefined) return undefined;
  for (const way of waysOf(search.problem, next)) {
    const found = linksBelow(search, new Map([...fixed, [next, way]]));
    if (found || search.left < 0) return found;
  }
  return undefined;
};

/** @returns undefined where no choice has enough, or no try is left; `open` where weights do not tell */
const linksByWeight = (search: Search, fixed: ReadonlyMap<number, Way>): Links | undefined | 'open' => {
  const weights = new Map([...search.lacking.keys()].map((panel) => [panel, 1]));
  for (let turn = 0; turn < mostTurns; turn += 1) {
    search.left -= 1;
    const relaxed = search.left < 0 ? undefined : relaxedBy(search, fixed, weights);
    if (!relaxed) return undefined;
    search.isPossible = true;
    const { ways, missing } = relaxed;
    const short = missing.filter(([, units]) => units > 0);
    if (short.length === 0) {
      const links = trimmed(search, ways);
      return isKept(search, links) ? links : 'open';
    }
    const sum = missing.reduce((all, [panel, units]) => all + units * (weights.get(panel) ?? 0), 0);
    if (sum > 0) return undefined;
    for (const [panel] of short) weights.set(panel, 2 * (weights.get(panel) ?? 0));
  }
  return 'open';
};

const isOpen = ({ problem, lacking }: Search, place: number): boolean =>
  lacking.has(problem.items[place]?.panel ?? '') && roomOf(problem, place) > 0;

/** Whether each panel can still come to what it lacks, items alone. */
const isWithin = ({ problem, lacking }: Search, fixed: ReadonlyMap<number, Way>): boolean => {
  const most = new Map<string, number>();
  for (const [place, { panel = '' }] of problem.items.entries())
    most.set(panel, (most.get(panel) ?? 0) + (fixed.get(place)?.places ?? roomOf(problem, place)));
  return [...lacking].every(([panel, wanted]) => (most.get(panel) ?? 0) >= wanted);
};

/** Every number of links that an item can have, the most first, and on which side who knows its subject may be. */
const waysOf = (problem: Problem, place: number): Way[] =>
  Array.from({ length: roomOf(problem, place) }, (_, less) => roomOf(problem, place) - less)
    .flatMap((places) => [false, true].map((isAway): Way => ({ places, isAway })))
    .concat({ places: 0, isAway: false });

type Relaxed = {
  ways: ReadonlyMap<number, Way>;
  /** What each panel lacks, in parts; below 0 what it has beyond. */
  missing: [string, number][];
};

/** The most links by weight, those of fixed items given; undefined where nothing can be assigned with these. */
const relaxedBy = (
  { problem, lacking, chance }: Search,
  fixed: ReadonlyMap<number, Way>,
  weights: ReadonlyMap<string, number>,
): Relaxed | undefined => {
  const { items } = problem;
  const atHome = (place: number): number =>
    fixed.has(place) ? 0 : (weights.get(items[place]?.panel ?? '') ?? 0);
  const layout = layoutOf(
    problem,
    { ...linksFrom(problem, fixed), atHome, floor: 1, levels: allAlike },
    chance,
  );
  const flow = minCostFlow(layout.network, true);
  if (flow.value !== layout.need || !floorsFilled(layout, flow)) return undefined;
  const has = new Map<string, number>();
  const add = (place: number, units: number): void => {
    const panel = items[place]?.panel ?? '';
    has.set(panel, (has.get(panel) ?? 0) + units);
  };
  for (const [place, { places }] of fixed) add(place, places * layout.parts);
  flow.on.forEach((units, arc) => {
    const pair = units > 0 ? layout.pairOf(arc) : undefined;
    if (pair && !fixed.has(pair.item) && isLink(problem, pair)) add(pair.item, units);
  });
  const drawn = drawnFrom(layout.network, flow.on, layout.parts, chance);
  return {
    ways: new Map([...waysIn(problem, layout, drawn), ...fixed]),
    missing: [...lacking].map(([panel, wanted]) => [panel, wanted * layout.parts - (has.get(panel) ?? 0)]),
  };
};

const isLink = ({ items, raters }: Problem, pair: { item: number; rater: number }): boolean => {
  const [item, rater] = [items[pair.item], raters[pair.rater]];
  return item !== undefined && rater !== undefined && isAcross(item, rater);
};

/** The links of an assignment. */
const waysIn = (problem: Problem, { pairOf }: Layout, on: Int32Array): Map<number, Way> => {
  const ways = new Map<number, Way & { atHome: boolean }>();
  on.forEach((units, arc) => {
    const pair = units > 0 ? pairOf(arc) : undefined;
    if (!pair) return;
    const { places, atHome } = ways.get(pair.item) ?? { places: 0, atHome: false };
    const isAway = isLink(problem, pair);
    const knows = problem.knowing(problem.items[pair.item]?.subject)[pair.rater] === 1;
    const home = atHome || (knows && !isAway);
    ways.set(pair.item, { places: places + Number(isAway), isAway: !home, atHome: home });
  });
  return ways;
};

const linksFrom = ({ items }: Problem, ways: ReadonlyMap<number, Way>): Required<Links> => ({
  outside: Int32Array.from(items, (_: Item, place) => ways.get(place)?.places ?? 0),
  away: Uint8Array.from(items, (_: Item, place) => Number(ways.get(place)?.isAway ?? false)),
});

/** Without what panels have beyond what they lack, as far as whole items go; which of them is a lot. */
const trimmed = ({ problem, lacking, chance }: Search, ways: ReadonlyMap<number, Way>): Required<Links> => {
  const links = linksFrom(problem, ways);
  const beyond = new Map([...lacking].map(([panel, wanted]) => [panel, -wanted]));
  const at = (place: number): string => problem.items[place]?.panel ?? '';
  links.outside.forEach((places, place) => beyond.set(at(place), (beyond.get(at(place)) ?? 0) + places));
  for (const place of chance.shuffle(Int32Array.from(problem.items.keys()))) {
    const [places, rest] = [links.outside[place] ?? 0, beyond.get(at(place)) ?? 0];
    if (places > rest) continue;
    links.outside[place] = 0;
    beyond.set(at(place), rest - places);
  }
  return links;
};

/** Whether there is an assignment with these links: under a cap what was drawn may have too few of them, or leave no room. */
const isKept = (search: Search, links: Required<Links>): boolean => {
  const { problem, lacking, chance } = search;
  if (problem.cap === undefined) return true;
  const has = new Map<string, number>();
  for (const [place, { panel = '' }] of problem.items.entries())
    has.set(panel, (has.get(panel) ?? 0) + (links.outside[place] ?? 0));
  if ([...lacking].some(([panel, wanted]) => (has.get(panel) ?? 0) < wanted)) return false;
  search.left -= 1;
  const layout = layoutOf(problem, { ...links, floor: 1, levels: allAlike }, chance);
  const flow = minCostFlow(layout.network, true);
  return flow.value === layout.need && floorsFilled(layout, flow);
};
