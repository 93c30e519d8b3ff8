import { HospitalResident } from 'hospital-resident';
import type { Hospital, Resident } from './textbook.ts';

/** Deferred acceptance of the npm package hospital-resident, a port of Python's `matching`. It wants nobody whom no list names. */
export const peer = (residents: readonly Resident[], hospitals: readonly Hospital[]): Map<string, string> => {
  const wanted = hospitals.filter(({ ranking }) => ranking.length > 0);
  const game = HospitalResident.createFromDictionaries(
    Object.fromEntries(residents.map(({ id, preferences }) => [id, preferences])),
    Object.fromEntries(wanted.map(({ id, ranking }) => [id, ranking])),
    Object.fromEntries(wanted.map(({ id, capacity }) => [id, capacity])),
  );
  const matches = Object.entries(game.solve('resident').toRecord());
  return new Map(matches.flatMap(([hospital, staff]) => staff.map((id) => [id, hospital] as const)));
};
