import * as fc from 'fast-check';
import { Instance, type Mechanism } from '#shared/allocation/instance.ts';

type Sizes = {
  applicants?: number;
  vacancies?: number;
  caps?: boolean;
  mechanism?: Mechanism;
  ordered?: boolean;
  open?: boolean;
};

const deferredAcceptance: Mechanism = 'applicant-proposing-deferred-acceptance';

/**
 * Any small market: people want some of the vacancies in any order, and vacancies rank some of the people. Caps are nested in any way,
 * also equal ones and ones around a single vacancy. In a merit order every vacancy ranks whom it ranks in the one order, and with
 * caps the first vacancy ranks everybody, so that the order is whole. `ordered` names the one order, and some reserves a precedence. With `open` a
 * cap around everything has open seats first, and some people have a seat already.
 */
export const anyMarket = ({
  applicants = 6,
  vacancies = 5,
  caps = true,
  mechanism = deferredAcceptance,
  ordered = false,
  open = false,
}: Sizes = {}): fc.Arbitrary<Instance> =>
  fc
    .record({
      people: fc.integer({ min: 0, max: applicants }),
      places: fc.integer({ min: 1, max: vacancies }),
    })
    .chain(({ people, places }) => {
      const applicantIds = Array.from({ length: people }, (_, index) => `a${index}`);
      const vacancyIds = Array.from({ length: places }, (_, index) => `v${index}`);
      const wholeOrder = mechanism === 'merit-order-with-choice';
      return fc.record({
        applicants: fc.tuple(
          ...applicantIds.map((id) => fc.record({ id: fc.constant(id), preferences: listOf(vacancyIds) })),
        ),
        vacancies: fc.tuple(
          ...vacancyIds.map((id, index) =>
            fc.record({
              id: fc.constant(id),
              capacity: fc.integer({ min: 0, max: 3 }),
              region: fc.constantFrom('north', 'south'),
              subject: fc.constantFrom('physics', 'chemistry'),
              ranking: ordered ? fc.subarray(applicantIds) : rankingOf(applicantIds, wholeOrder, index),
            }),
          ),
        ),
        caps: capsOf(caps, nestedCaps(vacancyIds, wholeOrder), open && openCap(vacancyIds, applicantIds)),
        mechanism: fc.constant(mechanism),
        ...(ordered && { order: fc.constant(applicantIds) }),
      });
    })
    .map((instance) => Instance.parse(instance));

const listOf = (ids: readonly string[]): fc.Arbitrary<string[]> =>
  fc.shuffledSubarray([...ids], { minLength: Math.min(1, ids.length) });

const rankingOf = (ids: string[], oneOrder: boolean, vacancy: number): fc.Arbitrary<string[]> => {
  if (!oneOrder) return listOf(ids);
  return vacancy === 0 ? fc.constant(ids) : fc.subarray(ids);
};

/** Splits the vacancies again and again, and puts a cap around some of the parts. */
const nestedCaps = (ids: readonly string[], withoutReserves: boolean): fc.Arbitrary<unknown[]> => {
  const here: fc.Arbitrary<unknown[]> = fc.array(
    fc
      .tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.option(fc.integer({ min: 1, max: 4 })))
      .map(([max, reserve, precedence]) => {
        const cap = { vacancies: [...ids], max };
        if (withoutReserves || reserve > max) return cap;
        return Object.assign(cap, { reserve }, precedence !== null && { precedence });
      }),
    { maxLength: ids.length > 1 ? 2 : 1 },
  );
  if (ids.length === 1) return here;
  return fc
    .tuple(fc.shuffledSubarray([...ids], { minLength: 1, maxLength: ids.length - 1 }), here)
    .chain(([part, around]) =>
      fc
        .tuple(
          nestedCaps(part, withoutReserves),
          nestedCaps(
            ids.filter((id) => !part.includes(id)),
            withoutReserves,
          ),
        )
        .map((parts) => around.concat(...parts)),
    );
};

const capsOf = (
  caps: boolean,
  nested: fc.Arbitrary<unknown[]>,
  around: false | fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown[]> => {
  if (!caps) return fc.constant([]);
  return around ? fc.tuple(around, nested).map(([cap, others]) => others.concat([cap])) : nested;
};

const openCap = (vacancies: string[], people: string[]): fc.Arbitrary<unknown> =>
  fc
    .record({
      first: fc.nat({ max: 3 }),
      more: fc.nat({ max: 4 }),
      taken: fc.uniqueArray(
        fc.record({ applicant: fc.constantFrom('', ...people), vacancy: fc.constantFrom(...vacancies) }),
        { maxLength: 3, selector: ({ applicant, vacancy }) => `${applicant} ${vacancy}` },
      ),
    })
    .map(({ first, more, taken }) => ({
      vacancies,
      max: first + more,
      open: { first, taken: taken.filter(({ applicant }) => applicant !== '') },
    }));
