import { type Above, aboveCap, stuckIn, together, tooFewFor, yielding } from '#shared/assignment/above.ts';
import { withAnchors, withEverybody } from '#shared/assignment/anchors.ts';
import { chosenLinks, type Links } from '#shared/assignment/choosing.ts';
import { drawnFrom } from '#shared/assignment/halving.ts';
import { explained, unknownAnchors } from '#shared/assignment/infeasible.ts';
import { type AnyInstance, type Instance, readInstance } from '#shared/assignment/instance.ts';
import { linksOf } from '#shared/assignment/links.ts';
import { type Flow, minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { floorsFilled, type Layout, layoutOf } from '#shared/assignment/network.ts';
import {
  allRules,
  capParts,
  isAcross,
  isFrom,
  mostExperts,
  type Problem,
  problemOf,
  type Rules,
} from '#shared/assignment/problem.ts';
import { withVisitors } from '#shared/assignment/visitors.ts';
import { chanceOf } from '#shared/chance.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type Assignment = {
  seed: string | number;
  /** By id; each with its raters by id. */
  assignments: { application: string; raters: string[] }[];
  loads: { rater: string; ratings: number }[];
  /** The fewest raters who know the subject that an application has; absent when none names a subject. */
  fewestExperts?: number;
  /** Ratings between two panels, of all of them. */
  links: { across: number; ratings: number };
  /** The probability that no pair exceeds, in sixty-fourths rounded down; absent where no cap is asked for. */
  cap?: number;
  /** Where the cap yielded: the applications to which somebody comes with more, and with how much at most. */
  above?: Above[];
};

/**
 * Gives each application its raters (ANCHORS 5.5): as many as asked for, within each rater's load, never in conflict, all
 * reading the language, at least one knowing the subject, and each panel linked to the others. Among what is left: the
 * worst-off application gets as many raters who know its subject as can be reached for all (PeerReview4All's aim, Stelmakh, Shah
 * and Singh 2021), raters come from the panel, loads are even, and a lot drawn from the seed decides.
 *
 * Under a cap the flow is one of probabilities, in parts of a sixty-fourth, in which no pair has more than the cap; one assignment is drawn
 * from it by the seed (Jecmen et al. 2020). All that must hold holds in each draw. A cap that yields is exceeded where nothing else would do.
 *
 * Neither the order of applications, raters and pairs nor the machine changes the result.
 * @returns the assignment, or what stands in the way: one fault for each thing that binds
 */
export const assign = (given: AnyInstance): Result<Assignment, Fault[]> => {
  const read = readInstance(given);
  if (!read.ok) return read;
  const instance = read.value;
  const rules = { ...allRules, cap: !instance.capYields };
  const without = (rule: keyof Rules): boolean => solve(instance, { ...rules, [rule]: false }).ok;
  // Where a cap yields there is an assignment if there is one without it: that is found sooner, and says better what binds.
  const uncapped = instance.capYields ? solve(instance, rules) : undefined;
  const solved = uncapped?.ok === false ? uncapped : solve(instance, allRules);
  if (solved.ok) return ok(assignmentOf(instance, solved.value));
  return refuse(explained(solved.error, without));
};

/** An assignment that keeps the rules and leaves places open where it must. */
export type PartAssignment = Assignment & { open: { application: string; ratings: number }[] };

/**
 * The same with as few places left open as can be, where no assignment fills all of them. No application gets anybody whom the rules keep
 * away from it, and nobody more than their most; the least loads and the links are reached as far as they can be. A cap that does not yield
 * is left out: under it a place may be open in some draws and not in others.
 * @returns the faults of an instance that cannot be read
 */
export const assignPart = (given: AnyInstance): Result<PartAssignment, Fault[]> => {
  const read = readInstance(given);
  if (!read.ok) return read;
  const instance = read.value;
  const rules = { ...allRules, cap: instance.capYields === true };
  const solved = solve(instance, rules, instance.edition !== undefined);
  const attempt = solved.ok ? solved.value : solved.error;
  const assignment = assignmentOf(instance, attempt);
  const open = attempt.problem.items.flatMap(({ id, need, kept }, place) => {
    const ratings = need + kept.length - (assignment.assignments[place]?.raters.length ?? 0);
    return ratings > 0 ? [{ application: id, ratings }] : [];
  });
  return ok({ ...assignment, open });
};

/** How far a flow came, and what was seen before it was sought. */
export type Attempt = { problem: Problem; faults: readonly Fault[]; layout: Layout; flow: Flow };

