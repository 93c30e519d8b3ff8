import type { Cap } from '#shared/allocation/instance.ts';
import { slowDeferredAcceptance, slowOpenFirst } from '../allocation/slow.ts';
import { isHeld, openTo, postsOf, type SlowPerson, type SlowState, seatsIn } from './slow-cascade.ts';

/** Who is due what, by the slow implementations alone: whom remedies put first before everybody else. */
export const slowWave = (state: SlowState): ReadonlyMap<string, string> => {
  const now = structuredClone(state);
  const served = new Map<string, string>();
  for (;;) {
    const byRank = waveByRank(now);
    const owed = now.first.flatMap(({ name, vacancies }): [SlowPerson, string][] => {
      const person = now.people.find((one) => one.name === name);
      const wishes = person ? openTo(person) : [];
      const place = wishes.findIndex((wish) => vacancies.includes(wish) && hasFreeSeat(now, wish));
      const own = wishes.indexOf(byRank.get(name) ?? '');
      const vacancy = wishes[place];
      return person && vacancy !== undefined && (own === -1 || place < own) ? [[person, vacancy]] : [];
    });
    const [next] = owed;
    if (!next) return new Map([...served, ...byRank]);
    const [person, vacancy] = next;
    served.set(person.name, vacancy);
    person.held.push({ vacancy, status: 'open' });
    person.wishes = [];
  }
};

const hasFreeSeat = (state: SlowState, code: string): boolean =>
  seatsIn(state, [code]) < postsOf(state, code) &&
  state.limits.every(
    ({ posts, vacancies }) => !vacancies.includes(code) || seatsIn(state, vacancies) < posts,
  );

const waveByRank = (state: SlowState): ReadonlyMap<string, string> =>
  state.reserves.length === 0 ? oneAfterTheOther(state) : withKeptPosts(state);

/** Where nothing is kept, the best who is without anything chooses first. */
const oneAfterTheOther = (before: SlowState): ReadonlyMap<string, string> => {
  const state = structuredClone(before);
  const wave = new Map<string, string>();
  for (const person of state.people) {
    const vacancy = openTo(person).find((wish) => hasFreeSeat(state, wish));
    if (vacancy === undefined) continue;
    wave.set(person.name, vacancy);
    person.held.push({ vacancy, status: 'open' });
  }
  return wave;
};

/** Where posts are kept, the free seats as an instance of the slow allocation, counted here anew. */
const withKeptPosts = (state: SlowState): ReadonlyMap<string, string> => {
  const freeAt = (code: string): number => Math.max(0, postsOf(state, code) - seatsIn(state, [code]));
  const people = state.people.map((person) => ({ id: person.name, preferences: openTo(person) }));
  const order = people.map(({ id }) => id);
  const isOpenFirst = state.openFirst !== undefined;
  const holders = state.people.flatMap(({ name, held }) =>
    held.filter(isHeld).map(({ vacancy }) => ({ applicant: name, vacancy })),
  );
  const isWanted = (code: string): boolean =>
    people.some(({ preferences }) => preferences.includes(code)) && freeAt(code) > 0;
  // Only posts that somebody waits for, or has, are part of an instance.
  const vacancies = state.vacancies
    .map(({ code }) => code)
    .filter((code) => isWanted(code) || (isOpenFirst && holders.some(({ vacancy }) => vacancy === code)));
  const inside = (group: readonly string[]): string[] => group.filter((code) => vacancies.includes(code));
  const [total] = state.limits;
  const matches = (isOpenFirst ? slowOpenFirst : slowDeferredAcceptance)({
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
        max: Math.max(0, posts - seatsIn(state, group)),
      })),
      ...keeping(state, inside),
    ],
    order,
    mechanism: 'applicant-proposing-deferred-acceptance',
  });
  return new Map(
    Object.entries(matches).flatMap(([id, code]) => (code === null ? [] : [[id, code] as const])),
  );
};

const keeping = (state: SlowState, inside: (group: readonly string[]) => string[]): Cap[] => {
  const isOpenFirst = state.openFirst !== undefined;
  const all = state.reserves.map(({ posts, vacancies: group }, index) => ({
    vacancies: inside(group),
    max: 99,
    reserve: isOpenFirst ? posts : Math.max(0, posts - seatsIn(state, group)),
    precedence: index + 1,
  }));
  // Unless each counts for itself, quotas that are the same among these vacancies are one, in the place of the first that keeps any.
  const same = new Map<string, (typeof all)[number]>();
  for (const one of all.filter(({ reserve }) => reserve > 0)) {
    const name = state.isEachCounted ? String(one.precedence) : one.vacancies.toSorted().join(', ');
    const first = same.get(name) ?? one;
    same.set(name, { ...first, reserve: Math.max(first.reserve, one.reserve) });
  }
  return [...same.values()];
};
