import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allocation, allocate } from '#shared/allocation/allocate.ts';
import type { Instance, Matches, Mechanism } from '#shared/allocation/instance.ts';
import { anyMarket } from '#test/builders/market.ts';
import { everyList, everyStable, wishNumber } from './every.ts';
import { isFeasible, slowBlockingPairs, slowDeferredAcceptance, slowMeritOrder } from './slow.ts';

const soak = process.env['SOAK'] ? 200 : 1;
const many = { numRuns: 1_000 * soak };
const few = { numRuns: 150 * soak };

const mechanisms: readonly Mechanism[] = [
  'applicant-proposing-deferred-acceptance',
  'merit-order-with-choice',
];

const allocated = (instance: Instance): Allocation => {
  const allocation = allocate(instance);
  if (!allocation.ok) throw new Error(JSON.stringify(allocation.error));
  return allocation.value;
};

/** With the list of one applicant replaced. */
const saying = (instance: Instance, applicant: string, preferences: string[]): Instance => ({
  ...instance,
  applicants: instance.applicants.map((one) => (one.id === applicant ? { ...one, preferences } : one)),
});

const placed = (matches: Matches): string[] =>
  Object.keys(matches)
    .filter((id) => matches[id] !== null)
    .toSorted();

const filledSeats = (matches: Matches): string[] => Object.values(matches).map(String).toSorted();

describe.for(mechanisms)('allocating by %s', (mechanism) => {
  const slow = mechanism === 'merit-order-with-choice' ? slowMeritOrder : slowDeferredAcceptance;

  it('agrees with the slow implementation, whatever caps there are', () => {
    fc.assert(
      fc.property(anyMarket({ mechanism }), (instance) => {
        expect(allocated(instance).matches).toEqual(slow(instance));
      }),
      many,
    );
  });

  it('exceeds no capacity and no cap, and places nobody where one side did not name the other', () => {
    fc.assert(
      fc.property(anyMarket({ mechanism }), (instance) => {
        expect(isFeasible(instance, allocated(instance).matches)).toBe(true);
      }),
      many,
    );
  });

  it('leaves no pair that would rather have each other', () => {
    fc.assert(
      fc.property(anyMarket({ mechanism }), (instance) => {
        const { matches, blockingPairs } = allocated(instance);

        expect([blockingPairs, slowBlockingPairs(instance, matches)]).toEqual([[], []]);
      }),
      many,
    );
  });

  it('gives everyone the first wish whose cut-off they reach', () => {
    fc.assert(
      fc.property(anyMarket({ mechanism }), (instance) => {
        const { matches, cutoffs } = allocated(instance);
        const reaches = (applicant: string, vacancy: string): boolean => {
          const { ranking = [] } = instance.vacancies.find(({ id }) => id === vacancy) ?? {};
          const place = ranking.indexOf(applicant) + 1;
          return place > 0 && place <= (cutoffs[vacancy] ?? Number.POSITIVE_INFINITY);
        };
        const explained = instance.applicants.map(({ id, preferences }) => [
          id,
          preferences.find((vacancy) => reaches(id, vacancy)) ?? null,
        ]);

        expect(Object.fromEntries(explained)).toEqual(matches);
      }),
      many,
    );
  });

  it('answers the same in whatever order applicants, vacancies and caps stand', () => {
    const shuffled = anyMarket({ mechanism }).chain((instance) =>
      fc
        .tuple(
          fc.shuffledSubarray(instance.applicants, { minLength: instance.applicants.length }),
          fc.shuffledSubarray(instance.vacancies, { minLength: instance.vacancies.length }),
          fc.shuffledSubarray(instance.caps, { minLength: instance.caps.length }),
        )
        .map(
          ([applicants, vacancies, caps]) =>
            [instance, { ...instance, applicants, vacancies, caps }] as const,
        ),
    );
    fc.assert(
      fc.property(shuffled, ([instance, other]) => {
        expect(allocated(other)).toEqual(allocated(instance));
      }),
      many,
    );
  });

  it('never rewards an applicant for another list than the true one', () => {
    fc.assert(
      fc.property(anyMarket({ applicants: 4, vacancies: 4, mechanism }), (instance) => {
        const { matches } = allocated(instance);
        const vacancies = instance.vacancies.map(({ id }) => id);
        const gains = instance.applicants.flatMap(({ id, preferences }) =>
          everyList(vacancies).filter(
            (lie) =>
              wishNumber(preferences, allocated(saying(instance, id, lie)).matches[id]) <
              wishNumber(preferences, matches[id]),
          ),
        );

        expect(gains).toEqual([]);
      }),
      few,
    );
  });
});

describe('deferred acceptance', () => {
  it('is best for every applicant among all stable allocations, also under caps', () => {
    fc.assert(
      fc.property(anyMarket({ applicants: 4, vacancies: 4 }), (instance) => {
        const { matches } = allocated(instance);
        const stable = everyStable(instance);
        const better = stable.filter((other) =>
          instance.applicants.some(
            ({ id, preferences }) =>
              wishNumber(preferences, other[id]) < wishNumber(preferences, matches[id]),
          ),
        );

        expect(stable).toContainEqual(matches);
        expect(better).toEqual([]);
      }),
      few,
    );
  });

  it('without caps fills every vacancy as far as any stable allocation does, and places the same people', () => {
    fc.assert(
      fc.property(anyMarket({ applicants: 4, vacancies: 4, caps: false }), (instance) => {
        const { matches } = allocated(instance);
        const filled = filledSeats(matches);
        for (const other of everyStable(instance)) {
          expect(placed(other)).toEqual(placed(matches));
          expect(filledSeats(other)).toEqual(filled);
        }
      }),
      few,
    );
  });

  it('lowers no cut-off and harms nobody when somebody stays away', () => {
    fc.assert(
      fc.property(anyMarket(), (instance) => {
        const [away] = instance.applicants;
        if (!away) return;
        const all = allocated(instance);
        const without = allocated(saying(instance, away.id, []));
        const harmed = instance.applicants.filter(
          ({ id, preferences }) =>
            id !== away.id &&
            wishNumber(preferences, without.matches[id]) > wishNumber(preferences, all.matches[id]),
        );

        expect(harmed).toEqual([]);
        for (const { id } of instance.vacancies) {
          expect(without.cutoffs[id] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
            all.cutoffs[id] ?? Number.POSITIVE_INFINITY,
          );
        }
      }),
      many,
    );
  });
});
