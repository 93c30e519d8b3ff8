import { type Caps, none } from '#shared/allocation/market.ts';
import { add, at, sumUp } from '#shared/allocation/numbers.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * Vacancies and caps as one forest, in which each node is inside its parent. Nodes below `vacancies` are the vacancies
 * themselves with their capacity as `most`; the others are caps.
 */
export type CapTree = {
  vacancies: number;
  nodes: number;
  /** The seats that a node may hold at most, and up to how many of them come first. */
  most: Int32Array;
  reserve: Int32Array;
  /** How much a reserve counts against all others: one bit, the highest for the reserve that comes first; 0 without one. */
  weight: Int32Array;
  /** The next larger cap, or `none`. */
  parent: Int32Array;
  /** How many caps enclose the node. */
  depth: Int32Array;
} & Children;

/** The children of each cap end to end, those of one in the order of their numbers: where they start, and each node's place among its siblings. */
type Children = { childStart: Int32Array; child: Int32Array; place: Int32Array };

/** Two caps that share a vacancy although neither contains the other, or caps nested too deeply; by number. */
export type CapFault =
  | { fault: 'crossing'; cap: number; other: number; vacancy: number }
  | { fault: 'too-deep'; cap: number };

/** Deeper than any law could be; each level of reserves is one bit of a 32-bit number. */
export const deepest = 29;

/**
 * Nests the caps (the laminar families of Kamada and Kojima, "Stability concepts in matching under distributional
 * constraints", 2017). Caps on the same vacancies become one with the smaller `max` and the larger `reserve`, but for reserves of another
 * precedence: each of these is a node of its own, at the same depth, so that what is reserved does not depend on whether there is one
 * vacancy more in one of them. A cap on one vacancy becomes a limit of that vacancy.
 * One that crosses others and can never bind is left out.
 */
export const capTreeOf = (caps: Caps, capacity: Int32Array): Result<CapTree, CapFault> => {
  const all = [...caps.members.keys()];
  const nested = nest(caps, capacity, all);
  if (nested.ok || nested.error.fault !== 'crossing') return nested;
  const binding = all.filter((cap) => canBind(caps, capacity, cap));
  return binding.length < all.length ? nest(caps, capacity, binding) : nested;
};

type Nested = Omit<CapTree, keyof Children>;

const nest = (caps: Caps, capacity: Int32Array, among: readonly number[]): Result<CapTree, CapFault> => {
  const vacancies = capacity.length;
  const nodes = vacancies + caps.members.length;
  const tree: Nested = {
    vacancies,
    nodes,
    most: new Int32Array(nodes),
    reserve: new Int32Array(nodes),
    weight: new Int32Array(nodes),
    parent: new Int32Array(nodes).fill(none),
    depth: new Int32Array(nodes),
  };
  tree.most.set(capacity);
  tree.most.set(caps.max, vacancies);
  tree.reserve.set(caps.reserve, vacancies);
  const precedence = new Int32Array(nodes);
  precedence.set(caps.precedence, vacancies);
  const largestFirst = among
    .map((cap) => ({ members: caps.members[cap] ?? new Int32Array(), cap }))
    .toSorted((a, b) => b.members.length - a.members.length || inSize(caps, a.cap, b.cap));
  for (const { members, cap } of largestFirst) {
    const fault = enclose(tree, { members, cap, precedence }, caps);
    if (fault) return refuse(fault);
  }
  const levels = weigh(tree, precedence);
  return levels > deepest + 1 ? refuse({ fault: 'too-deep', cap: 0 }) : ok({ ...tree, ...childrenOf(tree) });
};

/** Whether a cap can ever matter: it reserves something, or allows fewer seats than its vacancies have. */
export const canBind = (caps: Caps, capacity: Int32Array, cap: number): boolean => {
  let seats = 0;
  for (const vacancy of caps.members[cap] ?? []) seats += at(capacity, vacancy);
  return at(caps.reserve, cap) > 0 || at(caps.max, cap) < seats;
};

/** Gives each reserve its bit: by precedence, then from the outside in. @returns how many different levels there are */
const weigh = ({ reserve, weight, depth }: Nested, precedence: Int32Array): number => {
  const levelOf = (node: number): number =>
    (at(precedence, node) || unordered) * (deepest + 2) + at(depth, node);
  const reserved: number[] = [];
  for (let node = 0; node < reserve.length; node += 1) if (at(reserve, node) > 0) reserved.push(node);
  const levels = [...new Set(reserved.map(levelOf))].toSorted((a, b) => a - b);
  for (const node of reserved) weight[node] = 1 << (30 - levels.indexOf(levelOf(node)));
  return levels.length;
};

