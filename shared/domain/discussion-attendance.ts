import * as z from 'zod';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** Somebody who came after the discussion was opened, or came back. */
const Late = z.object({ personId: PersonId, at: Instant });

/** Somebody who went before it was closed, and since when they had been there. */
const Left = z.object({ personId: PersonId, from: Instant, at: Instant });

/** What was noted of somebody: that they were there when it was opened, came later, or went. */
export const Noted = z.enum(['presence', 'arrival', 'departure']);
type Noted = z.infer<typeof Noted>;

/** A note that was made by mistake and taken back: when it was made, and when that was seen. */
const Undone = z.object({ personId: PersonId, what: Noted, noted: Instant, at: Instant });

/** Who is there, who came and who went. */
export const Attendance = z.object({
  openedAt: Instant,
  /** Who is not there: did not come, has not yet, or has gone. */
  absent: z.array(PersonId),
  /** In the order in which they came; absent where nobody did. */
  late: z.array(Late).optional(),
  /** In the order in which they went; absent where nobody did. */
  left: z.array(Left).optional(),
  undone: z.array(Undone).optional(),
});
export type Attendance = z.infer<typeof Attendance>;

const step = { at: Instant, by: PersonId, personId: PersonId };
/** Whom a conflict of interest kept out of the room at that moment, of what was talked about; absent where nobody, and in older records. */
const away = z.array(PersonId).min(1).optional();

/** Events of a discussion. */
export const attendanceEvents = [
  /** Somebody came who was not there. */
  z.object({ type: z.literal('member-arrived'), ...step, away }),
  /** Somebody went before the end, and does not count as present from then on. */
  z.object({ type: z.literal('member-left'), ...step, away }),
  /** The last note of somebody was made by mistake: it is as if it had not been made. */
  z.object({ type: z.literal('attendance-undone'), ...step, what: Noted, noted: Instant }),
] as const;
const AttendanceEvent = z.discriminatedUnion('type', attendanceEvents);
export type AttendanceEvent = z.infer<typeof AttendanceEvent>;

/** What was noted last of somebody in the room; undefined of who has not come. */
export const noteOf = (
  { openedAt, absent, late = [], left = [] }: Attendance,
  personId: PersonId,
): { what: Noted; at: Instant } | undefined => {
  const isTheirs = (one: { personId: PersonId }): boolean => one.personId === personId;
  const gone = left.findLast(isTheirs);
  if (absent.includes(personId)) return gone && { what: 'departure', at: gone.at };
  const came = late.findLast(isTheirs);
  return came ? { what: 'arrival', at: came.at } : { what: 'presence', at: openedAt };
};

export const evolveAttendance = (before: Attendance, event: AttendanceEvent): Partial<Attendance> => {
  const { absent, late = [], left = [], undone = [] } = before;
  const { personId, at } = event;
  const there = absent.filter((id) => id !== personId);
  switch (event.type) {
    case 'member-arrived':
      return { absent: there, late: [...late, { personId, at }] };
    case 'member-left': {
      const from = noteOf(before, personId)?.at ?? before.openedAt;
      return { absent: [...there, personId], left: [...left, { personId, from, at }] };
    }
    case 'attendance-undone': {
      const { what, noted } = event;
      return {
        absent: what === 'departure' ? there : [...there, personId],
        ...(what === 'arrival' && { late: withoutLast(late, personId) }),
        ...(what === 'departure' && { left: withoutLast(left, personId) }),
        undone: [...undone, { personId, what, noted, at }],
      };
    }
    default:
      return event satisfies never;
  }
};

const withoutLast = <One extends { personId: PersonId }>(all: readonly One[], personId: PersonId): One[] => {
  const last = all.findLastIndex((one) => one.personId === personId);
  return all.filter((_, index) => index !== last);
};

type Stay = { from: Instant; until: Instant | undefined };

/** From when until when somebody was there; the last one goes on where it has no end. */
const staysOf = (attendance: Attendance, personId: PersonId): Stay[] => {
  const { absent, left = [] } = attendance;
  const over = left.flatMap(({ from, at, ...one }) =>
    one.personId === personId ? [{ from, until: at }] : [],
  );
  const since = absent.includes(personId) ? undefined : noteOf(attendance, personId)?.at;
  return since === undefined ? over : [...over, { from: since, until: undefined }];
};

/** While a committee talked about one application without a break. */
type Span = { applicationId: ApplicationId; from: Instant; until?: Instant | undefined };

/** Whether somebody was there for any part of it. */
export const wasThere = (attendance: Attendance, personId: PersonId, { from, until }: Span): boolean =>
  staysOf(attendance, personId).some(
    (stay) => (until === undefined || stay.from <= until) && (stay.until === undefined || stay.until >= from),
  );

/** Who came later or went, and what was talked about meanwhile, in the order in which it was begun. */
type Missed = { personId: PersonId; at: Instant; missed: ApplicationId[] };

/** Who was not there when it was opened and came later: without what was begun before that, or not all of it. */
export const latecomers = (attendance: Attendance, spans: readonly Span[]): Missed[] => {
  const { late = [] } = attendance;
  return late.flatMap(({ personId, at }, index) => {
    const isFirst = late.findIndex((one) => one.personId === personId) === index;
    const missed = spans.flatMap(({ applicationId, from }) => (from < at ? [applicationId] : []));
    return isFirst && cameLate(attendance, personId) ? [{ personId, at, missed: [...new Set(missed)] }] : [];
  });
};

/** Each stay but one that began with the opening began with an arrival. */
const cameLate = (attendance: Attendance, personId: PersonId): boolean => {
  const arrivals = (attendance.late ?? []).filter((one) => one.personId === personId);
  return arrivals.length === staysOf(attendance, personId).length;
};

/** Who went before the end, when they came back, and what went on or was begun while they were not there. */
export const leavers = (
  attendance: Attendance,
  spans: readonly Span[],
): (Missed & { back: Instant | undefined })[] => {
  const { left = [] } = attendance;
  return left.map(({ personId, at }, index) => {
    const nth = left.slice(0, index).filter((one) => one.personId === personId).length;
    const back = staysOf(attendance, personId)[nth + 1]?.from;
    const missed = spans.flatMap(({ applicationId, from, until }) =>
      (until === undefined || until > at) && (back === undefined || from < back) ? [applicationId] : [],
    );
    return { personId, at, back, missed: [...new Set(missed)] };
  });
};
