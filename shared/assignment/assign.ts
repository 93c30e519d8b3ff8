import { type Above, aboveCap, together } from '#shared/assignment/above.ts';
import { drawnFrom } from '#shared/assignment/halving.ts';
import { explained } from '#shared/assignment/infeasible.ts';
import { type AnyInstance, type Instance, readInstance } from '#shared/assignment/instance.ts';
import { allRules, capParts, isAcross, type Rules } from '#shared/assignment/problem.ts';
import { type Attempt, isThere, solve } from '#shared/assignment/solving.ts';
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
  // Where a cap yields there is an assignment if there is one without it: that is found sooner, and says better what binds.
  const rules = { ...allRules, cap: !instance.capYields };
  const isHopeless = instance.capYields === true && !isThere(instance, rules);
  const solved = solve(instance, isHopeless ? rules : allRules);
  if (solved.ok) return ok(assignmentOf(instance, solved.value));
  const without = (rule: keyof Rules): boolean => isThere(instance, { ...rules, [rule]: false });
  return refuse(explained(instance, solved.error, without));
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
