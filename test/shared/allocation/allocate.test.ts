import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allocation, allocate } from '#shared/allocation/allocate.ts';
import type { Instance, Matches } from '#shared/allocation/instance.ts';
import { anyMarket } from '#test/builders/market.ts';
import { everyList, everyStable, rankedBy, saying, wantingWhoRanksThem, wishNumber } from './every.ts';
import {
  isFeasible,
  slowBlockingPairs,
  slowDeferredAcceptance,
  slowMeritOrder,
  slowOpenFirst,
} from './slow.ts';

const soak = process.env['SOAK'] ? 200 : 1;
const many = { numRuns: 1_000 * soak };
const few = { numRuns: process.env['SOAK'] ? 200_000 : 150 };

const mechanisms = [
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: false },
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: true },
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: true, open: true },
  { mechanism: 'merit-order-with-choice', ordered: false },
  { mechanism: 'merit-order-with-choice', ordered: true },
] as const;

const allocated = (instance: Instance): Allocation => {
  const allocation = allocate(instance);
  if (!allocation.ok) throw new Error(JSON.stringify(allocation.error));
  return allocation.value;
};

const placed = (matches: Matches): string[] =>
  Object.keys(matches)
    .filter((id) => matches[id] !== null)
    .toSorted();

const filledSeats = (matches: Matches): string[] => Object.values(matches).map(String).toSorted();

describe.for(mechanisms)(
  'allocating by $mechanism, one order named: $ordered, open seats first: $open',
  (kind) => {
    const { mechanism, open } = { open: false, ...kind };
    const slow = open
      ? slowOpenFirst
      : mechanism === 'merit-order-with-choice'
        ? slowMeritOrder
        : slowDeferredAcceptance;

    it('agrees with the slow implementation, whatever caps there are', () => {
      fc.assert(
        fc.property(anyMarket(kind), (instance) => {
          expect(allocated(instance).matches).toEqual(slow(instance));
        }),
        many,
      );
    });

    it('exceeds no capacity and no cap, and places nobody where one side did not name the other', () => {
      fc.assert(
        fc.property(anyMarket(kind), (instance) => {
          expect(isFeasible(instance, allocated(instance).matches)).toBe(true);
        }),
        many,
      );
    });

    it('leaves no pair that would rather have each other', () => {
      fc.assert(
        fc.property(anyMarket(kind), (instance) => {
          const { matches, blockingPairs } = allocated(instance);

          expect([blockingPairs, slowBlockingPairs(instance, matches)]).toEqual([[], []]);
        }),
        many,
      );
    });

    it('gives everyone the first wish whose cut-off they reach', () => {
      fc.assert(
        fc.property(anyMarket(kind), (instance) => {
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
      const shuffled = anyMarket(kind).chain((instance) =>
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

    it('answers the same whether or not people also name vacancies that do not rank them', () => {
      fc.assert(
        fc.property(anyMarket(kind), (instance) => {
          expect(allocated(wantingWhoRanksThem(instance))).toEqual(allocated(instance));
        }),
        many,
      );
    });

    // Every list of those who rank the applicant stands for all lists that name others as well: the property before says so.
    it('never rewards an applicant for another list than the true one', () => {
      fc.assert(
        fc.property(anyMarket({ applicants: 4, vacancies: 4, ...kind }), (instance) => {
          const { matches } = allocated(instance);
          const gains = instance.applicants.flatMap(({ id, preferences }) =>
            everyList(rankedBy(instance, id)).filter(
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
  },
);

const withoutReserves = (instance: Instance): Instance => ({
  ...instance,
  caps: instance.caps.map(({ reserve: _none, ...cap }) => cap),
});

/** One seat for two people, the second of whom has physics alone; each group has a reserve of this precedence. */
const held = (physics: number, chemistry: number): Matches => {
  const vacancies = ['chemistry', 'physics'].map((id) => ({
    id,
    capacity: 1,
    region: 'any',
    subject: id,
    ranking: ['berik', 'aigul'],
  }));
  return allocated({
    applicants: [
      { id: 'aigul', preferences: ['physics'] },
      { id: 'berik', preferences: ['chemistry'] },
    ],
    vacancies,
    caps: [
      { region: 'any', max: 1 },
      { vacancies: ['physics'], max: 1, reserve: 1, precedence: physics },
      { vacancies: ['chemistry'], max: 1, reserve: 1, precedence: chemistry },
    ],
    order: ['berik', 'aigul'],
    mechanism: 'applicant-proposing-deferred-acceptance',
  }).matches;
};

describe('deferred acceptance in one order', () => {
  it('without reserves gives what a merit order with choice gives, so that it is that of the people alone who comes first', () => {
    fc.assert(
      fc.property(anyMarket({ ordered: true }), (instance) => {
        const deferred = withoutReserves(instance);

        expect(allocated(deferred).matches).toEqual(
          allocated({ ...deferred, mechanism: 'merit-order-with-choice' }).matches,
        );
      }),
      many,
    );
  });

  it('gives the same where nobody wants what is reserved, and leaves no seat empty for it', () => {
    fc.assert(
      fc.property(anyMarket({ ordered: true }), fc.nat({ max: 4 }), (instance, index) => {
        const unwanted = instance.vacancies.filter(({ id }) => id >= `v${index}`).map(({ id }) => id);
        const others = {
          ...withoutReserves(instance),
          applicants: instance.applicants.map((one) => ({
            ...one,
            preferences: one.preferences.filter((id) => !unwanted.includes(id)),
          })),
          caps: [{ vacancies: instance.vacancies.map(({ id }) => id), max: 3 }],
        };
        if (unwanted.length === 0) return;
        const reserved = { ...others, caps: [...others.caps, { vacancies: unwanted, max: 2, reserve: 2 }] };

        expect(allocated(reserved).matches).toEqual(allocated(others).matches);
      }),
      many,
    );
  });

  it('puts first, of two reserves under a full cap, the one with the lower precedence', () => {
    expect(held(1, 2)).toEqual({ aigul: 'physics', berik: null });
    expect(held(2, 1)).toEqual({ aigul: null, berik: 'chemistry' });
  });
});

describe.for([false, true])('deferred acceptance, one order named: %s', (ordered) => {
  it('is best for every applicant among all stable allocations, also under caps and with reserves', () => {
    fc.assert(
      fc.property(anyMarket({ applicants: 4, vacancies: 4, ordered }), (instance) => {
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
      fc.property(anyMarket({ applicants: 4, vacancies: 4, caps: false, ordered }), (instance) => {
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
      fc.property(anyMarket({ ordered }), (instance) => {
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
