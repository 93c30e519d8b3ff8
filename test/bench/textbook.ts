/* Deferred acceptance as textbooks have it, in idiomatic JavaScript: objects, Map and sort. */

export type Resident = { id: string; preferences: string[] };
export type Hospital = { id: string; capacity: number; ranking: string[] };

export const textbook = (
  residents: readonly Resident[],
  hospitals: readonly Hospital[],
): Map<string, string> => {
  const places = new Map(
    hospitals.map(({ id, ranking }) => [id, new Map(ranking.map((resident, place) => [resident, place]))]),
  );
  const capacities = new Map(hospitals.map(({ id, capacity }) => [id, capacity]));
  const held = new Map<string, Resident[]>(hospitals.map(({ id }) => [id, []]));
  const asked = new Map<Resident, number>();
  const free = [...residents];
  for (let resident = free.pop(); resident; resident = free.pop()) {
    const wish = asked.get(resident) ?? 0;
    const hospital = resident.preferences[wish];
    if (hospital === undefined) continue;
    asked.set(resident, wish + 1);
    const place = places.get(hospital);
    const staff = held.get(hospital);
    if (!place?.has(resident.id) || !staff) {
      free.push(resident);
      continue;
    }
    staff.push(resident);
    staff.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
    const last = staff.length > (capacities.get(hospital) ?? 0) ? staff.pop() : undefined;
    if (last) free.push(last);
  }
  return new Map([...held].flatMap(([hospital, staff]) => staff.map(({ id }) => [id, hospital] as const)));
};
