import { minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { type Item, type Problem, type Rater, totalOf } from '#shared/assignment/problem.ts';
import type { Chance } from '#shared/chance.ts';

/** What is avoided, strongest first: a visitor where nobody needs them for the subject, at what is no anchor, and where another one comes already. */
const cost = { needless: 2 ** 40, plain: 2 ** 20, again: 1 } as const;

/**
 * Gives visitors what they were asked in for, before anybody else is asked: as many as each agreed to or as there are, first what no
 * resident knows the subject of, then anchors, then what no visitor has; and among equals by lot. They take places that are open; where none is, they
 * come beside those who are there, begun or not.
 * @returns the problem with their ratings among those that are kept
 */
export const withVisitors = (problem: Problem, chance: Chance): Problem => {
  const { arcs, nodes } = networkOf(problem, chance);
  if (arcs.every(({ pair }) => !pair)) return problem;
  const { on } = minCostFlow({
    nodes,
    source,
    sink,
    from: arcs.map(({ from }) => from),
    to: arcs.map(({ to }) => to),
    capacity: arcs.map(({ room }) => room),
    cost: arcs.map((arc) => arc.cost),
  });
  const given = arcs.flatMap(({ pair }, arc) => (pair && on[arc] === 1 ? [pair] : []));
  return withKept(problem, given);
};

type Pair = { item: number; rater: number };
type Arc = { from: number; to: number; room: number; cost: number; pair?: Pair };

const source = 0;
const sink = 1;
const nodeOfRater = (rater: number): number => 2 + rater;

/** Source → visitor → application → sink; where nobody else knows the subject, the first who does comes in by a way of their own. */
const networkOf = (problem: Problem, chance: Chance): { arcs: Arc[]; nodes: number } => {
  const { items, raters, knowing } = problem;
  const nodeOfItem = (item: number): number => 2 + raters.length + item;
  const nodeOfNeed = (item: number): number => nodeOfItem(item) + items.length;
  const wanting = items.map((item) => wantsExpert(problem, item));
  const arcs: Arc[] = [];
  for (const [rater, { visits = 0, kept }] of raters.entries()) {
    if (visits <= kept) continue;
    arcs.push({ from: source, to: nodeOfRater(rater), room: visits - kept, cost: 0 });
    const reach = [...items.keys()].filter((item) => items[item]?.visitors.includes(rater));
    for (const item of chance.shuffle(Int32Array.from(reach))) {
      const isNeeded = wanting[item] === true && knowing(items[item]?.subject)[rater] === 1;
      const way = isNeeded
        ? { to: nodeOfNeed(item), cost: 0 }
        : { to: nodeOfItem(item), cost: needless(items[item]) };
      arcs.push({ from: nodeOfRater(rater), ...way, room: 1, pair: { item, rater } });
    }
  }
  for (const [place, item] of items.entries()) {
    if (wanting[place]) {
      const way = { from: nodeOfNeed(place), to: nodeOfItem(place) };
      arcs.push({ ...way, room: 1, cost: 0 }, { ...way, room: item.visitors.length, cost: needless(item) });
    }
    const before = item.kept.filter((rater) => comesFromOutside(item, raters[rater])).length;
    for (const nth of item.visitors.keys()) {
      arcs.push({ from: nodeOfItem(place), to: sink, room: 1, cost: cost.again * (before + nth) });
    }
  }
  return { arcs, nodes: 2 + raters.length + 2 * items.length };
};

const needless = (item: Item | undefined): number => cost.needless + (item?.anchor ? 0 : cost.plain);

/** Of a visitor, unless both name the same panel: somebody of the own one links it to nothing. */
const comesFromOutside = ({ panel }: Item, rater: Rater | undefined): boolean =>
  rater?.visits !== undefined && (panel === undefined || rater.panel !== panel);

/** Whether nobody knows the subject who scores the application or may, visitors aside. */
const wantsExpert = ({ knowing }: Problem, { subject, kept, candidates, need }: Item): boolean => {
  if (subject === undefined) return false;
  const known = knowing(subject);
  const has = (places: readonly number[]): boolean => places.some((place) => known[place] === 1);
  return !has(kept) && !(need > 0 && has(candidates));
};

const withKept = (problem: Problem, given: readonly Pair[]): Problem => {
  const atItem = Map.groupBy(given, ({ item }) => item);
  const byRater = Map.groupBy(given, ({ rater }) => rater);
  const items = problem.items.map((item, place) => itemWith(item, atItem.get(place) ?? []));
  const raters = problem.raters.map((rater, place) => raterWith(rater, byRater.get(place) ?? []));
  return { ...problem, items, raters, total: totalOf(items) };
};

const itemWith = (item: Item, given: readonly Pair[]): Item => ({
  ...item,
  kept: [...item.kept, ...given.map(({ rater }) => rater)].toSorted((a, b) => a - b),
  need: item.need - Math.min(given.length, Math.max(0, item.need - item.held.size)),
});

const raterWith = (rater: Rater, { length }: readonly Pair[]): Rater =>
  rater.visits === undefined ? rater : { ...rater, kept: rater.kept + length, max: rater.kept + length };
