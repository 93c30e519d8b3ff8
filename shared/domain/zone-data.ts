import { Instant } from '#shared/domain/time.ts';
import { offsetAt } from '#shared/domain/zone.ts';

/** The zones of Kazakhstan by the names that tz data of today gives them. */
export const timeZones = [
  'Asia/Almaty',
  'Asia/Aqtau',
  'Asia/Aqtobe',
  'Asia/Atyrau',
  'Asia/Oral',
  'Asia/Qostanay',
  'Asia/Qyzylorda',
] as const;
type TimeZone = (typeof timeZones)[number];

/** What a runtime knows of clocks. @throws RangeError for a zone that it has never heard of */
type Offsets = (timeZone: string, instant: Instant) => string;

const before = Instant.parse('2024-02-29T12:00:00.000Z');
const since = Instant.parse('2024-03-01T12:00:00.000Z');

/** Those that showed UTC+6 until the last day of February 2024 (tz data 2024a). */
const moved: ReadonlySet<TimeZone> = new Set<TimeZone>(['Asia/Almaty', 'Asia/Qostanay']);

/**
 * Zones of which the time-zone data of this runtime are older than 2024a: all of Kazakhstan is UTC+5 since 1 March 2024.
 * Where there is one, deadlines would be an hour off (ANCHORS F15), in what is shown as in what is decided.
 */
export const staleZones = (offsets: Offsets = offsetAt): TimeZone[] =>
  timeZones.filter((zone) => !isKnown(zone, offsets));

const isKnown = (zone: TimeZone, offsets: Offsets): boolean => {
  try {
    return (
      offsets(zone, since) === '+05:00' && offsets(zone, before) === (moved.has(zone) ? '+06:00' : '+05:00')
    );
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
