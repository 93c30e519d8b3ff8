import * as z from 'zod';
import { isWorkingDay, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A region has one calendar, in versions. */
export const calendarId = 'REGION';

/** Holidays and moved days of some years, as an administrator imports them: the `calendar` of a round file, on its own. */
export const CalendarFile = z.strictObject({
  schemaVersion: z.literal(1),
  ...RoundFile.shape.calendar.shape,
});
export type CalendarFile = z.infer<typeof CalendarFile>;

/** Where none was imported: only weekends are free, so that a day by which staff must answer is never later than the law's. */
export const bareCalendar: WorkingCalendar = { holidays: [], transferred: [] };

/** The years of which a calendar knows the holidays, in order. */
export const yearsOf = ({ holidays }: WorkingCalendar): number[] =>
  [...new Set(holidays.map(yearOf))].toSorted((a, b) => a - b);

const yearOf = (day: string): number => Number(day.slice(0, 4));

const CalendarEvent = z.discriminatedUnion('type', [
  /** Read and kept; it waits until somebody has seen what it changes. */
  z.object({ type: z.literal('calendar-imported'), at: Instant, sha256: Sha256, years: z.array(z.int()) }),
  z.object({ type: z.literal('calendar-put-in-force'), at: Instant, sha256: Sha256 }),
]);
export type CalendarEvent = z.infer<typeof CalendarEvent>;

const Version = z.object({
  /** Of the file's exact bytes. */
  sha256: Sha256,
  years: z.array(z.int()),
  importedAt: Instant,
  inForceAt: Instant.optional(),
});

const RegionCalendar = z.object({
  /** Oldest first; a file that comes again later is a version again. */
  versions: z.array(Version),
  inForce: Sha256.optional(),
  waiting: Sha256.optional(),
});
export type RegionCalendar = z.infer<typeof RegionCalendar>;

export const noCalendar: RegionCalendar = { versions: [] };

/** The same file as the one that waits, or as the one in force where none waits, changes nothing. */
export const importCalendar = (
  { inForce, waiting }: RegionCalendar,
  version: { sha256: Sha256; years: number[] },
  now: Instant,
): CalendarEvent[] =>
  (waiting ?? inForce) === version.sha256 ? [] : [{ type: 'calendar-imported', at: now, ...version }];

/** Puts the version in force that a page showed; another one that came meanwhile is a lost race. */
export const putInForce = (
  { inForce, waiting }: RegionCalendar,
  sha256: Sha256,
  now: Instant,
): Result<CalendarEvent[], Refusal> => {
  if (inForce === sha256 && waiting === undefined) return ok([]);
  if (waiting !== sha256) return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'calendar-put-in-force', at: now, sha256 }]);
};

export const calendarAggregate: Aggregate<RegionCalendar, CalendarEvent> = {
  name: 'calendar',
  event: CalendarEvent,
  snapshot: RegionCalendar,
  evolve: (calendar = noCalendar, event) => {
    const { sha256, at } = event;
    if (event.type === 'calendar-imported') {
      const version = { sha256, years: event.years, importedAt: at };
      return { ...calendar, versions: [...calendar.versions, version], waiting: sha256 };
    }
    const newest = calendar.versions.findLastIndex((version) => version.sha256 === sha256);
    const versions = calendar.versions.map((version, index) =>
      index === newest ? Object.assign({}, version, { inForceAt: at }) : version,
    );
    return { versions, inForce: sha256 };
  },
  lists: () => ({}),
};

/** One thing that is wrong with the days of a calendar: where, and which text says it. */
type BrokenDay = {
  path: readonly (string | number)[];
  message: string;
  facts?: Record<string, string | number>;
};

/** What a calendar cannot mean: a day named twice, a free day that was free, a worked one that was worked, a year left out. */
export const brokenDays = (calendar: WorkingCalendar): BrokenDay[] => [
  ...doubledDays(calendar),
  ...idleMoves(calendar),
  ...leftOutYears(calendar),
];

const doubledDays = ({ holidays, transferred }: WorkingCalendar): BrokenDay[] => {
  const named = [
    ...holidays.map((day, index) => ({ day, path: ['holidays', index] })),
    ...transferred.flatMap(({ off, worked }, index) => [
      { day: off, path: ['transferred', index, 'off'] },
      ...(worked === undefined ? [] : [{ day: worked, path: ['transferred', index, 'worked'] }]),
    ]),
  ];
  const seen = new Set<string>();
  return named.flatMap(({ day, path }) => {
    const again = seen.has(day);
    seen.add(day);
    return again ? [{ path, message: 'calendar.doubled', facts: { day } }] : [];
  });
};

const idleMoves = ({ holidays, transferred }: WorkingCalendar): BrokenDay[] => {
  const unmoved = { holidays, transferred: [] };
  return transferred.flatMap(({ off, worked }, index) => [
    ...(isWorkingDay(off, unmoved)
      ? []
      : [{ path: ['transferred', index, 'off'], message: 'calendar.free-already', facts: { day: off } }]),
    ...(worked === undefined || !isWorkingDay(worked, unmoved)
      ? []
      : [
          {
            path: ['transferred', index, 'worked'],
            message: 'calendar.worked-already',
            facts: { day: worked },
          },
        ]),
  ]);
};

/** Moved days of a year without holidays, and years between the first and the last: somebody forgot them. */
const leftOutYears = (calendar: WorkingCalendar): BrokenDay[] => {
  const years = yearsOf(calendar);
  const [first, last] = [years.at(0), years.at(-1)];
  if (first === undefined || last === undefined) return [{ path: ['holidays'], message: 'calendar.empty' }];
  const moved = calendar.transferred.map(({ off }) => yearOf(off));
  const between = Array.from({ length: last - first + 1 }, (_one, index) => first + index);
  const missing = new Set([...between, ...moved].filter((year) => !years.includes(year)));
  return [...missing].map((year) => ({
    path: ['holidays'],
    message: 'calendar.year-left-out',
    facts: { year: String(year) },
  }));
};
