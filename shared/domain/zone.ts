import { addSeconds, Instant, instantOf } from '#shared/domain/time.ts';

/**
 * A zone's offset from UTC at a moment, as ISO 8601 writes it: `+06:00`. Almaty's changed to +05:00 on
 * 1 March 2024, so an offset belongs to a moment and not to a zone.
 */
export const offsetAt = (timeZone: string, instant: Instant): string => {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(instant))
    .find((part) => part.type === 'timeZoneName');
  return name?.value.replace('GMT', '') || '+00:00';
};

/** The calendar day (YYYY-MM-DD) of a moment in a zone. */
export const dayAt = (timeZone: string, instant: Instant): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  );

/** The hour of a moment as a zone's clocks show it, 0 to 23. */
export const hourAt = (timeZone: string, instant: Instant): number =>
  Number(
    new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(new Date(instant)),
  );

/**
 * The moment at which a calendar day ends in a zone: the next midnight on its clocks. A deadline "by the end of the day"
 * is this moment, which is already too late.
 */
export const endOfDay = (timeZone: string, day: string): Instant => atHour(timeZone, day, 24);

/**
 * The moment at which a zone's clocks show an hour of a calendar day.
 * @param hour 0 to 24
 */
export const atHour = (timeZone: string, day: string, hour: number): Instant => {
  const utc = addSeconds(Instant.parse(`${day}T00:00:00.000Z`), hour * 3600);
  const local = utc.slice(0, -1);
  // The offset of that hour in UTC may be that of before a change: the second look is at the moment itself.
  const guess = instantOf(new Date(`${local}${offsetAt(timeZone, utc)}`));
  return instantOf(new Date(`${local}${offsetAt(timeZone, guess)}`));
};

/** When letters that remind go out. */
export const morning = 9;
