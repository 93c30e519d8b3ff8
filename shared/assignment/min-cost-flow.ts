import { type Heap, heapOf } from '#shared/assignment/heap.ts';

/** Arcs with whole-number capacities and whole-number costs of at least 0; arc `a` leads from `from[a]` to `to[a]`. */
export type Network = {
  nodes: number;
  source: number;
  sink: number;
  from: readonly number[];
  to: readonly number[];
  capacity: readonly number[];
  cost: readonly number[];
};

export type Flow = {
  /** Units that reach the sink. */
  value: number;
  /** Units on each arc of the network. */
  on: Int32Array;
  /** 1 for each node that another unit could still reach: the source's side of a least cut. */
  reachable: Uint8Array;
  /** Of each node: no arc with room costs less than by how much its end's is above its start's. */
  potential: Float64Array;
};

/**
 * The cheapest of the largest flows, by the primal–dual method (Ford and Fulkerson 1962; see Ahuja, Magnanti and Orlin,
 * Network Flows, 1993, section 9.8): shortest distances under the potentials, then as many units as fit along the
 * shortest paths at once, until none reaches the sink. Whole numbers throughout, so the result is the same on any machine.
 * @param isLayered whether units go by the fewest arcs among shortest paths: many times faster where most of them cost the same, since those
 * then lead round in rings. Which of the cheapest flows is found depends on it.
 */
export const minCostFlow = (network: Network, isLayered = false): Flow => {
  const residual = residualOf(network);
  const push = isLayered ? pushedInLayers : pushed;
  let value = 0;
  while (searched(residual, network)) value += push(residual, network);
  const on = new Int32Array(network.to.length);
  for (let arc = 0; arc < on.length; arc += 1) {
    on[arc] = residual.room[residual.twin[residual.slotOf[arc] ?? 0] ?? 0] ?? 0;
  }
  const reachable = new Uint8Array(network.nodes);
  residual.distance.forEach((distance, node) => {
    reachable[node] = distance < Infinity ? 1 : 0;
  });
  return { value, on, reachable, potential: residual.potential };
};

/**
 * Each arc of the network twice, forth and back, lying in the order of the nodes that they leave: a search reads memory
 * from front to back, which is most of its speed.
 */
type Residual = {
  /** The slots of what leaves node v: `first[v] … first[v + 1] - 1`. */
  first: Int32Array;
  to: Int32Array;
  room: Int32Array;
  cost: Float64Array;
  /** The slot of the same arc the other way. */
  twin: Int32Array;
  slotOf: Int32Array;
  potential: Float64Array;
  distance: Float64Array;
  heap: Heap;
};

const residualOf = ({ nodes, from, to, capacity, cost }: Network): Residual => {
  const count = from.length;
  const residual: Residual = {
    first: startsOf(nodes, from, to),
    to: new Int32Array(2 * count),
    room: new Int32Array(2 * count),
    cost: new Float64Array(2 * count),
    twin: new Int32Array(2 * count),
    slotOf: new Int32Array(count),
    potential: new Float64Array(nodes),
    distance: new Float64Array(nodes),
    heap: heapOf(),
  };
  const free = residual.first.slice();
  const taken = (node: number): number => {
    const slot = free[node] ?? 0;
    free[node] = slot + 1;
    return slot;
  };
  for (let arc = 0; arc < count; arc += 1) {
    const [tail, head] = [from[arc] ?? 0, to[arc] ?? 0];
    const [forth, back] = [taken(tail), taken(head)];
    residual.slotOf[arc] = forth;
    residual.to[forth] = head;
    residual.to[back] = tail;
    residual.room[forth] = capacity[arc] ?? 0;
    residual.cost[forth] = cost[arc] ?? 0;
    residual.cost[back] = -(cost[arc] ?? 0);
    residual.twin[forth] = back;
    residual.twin[back] = forth;
  }
  return residual;
};

