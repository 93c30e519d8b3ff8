import { type Cascade, openWishes, seatsTakenIn } from '#shared/domain/cascade.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';

/** A wish with a free seat that nobody can be offered, and the limits that are used up, by their place in `limits` of the cascade. */
export type CappedWish = { vacancy: string; limits: readonly number[] };

/**
 * The best wish of each person that has a free seat and is not to be had, because limits of the round file are used up by those who have posts
 * under them, once the offers that are due are made; only people about whom a limit decides anything.
 */
export const cappedWishes = (state: Cascade): ReadonlyMap<string, CappedWish> => {
  const due = waveOf(state);
  const taken = new Map(seatsTakenIn(state));
  for (const vacancy of due.values()) taken.set(vacancy, (taken.get(vacancy) ?? 0) + 1);
  const used = state.limits.map(({ vacancies }) =>
    [...vacancies].reduce((sum, code) => sum + (taken.get(code) ?? 0), 0),
  );
  const limitsAt = (vacancy: string): number[] => {
    if ((state.posts.get(vacancy) ?? 0) <= (taken.get(vacancy) ?? 0)) return [];
    return state.limits.flatMap(({ posts, vacancies }, index) =>
      vacancies.has(vacancy) && (used[index] ?? 0) >= posts ? [index] : [],
    );
  };
  const capped = new Map<string, CappedWish>();
  for (const seeker of state.seekers.values()) {
    const open = openWishes(seeker);
    const own = due.get(seeker.id);
    const wanted = own === undefined ? open : open.slice(0, open.indexOf(own));
    const vacancy = wanted.find((wish) => limitsAt(wish).length > 0);
    if (vacancy !== undefined) capped.set(seeker.id, { vacancy, limits: limitsAt(vacancy) });
  }
  return capped;
};
