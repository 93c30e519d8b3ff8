import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minCostFlow } from '#shared/assignment/min-cost-flow.ts';

type Arc = { from: number; to: number; capacity: number; cost: number };

const networkOf = (nodes: number, arcs: readonly Arc[]) => ({
  nodes,
  source: 0,
  sink: nodes - 1,
  from: arcs.map(({ from }) => from),
  to: arcs.map(({ to }) => to),
  capacity: arcs.map(({ capacity }) => capacity),
  cost: arcs.map(({ cost }) => cost),
});

/** Every way to fill the arcs, tried out: the largest value, and the least cost of that value. */
const byTrying = (nodes: number, arcs: readonly Arc[]): { value: number; cost: number } => {
  let best = { value: 0, cost: 0 };
  const units = arcs.map(() => 0);
  const balance = (): number[] => {
    const out = Array.from({ length: nodes }, () => 0);
    arcs.forEach(({ from, to }, index) => {
      out[from] = (out[from] ?? 0) + (units[index] ?? 0);
      out[to] = (out[to] ?? 0) - (units[index] ?? 0);
    });
    return out;
  };
  const fill = (index: number): void => {
    const arc = arcs[index];
    if (!arc) {
      const out = balance();
      const value = out[0] ?? 0;
      const cost = arcs.reduce((sum, each, place) => sum + each.cost * (units[place] ?? 0), 0);
      if (out.slice(1, -1).some((left) => left !== 0)) return;
      if (value > best.value || (value === best.value && cost < best.cost)) best = { value, cost };
      return;
    }
    for (let unit = 0; unit <= arc.capacity; unit += 1) {
      units[index] = unit;
      fill(index + 1);
    }
  };
  fill(0);
  return best;
};

const anyArcs = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 4 }),
    to: fc.integer({ min: 0, max: 4 }),
    capacity: fc.integer({ min: 0, max: 2 }),
    cost: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 8 },
);

describe('a cheapest largest flow', () => {
  it('goes the dear way only when the cheap ones are full', () => {
    const arcs = [
      { from: 0, to: 1, capacity: 2, cost: 0 },
      { from: 1, to: 3, capacity: 1, cost: 1 },
      { from: 1, to: 2, capacity: 1, cost: 0 },
      { from: 2, to: 3, capacity: 1, cost: 9 },
    ];
    const { value, on } = minCostFlow(networkOf(4, arcs));

    expect(value).toBe(2);
    expect([...on]).toEqual([2, 1, 1, 1]);
  });

  it('is as large and as cheap as trying everything finds', () => {
    fc.assert(
      fc.property(anyArcs, fc.boolean(), (arcs, isLayered) => {
        // An arc back to its own node, into the source or out of the sink changes no value.
        const used = arcs.filter(({ from, to }) => from !== to && to !== 0 && from !== 4);
        const { value, on } = minCostFlow(networkOf(5, used), isLayered);
        const cost = used.reduce((sum, arc, index) => sum + arc.cost * (on[index] ?? 0), 0);

        expect({ value, cost }).toEqual(byTrying(5, used));
      }),
    );
  });
});
