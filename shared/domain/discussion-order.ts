import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';

/*
 * In which order a committee talks about applications, so that members with a conflict of interest leave the room and come back as few
 * times as can be. Whoever is away from two applications in a row stays outside in between; so the cost of a step is how many have to
 * get up for it, and an order is a path through the distinct sets of those who are away.
 */

/** An application and who takes no part in it. */
export type Seated = {
  applicationId: ApplicationId;
  away: readonly PersonId[];
  /** Who holds the chair for it. */
  presides?: PersonId | undefined;
};

/** How the room is when the first of them is taken up. */
export type Room = { chair?: PersonId | undefined; away: readonly PersonId[] };

/** With so many different sets of people, every order is looked at; with more, good ones are found and bettered. */
export const exactUpTo = 12;

/** How often somebody has to get up and leave. */
export const leavings = (order: readonly Seated[], room: Pick<Room, 'away'>): number => {
  let outside = new Set(room.away);
  let count = 0;
  for (const { away } of order) {
    count += away.filter((id) => !outside.has(id)).length;
    outside = new Set(away);
  }
  return count;
};

/**
 * The applications in the order in which they are talked about. Before all else the chair leaves as seldom as possible, then everybody
 * does, then who presides changes as seldom as possible; equals stand as they were given.
 */
export const discussionOrder = (items: readonly Seated[], room: Room): Seated[] => {
  const grouped = [...Map.groupBy(items, ({ away }) => away.toSorted().join(' ')).values()];
  // Of equal orders the first is taken: one that begins with what everybody hears.
  const groups = grouped.toSorted((a, b) => Number(isKept(a)) - Number(isKept(b)));
  const cost = costs(groups, room);
  const order = groups.length <= exactUpTo ? exactPath(cost) : goodPath(cost);
  return order.flatMap((index) => groups[index] ?? []);
};

const isKept = ([head]: readonly Seated[]): boolean => head !== undefined && head.away.length > 0;

/** `first`: to take a group up at once; `next`: after another group. */
type Costs = { first: readonly number[]; next: readonly (readonly number[])[] };

const costs = (groups: readonly (readonly Seated[])[], { chair, away }: Room): Costs => {
  const heads = groups.flatMap(([head]) => head ?? []);
  const people = new Set(heads.flatMap((head) => head.away)).size;
  // One more of what comes first outweighs all that may come after it on a whole path.
  const weight = heads.length * (people + 1) + 1;
  const step = (from: Pick<Seated, 'away' | 'presides'>, to: Seated): number => {
    const leaving = to.away.filter((id) => !from.away.includes(id));
    const chairLeaves = Number(chair !== undefined && leaving.includes(chair));
    return (chairLeaves * weight + leaving.length) * weight + Number(from.presides !== to.presides);
  };
  const begun = { away, presides: chair };
  return {
    first: heads.map((to) => step(begun, to)),
    next: heads.map((from) => heads.map((to) => step(from, to))),
  };
};

const at = (row: readonly number[] | undefined, index: number): number => row?.[index] ?? 0;

/** Of all paths the cheapest, and of equal ones the first in the order of groups (Held and Karp 1962). */
const exactPath = ({ first, next }: Costs): number[] => {
  const size = first.length;
  const everybody = 2 ** size - 1;
  // What the rest costs once the groups of `mask` were talked about, the last of them being `last`.
  const rest = Array.from({ length: everybody + 1 }, () => new Float64Array(size));
  for (let mask = everybody - 1; mask > 0; mask -= 1) {
    for (let last = 0; last < size; last += 1) {
      if ((mask & (1 << last)) !== 0) at2(rest, mask)[last] = cheapest(mask, next[last] ?? [], rest).cost;
    }
  }
  const path: number[] = [];
  let mask = 0;
  while (mask !== everybody) {
    const last = path.at(-1);
    const { index } = cheapest(mask, last === undefined ? first : (next[last] ?? []), rest);
    path.push(index);
    mask |= 1 << index;
  }
  return path;
};

const at2 = (rest: readonly Float64Array[], mask: number): Float64Array => rest[mask] ?? new Float64Array();

const cheapest = (
  mask: number,
  step: readonly number[],
  rest: readonly Float64Array[],
): { index: number; cost: number } => {
  let best = { index: 0, cost: Infinity };
  for (const [index, cost] of step.entries()) {
    if ((mask & (1 << index)) !== 0) continue;
    const whole = cost + (at2(rest, mask | (1 << index))[index] ?? 0);
    if (whole < best.cost) best = { index, cost: whole };
  }
  return best;
};

/** From how many first groups a path is begun. */
const starts = 8;

/** The best of the order as it was given and of several paths that always go to the nearest group, each bettered until no piece turned round or moved betters it. */
const goodPath = (cost: Costs): number[] => {
  const heads = cost.first
    .map((_, index) => index)
    .toSorted((a, b) => at(cost.first, a) - at(cost.first, b) || a - b)
    .slice(0, starts);
  const begun = [[...cost.first.keys()], ...heads.map((head) => nearest(head, cost))];
  const paths = begun.map((path) => bettered(path, cost));
  return paths.reduce((best, path) => (pathCost(path, cost) < pathCost(best, cost) ? path : best));
};

const pathCost = (path: readonly number[], { first, next }: Costs): number =>
  path.reduce((sum, to, place) => sum + at(place === 0 ? first : next[path[place - 1] ?? 0], to), 0);

const nearest = (head: number, { next }: Costs): number[] => {
  const left = new Set(next.keys());
  const path = [head];
  left.delete(head);
  while (left.size > 0) {
    const row = next[path.at(-1) ?? 0];
    const to = [...left].reduce((best, one) => (at(row, one) < at(row, best) ? one : best));
    path.push(to);
    left.delete(to);
  }
  return path;
};

const bettered = (begun: number[], cost: Costs): number[] => {
  let path = begun;
  let whole = pathCost(path, cost);
  for (let found = true; found; ) {
    found = false;
    for (const other of neighbours(path)) {
      const changed = pathCost(other, cost);
      if (changed >= whole) continue;
      [path, whole, found] = [other, changed, true];
      break;
    }
  }
  return path;
};

/** Every path in which one piece is turned round (2-opt), or one group stands elsewhere. */
function* neighbours(path: readonly number[]): Generator<number[]> {
  for (let from = 0; from < path.length; from += 1) {
    for (let to = from + 1; to < path.length; to += 1) {
      yield [...path.slice(0, from), ...path.slice(from, to + 1).toReversed(), ...path.slice(to + 1)];
    }
  }
  for (const [from, group] of path.entries()) {
    const others = path.toSpliced(from, 1);
    for (let to = 0; to <= others.length; to += 1) yield others.toSpliced(to, 0, group);
  }
}
