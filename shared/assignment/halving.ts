import type { Network } from '#shared/assignment/min-cost-flow.ts';
import type { Chance } from '#shared/chance.ts';

type Ends = Pick<Network, 'nodes' | 'from' | 'to'>;

/**
 * Draws one whole flow from a flow of `parts` (a power of two): each arc carries on average what it carried, by the number of parts, and
 * what lies in all of them is in every draw. So a pair with 16 of 64 parts is drawn in a quarter of all cases, and no arc
 * exceeds its room.
 *
 * The flow is halved again and again (as in the sampling of Jecmen et al. 2020, arXiv:2006.16437, section 4.2). Arcs that carry an odd number
 * form closed walks, since what enters a node leaves it; along each walk arcs are rounded by turns up and down, as they lead forth or back,
 * and a coin says which way round. Each arc is as often rounded up as down.
 * @param on units of each arc; what enters every node leaves it, but for the source and the sink, where even numbers do
 */
export const drawnFrom = (ends: Ends, on: Int32Array, parts: number, chance: Chance): Int32Array => {
  let flow = on;
  for (let left = parts; left > 1; left /= 2) flow = halved(ends, flow, chance);
  return flow;
};

const halved = (ends: Ends, on: Int32Array, chance: Chance): Int32Array => {
  const half = on.map((units) => units >> 1);
  const odd = oddArcs(ends, on);
  for (let node = 0; node < ends.nodes; node += 1) {
    for (let arc = odd.next(node); arc >= 0; arc = odd.next(node)) {
      const up = chance.below(2) === 1;
      for (const { walked, forth } of walkFrom(ends, { node, arc }, odd)) {
        half[walked] = (half[walked] ?? 0) + Number(forth === up);
      }
    }
  }
  return half;
};

/** From a node along odd arcs until none is left where it ends, which is where it began. */
const walkFrom = function* (
  { from, to }: Ends,
  { node, arc }: { node: number; arc: number },
  odd: ReturnType<typeof oddArcs>,
): Generator<{ walked: number; forth: boolean }> {
  let at = node;
  for (let walked = arc; walked >= 0; walked = odd.next(at)) {
    const forth = from[walked] === at;
    yield { walked, forth };
    at = (forth ? to[walked] : from[walked]) ?? 0;
  }
};

/** The arcs with an odd number of units, to be walked once each, either way. */
const oddArcs = ({ nodes, from, to }: Ends, on: Int32Array) => {
  const first = new Int32Array(nodes + 1);
  const odd = Array.from(on.keys()).filter((arc) => ((on[arc] ?? 0) & 1) === 1);
  for (const arc of odd) {
    for (const node of [from[arc] ?? 0, to[arc] ?? 0]) first[node + 1] = (first[node + 1] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node += 1) first[node + 1] = (first[node + 1] ?? 0) + (first[node] ?? 0);
  const free = first.slice();
  const leaving = new Int32Array(2 * odd.length);
  for (const arc of odd) {
    for (const node of [from[arc] ?? 0, to[arc] ?? 0]) {
      const place = free[node] ?? 0;
      leaving[place] = arc;
      free[node] = place + 1;
    }
  }
  const walked = new Uint8Array(on.length);
  const place = first.slice();
  return {
    /** The next arc at a node that was not walked, now walked; -1 where there is none. */
    next: (node: number): number => {
      let at = place[node] ?? 0;
      const end = first[node + 1] ?? 0;
      while (at < end && walked[leaving[at] ?? 0] === 1) at += 1;
      place[node] = at + 1;
      const arc = at < end ? (leaving[at] ?? 0) : -1;
      if (arc >= 0) walked[arc] = 1;
      return arc;
    },
  };
};
