import type { HomeClock } from '#infra/local/ports.ts';
import { createTimerQueue } from '#infra/local/timers.ts';

/** A suspended machine or a corrected wall clock is noticed after this long; also far below setTimeout's 24.8 days. */
const longestSleep = 15_000;

/** What the operator of a rehearsal can do to time besides letting it pass. */
export type RehearsalClock = HomeClock & {
  /** Milliseconds between the wall clock and this clock. */
  offset: () => number;
  /** What happens at every stop of a jump, after the timers that were due there (the schedules' missed runs). */
  onStop: (callback: () => Promise<void>) => void;
  /**
   * Moves time forward, stopping at each timer that becomes due in between, in order, and letting everything
   * that it starts come to rest before going on. Going back moves no timer: the caller checks that it is allowed.
   */
  advanceTo: (instant: number) => Promise<void>;
};

type Rest = {
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>;
  /** Stores the offset durably before anything happens at the new time. */
  keep: (offset: number) => void;
};

/** The machine's own time. Timers are wall-clock instants, so one that passed while the home was down fires at once. */
export const wallClock = (): HomeClock & { stop: () => void } => clockWith(() => Date.now());

/** A clock that runs like the wall clock, `offset` milliseconds away, and can be moved. */
export const rehearsalClock = (
  startOffset: number,
  { idle, keep }: Rest,
): RehearsalClock & { stop: () => void } => {
  let offset = startOffset;
  let moving: Promise<void> = Promise.resolve();
  const stops: (() => Promise<void>)[] = [];
  const clock = clockWith(() => Date.now() + offset);

  const moveTo = (instant: number): void => {
    offset = instant - Date.now();
    keep(offset);
  };

  const settle = async (): Promise<void> => {
    clock.fire();
    await idle();
    for (const atStop of stops) await atStop();
    await idle();
  };

  const jump = async (target: number): Promise<void> => {
    for (;;) {
      const next = clock.next();
      const stop = next === undefined || next > target ? target : next;
      // Real time flows during the stops, so the clock may already be past one.
      if (stop > clock.now()) moveTo(stop);
      await settle();
      const following = clock.next();
      if (stop === target && (following === undefined || following > target)) return;
    }
  };

  const move = async (instant: number, back: boolean): Promise<void> => {
    await idle();
    if (back) moveTo(instant);
    await jump(instant);
  };

  /** One move after the other; a failed one does not hold up the next. */
  const advanceTo = (instant: number): Promise<void> => {
    // Asked now: a moment that real time passes before its turn comes is no way back.
    const back = instant < clock.now();
    moving = moving.catch(() => undefined).then(() => move(instant, back));
    return moving;
  };

  return {
    now: clock.now,
    at: clock.at,
    stop: clock.stop,
    offset: () => offset,
    onStop: (callback) => void stops.push(callback),
    advanceTo,
  };
};

/** Timers over any source of time. `fire` calls what is due now; real time calls it too. */
const clockWith = (now: () => number) => {
  const queue = createTimerQueue();
  const housekeeping = createTimerQueue();
  let sleep: NodeJS.Timeout | undefined;
  let stopped = false;

  const arm = (): void => {
    clearTimeout(sleep);
    const next = Math.min(queue.next() ?? Infinity, housekeeping.next() ?? Infinity);
    if (next === Infinity || stopped) return;
    sleep = setTimeout(fire, Math.min(Math.max(next - now(), 0), longestSleep));
  };

  const fire = (): void => {
    for (const each of [queue, housekeeping]) {
      for (let callback = each.takeDue(now()); callback; callback = each.takeDue(now())) callback();
    }
    arm();
  };

  const at: HomeClock['at'] = (instant, callback, purpose) => {
    const chosen = purpose === 'housekeeping' ? housekeeping : queue;
    const cancel = chosen.add(instant, callback);
    // Most timers wait behind an earlier one: only a new earliest changes when to wake.
    if (chosen.next() === instant) arm();
    return cancel;
  };

  const stop = (): void => {
    stopped = true;
    clearTimeout(sleep);
  };

  return { now, at, fire, next: queue.next, stop };
};
