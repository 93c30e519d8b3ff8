import { type Pair, withKept } from '#shared/assignment/joining.ts';
import { minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { floorsFilled, layoutOf } from '#shared/assignment/network.ts';
import type { Problem } from '#shared/assignment/problem.ts';
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
  return problem.raters.every(({ kept, max }) => kept <= max) ? problem : undefined;
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

/** Loads are evened out later: whoever has room scores all anchors anyway, and a search for each level takes time. */
const allAlike = { step: Infinity, low: 0, high: 0 } as const;

/** Who scores what when no links are drawn, and whether all least loads are reached. */
const flowing = (problem: Problem, chance: Chance): { pairs: Pair[]; isFilled: boolean } => {
  const outside = new Int32Array(problem.items.length);
  const layout = layoutOf(problem, { outside, floor: 1, levels: allAlike }, chance);
  const flow = minCostFlow(layout.network);
  const pairs = [...flow.on].flatMap((units, arc) =>
    units === layout.parts ? (layout.pairOf(arc) ?? []) : [],
  );
  return { pairs, isFilled: floorsFilled(layout, flow) };
};
