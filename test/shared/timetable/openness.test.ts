import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { AccessNeed, Provision } from '#shared/domain/access-need.ts';
import { type Candidate, type Sitting, unfitFor } from '#shared/timetable/instance.ts';
import { unfitnessAt } from '#shared/timetable/openness.ts';

const anyMember = fc.constantFrom('m1', 'm2', 'm3');
const anyCandidate = fc.record<Candidate>({
  id: fc.string(),
  needs: fc.record({
    language: fc.constantFrom(undefined, 'kk', 'ru'),
    access: fc.subarray(AccessNeed.options, { maxLength: 3 }),
  }),
  part: fc.constantFrom(undefined, 'morning', 'afternoon'),
  days: fc.constant([]),
  conflicts: fc.array(anyMember, { maxLength: 2 }),
  insiders: fc.array(anyMember, { maxLength: 2 }),
  outsiders: fc.nat(2),
  members: fc.constantFrom([2], [2, 1]),
});
const anySitting = fc.record<Sitting>({
  id: fc.string(),
  languages: fc.constantFrom<Sitting['languages'][]>(['kk'], ['ru'], ['kk', 'ru']),
  crew: fc.string(),
  provides: fc.subarray(Provision.options),
  longer: fc.constantFrom(0, 25, 50),
  members: fc.array(fc.uniqueArray(anyMember), { minLength: 1, maxLength: 2 }),
  booked: fc.constant(0),
});

it('applications that are alike are asked about once, and the answer is that of each', () => {
  fc.assert(
    fc.property(fc.array(anyCandidate), fc.array(anySitting), (candidates, panels) => {
      const unfitOf = unfitnessAt(panels);

      for (const one of candidates) expect(unfitOf(one)).toEqual(panels.map((panel) => unfitFor(one, panel)));
    }),
  );
  // Whoever has other wishes and another name is alike all the same.
  const unfitOf = unfitnessAt([]);
  const [one] = fc.sample(anyCandidate, 1);
  if (!one) throw new Error('There is nobody.');
  expect(unfitOf({ ...one, id: 'another', days: ['2022-10-24'] })).toBe(unfitOf(one));
});
