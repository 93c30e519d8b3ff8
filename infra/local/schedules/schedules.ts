import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeWhole } from '#infra/local/files.ts';
import type { HomeClock, HomeLog } from '#infra/local/ports.ts';
import { type NextRun, readExpression } from '#infra/local/schedules/expression.ts';
import type { ScheduleDescription } from '#infra/local/template/description.ts';

export type Schedules = {
  /** Runs what is due by the clock, each once however often it was missed, and resolves when all have ended. */
  runDue: () => Promise<void>;
  /** When each is due next. */
  upcoming: () => { name: string; at: number | undefined }[];
  stop: () => void;
};

type Options = {
  schedules: readonly ScheduleDescription[];
  clock: HomeClock;
  /** Where the time of the last run of each is kept. */
  file: string;
  run: (schedule: ScheduleDescription) => Promise<void>;
  log: HomeLog;
};

/** Time of the last run by name, milliseconds since 1970. */
const LastRuns = z.record(z.string(), z.number());

type Entry = { schedule: ScheduleDescription; next: NextRun; last: number; running: boolean };

const second = 1000;
const minute = 60_000;
/** A wall clock that is set right by no more than this runs nothing twice; by more, it is another time. */
const correction = 10 * minute;

/**
 * Hosts the schedules of the template. The clock is looked at each second instead of setting a timer for each run: that is
 * indifferent to suspended machines, and a rehearsal that jumps over three months does not stop at 130,000 minutes.
 */
export const startSchedules = ({ schedules, clock, file, run, log }: Options): Schedules => {
  const stored = readLastRuns(file);
  const entries = schedules.map((schedule): Entry => {
    const next = readExpression(schedule.expression, schedule.timeZone);
    return { schedule, next, last: stored[schedule.name] ?? clock.now(), running: false };
  });
  let kept = 0;

  /** A lost time of a minute's schedule costs one more run after a kill, so writing once a minute is enough. */
  const keep = (): void => {
    const now = Date.now();
    if (now - kept < minute) return;
    kept = now;
    const lastRuns = Object.fromEntries(entries.map(({ schedule, last }) => [schedule.name, last]));
    try {
      writeWhole(file, JSON.stringify(lastRuns satisfies z.infer<typeof LastRuns>));
    } catch (error) {
      log('SCHEDULES_NOT_KEPT', `The times of the last runs cannot be written: ${String(error)}`);
    }
  };

  const runOnce = async (entry: Entry, now: number): Promise<void> => {
    entry.running = true;
    entry.last = now;
    try {
      await run(entry.schedule);
    } finally {
      entry.running = false;
    }
  };

  const runDue = async (): Promise<void> => {
    const now = clock.now();
    const due = entries.filter((entry) => isDue(entry, now));
    if (due.length === 0) return;
    const runs = due.map((entry) => runOnce(entry, now));
    keep();
    await Promise.all(runs);
  };

  // What was never due yet counts from the first start on, also when a kill comes before the first run.
  keep();
  const look = setInterval(() => void runDue(), second);
  return {
    runDue,
    upcoming: () => entries.map(({ schedule, next, last }) => ({ name: schedule.name, at: next(last) })),
    stop: () => {
      clearInterval(look);
      kept = 0;
      keep();
    },
  };
};

/** A clock may have been set back: then the last run lies in the future and counts as now, unless it was only set right. */
const isDue = (entry: Entry, now: number): boolean => {
  if (entry.last - now > correction) entry.last = now;
  const next = entry.next(entry.last);
  return !entry.running && next !== undefined && next <= now;
};

const readLastRuns = (file: string): z.infer<typeof LastRuns> => {
  try {
    return LastRuns.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The first start, or a damaged file: then every schedule begins now.
    return {};
  }
};
