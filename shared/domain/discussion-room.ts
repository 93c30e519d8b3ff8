import { isAway } from '#shared/domain/chair-absence.ts';
import { inConflict, votersOf } from '#shared/domain/committee.ts';
import { type Discussion, itemUp } from '#shared/domain/discussion.ts';
import { sittingOf, staysIn } from '#shared/domain/discussion-stays.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { inTheChair, presiding, type Room } from '#shared/domain/presiding.ts';
import type { SeatFacts, Tenure } from '#shared/domain/tenure.ts';

/** `gone`: whom the round file sends out for the whole list (`goneFromList`), whatever is talked about. */
export type MeetingRoom = Room & { gone: readonly PersonId[] };

/** The same where a discussion goes on, with who could sit there when. */
export type DiscussionRoom = MeetingRoom & { facts: SeatFacts; tenures: readonly Tenure[] };

/** Whoever may vote now; not a chair who is recorded as away. */
export const votersIn = ({ committee, gate }: Room): PersonId[] =>
  votersOf(committee).filter((id) => !(gate && isAway(gate, committee, id)));

/** Who may sit in the room: whoever may vote now, and the secretary. */
export const roomOf = (room: Room): PersonId[] => [
  ...votersIn(room),
  ...room.committee.seats.flatMap(({ seat, personId, leftAt }) =>
    seat === 'secretary' && leftAt === undefined ? [personId] : [],
  ),
];

/** Whether a conflict of interest makes somebody leave the room for an application. */
export const leavesFor = (
  { committee, gone }: MeetingRoom,
  personId: PersonId,
  applicationId: ApplicationId,
): boolean => gone.includes(personId) || inConflict(committee, personId, applicationId);

/** Of those who came, whom a conflict of interest keeps out of the room while an application is talked about. */
export const awayFrom = (
  room: MeetingRoom,
  { absent }: Pick<Discussion, 'absent'>,
  applicationId: ApplicationId,
): PersonId[] => roomOf(room).filter((id) => !absent.includes(id) && leavesFor(room, id, applicationId));

/** Whom a conflict of interest kept out of what is talked about now until they lost their place in the room. */
export const awaySince = (room: DiscussionRoom, discussion: Discussion): PersonId[] => {
  const span = discussion.spans.at(-1);
  if (!span) return [];
  return staysIn(sittingOf(discussion, room.tenures)).flatMap(({ personId, until, ended }) => {
    const isLost = until !== undefined && until >= span.from && typeof ended === 'object';
    return isLost && leavesFor(room, personId, span.applicationId) ? [personId] : [];
  });
};

type There = Pick<Discussion, 'absent'>;

/**
 * Who presides while an application is talked about: whoever is in the chair, and where a conflict of interest keeps them out, the next voter who is
 * there. Nobody in the place of a chair who only has not come: whom the others elect then is recorded at the gate.
 */
export const chairDuring = (
  room: MeetingRoom,
  applicationId: ApplicationId,
  { absent }: There = { absent: [] },
): PersonId | undefined => {
  const out = room.committee.seats.flatMap(({ personId }) =>
    leavesFor(room, personId, applicationId) ? [personId] : [],
  );
  const chair = inTheChair(room);
  if (chair && absent.includes(chair) && !out.includes(chair)) return undefined;
  return presiding(room, [...out, ...absent]);
};

/** The same for who works the page: where nobody who is there presides, somebody must be able to go on. */
const workingFor = (room: MeetingRoom, applicationId: ApplicationId, there: There): PersonId | undefined =>
  chairDuring(room, applicationId, there) ?? chairDuring(room, applicationId);

/** Whether nobody presides where the chair would, since they are not there. */
export const isChairless = (room: MeetingRoom, { absent }: There): boolean => {
  const chair = inTheChair(room);
  return chair === undefined || (absent.includes(chair) && !room.gone.includes(chair));
};

/**
 * Who leads: the secretary and who is in the chair, but nobody whom a conflict of interest keeps out now; then whoever replaces the
 * chair. Where nobody of them is left in the room, they lead it from outside.
 */
const leadersOf = (room: MeetingRoom, discussion: Discussion | undefined): PersonId[] => {
  const up = discussion && discussion.closedAt === undefined ? itemUp(discussion) : undefined;
  const secretaries = roomOf(room).filter((id) => !votersIn(room).includes(id));
  const leading = [...secretaries, inTheChair(room)].flatMap((id) => id ?? []);
  const replacing =
    up && discussion ? workingFor(room, up.applicationId, discussion) : presiding(room, room.gone);
  const isOut = (id: PersonId): boolean =>
    up ? leavesFor(room, id, up.applicationId) : room.gone.includes(id);
  const free = [...leading, ...(replacing ? [replacing] : [])].filter((id) => !isOut(id));
  return free.length > 0 ? free : leading;
};

export const mayLead = (room: MeetingRoom, discussion: Discussion | undefined, personId: PersonId): boolean =>
  leadersOf(room, discussion).includes(personId);

/**
 * Who may take an application up: whoever leads, but only what is open to them, since the answer tells whether it waits for cards. Where it is
 * closed to all of them who came, whoever presides over it does, unless they are out of the room for what is talked about.
 */
export const mayTakeUp = (
  room: MeetingRoom,
  discussion: Discussion,
  personId: PersonId,
  applicationId: ApplicationId,
): boolean => {
  const able = leadersOf(room, discussion).filter((id) => !leavesFor(room, id, applicationId));
  if (able.includes(personId)) return true;
  if (able.some((id) => !discussion.absent.includes(id))) return false;
  const up = itemUp(discussion);
  const isOut = up?.paused === false && leavesFor(room, personId, up.applicationId);
  return !isOut && workingFor(room, applicationId, discussion) === personId;
};

/** Why a step is not for somebody; undefined where it is. What is closed to them is not, whether it waits for cards or not. */
export const keptFrom = (
  room: MeetingRoom,
  discussion: Discussion,
  personId: PersonId,
  taken: ApplicationId | undefined,
): 'conflict-of-interest' | 'not-allowed' | undefined => {
  const may = taken ? mayTakeUp(room, discussion, personId, taken) : mayLead(room, discussion, personId);
  if (may) return undefined;
  const isOut = [taken, itemUp(discussion)?.applicationId].some(
    (id) => id !== undefined && leavesFor(room, personId, id),
  );
  return isOut ? 'conflict-of-interest' : 'not-allowed';
};

/** Who came, of those who may vote: whoever did not stay away. */
export const presentAt = (room: Room, { absent }: Pick<Discussion, 'absent'>): PersonId[] =>
  votersIn(room).filter((id) => !absent.includes(id));
