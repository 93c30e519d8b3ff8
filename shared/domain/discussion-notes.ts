import { type Discussion, itemUp } from '#shared/domain/discussion.ts';
import { type AttendanceEvent, noteOf } from '#shared/domain/discussion-attendance.ts';
import { awayFrom, type DiscussionRoom, type MeetingRoom, roomOf } from '#shared/domain/discussion-room.ts';
import { noteIn, sittingOf } from '#shared/domain/discussion-stays.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What who leads notes of somebody, or takes back: `noted` says when the note was made that was a mistake. */
export type Note =
  | { kind: 'arrive'; personId: PersonId }
  | { kind: 'leave'; personId: PersonId }
  | { kind: 'undo'; personId: PersonId; noted: Instant };

/** Whether it stands so already. */
export const isNoted = (discussion: Discussion, note: Note): boolean => {
  const { personId } = note;
  if (note.kind === 'undo') {
    const { undone = [] } = discussion;
    return undone.some((one) => one.personId === personId && one.noted === note.noted);
  }
  return noteOf(discussion, personId)?.what === (note.kind === 'arrive' ? 'arrival' : 'departure');
};

/**
 * Who comes counts as present from then on, and who goes does not; the order stays until somebody has it made anew. Only what was noted
 * last of somebody is taken back, so that each note is taken back as it was shown; also of who has no place in the room any more.
 */
export const noting = (
  discussion: Discussion,
  room: DiscussionRoom,
  step: { by: PersonId; at: Instant },
  note: Note,
): Result<AttendanceEvent[], Refusal> => {
  const { personId } = note;
  const isThere = !discussion.absent.includes(personId);
  const sitting = sittingOf(discussion, room.tenures);
  const canBe =
    note.kind === 'undo'
      ? sitting.tenures.some((one) => one.personId === personId)
      : roomOf(room).includes(personId) && isThere === (note.kind === 'leave');
  if (!canBe) return refuse({ kind: 'not-found', what: 'person' });
  switch (note.kind) {
    case 'arrive':
      return ok([{ type: 'member-arrived', ...step, personId, ...outThen(discussion, room, personId) }]);
    case 'leave':
      return ok([{ type: 'member-left', ...step, personId, ...outThen(discussion, room, personId) }]);
    case 'undo': {
      const last = noteIn(sitting, personId);
      if (!last || last.at !== note.noted) return refuse({ kind: 'changed-meanwhile' });
      const { what, at: noted } = last;
      return ok([{ type: 'attendance-undone', ...step, personId, what, noted }]);
    }
    default:
      return note satisfies never;
  }
};

/** Who has to be out of what is talked about now, whoever comes or goes among them: once it is laid aside, they may be gone. */
const outThen = (discussion: Discussion, room: MeetingRoom, personId: PersonId): { away?: PersonId[] } => {
  const up = itemUp(discussion);
  if (!up || up.paused) return {};
  const absent = discussion.absent.filter((id) => id !== personId);
  const away = awayFrom(room, { absent }, up.applicationId);
  return away.length > 0 ? { away } : {};
};
