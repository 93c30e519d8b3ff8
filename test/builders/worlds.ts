import { idAlphabet } from '#shared/domain/ids.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { Chance, Clock, Nudge } from '#shared/ports/world.ts';

/** `at('2022-10-04T18:00')`: a moment in UTC, to the minute. */
export const at = (minute: string): Instant => Instant.parse(`${minute}:00.000Z`);

/** A clock that stands until it is moved. */
export const aClock = (
  start: Instant,
): Clock & { to: (instant: Instant) => void; pass: (seconds: number) => void } => {
  let now = start;
  return {
    now: () => now,
    to: (instant) => {
      now = instant;
    },
    pass: (seconds) => {
      now = addSeconds(now, seconds);
    },
  };
};

/** Chance that repeats itself from test to test: ids count up, at their front, so that numbers made of them differ. */
export const aChance = (): Chance => {
  let drawn = 0;
  const letters = (places: readonly number[]): string =>
    places.map((place) => idAlphabet.charAt((drawn >> (5 * place)) & 31)).join('');
  // After a thousand they are longer. An odd length repeats no pair, so that none was drawn before.
  const next = (): string => {
    drawn += 1;
    return letters(drawn < 1024 ? [1, 0] : [4, 3, 2, 1, 0]);
  };
  return { id: () => next().repeat(10).slice(0, 20), token: (bytes) => `token-${next()}-${bytes}` };
};

/** Counts how often the outbox was woken. */
export const aNudge = (): Nudge & { times: () => number } => {
  let times = 0;
  return {
    outbox: async () => {
      times += 1;
    },
    times: () => times,
  };
};
