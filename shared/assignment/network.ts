import { type Branch, branchesOf } from '#shared/assignment/branches.ts';
import { type Levels, levelAt, levelsOf, mostLevels } from '#shared/assignment/levels.ts';
import type { Flow, Network } from '#shared/assignment/min-cost-flow.ts';
import { capParts, type Item, isAcross, isFrom, type Problem } from '#shared/assignment/problem.ts';
import type { Chance } from '#shared/chance.ts';

/*
 * What is preferred, strongest first. A stronger one is worth more than any number of weaker ones that meet it in
 * practice; only `beyond`, which stands for a promise, outweighs all of them together.
 */
const cost = {
  /** A rating of an anchor beyond what it needs: only what nothing else needs goes there. */
  anchor: 2 ** 46,
  /** A rating above somebody's least load, so that least loads are filled first. */
  beyond: 2 ** 40,
  /** A rating that somebody else was given who has not begun it. */
  moved: 2 ** 30,
  /** A quarter of what lies between the cap and certainty; each further one costs as much more, so that nobody comes with more than others need to. */
  over: 2 ** 27,
  /** The first rater who does not know the subject; each further one costs four times the one before. */
  stranger: 32 * mostLevels,
  /** A rater of another panel where no link was drawn. */
  outside: 8 * mostLevels,
  /** One sixteenth more of those who may score an anchor. */
  again: mostLevels,
  /** One level of load. */
  load: 1,
} as const;

/** A network, and what its arcs stand for. */
export type Layout = {
  network: Network;
  /** Of each rating: one, or as many as probabilities are given out in where a cap is asked for. */
  parts: number;
  /** Ratings that are still to be given out, in parts. */
  need: number;
  /** The item and the rater that an arc brings together; undefined for all other arcs. */
  pairOf: (arc: number) => { item: number; rater: number } | undefined;
  /** The arc that carries what a rater's least load still lacks, or -1. */
  floors: readonly number[];
  nodeOfRater: (rater: number) => number;
  /** The node of an item that still needs raters. */
  nodeOfItem: ReadonlyMap<number, number>;
};

export type Wishes = {
  /** Ratings of each item that come from other panels. */
  outside: Int32Array;
  /** 1 where one of these is who knows the subject; else it is somebody of the panel where one can be. */
  away?: Uint8Array;
  /** In the place of all wishes: what a rating by the own panel costs an item. */
  atHome?: (place: number) => number;
  /** Raters who know the subject: so many for each item, or as many as there are. */
  floor: number;
  /** How loads are told apart; made for the problem where it is left out. */
  levels?: Levels;
};

/**
 * The network of an assignment: source → application → rater → sink. An application's ways to raters who do not know its
 * subject go through a node of their own, narrow enough to leave `floor` places to those who do; where links were drawn, its
 * raters are split the same way into those of other panels and the rest. Under a cap every way is as many times as wide as there are
 * parts, and that of a pair only as wide as the cap; where the cap yields, further ways lie beside it that cost more and more.
 */
export const layoutOf = (
  problem: Problem,
  { outside, away, atHome, floor, levels = levelsOf(problem) }: Wishes,
  chance: Chance,
): Layout => {
  const draft = draftOf(problem, { levels, atHome }, chance);
  const floors = problem.raters.map((_, rater) => addRater(draft, rater));
  const order = chance.shuffle(Int32Array.from(problem.items, (_, place) => place));
  let need = 0;
  for (const place of order) {
    const item = problem.items[place];
    if (!item || (item.need === 0 && !item.byAll)) continue;
    need += item.need;
    const node = draft.node(place);
    draft.nodeOfItem.set(place, node);
    draft.arc({ from: source, to: node, room: item.need, cost: 0 });
    if (item.byAll) {
      addEverybody(draft, place, node);
      continue;
    }
    const links = { places: outside[place] ?? 0, isAway: away?.[place] === 1 };
    for (const branch of branchesOf(problem, item, links, floor)) addBranch(draft, place, node, branch);
  }
  const { from, to, capacity, costs, itemOfNode, nodeOfItem } = draft;
  const { parts } = draft;
  const network = { nodes: itemOfNode.length, source, sink, from, to, capacity, cost: costs };
  const pairOf = (arc: number) => {
    const item = itemOfNode[from[arc] ?? 0] ?? -1;
    const rater = (to[arc] ?? 0) - nodeOfRater(0);
    return item >= 0 && rater >= 0 && rater < problem.raters.length ? { item, rater } : undefined;
  };
  return { network, parts, need: need * parts, pairOf, floors, nodeOfRater, nodeOfItem };
};

/** Whether everybody has their least load. */
export const floorsFilled = ({ network, floors }: Layout, { on }: Flow): boolean =>
  floors.every((arc) => arc < 0 || on[arc] === network.capacity[arc]);

const source = 0;
const sink = 1;
const nodeOfRater = (rater: number): number => rater + 2;

type Arc = { from: number; to: number; room: number; cost: number };

