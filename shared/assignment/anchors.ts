import { type Pair, withKept } from '#shared/assignment/joining.ts';
import { allAlike } from '#shared/assignment/levels.ts';
import { type Flow, minCostFlow, type Network } from '#shared/assignment/min-cost-flow.ts';
import { floorsFilled, layoutOf } from '#shared/assignment/network.ts';
import { mostExperts, type Problem } from '#shared/assignment/problem.ts';
import type { Chance } from '#shared/chance.ts';

/**
 * Finds who scores the anchors that everybody scores who may and has room: as many as can be, and nobody whom another application needs. It is
 * sought in one flow with all that must be given out, so an instance that can be filled can still be filled; whose room is not enough for every
 * anchor gets those that fewer score, and among equals by lot.
 * @returns the problem with these ratings among those that are kept
 */
export const withAnchors = (given: Problem, chance: Chance): Problem =>
  isAsked(given) ? found(given, (problem) => inRoom(problem, chance)) : given;

/** The problem in which everybody scores every anchor who may; undefined where somebody has no room or may be moved for it. */
export const withEverybody = (given: Problem): Problem | undefined => {
  if (!isAsked(given) || given.moves) return undefined;
  const problem = found(given, everybody);
  const room = problem.raters.reduce((sum, { max }) => sum + max, 0);
  const isRoom = room >= problem.total && problem.raters.every(({ kept, max }) => kept <= max);
  return isRoom ? problem : undefined;
};

const isAsked = ({ items }: Problem): boolean => items.some(({ byAll }) => byAll);

const found = (given: Problem, pairsOf: (problem: Problem) => Pair[]): Problem => {
  // Also an anchor that has all its ratings may still want one of somebody who knows its subject.
  const problem = withKept(given, []);
  const joined = withKept(problem, pairsOf(problem));
  const items = joined.items.map((item) =>
    item.byAll ? { ...item, byAll: false, candidates: item.need === 0 ? [] : item.candidates } : item,
  );
  return { ...joined, items };
};

const everybody = ({ items }: Problem): Pair[] =>
  items.flatMap(({ byAll, candidates }, item) =>
    byAll ? candidates.map((rater): Pair => ({ item, rater })) : [],
  );

/**
 * What was given out and is not begun stays wherever it can: anchors take nobody's place, but where a least load is reached by them alone.
 * Under a cap only those are found whom all parts of the flow bring; who comes in some of them stays for the flow that is drawn from.
 */
const inRoom = (problem: Problem, chance: Chance): Pair[] => {
  const atAnchor = ({ item }: Pair): boolean => problem.items[item]?.byAll === true;
  const staying = problem.moves && problem.cap === undefined ? heldIn(problem, chance) : [];
  const beside = flowing(withKept(problem, staying), chance);
  const isEnough = staying.length === 0 || beside.isFilled;
  return (isEnough ? [...staying, ...beside.pairs] : flowing(problem, chance).pairs).filter(atAnchor);
};

const heldIn = (problem: Problem, chance: Chance): Pair[] => {
  const items = problem.items.map((item) => ({ ...item, byAll: false }));
  const { pairs } = flowing({ ...problem, items }, chance);
  return pairs.filter(({ item, rater }) => items[item]?.held.has(rater));
};

type Flowing = { pairs: Pair[]; isFilled: boolean; isMost: boolean };

/**
 * Who scores what when no links are drawn, and whether all least loads are reached. Loads are evened out later. It is sought first where each application gets as many
 * who know its subject as it can: that network is a fraction of the whole one, and most often as much can be given out in it.
 */
const flowing = (problem: Problem, chance: Chance): Flowing => {
  const most = mostExperts(problem);
  const first = most > 1 ? flowingWith(problem, most, chance) : undefined;
  return first?.isMost ? first : flowingWith(problem, 1, chance);
};

const flowingWith = (problem: Problem, floor: number, chance: Chance): Flowing => {
  const outside = new Int32Array(problem.items.length);
  const layout = layoutOf(problem, { outside, floor, levels: allAlike }, chance);
  const flow = minCostFlow(layout.network, true);
  const pairs = [...flow.on].flatMap((units, arc) =>
    units === layout.parts ? (layout.pairOf(arc) ?? []) : [],
  );
  const isFilled = floorsFilled(layout, flow);
  return { pairs, isFilled, isMost: isFilled && isMost(layout.network, flow) };
};

/** Whether each place is filled that has to be, and beside them everybody's room or all that anchors can have: no flow brings more. */
const isMost = ({ source, sink, from, to, capacity, cost }: Network, { on }: Flow): boolean => {
  const open = [...on.keys()].filter((arc) => on[arc] !== capacity[arc]);
  const leaving = open.filter((arc) => from[arc] === source);
  return (
    leaving.every((arc) => cost[arc] !== 0) && (leaving.length === 0 || open.every((arc) => to[arc] !== sink))
  );
};
