import { isAroundAll } from '#shared/allocation/cap-members.ts';
import type { Instance } from '#shared/allocation/instance.ts';
import { none, type OpenSeats } from '#shared/allocation/market.ts';
import type { Fault } from '#shared/errors.ts';

type Known = {
  vacancyNumbers: ReadonlyMap<string, number>;
  applicantNumbers: ReadonlyMap<string, number>;
  /** In the order that the instance names, if it names one. */
  places: Int32Array | undefined;
};

/** The open seats that a cap fills first. They need one order of the people, and one cap around all vacancies that has them. */
export const openSeatsIn = (instance: Instance, known: Known, faults: Fault[]): OpenSeats | undefined => {
  const named = instance.caps.flatMap((whole, cap) => (whole.open ? [{ whole, open: whole.open, cap }] : []));
  for (const [index, { whole, open, cap }] of named.entries()) {
    const place = `/caps/${cap}/open`;
    if (open.first > whole.max) {
      const facts = { first: open.first, max: whole.max };
      faults.push({ place: `${place}/first`, message: 'allocation.open-over-max', facts });
    }
    if (!known.places) faults.push({ place, message: 'allocation.open-needs-order' });
    if (index > 0 || !isAroundAll(instance, whole))
      faults.push({ place, message: 'allocation.open-needs-all' });
  }
  const [only] = named;
  return only && { cap: only.cap, first: only.open.first, taken: takenIn(only, known, faults) };
};

const takenIn = (
  { cap, open: { taken = [] } }: { cap: number; open: NonNullable<Instance['caps'][number]['open']> },
  { vacancyNumbers, applicantNumbers, places }: Known,
  faults: Fault[],
): OpenSeats['taken'] => {
  const before = new Map<string, Set<string>>();
  return taken
    .map(({ applicant: id, vacancy }, index) => {
      const place = `/caps/${cap}/open/taken/${index}`;
      const applicant = applicantNumbers.get(id) ?? none;
      const inOrder = places?.[applicant] ?? none;
      const number = vacancyNumbers.get(vacancy) ?? none;
      if (applicant === none)
        faults.push({ place: `${place}/applicant`, message: 'allocation.unknown-applicant', facts: { id } });
      else if (inOrder === none && places)
        faults.push({ place: `${place}/applicant`, message: 'allocation.not-in-order', facts: { id } });
      if (number === none) {
        const facts = { id: vacancy };
        faults.push({ place: `${place}/vacancy`, message: 'allocation.unknown-vacancy', facts });
      }
      const seats = before.get(id) ?? new Set();
      // Counted twice it would take a seat from the limit that nobody has.
      if (seats.has(vacancy))
        faults.push({ place, message: 'allocation.taken-twice', facts: { id, vacancy } });
      before.set(id, seats.add(vacancy));
      return { vacancy: number, place: inOrder };
    })
    .toSorted((a, b) => a.place - b.place);
};
