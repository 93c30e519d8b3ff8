import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '#shared/allocation/allocate.ts';
import type { Instance, Matches } from '#shared/allocation/instance.ts';
import { anyMarket } from '#test/builders/market.ts';

const many = { numRuns: 1_000 * (process.env['SOAK'] ? 200 : 1) };

const matchesOf = (instance: Instance): Matches => {
  const allocation = allocate(instance);
  if (!allocation.ok) throw new Error(JSON.stringify(allocation.error));
  return allocation.value.matches;
};

describe('a vacancy that nobody wants, where each reserve has its precedence', () => {
  it('is no matter to anybody’s vacancy, nor is whether people list one without a seat', () => {
    fc.assert(
      fc.property(anyMarket({ ordered: true }), fc.nat({ max: 4 }), (instance, index) => {
        const gone = `v${index}`;
        const ranked = {
          ...instance,
          caps: instance.caps.map((cap, at) => (cap.reserve ? { ...cap, precedence: at + 1 } : cap)),
          applicants: instance.applicants.map((one) => ({
            ...one,
            preferences: one.preferences.filter((id) => id !== gone),
          })),
        };
        const others = ranked.vacancies.filter(({ id }) => id !== gone);
        const caps = ranked.caps.flatMap((cap) => {
          const inside = 'vacancies' in cap ? cap.vacancies.filter((id) => id !== gone) : [];
          return inside.length > 0 ? [{ ...cap, vacancies: inside }] : [];
        });
        const listed = {
          ...instance,
          caps: ranked.caps,
          vacancies: instance.vacancies.map((one) => (one.id === gone ? { ...one, capacity: 0 } : one)),
        };

        expect(matchesOf(ranked)).toEqual(matchesOf({ ...ranked, vacancies: others, caps }));
        expect(matchesOf(listed)).toEqual(matchesOf(ranked));
      }),
      many,
    );
  });
});
