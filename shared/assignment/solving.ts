import { stuckIn, tooFewFor, yielding } from '#shared/assignment/above.ts';
import { withAnchors, withEverybody } from '#shared/assignment/anchors.ts';
import { chosenLinks, type Links } from '#shared/assignment/choosing.ts';
import { evenFlow } from '#shared/assignment/evening.ts';
import { unknownAnchors } from '#shared/assignment/infeasible.ts';
import type { Instance } from '#shared/assignment/instance.ts';
import { allAlike } from '#shared/assignment/levels.ts';
import { linksOf } from '#shared/assignment/links.ts';
import { type Flow, minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { floorsFilled, type Layout, layoutOf, type Wishes } from '#shared/assignment/network.ts';
import { isFrom, mostExperts, type Problem, problemOf, type Rules } from '#shared/assignment/problem.ts';
import { withVisitors } from '#shared/assignment/visitors.ts';
import { chanceOf } from '#shared/chance.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How far a flow came, and what was seen before it was sought. */
export type Attempt = {
  problem: Problem;
  faults: readonly Fault[];
  wishes: Wishes;
  layout: Layout;
  flow: Flow;
  /** Whether links were chosen anew, and none found with which everything is kept. */
  isUnlinked?: true;
};

type Found = Result<Attempt, Attempt>;

/**
 * The assignment under these rules, or the attempt that came furthest.
 * @param isKept whether the floor is sought also where a fault is seen before, since what comes of it is kept
 */
export const solve = (instance: Instance, rules: Rules, isKept = false): Found =>
  solveBy({ instance, isKept, isAsked: false }, rules);

/** Whether there is an assignment under these rules: found in half the time, or less. */
export const isThere = (instance: Instance, rules: Rules): boolean =>
  solveBy({ instance, isKept: false, isAsked: true }, rules).ok;

type Search = {
  instance: Instance;
  isKept: boolean;
  /** Whether it is only asked if all can be filled, and what is stuck: then loads are all alike, and no floor above the least is sought. */
  isAsked: boolean;
};

const solveBy = (search: Search, rules: Rules): Found => {
  const { seed, capYields } = search.instance;
  const visited = withVisitors(problemOf(search.instance, rules), chanceOf(`visitors ${seed}`));
  if (visited.cap === undefined || !capYields) return solveKept(search, visited);
  const asking = { ...search, isAsked: true };
  const few = tooFewFor(visited);
  const kept = few.size === 0 ? solveKept(asking, visited) : undefined;
  if (kept?.ok) return solveKept(search, visited);
  // Anchors are found as without a cap, so that they leave all that the others may come to need above it.
  const problem = { ...anchored(search, { ...visited, cap: undefined }), cap: visited.cap };
  const first = kept ? stuckIn(kept.error) : few;
  return evened(
    search,
    yielding(first, (yields) => solveIn(asking, { ...problem, yields })),
  );
};

const solveKept = (search: Search, visited: Problem): Found => {
  // Where everybody has room for every anchor, most often nothing else needs it: then one flow is sought in the place of two.
  const all = withEverybody(visited);
  const first = all && solveIn(search, all);
  return first?.ok ? first : solveIn(search, anchored(search, visited));
};

const anchored = ({ instance: { seed } }: Search, problem: Problem): Problem =>
  withAnchors(problem, chanceOf(`ratings of anchors ${seed}`));

const solveIn = (search: Search, problem: Problem): Found => {
  const { seed } = search.instance;
  const links = linksOf(problem, chanceOf(`links ${seed}`));
  const faults = [...links.faults, ...unknownAnchors(problem)];
  const drawn = solveWith(search, problem, { links, faults });
  if (drawn.ok || faults.length > 0 || links.lacking.size === 0 || !isFrom(problem.edition, 4)) return drawn;
  const choice = chosenLinks(problem, links.lacking, chanceOf(`choice of links ${seed}`));
  if (choice && !Array.isArray(choice)) return solveWith(search, problem, { links: choice, faults });
  return refuse({ ...drawn.error, faults: choice ?? faults, isUnlinked: true });
};

const solveWith = (
  search: Search,
  problem: Problem,
  { links, faults }: { links: Links; faults: readonly Fault[] },
): Found => {
  const { isKept, isAsked } = search;
  // More who know the subject than one are a wish, and a cap is stronger than that.
  const most = problem.yields || (faults.length > 0 && !isKept) ? 1 : mostExperts(problem);
  const isQuick = (floor: number): boolean =>
    isAsked || problem.cap !== undefined || (floor > 1 && floor < most);
  const at = (floor: number): Found & { isWhole: boolean } => {
    const wishes = { ...links, floor };
    const { layout, flow } = flowOf(search, problem, {
      ...wishes,
      ...(isQuick(floor) && { levels: allAlike }),
    });
    const isWhole = flow.value === layout.need && floorsFilled(layout, flow);
    const attempt = { problem, faults, wishes, layout, flow };
    return { ...(isWhole && faults.length === 0 ? ok(attempt) : refuse(attempt)), isWhole };
  };
  let floor = most;
  let found = at(floor);
  // What cannot be filled at the least floor can be at none.
  while (!found.isWhole && floor > 1) {
    floor = isAsked ? 1 : floor - 1;
    found = at(floor);
  }
  return isAsked || !isQuick(floor) ? found : evened(search, found);
};

const flowOf = ({ instance: { seed } }: Search, problem: Problem, wishes: Wishes) => {
  const layout = layoutOf(problem, wishes, chanceOf(`assignment ${seed}`));
  return { layout, flow: minCostFlow(layout.network, wishes.levels !== undefined) };
};

/** The same with loads as even as can be, where they were all alike. */
const evened = (search: Search, found: Found): Found => {
  const attempt = found.ok ? found.value : found.error;
  const { problem, wishes, layout: before, flow } = attempt;
  const { seed } = search.instance;
  if (!isFrom(problem.edition, 4)) {
    const whole = { ...attempt, ...flowOf(search, problem, wishes) };
    return found.ok ? ok(whole) : refuse(whole);
  }
  const layout = layoutOf(problem, wishes, chanceOf(`assignment ${seed}`));
  const even = { ...attempt, layout, flow: evenFlow(layout.network, { network: before.network, flow }) };
  return found.ok ? ok(even) : refuse(even);
};
