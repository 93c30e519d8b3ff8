import { type Cascade, openWishes, seatsTakenIn } from '#shared/domain/cascade.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';

/** A wish with a free seat that nobody can be offered, and the limits that are used up, by their place in `limits` of the cascade. */
export type CappedWish = { vacancy: string; limits: readonly number[] };

/**
 * The best wish of one person that has a free seat and is not to be had, because limits of the round file are used up by those who have posts under them, once the offers that are due are made. Undefined where no
 * limit decides anything about the person.
 */
export const cappedWish = (state: Cascade, id: string): CappedWish | undefined => {
  const seeker = state.seekers.get(id);
  const open = seeker ? openWishes(seeker) : [];
  if (open.length === 0) return undefined;
  const due = waveOf(state);
  const taken = new Map(seatsTakenIn(state));
  for (const vacancy of due.values()) taken.set(vacancy, (taken.get(vacancy) ?? 0) + 1);
  const own = due.get(id);
  const wanted = own === undefined ? open : open.slice(0, open.indexOf(own));
  for (const vacancy of wanted) {
    if ((state.posts.get(vacancy) ?? 0) <= (taken.get(vacancy) ?? 0)) continue;
    const limits = state.limits.flatMap(({ posts, vacancies }, index) => {
      const used = [...vacancies].reduce((sum, code) => sum + (taken.get(code) ?? 0), 0);
      return vacancies.has(vacancy) && used >= posts ? [index] : [];
    });
    if (limits.length > 0) return { vacancy, limits };
  }
  return undefined;
};
