import type { SeatView } from '#functions/commands/committee-view.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { Discussion } from '#shared/domain/discussion.ts';
import type { Attendance } from '#shared/domain/discussion-attendance.ts';
import { type DiscussionRoom, roomOf } from '#shared/domain/discussion-room.ts';
import {
  chairsDuring,
  latecomers,
  leavers,
  missingIn,
  noteIn,
  presentIn,
  type Sitting,
  sittingOf,
} from '#shared/domain/discussion-stays.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { votesNeeded } from '#shared/domain/recusal-rule.ts';
import { type Turn, tenuresIn } from '#shared/domain/tenure.ts';
import type { Instant } from '#shared/domain/time.ts';

type Named = { personId: PersonId; name: string };

/** Somebody who came later: when, why where it was with a place in the room, and the places of what was begun before. */
export type LateMember = Named & { at: Instant; why: Turn | undefined; missed: readonly number[] };

/** Somebody who went before the end: when and why, the places of what was discussed meanwhile, and when they came back. */
export type LeftMember = LateMember & { back: Instant | undefined; backWhy: Turn | undefined };

type Undone = NonNullable<Attendance['undone']>[number];

/** A note of who was there that was taken back. */
type UndoneNote = Undone & Named;

/** What stands of somebody; `isIn`: they have a place in the room, so that they can leave it. */
export type StandingNote = Named & Pick<Undone, 'what' | 'at'> & { why: Turn | undefined; isIn: boolean };

export type SeenAttendance = {
  /** Who has a place in the room and did not come, or has not yet. */
  absent: readonly Named[];
  late: readonly LateMember[];
  left: readonly LeftMember[];
  undone: readonly UndoneNote[];
  /** Of everybody who is there or was: what can be taken back. */
  notes: readonly StandingNote[];
  /** Who held the chair when, where that changed. */
  chairs: readonly (Named & { from: Instant; until: Instant | undefined })[];
  /** How many are there who may vote, and how many are needed; once it is over, how many were. */
  quorum: { present: number; needed: number };
};

type Around = { place: OpenWorkplace; room: DiscussionRoom; seats: readonly SeatView[] };

/** When a discussion was over: where nobody ended it, with the decision. */
const endOf = ({ closedAt }: Discussion, { gate }: Pick<OpenWorkplace, 'gate'>): Instant | undefined =>
  closedAt ?? (gate.state.status === 'decided' ? gate.state.decidedAt : undefined);

export const sittingAt = (discussion: Discussion, { place, room }: Pick<Around, 'place' | 'room'>): Sitting =>
  sittingOf(discussion, room.tenures, endOf(discussion, place));

/** No secret in a blind stage either: whoever comes and goes without a conflict of interest is seen by all. */
export const attendanceIn = (discussion: Discussion, around: Around): SeenAttendance => {
  const { place, room, seats } = around;
  const names = new Map(seats.map(({ personId, name }) => [personId, name]));
  const named = <One extends { personId: PersonId }>(one: One) => ({
    ...one,
    name: names.get(one.personId) ?? one.personId,
  });
  const places = new Map(discussion.items.map(({ applicationId }, index) => [applicationId, index + 1]));
  const placed = <One extends { personId: PersonId; missed: ApplicationId[] }>(one: One) =>
    named({ ...one, missed: one.missed.flatMap((id) => places.get(id) ?? []) });
  const sitting = sittingAt(discussion, around);
  const end = endOf(discussion, place);
  const here = new Set(roomOf(room));
  const noted = [...new Set(sitting.tenures.map(({ personId }) => personId))].map((personId) => ({
    personId,
    note: noteIn(sitting, personId),
  }));
  return {
    absent: missingIn(sitting, end !== undefined).map((personId) => named({ personId })),
    late: latecomers(sitting).map(placed),
    left: leavers(sitting).map(placed),
    undone: (discussion.undone ?? []).map(named),
    notes: noted.flatMap(({ personId, note }) =>
      note ? [named({ personId, ...note, why: note.why, isIn: here.has(personId) })] : [],
    ),
    chairs: chairsDuring(discussion, room.facts, end).map(named),
    quorum: {
      present: presentIn(sitting).length,
      needed: votesNeeded(votersThen(discussion, around), place.file.committee.quorum),
    },
  };
};

/** Of how many the quorum is counted: a chair who is away stays in it. */
const votersThen = (discussion: Discussion, { place, room: { facts } }: Around): number => {
  const whole = sittingOf(discussion, tenuresIn({ ...facts, absences: [] }), endOf(discussion, place));
  return whole.tenures.filter(({ votes, until }) => votes && until === undefined).length;
};
