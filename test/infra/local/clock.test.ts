import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createActivity } from '#infra/local/activity.ts';
import { rehearsalClock, wallClock } from '#infra/local/clock.ts';
import { createTimerQueue } from '#infra/local/timers.ts';

const day = 86_400_000;
const minute = 60_000;

const aRehearsal = () => {
  const activity = createActivity();
  const kept: number[] = [];
  const clock = rehearsalClock(0, { idle: activity.idle, keep: (offset) => void kept.push(offset) });
  return { activity, clock, kept };
};

describe('the clock of a home', () => {
  it('calls back for an instant that passed while the home was down', async () => {
    const clock = wallClock();

    await new Promise<void>((resolve) => void clock.at(Date.now() - day, resolve));

    clock.stop();
    expect(clock.now()).toBeGreaterThan(0);
  });

  it('waits longer than setTimeout can, without firing at once', async () => {
    const clock = wallClock();
    let fired = false;
    clock.at(Date.now() + 40 * day, () => {
      fired = true;
    });

    await new Promise((resolve) => void setTimeout(resolve, 30));

    clock.stop();
    expect(fired).toBe(false);
  });

  it('that is put forward by an hour fires within a quarter of a minute, and put back waits for its instant', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const clock = wallClock();
    const fired: string[] = [];
    const start = Date.now();
    clock.at(start + 30 * minute, () => void fired.push('half an hour'));
    clock.at(start + 61 * minute, () => void fired.push('an hour'));

    vi.setSystemTime(start + 60 * minute);
    await vi.advanceTimersByTimeAsync(15_000);
    const afterForward = [...fired];
    vi.setSystemTime(start);
    await vi.advanceTimersByTimeAsync(60 * minute);
    const afterBack = [...fired];
    await vi.advanceTimersByTimeAsync(minute);

    clock.stop();
    expect([afterForward, afterBack]).toEqual([['half an hour'], ['half an hour']]);
    expect(fired).toEqual(['half an hour', 'an hour']);
  });

  it('stops at each deadline of three months, in order, at its own time', async () => {
    const { clock } = aRehearsal();
    const start = clock.now();
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, Math.round((clock.now() - start) / day)]);
    clock.at(start + 60 * day, note('claims close'));
    clock.at(start + 30 * day, note('call closes'));
    clock.at(start + 100 * day, note('too late'));

    await clock.advanceTo(start + 90 * day);

    clock.stop();
    expect(seen).toEqual([
      ['call closes', 30],
      ['claims close', 60],
    ]);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 90 * day);
  });

  it('lets what a deadline starts come to rest before time goes on', async () => {
    const { clock, activity } = aRehearsal();
    const start = clock.now();
    const seen: string[] = [];
    const closeCall = async (): Promise<void> => {
      await new Promise((resolve) => void setTimeout(resolve, 20));
      seen.push(`closed on day ${Math.round((clock.now() - start) / day)}`);
      clock.at(start + 31 * day, () => void seen.push('screening reminder'));
    };
    clock.at(start + 30 * day, () => void activity.track(closeCall()));

    await clock.advanceTo(start + 60 * day);

    clock.stop();
    expect(seen).toEqual(['closed on day 30', 'screening reminder']);
  });

  it('runs missed schedules once at each stop, not once for each minute', async () => {
    const { clock } = aRehearsal();
    const start = clock.now();
    let runs = 0;
    clock.onStop(async () => {
      runs += 1;
    });
    clock.at(start + 10 * day, () => undefined);

    await clock.advanceTo(start + 90 * day);

    clock.stop();
    expect(runs).toBe(2);
  });

  it('does not stop for housekeeping, but does it', async () => {
    const { clock } = aRehearsal();
    const start = clock.now();
    let stops = 0;
    let cleaned = 0;
    clock.onStop(async () => {
      stops += 1;
    });
    const everyNight = (instant: number): void => {
      clock.at(
        instant,
        () => {
          cleaned += 1;
          everyNight(clock.now() + day);
        },
        'housekeeping',
      );
    };
    everyNight(start + day);

    await clock.advanceTo(start + 90 * day);

    clock.stop();
    expect({ stops, cleaned }).toEqual({ stops: 1, cleaned: 1 });
  });

  it('keeps each new time before anything happens at it', async () => {
    const { clock, kept } = aRehearsal();
    const start = clock.now();
    let keptBefore = 0;
    clock.at(start + 10 * day, () => {
      keptBefore = kept.length;
    });

    await clock.advanceTo(start + 20 * day);

    clock.stop();
    expect(keptBefore).toBe(1);
    expect(kept).toHaveLength(2);
  });

  it('does not go back to an instant that real time passed before its turn came', async () => {
    const { clock, activity } = aRehearsal();
    const slow = new Promise<void>((resolve) => void setTimeout(resolve, 30));
    void activity.track(slow);
    const soon = clock.now() + 5;

    await clock.advanceTo(soon);

    clock.stop();
    expect(clock.now()).toBeGreaterThan(soon + 20);
  });

  it('goes back when told so', async () => {
    const { clock } = aRehearsal();
    const past = Date.parse('2022-09-14T00:00:00Z');

    await clock.advanceTo(past);

    clock.stop();
    expect(new Date(clock.now()).toISOString().slice(0, 10)).toBe('2022-09-14');
  });
});

describe('pending timers', () => {
  it('come out by instant, then in the order of asking', () => {
    const queue = createTimerQueue();
    const seen: string[] = [];
    queue.add(2, () => void seen.push('c'));
    queue.add(1, () => void seen.push('a'));
    queue.add(1, () => void seen.push('b'));

    for (let due = queue.takeDue(5); due; due = queue.takeDue(5)) due();

    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('forget one that was cancelled by the one before it', () => {
    const queue = createTimerQueue();
    const seen: string[] = [];
    const cancels: (() => void)[] = [];
    queue.add(1, () => {
      seen.push('first');
      for (const cancel of cancels) cancel();
    });
    cancels.push(queue.add(1, () => void seen.push('second')));

    for (let due = queue.takeDue(5); due; due = queue.takeDue(5)) due();

    expect(seen).toEqual(['first']);
  });
});
