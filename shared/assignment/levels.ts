import type { Problem, Rater } from '#shared/assignment/problem.ts';

/** Above so many levels of load all are alike. */
export const mostLevels = 48;

/**
 * Levels of load: each rating is one near the load that everybody would have if nothing else bound, so that loads are even to one
 * rating there; below and above, a sixteenth of the even share is. A search for each single rating would take too long.
 */
export type Levels = { step: number; low: number; high: number };

/** For a flow that only asks what can be filled: loads are even or not, and a search for each level takes time. */
export const allAlike: Levels = { step: Infinity, low: 0, high: 0 };

/** Ratings below and above the even load that are levels of their own. */
const near = 2;

export const levelsOf = ({ items, raters, total }: Problem): Levels => {
  const open = raters.filter(({ max, kept }) => max > kept);
  const even = evenLoad(
    open,
    items.reduce((sum, { need }) => sum + need, 0),
  );
  const step = Math.max(1, Math.round(total / Math.max(1, open.length) / 16));
  return { step, low: Math.max(0, even - near), high: even + near + 1 };
};

/** The load up to which everybody can be filled with so many ratings, those with less first. */
const evenLoad = (open: readonly Pick<Rater, 'kept' | 'max'>[], need: number): number => {
  const filled = (load: number): number =>
    open.reduce((sum, { kept, max }) => sum + Math.max(0, Math.min(load, max) - kept), 0);
  let [enough, most] = [0, Math.max(0, ...open.map(({ kept }) => kept)) + need];
  while (enough < most) {
    const load = Math.ceil((enough + most) / 2);
    if (filled(load) <= need) enough = load;
    else most = load - 1;
  }
  return enough;
};

/** The level of the next rating of somebody with this load, and the load at which the next level begins. */
export const levelAt = ({ step, low, high }: Levels, load: number): { level: number; next: number } => {
  const below = Math.ceil(low / step);
  if (load < low) {
    const level = Math.floor(load / step);
    return { level, next: Math.min(low, (level + 1) * step) };
  }
  if (load < high) return { level: below + load - low, next: load + 1 };
  const above = Math.floor((load - high) / step);
  const level = below + high - low + above;
  return level < mostLevels
    ? { level, next: high + (above + 1) * step }
    : { level: mostLevels, next: Infinity };
};
