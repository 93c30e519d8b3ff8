import type { Instant } from '#shared/domain/time.ts';

/** One appointment, or a moment such as a deadline, which has no end. Texts are shown as they are. */
export type Appointment = {
  /** Stable: importing the file again replaces the appointment. */
  uid: string;
  /** Grows with each change, so that calendars take a moved appointment for the newer one (RFC 5545, 3.8.7.4). */
  sequence?: number;
  startsAt: Instant;
  endsAt?: Instant;
  /** When it was made or changed last. */
  stamp: Instant;
  title: string;
  place?: string | undefined;
  text: string;
  address: string;
  /** It does not take place: calendars strike out what they took in under this uid (RFC 5545, 3.8.1.11). */
  cancelled?: boolean;
};

/**
 * Appointments as a calendar file (RFC 5545). Its moments are UTC, so no calendar with older rules of a zone can shift
 * them; the zone's full name stands beside them for calendars that show it.
 * @param zone full name of the zone, such as `Asia/Almaty`
 */
export const calendarFile = (zone: string, appointments: readonly Appointment[]): string => {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Irikteu//Calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-TIMEZONE:${zone}`,
    ...appointments.flatMap(linesOf),
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
};

const linesOf = ({
  uid,
  sequence = 0,
  startsAt,
  endsAt,
  stamp,
  title,
  place,
  text,
  address,
  cancelled = false,
}: Appointment): string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `SEQUENCE:${sequence}`,
  ...(cancelled ? ['STATUS:CANCELLED'] : []),
  `DTSTAMP:${utc(stamp)}`,
  `DTSTART:${utc(startsAt)}`,
  ...(endsAt === undefined ? [] : [`DTEND:${utc(endsAt)}`]),
  `SUMMARY:${escaped(title)}`,
  ...(place === undefined ? [] : [`LOCATION:${escaped(place)}`]),
  `DESCRIPTION:${escaped(text)}`,
  `URL:${address}`,
  'END:VEVENT',
];

/** `20221024T040000Z` */
const utc = (instant: Instant): string => `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** RFC 5545, 3.3.11. */
const escaped = (text: string): string =>
  text.replaceAll(/[\\;,]/g, (character) => `\\${character}`).replaceAll(/\r\n|\r|\n/g, '\\n');

const maxOctets = 75;

/** Lines of at most 75 octets, the following ones begun with a space; never within a character (RFC 5545, 3.1). */
const folded = (line: string): string[] => {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (octets(part + character) > maxOctets) {
      parts.push(part);
      part = ' ';
    }
    part += character;
  }
  return [...parts, part];
};

/** In UTF-8. */
const octets = (text: string): number => encoder.encode(text).length;

const encoder = new TextEncoder();
