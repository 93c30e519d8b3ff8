import { type Cascade, isLive, openWishes, seatsTakenIn } from '#shared/domain/cascade.ts';
import { slowDeferredAcceptance, slowOpenFirst } from '../allocation/slow.ts';

/** Who is due what where posts are kept, by the slow implementation: the free seats of a cascade as an instance, counted here anew. */
export const slowWave = (state: Cascade): ReadonlyMap<string, string> => {
  const taken = seatsTakenIn(state);
  const takenIn = (group: Iterable<string>) =>
    [...group].reduce((sum, code) => sum + (taken.get(code) ?? 0), 0);
  const freeAt = (code: string): number => Math.max(0, (state.posts.get(code) ?? 0) - (taken.get(code) ?? 0));
  const people = [...state.seekers.values()].map((seeker) => ({
    id: seeker.id,
    preferences: openWishes(seeker),
  }));
  const order = people.map(({ id }) => id);
  const isOpenFirst = state.openFirst !== undefined;
  const holders = [...state.seekers.values()].flatMap(({ id, offers }) =>
    offers.filter(isLive).map(({ vacancy }) => ({ applicant: id, vacancy })),
  );
  const isWanted = (code: string): boolean =>
    people.some(({ preferences }) => preferences.includes(code)) && freeAt(code) > 0;
  // Only posts that somebody waits for, or has, are part of an instance.
  const vacancies = [...state.posts.keys()].filter(
    (code) => isWanted(code) || (isOpenFirst && holders.some(({ vacancy }) => vacancy === code)),
  );
  const inside = (group: Iterable<string>): string[] => [...group].filter((code) => vacancies.includes(code));
  const [total] = state.limits;
  const keeping = (state.reserves ?? []).map(({ posts, vacancies: group }, index) => ({
    vacancies: inside(group),
    max: 99,
    reserve: isOpenFirst ? posts : Math.max(0, posts - takenIn(group)),
    precedence: index + 1,
  }));
  // Unless each counts for itself, quotas that are the same among these vacancies are one, in the place of the first that keeps any.
  const same = new Map<string, (typeof keeping)[number]>();
  for (const one of keeping.filter(({ reserve }) => reserve > 0)) {
    const name = state.counting ? String(one.precedence) : one.vacancies.toSorted().join(', ');
    const first = same.get(name) ?? one;
    same.set(name, { ...first, reserve: Math.max(first.reserve, one.reserve) });
  }
  const allocate = isOpenFirst ? slowOpenFirst : slowDeferredAcceptance;
  const matches = allocate({
    applicants: people,
    vacancies: vacancies.map((id) => ({
      id,
      capacity: freeAt(id),
      region: 'any',
      subject: 'any',
      ranking: order,
    })),
    caps: [
      ...(isOpenFirst && total
        ? [{ vacancies, max: total.posts, open: { first: state.openFirst ?? 0, taken: holders } }]
        : []),
      ...state.limits.map(({ posts, vacancies: group }) => ({
        vacancies: inside(group),
        max: Math.max(0, posts - takenIn(group)),
      })),
      ...same.values(),
    ],
    order,
    mechanism: 'applicant-proposing-deferred-acceptance',
  });
  return new Map(
    Object.entries(matches).flatMap(([id, code]) => (code === null ? [] : [[id, code] as const])),
  );
};
