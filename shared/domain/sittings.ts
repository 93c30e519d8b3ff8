import * as z from 'zod';
import { addSeconds, Instant } from '#shared/domain/time.ts';

/** From a moment on until another one, which is no longer part of it. */
export const Sitting = z.object({ from: Instant, until: Instant });
export type Sitting = z.infer<typeof Sitting>;

/**
 * When the whole committee holds interviews; `times` is how many at once, where that is not one: until 27 November 2026 it could be
 * planned into several rooms.
 */
export const CommitteeSitting = Sitting.extend({ times: z.int().min(2).optional() });
export type CommitteeSitting = z.infer<typeof CommitteeSitting>;

export const overlaps = (a: Sitting, b: Sitting): boolean => a.from < b.until && b.from < a.until;

/** Whether nobody can be at both: they overlap, or less than so many minutes lie between. */
export const tooClose = (a: Sitting, b: Sitting, minutes: number): boolean =>
  overlaps(a, widened(b, minutes));

export const widened = ({ from, until }: Sitting, minutes: number): Sitting => ({
  from: addSeconds(from, -minutes * 60),
  until: addSeconds(until, minutes * 60),
});

/** The first of some times that another time of a second list overlaps, or has fewer minutes in between. */
export const meeting = (
  taken: readonly Sitting[],
  wanted: readonly Sitting[],
  minutes = 0,
): Sitting | undefined => {
  // Once, not for each pair: a round has thousands of times.
  const wide = wanted.map((one) => widened(one, minutes));
  return taken.find((one) => wide.some((other) => overlaps(one, other)));
};

/** In the order of time; those that touch are one. */
export const joined = (sittings: readonly Sitting[]): Sitting[] => {
  const found: Sitting[] = [];
  for (const sitting of sittings.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = found.at(-1);
    if (last && sitting.from <= last.until) {
      found[found.length - 1] = { from: last.from, until: later(last.until, sitting.until) };
    } else found.push(sitting);
  }
  return found;
};

const later = (a: Instant, b: Instant): Instant => (a < b ? b : a);

/** What is left of a time once another one is taken out of it. */
const without = (sitting: Sitting, taken: Sitting): Sitting[] => {
  if (!overlaps(sitting, taken)) return [sitting];
  return [
    { from: sitting.from, until: taken.from },
    { from: taken.until, until: sitting.until },
  ].filter(({ from, until }) => from < until);
};

/** What is left of times once another one is taken out of them. */
export const leaving = (sittings: readonly Sitting[], taken: Sitting): Sitting[] =>
  sittings.flatMap((sitting) => without(sitting, taken));

/** Times counted together, in their order, and those less that leave the plan. */
export const counted = (
  sittings: readonly CommitteeSitting[],
  gone: readonly Sitting[] = [],
): CommitteeSitting[] => {
  const steps = new Map<Instant, number>();
  const step = ({ from, until }: Sitting, by: number): void => {
    steps.set(from, (steps.get(from) ?? 0) + by);
    steps.set(until, (steps.get(until) ?? 0) - by);
  };
  for (const sitting of sittings) step(sitting, sitting.times ?? 1);
  for (const sitting of gone) step(sitting, -1);
  const turns = [...steps].filter(([, by]) => by !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  let times = 0;
  return turns.flatMap(([from, by], index): CommitteeSitting[] => {
    times += by;
    const until = turns[index + 1]?.[0];
    return until && times > 0 ? [{ from, until, ...(times > 1 && { times }) }] : [];
  });
};
