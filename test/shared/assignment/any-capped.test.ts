import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, assignPart } from '#shared/assignment/assign.ts';
import { readInstance } from '#shared/assignment/instance.ts';
import { type Flow, minCostFlow, type Network } from '#shared/assignment/min-cost-flow.ts';
import { allRules } from '#shared/assignment/problem.ts';
import { solve } from '#shared/assignment/solving.ts';
import { anyInstance, anyLinked, type Whole } from './any-instance.ts';
import { expectAllKept, expectNothingForbidden, partOf, wholeOf } from './any-promises.ts';

const openIn = ({ open }: { open: { ratings: number }[] }): number =>
  open.reduce((sum, { ratings }) => sum + ratings, 0);

const costOf = ({ cost }: Network, { on }: Flow): bigint =>
  cost.reduce((sum, each, arc) => sum + BigInt(each) * BigInt(on[arc] ?? 0), 0n);

describe('any assignment under a cap that yields', () => {
  it('is found under a cap that yields wherever there is one without, with no more than the cap but where it says so', () => {
    let above = 0;
    fc.assert(
      fc.property(anyInstance, fc.constantFrom(0.2, 0.4, 0.7), (drawn, cap) => {
        const instance: Whole = { ...drawn, links: { ...drawn.links, share: 0 } };
        const result = assign({ ...instance, cap, capYields: true });
        expect(result.ok).toBe(wholeOf(instance) !== undefined);
        const part = assignPart({ ...instance, cap, capYields: true });
        if (!part.ok) throw new Error(JSON.stringify(part.error));
        expectNothingForbidden(instance, part.value);
        expect(openIn(part.value)).toBe(openIn(partOf(instance)));
        if (!result.ok) return;
        above += result.value.above?.length ?? 0;
        expectNothingForbidden(instance, result.value);
        expectAllKept(instance, result.value);
        for (const { chance } of result.value.above ?? []) expect(chance).toBeGreaterThan(cap - 1 / 64);
      }),
      { numRuns: 1000 },
    );

    expect(above).toBeGreaterThan(300);
  });

  it('is found beside links as well, whichever have to be chosen', () => {
    let found = 0;
    fc.assert(
      fc.property(anyLinked, fc.constantFrom(0.2, 0.4, 0.7), (instance, cap) => {
        const result = assign({ ...instance, cap, capYields: true });
        expect(result.ok).toBe(wholeOf(instance) !== undefined);
        if (!result.ok) return;
        found += 1;
        expectNothingForbidden(instance, result.value);
        expectAllKept(instance, result.value);
      }),
      { numRuns: 500 },
    );

    expect(found).toBeGreaterThan(100);
  });

  it('costs no more where loads are evened out among the arcs of the cheapest flows alone', () => {
    let evened = 0;
    fc.assert(
      fc.property(anyInstance, fc.constantFrom(0.2, 0.4, 0.7), (drawn, cap) => {
        const read = readInstance({ ...drawn, cap, capYields: true, edition: 4 });
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        const solved = solve(read.value, allRules, true);
        const { layout, flow } = solved.ok ? solved.value : solved.error;
        const whole = minCostFlow(layout.network);
        expect([flow.value, costOf(layout.network, flow)]).toEqual([
          whole.value,
          costOf(layout.network, whole),
        ]);
        evened += Number(layout.network.cost.some((cost) => cost % 2 ** 40 === 2));
      }),
      { numRuns: 1000 },
    );

    expect(evened).toBeGreaterThan(500);
  });
});
