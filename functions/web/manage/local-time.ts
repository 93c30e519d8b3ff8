import { addSeconds, type Instant, readInstant } from '#shared/domain/time.ts';
import { offsetAt } from '#shared/domain/zone.ts';

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
/** As people write it, where a browser has no field for days and times. */
const written = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),? +(\d{1,2}):(\d{2})$/;

/**
 * A time as a wall clock in a zone shows it (`2027-03-01T18:00`, or 1.03.2027 18:00), as a moment. Undefined when it is no time, or one
 * that the clock skips when it is put forward. Of a time that the clock shows twice, the later one: nobody loses an
 * hour of a deadline.
 */
export const readLocalTime = (typed: string, zone: string): Instant | undefined => {
  const text = withoutDots(typed.trim());
  if (!shape.test(text)) return undefined;
  const asIfUtc = readInstant(`${text}:00.000Z`);
  if (!asIfUtc) return undefined;
  const dayMilliseconds = 86_400_000;
  const around = [-dayMilliseconds, dayMilliseconds].map((shift) =>
    momentOf(new Date(asIfUtc).getTime() + shift),
  );
  return around
    .flatMap((near) => (near ? offsetAt(zone, near) : []))
    .flatMap((offset) => readInstant(`${text}:00.000${offset}`) ?? [])
    .filter((instant) => localTextOf(instant, zone) === text)
    .toSorted()
    .at(-1);
};

/** The same with seconds, where some are typed. Both are what a field for days and times sends that counts in seconds. */
export const readLocalMoment = (typed: string, zone: string): Instant | undefined => {
  const [, time, seconds = '0'] = /^(.*?\d:\d{2})(?::([0-5]\d))?$/.exec(typed.trim()) ?? [];
  const minute = time === undefined ? undefined : readLocalTime(time, zone);
  return minute && addSeconds(minute, Number(seconds));
};

const two = (digits: string): string => digits.padStart(2, '0');

const withoutDots = (text: string): string => {
  const [, day = '', month = '', year = '', hours = '', minutes = ''] = written.exec(text) ?? [];
  return day === '' ? text : `${year}-${two(month)}-${two(day)}T${two(hours)}:${minutes}`;
};

/** Undefined beyond the years that a moment can be in. */
const momentOf = (milliseconds: number): Instant | undefined =>
  readInstant(new Date(milliseconds).toISOString());

/** The same spelling, of a moment; `to` the minute where nothing else is said. */
export const localTextOf = (instant: Instant, zone: string, to: 'minute' | 'second' = 'minute'): string => {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(offsetAt(zone, instant)) ?? [];
  const shift = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1);
  return new Date(new Date(instant).getTime() + shift).toISOString().slice(0, to === 'minute' ? 16 : 19);
};
