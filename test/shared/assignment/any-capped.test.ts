import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, assignPart } from '#shared/assignment/assign.ts';
import { anyInstance, type Whole } from './any-instance.ts';
import { expectAllKept, expectNothingForbidden, partOf, wholeOf } from './any-promises.ts';

const openIn = ({ open }: { open: { ratings: number }[] }): number =>
  open.reduce((sum, { ratings }) => sum + ratings, 0);

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
});