const startsOf = (nodes: number, from: readonly number[], to: readonly number[]): Int32Array => {
  const first = new Int32Array(nodes + 1);
  for (const node of from) first[node + 1] = (first[node + 1] ?? 0) + 1;
  for (const node of to) first[node + 1] = (first[node + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node += 1) first[node + 1] = (first[node + 1] ?? 0) + (first[node] ?? 0);
  return first;
};

/**
 * Distances from the source by Dijkstra's method, as far as the sink's; then the potentials rise by them, so that the
 * arcs of shortest paths cost nothing and no arc with room costs less.
 * @returns whether the sink was reached
 */
const searched = (residual: Residual, { source, sink }: Network): boolean => {
  const { potential, distance, heap } = residual;
  distance.fill(Infinity);
  heap.clear();
  distance[source] = 0;
  heap.push(0, source);
  for (let node = heap.pop(); node >= 0 && node !== sink; node = heap.pop()) {
    if (heap.key() === distance[node]) relaxFrom(residual, node);
  }
  const most = distance[sink] ?? Infinity;
  if (most === Infinity) return false;
  for (let node = 0; node < potential.length; node += 1) {
    potential[node] = (potential[node] ?? 0) + Math.min(distance[node] ?? 0, most);
  }
  return true;
};

const relaxFrom = ({ first, to, room, cost, potential, distance, heap }: Residual, node: number): void => {
  const level = (distance[node] ?? 0) + (potential[node] ?? 0);
  const end = first[node + 1] ?? 0;
  for (let slot = first[node] ?? 0; slot < end; slot += 1) {
    if (room[slot] === 0) continue;
    const head = to[slot] ?? 0;
    const length = level + (cost[slot] ?? 0) - (potential[head] ?? 0);
    if (length < (distance[head] ?? 0)) {
      distance[head] = length;
      heap.push(length, head);
    }
  }
};

/** Pushes units by the fewest arcs, then by more, until no arcs that cost nothing lead to the sink (Dinitz 1970). @returns how many arrived */
const pushedInLayers = (residual: Residual, network: Network): number => {
  let value = 0;
  for (;;) {
    const depth = depthsOf(residual, network);
    if (depth[network.sink] === 0) return value;
    value += pushed(residual, network, depth);
  }
};

/** By how many arcs that cost nothing each node is reached, the source by one; 0 where it is not, or is no nearer than the sink. */
const depthsOf = ({ first, to, room, cost, potential }: Residual, { source, sink }: Network): Int32Array => {
  const depth = new Int32Array(potential.length);
  depth[source] = 1;
  const queue = [source];
  for (const node of queue) {
    if (depth[sink] !== 0) break;
    const level = potential[node] ?? 0;
    const end = first[node + 1] ?? 0;
    for (let slot = first[node] ?? 0; slot < end; slot += 1) {
      const head = to[slot] ?? 0;
      if (depth[head] !== 0 || room[slot] === 0) continue;
      if (level + (cost[slot] ?? 0) !== potential[head]) continue;
      depth[head] = (depth[node] ?? 0) + 1;
      queue.push(head);
    }
  }
  return depth;
};

/**
 * Pushes units along arcs that cost nothing under the potentials, depth first; an arc that led nowhere is not tried again
 * before the next search. @returns how many units arrived
 * @param depth of each node, which is to grow by one with each arc
 */
const pushed = (residual: Residual, { source, sink }: Network, depth?: Int32Array): number => {
  const { first, to } = residual;
  const walk = { next: first.slice(0, -1), closed: new Uint8Array(first.length - 1), depth };
  const path: number[] = [];
  let value = 0;
  let node = source;
  walk.closed[source] = 1;
  for (;;) {
    const slot = node === sink ? -1 : openSlot(residual, walk, node);
    if (slot >= 0) {
      path.push(slot);
      walk.closed[to[slot] ?? 0] = 1;
    } else if (node === sink) {
      value += filled(residual, path);
      const full = path.findIndex((used) => residual.room[used] === 0);
      for (const used of path.splice(full)) walk.closed[to[used] ?? 0] = 0;
    } else if (path.pop() === undefined) {
      return value;
    }
    node = path.length === 0 ? source : (to[path.at(-1) ?? 0] ?? 0);
  }
};

/** Where to go on at each node; a node is closed while it is on the path, and once it has led nowhere. */
type Walk = { next: Int32Array; closed: Uint8Array; depth: Int32Array | undefined };

/** The node's next arc that has room, costs nothing and leads to an open node; -1 when there is none. */
const openSlot = (
  { first, to, room, cost, potential }: Residual,
  { next, closed, depth }: Walk,
  node: number,
): number => {
  const level = potential[node] ?? 0;
  const end = first[node + 1] ?? 0;
  let slot = next[node] ?? 0;
  for (; slot < end; slot += 1) {
    if (room[slot] === 0) continue;
    const head = to[slot] ?? 0;
    if (depth && depth[head] !== (depth[node] ?? 0) + 1) continue;
    if (closed[head] === 0 && level + (cost[slot] ?? 0) === potential[head]) break;
  }
  next[node] = slot;
  return slot < end ? slot : -1;
};

/** Takes the room of the path's narrowest arc from all of it. */
const filled = ({ room, twin }: Residual, path: readonly number[]): number => {
  let units = Infinity;
  for (const slot of path) units = Math.min(units, room[slot] ?? 0);
  for (const slot of path) {
    const back = twin[slot] ?? 0;
    room[slot] = (room[slot] ?? 0) - units;
    room[back] = (room[back] ?? 0) + units;
  }
  return units;
};
