import { type Flow, minCostFlow, type Network } from '#shared/assignment/min-cost-flow.ts';

/**
 * The cheapest of the largest flows once the ways to the sink have steps: sought among the arcs that the cheapest flows without steps use, a fraction of
 * all. A flow that used another would cost more than all steps can save, as a unit of flow saves one step and whatever else is wished for
 * weighs more than the dearest. By complementary slackness those flows use what carries something, and what costs exactly what
 * the potentials of its ends differ by.
 * @param before the same network without steps, and its flow; ways to the sink come first in both, and all else lies in one order
 */
export const evenFlow = (network: Network, before: { network: Network; flow: Flow }): Flow => {
  const { from, to, capacity, cost, sink } = network;
  const { on: carried, potential, reachable } = before.flow;
  const shift = to.length - before.network.to.length;
  const isUsed = (arc: number): boolean =>
    to[arc] === sink ||
    (carried[arc - shift] ?? 0) > 0 ||
    cost[arc] === (potential[to[arc] ?? 0] ?? 0) - (potential[from[arc] ?? 0] ?? 0);
  const arcs = Array.from(to.keys()).filter(isUsed);
  const of = (list: readonly number[]): number[] => arcs.map((arc) => list[arc] ?? 0);
  const narrow = { ...network, from: of(from), to: of(to), capacity: of(capacity), cost: of(cost) };
  const { value, on: used, potential: even } = minCostFlow(narrow, true);
  const on = new Int32Array(to.length);
  for (const [place, arc] of arcs.entries()) on[arc] = used[place] ?? 0;
  return { value, on, reachable, potential: even };
};
