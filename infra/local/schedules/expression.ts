import { Cron } from 'croner';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** When a schedule is due next after an instant; undefined when never again. Milliseconds since 1970. */
export type NextRun = (after: number) => number | undefined;

const units: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Reads EventBridge's three spellings: `rate(5 minutes)`, `cron(0 21 * * ? *)` with Sunday as 1 and a year, and
 * `at(2027-03-01T18:00:00)`. (EventBridge Scheduler User Guide, "Schedule types".)
 * @throws HomeFault for anything else
 */
export const readExpression = (expression: string, timeZone: string): NextRun => {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  try {
    if (kind === 'rate') return rate(inside);
    if (kind === 'cron') return cron(inside, timeZone);
    if (kind === 'at') return once(inside, timeZone);
  } catch (error) {
    throw unreadable(expression, error instanceof Error ? error.message : String(error));
  }
  throw unreadable(expression, 'it is neither rate(…), cron(…) nor at(…)');
};

const unreadable = (expression: string, reason: string): HomeFault =>
  new HomeFault(`This home cannot host the schedule ${expression}: ${reason}.`, exitCodes.unhostable);

const rate = (inside: string): NextRun => {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(inside) ?? [];
  const period = Number(count) * (units[unit] ?? 0);
  if (!(period > 0)) throw new Error('it needs a number and minutes, hours or days');
  return (after) => after + period;
};

const cron = (inside: string, timeZone: string): NextRun => {
  const fields = inside.split(/\s+/);
  if (fields.length !== 6) throw new Error('it needs six fields');
  // As on AWS: of the two ways to name a day one is left open.
  if ((fields[2] === '?') === (fields[4] === '?'))
    throw new Error('either the day of the month or the day of the week must be ?');
  // Seconds first, the year last; AWS counts weekdays from Sunday as 1, as Quartz does.
  const pattern = new Cron(`0 ${fields.join(' ')}`, {
    timezone: timeZone,
    alternativeWeekdays: true,
    sloppyRanges: true,
    paused: true,
  });
  return (after) => pattern.nextRun(new Date(after))?.getTime();
};

const once = (inside: string, timeZone: string): NextRun => {
  const moment = new Cron(inside, { timezone: timeZone, paused: true });
  return (after) => moment.nextRun(new Date(after))?.getTime();
};