/** After every precedence that an instance can name. */
const unordered = 101;

/** Puts one cap around its vacancies, inside the smallest cap that holds all of them so far. */
const enclose = (
  tree: Nested,
  { members, cap, precedence }: { members: Int32Array; cap: number; precedence: Int32Array },
  caps: Caps,
): CapFault | undefined => {
  const { parent, depth, vacancies } = tree;
  const [first = 0] = members;
  const outer = at(parent, first);
  for (const vacancy of members) {
    const other = at(parent, vacancy);
    if (other === outer) continue;
    // The deeper of the two holds one of the vacancies and not the other, and it is at least as large as this cap.
    const deeper =
      at(depth, vacancy) > at(depth, first)
        ? { node: other, shared: vacancy }
        : { node: outer, shared: first };
    return { fault: 'crossing', cap, other: deeper.node - vacancies, vacancy: deeper.shared };
  }
  const same = nodesOf(tree, members, caps);
  const as = same.find((node) => isOne(tree, { node, cap, precedence }, caps));
  if (as !== undefined) {
    tree.most[as] = Math.min(at(tree.most, as), at(caps.max, cap));
    if (at(caps.reserve, cap) <= at(tree.reserve, as)) return undefined;
    tree.reserve[as] = at(caps.reserve, cap);
    precedence[as] = at(caps.precedence, cap);
    return undefined;
  }
  const node = vacancies + cap;
  parent[node] = outer;
  depth[node] = at(depth, same[0] ?? first);
  if (at(depth, node) >= deepest) return { fault: 'too-deep', cap };
  for (const vacancy of members) {
    parent[vacancy] = node;
    if (same.length === 0) depth[vacancy] = at(depth, node) + 1;
  }
  return undefined;
};

/** Of caps of one size the larger reserve first, so that a vacancy has the largest that it has alone as its own. */
const inSize = ({ reserve, precedence }: Caps, one: number, other: number): number =>
  at(reserve, other) - at(reserve, one) ||
  (at(precedence, one) || unordered) - (at(precedence, other) || unordered);

/** The nodes around exactly these vacancies, the innermost first. */
const nodesOf = ({ parent, vacancies }: Nested, members: Int32Array, caps: Caps): number[] => {
  const [first = 0] = members;
  const sizeOf = (node: number): number =>
    node < vacancies ? 1 : (caps.members[node - vacancies]?.length ?? 0);
  const nodes: number[] = [];
  let node = members.length === 1 ? first : at(parent, first);
  for (; node !== none && sizeOf(node) === members.length; node = at(parent, node)) nodes.push(node);
  return nodes;
};

/** Whether a cap and a node around the same vacancies say no more together than one of them could. */
const isOne = (
  { reserve }: Nested,
  { node, cap, precedence }: { node: number; cap: number; precedence: Int32Array },
  caps: Caps,
): boolean =>
  at(reserve, node) === 0 || at(caps.reserve, cap) === 0 || at(precedence, node) === at(caps.precedence, cap);

/** The smallest part of the tree around a vacancy that holds as many as it may, or `none`. */
export const firstFull = ({ parent, most }: CapTree, count: Int32Array, vacancy: number): number => {
  let node = vacancy;
  while (node !== none && at(count, node) < at(most, node)) node = at(parent, node);
  return node;
};

/** Adds up the people in each cap. A cap's number says nothing about its depth, so each vacancy walks up. */
export const countCaps = ({ vacancies, parent }: CapTree, count: Int32Array): void => {
  for (let vacancy = 0; vacancy < vacancies; vacancy += 1) {
    const people = at(count, vacancy);
    if (people === 0) continue;
    for (let cap = at(parent, vacancy); cap !== none; cap = at(parent, cap)) {
      add(count, cap, people);
    }
  }
};

const childrenOf = ({ nodes, parent }: Nested): Children => {
  const childStart = new Int32Array(nodes + 1);
  for (const cap of parent) if (cap !== none) add(childStart, cap + 1, 1);
  sumUp(childStart);
  const filled = new Int32Array(nodes);
  const place = new Int32Array(nodes);
  const child = new Int32Array(at(childStart, nodes));
  for (let node = 0; node < nodes; node += 1) {
    const cap = at(parent, node);
    if (cap === none) continue;
    place[node] = at(filled, cap);
    child[at(childStart, cap) + at(filled, cap)] = node;
    add(filled, cap, 1);
  }
  return { childStart, child, place };
};
