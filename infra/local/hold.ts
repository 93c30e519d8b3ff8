import { setTimeout as sleep } from 'node:timers/promises';

/** Lets everything that writes stand still for a moment, as a backup needs it. */
export type Hold = {
  /** Runs work that may write; while everything stands still it waits for its turn. */
  pass: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Lets what runs come to its end, holds what comes, and runs work in between. One after the other.
   * @throws when what runs does not end in time; nothing was held any longer then
   */
  still: <T>(work: () => Promise<T>) => Promise<T>;
};

/**
 * Work that passes must not wait for other work that passes: a call of a function is none, the calls that it makes are.
 * @param patienceMilliseconds for what runs to come to its end
 */
export const createHold = (patienceMilliseconds = 10_000): Hold => {
  const state: { running: number; standing?: Promise<void> | undefined } = { running: 0 };
  let rest = Promise.withResolvers<void>();

  const pass = async <T>(work: () => Promise<T>): Promise<T> => {
    // Another one may begin while this one is told that the last one ended.
    while (state.standing) await state.standing;
    state.running += 1;
    try {
      return await work();
    } finally {
      state.running -= 1;
      if (state.running === 0) rest.resolve();
    }
  };

  const untilRest = async (): Promise<void> => {
    if (state.running === 0) return;
    rest = Promise.withResolvers<void>();
    const given = new AbortController();
    const late = sleep(patienceMilliseconds, true, { signal: given.signal }).catch(() => false);
    const isLate = await Promise.race([late, rest.promise.then(() => false)]);
    given.abort();
    if (isLate)
      throw new Error(`${state.running} calls did not end within ${patienceMilliseconds / 1000} seconds.`);
  };

  const still = async <T>(work: () => Promise<T>): Promise<T> => {
    while (state.standing) await state.standing;
    const released = Promise.withResolvers<void>();
    state.standing = released.promise;
    try {
      await untilRest();
      return await work();
    } finally {
      state.standing = undefined;
      released.resolve();
    }
  };

  return { pass, still };
};
