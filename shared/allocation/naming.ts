import { capMembers } from '#shared/allocation/cap-members.ts';
import type { Instance } from '#shared/allocation/instance.ts';
import { type Caps, type Lists, type Market, none, sidesOf } from '#shared/allocation/market.ts';
import { openSeatsIn } from '#shared/allocation/open-naming.ts';
import { orderFaults, placesIn } from '#shared/allocation/order.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A market and the names of its numbers. */
export type Named = {
  market: Market;
  applicantIds: readonly string[];
  vacancyIds: readonly string[];
  applicantNumbers: Numbers;
  vacancyNumbers: Numbers;
};

type Numbers = ReadonlyMap<string, number>;

/** Gives everything its number. @returns every doubled and unknown name with its JSON pointer, if there is one */
export const named = (instance: Instance): Result<Named, Fault[]> => {
  const { applicants, vacancies } = instance;
  const faults: Fault[] = [];
  const applicantIds = applicants.map(({ id }) => id);
  const order = vacancies.map(({ id }, at) => ({ id, at })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const vacancyIds = order.map(({ id }) => id);
  const applicantNumbers = numbersOf(applicantIds, (at) => `/applicants/${at}/id`, faults);
  const vacancyNumbers = numbersOf(vacancyIds, (at) => `/vacancies/${order[at]?.at ?? at}/id`, faults);
  const preferences = listsOf(
    applicants.map((applicant) => applicant.preferences),
    vacancyNumbers,
    {
      placeOf: (list, at) => `/applicants/${list}/preferences/${at}`,
      unknown: 'allocation.unknown-vacancy',
      faults,
    },
  );
  const placeOf = (list: number, at: number): string => `/vacancies/${order[list]?.at ?? list}/ranking/${at}`;
  const rankings = listsOf(
    order.map(({ at }) => vacancies[at]?.ranking ?? []),
    applicantNumbers,
    { placeOf, unknown: 'allocation.unknown-applicant', faults },
  );
  const places = instance.order && placesIn(instance.order, applicantNumbers, faults);
  const caps = {
    ...capsOf(instance, vacancyNumbers, faults),
    open: openSeatsIn(instance, { vacancyNumbers, applicantNumbers, places }, faults),
  };
  if (places && faults.length === 0) {
    faults.push(...orderFaults(rankings, places, { placeOf, applicantIds }));
  }
  if (faults.length > 0) return refuse(faults);
  const capacity = Int32Array.from(order, ({ at }) => vacancies[at]?.capacity ?? 0);
  const market = { ...sidesOf(preferences, rankings, capacity), caps, order: places };
  return ok({ market, applicantIds, vacancyIds, applicantNumbers, vacancyNumbers });
};

const numbersOf = (ids: readonly string[], placeOf: (at: number) => string, faults: Fault[]): Numbers => {
  const numbers = new Map<string, number>();
  for (const [at, id] of ids.entries()) {
    if (numbers.has(id)) faults.push({ place: placeOf(at), message: 'allocation.doubled-id', facts: { id } });
    else numbers.set(id, numbers.size);
  }
  return numbers;
};

type Reading = { placeOf: (list: number, at: number) => string; unknown: string; faults: Fault[] };

/** Lists of names as lists of numbers. A name that stands twice in one list would be a tie with itself. */
const listsOf = (lists: readonly (readonly string[])[], numbers: Numbers, reading: Reading): Lists => {
  const { placeOf, unknown, faults } = reading;
  const start = new Int32Array(lists.length + 1);
  const entries = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  const lastSeen = new Int32Array(numbers.size).fill(none);
  let end = 0;
  for (const [list, names] of lists.entries()) {
    for (const [at, id] of names.entries()) {
      const number = numbers.get(id);
      if (number === undefined) {
        faults.push({ place: placeOf(list, at), message: unknown, facts: { id } });
        continue;
      }
      if (lastSeen[number] === list) {
        faults.push({ place: placeOf(list, at), message: 'allocation.named-twice', facts: { id } });
      }
      lastSeen[number] = list;
      entries[end] = number;
      end += 1;
    }
    start[list + 1] = end;
  }
  return { start, entries };
};

const capsOf = (instance: Instance, numbers: Numbers, faults: Fault[]): Caps => {
  const members = instance.caps.map((cap, at) => {
    const place = `/caps/${at}`;
    const inside = capMembers(instance, cap);
    if (cap.reserve !== undefined && cap.reserve > cap.max) {
      const facts = { reserve: cap.reserve, max: cap.max };
      faults.push({ place: `${place}/reserve`, message: 'allocation.reserve-over-max', facts });
    }
    if ('region' in cap && inside.length === 0) {
      const facts = { region: cap.region };
      faults.push({ place: `${place}/region`, message: 'allocation.empty-region', facts });
    }
    if ('subject' in cap && inside.length === 0) {
      const facts = { subject: cap.subject };
      faults.push({ place: `${place}/subject`, message: 'allocation.empty-subject', facts });
    }
    const placeOf = (_list: number, entry: number): string => `${place}/vacancies/${entry}`;
    return listsOf([inside], numbers, { placeOf, unknown: 'allocation.unknown-vacancy', faults }).entries;
  });
  return {
    members,
    max: Int32Array.from(instance.caps, ({ max, open }) => Math.max(0, max - (open?.taken?.length ?? 0))),
    reserve: Int32Array.from(instance.caps, ({ reserve }) => reserve ?? 0),
    precedence: Int32Array.from(instance.caps, ({ precedence }) => precedence ?? 0),
  };
};
