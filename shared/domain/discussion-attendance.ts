import * as z from 'zod';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** Somebody who came after the discussion was opened, or came back. */
const Late = z.object({ personId: PersonId, at: Instant });

/** Somebody who went before it was closed, and since when they had been there. */
const Left = z.object({ personId: PersonId, from: Instant, at: Instant });

/**
 * What was noted of somebody: that they were there when it was opened, came later, or went. `seat`: they took a place in the room while it
 * went on, and count as present from then on until somebody notes that they are not.
 */
export const Noted = z.enum(['presence', 'arrival', 'departure', 'seat']);
export type Noted = z.infer<typeof Noted>;

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
      const from = sinceIn(before, personId);
      return { absent: [...there, personId], left: [...left, { personId, from, at }] };
    }
    case 'attendance-undone': {
      const { what, noted } = event;
      return {
        absent: what === 'departure' ? there : [...there, personId],
        ...(what === 'arrival' && { late: withoutLast(late, personId) }),
        ...(what === 'departure' && { left: withoutLast(left, personId) }),
        // What was noted before they had that place stays: as if they had gone when it began.
        ...(what === 'seat' && { left: [...left, { personId, from: sinceIn(before, personId), at: noted }] }),
        undone: [...undone, { personId, what, noted, at }],
      };
    }
    default:
      return event satisfies never;
  }
};

const sinceIn = (before: Attendance, personId: PersonId): Instant =>
  noteOf(before, personId)?.at ?? before.openedAt;

const withoutLast = <One extends { personId: PersonId }>(all: readonly One[], personId: PersonId): One[] => {
  const last = all.findLastIndex((one) => one.personId === personId);
  return all.filter((_, index) => index !== last);
};

/** From when until when somebody was noted as there; the last one goes on where it has no end. */
export type NotedStay = { from: Instant; until: Instant | undefined; began: 'presence' | 'arrival' };

export const notedStays = (attendance: Attendance, personId: PersonId): NotedStay[] => {
  const { absent, late = [], left = [] } = attendance;
  const over = left.flatMap(({ from, at, ...one }) =>
    one.personId === personId ? [{ from, until: at }] : [],
  );
  const since = absent.includes(personId) ? undefined : noteOf(attendance, personId)?.at;
  const stays = since === undefined ? over : [...over, { from: since, until: undefined }];
  // Each but one that began with the opening began with an arrival.
  const cameLate = late.filter((one) => one.personId === personId).length === stays.length;
  return stays.map(({ from, until }, index) => {
    const began = index > 0 || cameLate ? 'arrival' : 'presence';
    return { from, until, began };
  });
};