const draftOf = (
  problem: Problem,
  { levels, atHome }: { levels: Levels; atHome: Wishes['atHome'] },
  chance: Chance,
) => {
  const from: number[] = [];
  const to: number[] = [];
  const capacity: number[] = [];
  const costs: number[] = [];
  const itemOfNode = Array.from({ length: problem.raters.length + 2 }, () => -1);
  const parts = problem.cap === undefined ? 1 : capParts;
  const added = ({ from: tail, to: head, room, cost: price }: Arc, width: number): number => {
    from.push(tail);
    to.push(head);
    capacity.push(room * width);
    costs.push(price);
    return from.length - 1;
  };
  return {
    problem,
    parts,
    levels,
    atHome,
    chance,
    from,
    to,
    capacity,
    costs,
    itemOfNode,
    nodeOfItem: new Map<number, number>(),
    /** @returns a new node of an item */
    node: (item: number): number => itemOfNode.push(item) - 1,
    /** @returns its number */
    arc: (arc: Arc): number => added(arc, parts),
    /** From an item to a rater. */
    pair: (arc: Arc, { id, anchor }: Item): void => {
      const width = anchor && isFrom(problem.edition, 3) ? parts : (problem.cap ?? 1);
      added(arc, width);
      if (!problem.yields?.has(id)) return;
      for (const [nth, more] of quarters(parts - width).entries())
        added({ ...arc, cost: arc.cost + (atHome ? 0 : cost.over * (nth + 1)) }, more);
    },
  };
};
type Draft = ReturnType<typeof draftOf>;

/** Four parts as equal as they can be, those that are empty left out. */
const quarters = (width: number): number[] =>
  [3, 2, 1, 0].map((more) => (width + more) >> 2).filter((part) => part > 0);

/** A rater's way to the sink: first the least load, then what grows dearer with each step. */
const addRater = ({ problem, levels, arc }: Draft, rater: number): number => {
  const { min, max, kept } = problem.raters[rater] ?? { min: 0, max: 0, kept: 0 };
  const from = nodeOfRater(rater);
  const lacking = Math.max(0, Math.min(min, max) - kept);
  const floor = lacking === 0 ? -1 : arc({ from, to: sink, room: lacking, cost: 0 });
  for (let load = kept + lacking; load < max; ) {
    const { level, next: end } = levelAt(levels, load);
    const next = Math.min(max, end);
    arc({ from, to: sink, room: next - load, cost: cost.beyond + cost.load * level });
    load = next;
  }
  return floor;
};

const addBranch = (draft: Draft, place: number, root: number, branch: Branch): void => {
  const { problem, arc } = draft;
  const item = problem.items[place];
  if (!item || branch.places === 0) return;
  const knowing = branch.places === item.need ? root : draft.node(place);
  if (knowing !== root) arc({ from: root, to: knowing, room: branch.places, cost: 0 });
  const open = item.subject === undefined ? 0 : branch.places - branch.experts;
  const strangers = open === 0 ? -1 : draft.node(place);
  for (let nth = 0; nth < open; nth += 1) {
    arc({
      from: knowing,
      to: strangers,
      room: 1,
      cost: draft.atHome ? 0 : cost.stranger * 4 ** Math.min(nth, 6),
    });
  }
  addRaters(draft, place, branch, { knowing, strangers });
};

/** An anchor: the ratings that it needs, as of any other, and beside them everybody else who may score it. */
const addEverybody = (draft: Draft, place: number, root: number): void => {
  const { problem, arc } = draft;
  const item = problem.items[place];
  if (!item) return;
  const [knowing, strangers, more] = [draft.node(place), draft.node(place), draft.node(place)];
  const { need, kept, subject, candidates } = item;
  const known = problem.knowing(subject);
  const experts = subject === undefined || kept.some((rater) => known[rater] === 1) ? 0 : 1;
  arc({ from: root, to: knowing, room: need, cost: 0 });
  arc({ from: root, to: strangers, room: Math.max(0, need - experts), cost: cost.stranger });
  for (let nth = 0; nth < candidates.length; nth += 1) {
    const level = Math.floor((16 * nth) / candidates.length);
    arc({ from: source, to: more, room: 1, cost: cost.anchor + cost.again * level });
  }
  for (const to of [knowing, strangers]) arc({ from: more, to, room: candidates.length, cost: 0 });
  addRaters(draft, place, { raters: candidates, link: true }, { knowing, strangers });
};

/** Drawn anew for each application: among equals the earlier one is taken. */
const addRaters = (
  { problem, chance, atHome, pair }: Draft,
  place: number,
  { raters, link }: Pick<Branch, 'raters' | 'link'>,
  { knowing, strangers }: { knowing: number; strangers: number },
): void => {
  const item = problem.items[place];
  if (!item) return;
  const known = problem.knowing(item.subject);
  for (const drawn of chance.shuffle(Int32Array.from(raters))) {
    const rater = problem.raters[drawn];
    const from = known[drawn] === 1 ? knowing : strangers;
    if (!rater || from < 0) continue;
    const isAway = isAcross(item, rater);
    const moved = problem.moves && !item.held.has(drawn) ? cost.moved : 0;
    const wish = (!link && isAway ? cost.outside : 0) + moved;
    const price = atHome ? (isAway || link ? 0 : atHome(place)) : wish;
    pair({ from, to: nodeOfRater(drawn), room: 1, cost: price }, item);
  }
};
