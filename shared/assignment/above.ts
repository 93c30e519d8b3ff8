import { floorsFilled, type Layout } from '#shared/assignment/network.ts';
import { capParts, type Item, isFrom, type Problem } from '#shared/assignment/problem.ts';
import type { Attempt } from '#shared/assignment/solving.ts';
import type { Result } from '#shared/result.ts';

/** An application for which a cap yielded, and the greatest probability with which somebody comes to it. */
export type Above = { application: string; chance: number };

/**
 * Lets the cap give way for the applications that find no place under it, and for no other; where they take what further ones need, for those
 * too. What is stuck once it has yielded for all that are would be stuck without a cap.
 */
export const yielding = (
  first: ReadonlySet<string>,
  solve: (yields: ReadonlySet<string>) => Result<Attempt, Attempt>,
): Result<Attempt, Attempt> => {
  let yields = first;
  for (let turn = 1; ; turn += 1) {
    const solved = solve(yields);
    if (solved.ok) return solved;
    const stuck = turn < mostTurns ? stuckIn(solved.error) : everything(solved.error);
    const more = new Set([...yields, ...stuck]);
    if (more.size === yields.size) return solved;
    yields = more;
  }
};

/** So often what is stuck is looked for; then the cap yields everywhere. */
const mostTurns = 4;

/**
 * Applications that have too few under the cap, whatever others get: too few who may score them, or who know the subject. Each must yield, and that
 * is seen without a flow.
 */
export const tooFewFor = ({ cap = capParts, items, knowing, edition }: Problem): Set<string> => {
  const isShort = ({ need, kept, candidates, subject }: Item): boolean => {
    if (candidates.length * cap < need * capParts) return true;
    const known = knowing(subject);
    const count = (places: readonly number[]): number =>
      places.reduce((sum, place) => sum + (known[place] ?? 0), 0);
    return subject !== undefined && need > 0 && count(kept) === 0 && count(candidates) * cap < capParts;
  };
  return new Set(
    items.filter((item) => !(item.anchor && isFrom(edition, 3)) && isShort(item)).map(({ id }) => id),
  );
};

/** On the source's side of a least cut; where it is a least load that is not reached, all. */
export const stuckIn = (attempt: Attempt): Set<string> => {
  const { problem, layout, flow } = attempt;
  // Others may have to be linked than those that were drawn and are stuck.
  if (attempt.isUnlinked) return everything(attempt);
  if (flow.value === layout.need) return floorsFilled(layout, flow) ? new Set() : everything(attempt);
  const stuck = [...layout.nodeOfItem].filter(([, node]) => flow.reachable[node] === 1);
  return new Set(stuck.flatMap(([place]) => problem.items[place]?.id ?? []));
};

const everything = ({ problem }: Attempt): Set<string> => new Set(problem.items.map(({ id }) => id));

/** What all ways from an application to a rater carry, on the first of them: else one draw could bring a rater twice. */
export const together = ({ network: { from, to }, pairOf }: Layout, on: Int32Array): Int32Array => {
  const sums = on.slice();
  for (let arc = sums.length - 1; arc > 0; arc -= 1) {
    const before = arc - 1;
    if (sums[arc] === 0 || from[arc] !== from[before] || to[arc] !== to[before] || !pairOf(arc)) continue;
    sums[before] = (sums[before] ?? 0) + (sums[arc] ?? 0);
    sums[arc] = 0;
  }
  return sums;
};

/** Where somebody comes with more than the cap, anchors aside, which everybody scores. */
export const aboveCap = (
  { cap = capParts, items, edition }: Problem,
  { pairOf }: Layout,
  on: Int32Array,
): Above[] => {
  const most = new Map<number, number>();
  on.forEach((units, arc) => {
    const pair = units > cap ? pairOf(arc) : undefined;
    if (pair) most.set(pair.item, Math.max(units, most.get(pair.item) ?? 0));
  });
  return items.flatMap(({ id, anchor }, place) => {
    const units = most.get(place);
    return units === undefined || (anchor && isFrom(edition, 3))
      ? []
      : [{ application: id, chance: units / capParts }];
  });
};
