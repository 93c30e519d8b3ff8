import { type Lists, none } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';
import type { Fault } from '#shared/errors.ts';

/** Each applicant's place in the order that an instance names, or `none`. Unknown and doubled names are added to the faults. */
export const placesIn = (
  order: readonly string[],
  numbers: ReadonlyMap<string, number>,
  faults: Fault[],
): Int32Array => {
  const places = new Int32Array(numbers.size).fill(none);
  for (const [index, id] of order.entries()) {
    const applicant = numbers.get(id);
    const place = `/order/${index}`;
    if (applicant === undefined) {
      faults.push({ place, message: 'allocation.unknown-applicant', facts: { id } });
      continue;
    }
    if (places[applicant] !== none) faults.push({ place, message: 'allocation.named-twice', facts: { id } });
    places[applicant] = index;
  }
  return places;
};

/** Everybody who is ranked and stands not in the order, or before whom a ranking puts somebody that comes later in it. */
export const orderFaults = (
  { start, entries }: Lists,
  places: Int32Array,
  named: { placeOf: (list: number, index: number) => string; applicantIds: readonly string[] },
): Fault[] => {
  const faults: Fault[] = [];
  for (let list = 0; list + 1 < start.length; list += 1) {
    const first = at(start, list);
    let latest = none;
    for (let index = first; index < at(start, list + 1); index += 1) {
      const applicant = at(entries, index);
      const place = at(places, applicant);
      if (place === none || place < latest) {
        const message = place === none ? 'allocation.not-in-order' : 'allocation.against-order';
        const facts = { id: named.applicantIds[applicant] ?? '' };
        faults.push({ place: named.placeOf(list, index - first), message, facts });
      }
      latest = Math.max(latest, place);
    }
  }
  return faults;
};