/** @param isKept whether the floor is sought also where a fault is seen before, since what comes of it is kept */
const solve = (instance: Instance, rules: Rules, isKept = false): Result<Attempt, Attempt> => {
  const { seed } = instance;
  const visited = withVisitors(problemOf(instance, rules), chanceOf(`visitors ${seed}`));
  const { cap } = visited;
  const mayYield = cap !== undefined && instance.capYields === true;
  const few = mayYield ? tooFewFor(visited) : new Set<string>();
  const kept = few.size === 0 ? solveKept(instance, visited, isKept) : undefined;
  if (kept && (kept.ok || !mayYield)) return kept;
  // Anchors are found as without a cap, so that they leave all that the others may come to need above it.
  const problem = { ...anchored(instance, { ...visited, cap: undefined }), cap };
  const first = kept ? stuckIn(kept.error) : few;
  return yielding(first, (yields) => solveIn(instance, { ...problem, yields }, isKept));
};

const solveKept = (instance: Instance, visited: Problem, isKept: boolean): Result<Attempt, Attempt> => {
  // Where everybody has room for every anchor, most often nothing else needs it: then one flow is sought in the place of two.
  const all = withEverybody(visited);
  const first = all && solveIn(instance, all, isKept);
  return first?.ok ? first : solveIn(instance, anchored(instance, visited), isKept);
};

const anchored = ({ seed }: Instance, problem: Problem): Problem =>
  withAnchors(problem, chanceOf(`ratings of anchors ${seed}`));

const solveIn = (instance: Instance, problem: Problem, isKept: boolean): Result<Attempt, Attempt> => {
  const { seed } = instance;
  const links = linksOf(problem, chanceOf(`links ${seed}`));
  const faults = [...links.faults, ...unknownAnchors(problem)];
  const drawn = solveWith(instance, problem, { links, faults, isKept });
  if (drawn.ok || faults.length > 0 || links.lacking.size === 0 || !isFrom(problem.edition, 4)) return drawn;
  const choice = chosenLinks(problem, links.lacking, chanceOf(`choice of links ${seed}`));
  if (!choice) return drawn;
  if (Array.isArray(choice)) return refuse({ ...drawn.error, faults: choice });
  return solveWith(instance, problem, { links: choice, faults, isKept });
};

type Bound = { links: Links; faults: readonly Fault[]; isKept: boolean };

const solveWith = (
  { seed, capYields }: Instance,
  problem: Problem,
  { links, faults, isKept }: Bound,
): Result<Attempt, Attempt> => {
  const at = (floor: number): Result<Attempt, Attempt> & { isWhole: boolean } => {
    const layout = layoutOf(problem, { ...links, floor }, chanceOf(`assignment ${seed}`));
    const flow = minCostFlow(layout.network);
    const isWhole = flow.value === layout.need && floorsFilled(layout, flow);
    const attempt = { problem, faults, layout, flow };
    return { ...(isWhole && faults.length === 0 ? ok(attempt) : refuse(attempt)), isWhole };
  };
  // More who know the subject than one are a wish, and a cap is stronger than that.
  const most = problem.yields || (faults.length > 0 && !isKept) ? 1 : mostExperts(problem);
  const first = at(most);
  if (first.isWhole || most === 1) return first;
  // What fails at the lowest floor fails at each: so whether a cap must yield is seen at once.
  const least = capYields ? at(1) : undefined;
  if (least && !least.isWhole) return least;
  for (let floor = most - 1; ; floor -= 1) {
    const found = (floor === 1 ? least : undefined) ?? at(floor);
    if (found.isWhole || floor === 1) return found;
  }
};

const assignmentOf = ({ seed }: Instance, { problem, layout, flow }: Attempt): Assignment => {
  const given = problem.items.map(({ kept }) => [...kept]);
  const on = problem.yields ? together(layout, flow.on) : flow.on;
  drawnFrom(layout.network, on, layout.parts, chanceOf(`cap ${seed}`)).forEach((units, arc) => {
    const pair = units === 1 ? layout.pairOf(arc) : undefined;
    if (pair) given[pair.item]?.push(pair.rater);
  });
  const loads = new Int32Array(problem.raters.length);
  let across = 0;
  let fewest = Infinity;
  const assignments = problem.items.map((item, place) => {
    const places = (given[place] ?? []).toSorted((a, b) => a - b);
    const raters = places.flatMap((index) => problem.raters[index] ?? []);
    for (const index of places) loads[index] = (loads[index] ?? 0) + 1;
    across += raters.filter((rater) => isAcross(item, rater)).length;
    const known = problem.knowing(item.subject);
    const experts = places.reduce((sum, index) => sum + (known[index] ?? 0), 0);
    if (item.subject !== undefined) fewest = Math.min(fewest, experts);
    return { application: item.id, raters: raters.map(({ id }) => id) };
  });
  return {
    seed,
    assignments,
    loads: problem.raters.map(({ id }, place) => ({ rater: id, ratings: loads[place] ?? 0 })),
    ...(fewest < Infinity && { fewestExperts: fewest }),
    links: { across, ratings: problem.total },
    ...(problem.cap !== undefined && { cap: problem.cap / capParts }),
    ...(problem.yields && { above: aboveCap(problem, layout, on) }),
  };
};
