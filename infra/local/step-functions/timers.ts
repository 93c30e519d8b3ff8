import { setTimeout as sleep } from 'node:timers/promises';
import type { HomeClock } from '#infra/local/ports.ts';
import type { DueTimer, Store } from './store.ts';

export type Timers = {
  /** A timer was written: wake up for it. */
  notice: (at: number) => void;
  /** Fires what is due, also what became due while the home was down. */
  scan: () => void;
  close: () => void;
};

/** Real milliseconds, also in a rehearsal: it is the disk that needs them. */
const pauseAfterFault = 1_000;

/**
 * Wall-clock timers from the table: one call of the clock for the earliest, however many wait.
 * @param fire resolves when the timer's effect is on disk (it is then gone from the table)
 */
export const openTimers = (
  clock: HomeClock,
  store: Pick<Store, 'dueTimers' | 'nextTimer'>,
  fire: (timer: DueTimer) => Promise<void>,
): Timers => {
  const firing = new Set<string>();
  let armed: { at: number; cancel: () => void } | undefined;
  let isClosed = false;

  const arm = (at: number): void => {
    armed?.cancel();
    armed = { at, cancel: clock.at(at, wake) };
  };

  const wake = (): void => {
    armed = undefined;
    scan();
  };

  const scan = (): void => {
    if (isClosed) return;
    const now = clock.now();
    for (const timer of store.dueTimers(now)) {
      const key = `${timer.execution}/${timer.frame}/${timer.kind}/${timer.at}`;
      if (!firing.has(key)) void fireOnce(key, timer);
    }
    const next = store.nextTimer(now);
    if (next !== undefined) notice(next);
  };

  const fireOnce = async (key: string, timer: DueTimer): Promise<void> => {
    firing.add(key);
    try {
      await fire(timer);
    } catch {
      // Its row could not be taken away. Looking again at once would go round for ever.
      if (!isClosed) await sleep(pauseAfterFault, undefined, { ref: false });
    }
    firing.delete(key);
    if (firing.size === 0) scan();
  };

  const notice = (at: number): void => {
    if (!isClosed && (armed === undefined || at < armed.at)) arm(at);
  };

  return {
    notice,
    scan,
    close: () => {
      isClosed = true;
      armed?.cancel();
    },
  };
};
