import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Instance, type Matches } from '#shared/allocation/instance.ts';
import { blockingPairs, type Proof, verify } from '#shared/allocation/verify.ts';
import { anyMarket } from '#test/builders/market.ts';
import { isFeasible, slowBlockingPairs } from './slow.ts';

const soak = process.env['SOAK'] ? 200 : 1;
const many = { numRuns: 2_000 * soak };

const proofOf = (instance: Instance, matches: Matches): Proof => {
  const proof = verify(instance, matches);
  if (!proof.ok) throw new Error(JSON.stringify(proof.error));
  return proof.value;
};

/** Any market with any allocation of it, most of them bad ones. */
const anyAllocation = (kind: Parameters<typeof anyMarket>[0]): fc.Arbitrary<[Instance, Matches]> =>
  anyMarket(kind).chain((instance) =>
    fc
      .tuple(
        ...instance.applicants.map(({ id }) =>
          fc.option(fc.constantFrom(...instance.vacancies.map((one) => one.id))).map((held) => [id, held]),
        ),
      )
      .map((pairs) => [instance, Object.fromEntries(pairs)]),
  );

describe.for([
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: false },
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: true },
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: true, open: true },
  { mechanism: 'merit-order-with-choice', ordered: false },
] as const)(
  'verifying an allocation by the rules of $mechanism, one order named: $ordered, open seats first: $open',
  (kind) => {
    it('finds exactly the blocking pairs of every feasible allocation', () => {
      let feasible = 0;
      fc.assert(
        fc.property(anyAllocation(kind), ([instance, matches]) => {
          if (!isFeasible(instance, matches)) return;
          feasible += 1;
          expect(blockingPairs(instance, matches)).toEqual({
            ok: true,
            value: slowBlockingPairs(instance, matches),
          });
        }),
        many,
      );
      expect(feasible).toBeGreaterThan(many.numRuns / 20);
    });

    it('finds fault with every allocation that is not feasible, and with no other', () => {
      fc.assert(
        fc.property(anyAllocation(kind), ([instance, matches]) => {
          const { unacceptablePairs, overfullVacancies, overfullCaps } = proofOf(instance, matches);
          const faults = [...unacceptablePairs, ...overfullVacancies, ...overfullCaps];

          expect(faults.length === 0).toBe(isFeasible(instance, matches));
        }),
        many,
      );
    });
  },
);

describe('a proof', () => {
  const instance = Instance.parse({
    applicants: ['aigul', 'berik', 'dana'].map((id) => ({ id, preferences: ['town', 'village'] })),
    vacancies: ['town', 'village'].map((id) => ({
      id,
      capacity: 1,
      region: 'north',
      subject: 'physics',
      ranking: ['aigul', 'berik'],
    })),
    caps: [{ region: 'north', max: 2 }],
    mechanism: 'applicant-proposing-deferred-acceptance',
  });

  it('names who would rather have each other', () => {
    expect(proofOf(instance, { aigul: 'village', berik: 'town' }).blockingPairs).toEqual([
      { applicant: 'aigul', vacancy: 'town' },
    ]);
  });

  it('names what is too full, and who was placed against a ranking', () => {
    expect(proofOf(instance, { aigul: 'town', berik: 'town', dana: 'town' })).toMatchObject({
      unacceptablePairs: [{ applicant: 'dana', vacancy: 'town' }],
      overfullVacancies: [{ vacancy: 'town', people: 3, capacity: 1 }],
      overfullCaps: [{ cap: 0, people: 3, max: 2 }],
    });
  });

  it('is refused for people and vacancies that do not exist', () => {
    expect(verify(instance, { nobody: 'town', aigul: 'a/moon' })).toEqual({
      ok: false,
      error: [
        { place: '/matches/nobody', message: 'allocation.unknown-applicant', facts: { id: 'nobody' } },
        { place: '/matches/aigul', message: 'allocation.unknown-vacancy', facts: { id: 'a/moon' } },
      ],
    });
  });
});
