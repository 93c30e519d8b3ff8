import { type Pair, withKept } from '#shared/assignment/joining.ts';
import { minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import type { Item, Problem, Rater } from '#shared/assignment/problem.ts';
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
  return withKept(problem, given, true);
};

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
const wantsExpert = ({ knowing }: Problem, { subject, kept, candidates }: Item): boolean => {
  if (subject === undefined) return false;
  const known = knowing(subject);
  const has = (places: readonly number[]): boolean => places.some((place) => known[place] === 1);
  return !has(kept) && !has(candidates);
};
