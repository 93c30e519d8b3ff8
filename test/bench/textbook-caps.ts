import type { Hospital, Resident } from './textbook.ts';

/*
 * Deferred acceptance under nested caps as a textbook would have it, in objects and lists: one person after the other asks, and whenever a
 * vacancy or a cap holds one too many the last seat in the published order is given back, found by looking at all of them. Of the product
 * it shares nothing.
 */

/** A cap on vacancies, of whose seats so many come first. One that lies inside another comes before it. */
export type Cap = { inside: readonly string[]; max: number; reserve: number };

type Vacancy = {
  id: string;
  capacity: number;
  places: Map<string, number>;
  staff: Resident[];
  around: Group[];
};
type Group = { max: number; reserve: number; inside: Vacancy[]; people: number };

export const textbookUnderCaps = (
  residents: readonly Resident[],
  hospitals: readonly Hospital[],
  caps: readonly Cap[],
): Map<string, string> => {
  const vacancies = vacanciesOf(hospitals, caps);
  const asked = new Map<Resident, number>();
  const free = [...residents];
  for (let resident = free.pop(); resident; resident = free.pop()) {
    const wish = asked.get(resident) ?? 0;
    const id = resident.preferences[wish];
    if (id === undefined) continue;
    asked.set(resident, wish + 1);
    const vacancy = vacancies.get(id);
    if (vacancy?.places.has(resident.id)) free.push(...takeIn(resident, vacancy));
    else free.push(resident);
  }
  return new Map(
    [...vacancies.values()].flatMap(({ id, staff }) => staff.map((one) => [one.id, id] as const)),
  );
};

const vacanciesOf = (hospitals: readonly Hospital[], caps: readonly Cap[]): Map<string, Vacancy> => {
  const vacancies = new Map(
    hospitals.map(({ id, capacity, ranking }): [string, Vacancy] => {
      const places = new Map(ranking.map((resident, place) => [resident, place]));
      return [id, { id, capacity, places, staff: [], around: [] }];
    }),
  );
  for (const { inside, max, reserve } of caps) {
    const members = inside.flatMap((id) => vacancies.get(id) ?? []);
    const group: Group = { max, reserve, inside: members, people: 0 };
    for (const vacancy of members) vacancy.around.push(group);
  }
  return vacancies;
};

/** @returns who is without a seat for it; nobody where there was room */
const takeIn = (resident: Resident, vacancy: Vacancy): Resident[] => {
  const { staff, places, around } = vacancy;
  const placeOf = (one: Resident): number => places.get(one.id) ?? 0;
  staff.push(resident);
  staff.sort((a, b) => placeOf(a) - placeOf(b));
  for (const group of around) group.people += 1;
  if (staff.length > vacancy.capacity) return letGo(vacancy);
  const full = around.find(({ people, max }) => people > max);
  return full ? letGo(lastIn(full)) : [];
};

const letGo = ({ staff, around }: Vacancy): Resident[] => {
  for (const group of around) group.people -= 1;
  return staff.splice(-1);
};

const lastIn = (group: Group): Vacancy => {
  const [first, ...others] = group.inside.filter(({ staff }) => staff.length > 0);
  if (!first) throw new Error('A cap that holds nobody is not over its number.');
  return others.reduce((last, one) => (comesAfter(one, last) ? one : last), first);
};

/** Seats within a reserve come first, of several the outermost; then each vacancy's first seat, each one's second, and so on, by id. */
const comesAfter = (one: Vacancy, other: Vacancy): boolean => {
  const [mine, theirs] = [reservesOf(one), reservesOf(other)];
  if (mine !== theirs) return mine < theirs;
  if (one.staff.length !== other.staff.length) return one.staff.length > other.staff.length;
  return one.id > other.id;
};

/** One digit for each cap around, the outermost first: 1 where the seat is within its reserve. */
const reservesOf = ({ around }: Vacancy): string =>
  around
    .map(({ people, reserve }) => (people <= reserve ? '1' : '0'))
    .toReversed()
    .join('');
