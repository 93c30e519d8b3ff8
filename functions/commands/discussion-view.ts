import { isToldNames } from '#functions/commands/awaited-cards.ts';
import { committeeView, type SeatView } from '#functions/commands/committee-view.ts';
import { type Ahead, aheadIn, wallAt } from '#functions/commands/discussion-waiting.ts';
import { meetingRoom, suggestedAt } from '#functions/commands/discussions.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { wallIn } from '#functions/commands/walls.ts';
import {
  atGate,
  type CommitteeCommand,
  type OpenWorkplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { votersOf } from '#shared/domain/committee.ts';
import {
  awayDuring,
  type DiscussedItem,
  type Discussion,
  discussionsAggregate,
  itemUp,
  lastDiscussion,
  secondsOn,
} from '#shared/domain/discussion.ts';
import { type Attendance, latecomers, leavers, noteOf } from '#shared/domain/discussion-attendance.ts';
import { wantsOrder } from '#shared/domain/discussion-decisions.ts';
import { leavings } from '#shared/domain/discussion-order.ts';
import {
  awayFrom,
  chairDuring,
  type MeetingRoom,
  mayLead,
  presentAt,
  roomOf,
} from '#shared/domain/discussion-room.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { inTheChair, presiding } from '#shared/domain/presiding.ts';
import { votesNeeded } from '#shared/domain/recusal-rule.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<SignInDeps, 'records' | 'people' | 'clock'>;

/** Who is out of the room: how many, and their names for whoever may read them. */
export type Outside = { count: number; names: readonly string[] | undefined };

/** What everybody may know of a place in the order. */
type Placed = { place: number; state: 'over' | 'up' | 'paused' | 'to-come' };

/** A place whose application is closed to the reader, who is out of the room for it; nothing of the application. */
export type WalledItem = Placed & { walled: 'conflict' | 'disclosure' };

export type OpenItem = Placed & {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  seconds: number;
  /** Since when it is talked about. */
  since: Instant | undefined;
  outside: Outside;
  /** Whom it calls out of the room, and who comes back with it, as things stand. */
  leave: Outside;
  comeBack: Outside;
  /** By name, where somebody replaces the chair. */
  presides: string | undefined;
};

type Named = { personId: PersonId; name: string };

/** Somebody who came later: when, and the places of what was begun before. */
export type LateMember = Named & { at: Instant; missed: readonly number[] };

/** Somebody who went before the end: when, the places of what was discussed meanwhile, and when they came back. */
export type LeftMember = LateMember & { back: Instant | undefined };

type Undone = NonNullable<Attendance['undone']>[number];

/** A note of who was there that was taken back. */
type UndoneNote = Undone & Named;

/** What is noted of somebody as it stands. */
export type StandingNote = Named & Pick<Undone, 'what' | 'at'>;

type SeenAttendance = {
  /** Who has a place in the room and did not come, or has not yet. */
  absent: readonly Named[];
  late: readonly LateMember[];
  left: readonly LeftMember[];
  undone: readonly UndoneNote[];
  /** Of everybody who is there or was: what can be taken back. */
  notes: readonly StandingNote[];
  /** How many are there who may vote, and how many are needed. */
  quorum: { present: number; needed: number };
};

export type SeenItem = WalledItem | OpenItem;

export const isWalledItem = (item: SeenItem): item is WalledItem => 'walled' in item;

export type DiscussionView = {
  place: OpenWorkplace;
  seats: readonly SeatView[];
  /** The version that a step is based on. */
  seen: number;
  /** The one that goes on, or went last; undefined before the first. */
  meeting:
    | (SeenAttendance &
        Ahead & {
          openedAt: Instant;
          closedAt: Instant | undefined;
          items: readonly SeenItem[];
          /** How often somebody leaves the room in this order. */
          leavings: number;
          /** Conflicts of interest have changed, or who is there: another order would call fewer people out, or others. */
          reorder: boolean;
        })
    | undefined;
  /** Whether the reader takes the steps now. */
  leads: boolean;
  /** Where the reader may open one: what is suggested, and how many of it are closed to the reader. */
  opening:
    | {
        room: readonly SeatView[];
        suggested: readonly ApplicationNumber[];
        closed: number;
        /** The reader holds the chair, and may have discussed what still waits for cards. */
        presides: boolean;
      }
    | undefined;
};

/** The discussion at the gate, as one member of the committee may see it. */
export const discussionView = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<DiscussionView, Refusal>> => {
  const found = await workplace(deps, command, 'discussion.read');
  const place = found.ok ? atGate(found.value) : found;
  if (!place.ok) return place;
  const { gate, by } = place.value;
  const [record, { seats }, room] = await Promise.all([
    deps.records.find(discussionsAggregate, gate.id),
    committeeView(deps, command.roundId),
    meetingRoom(deps, place.value),
  ]);
  const discussion = lastDiscussion(record?.state);
  const goesOn =
    discussion !== undefined && discussion.closedAt === undefined && gate.state.status === 'open';
  const leads = gate.state.status === 'open' && mayLead(room, discussion, by.id);
  const now = deps.clock.now();
  return ok({
    place: place.value,
    seats,
    seen: record?.version ?? 0,
    meeting: discussion && {
      ...meetingOf(discussion, { place: place.value, room, seats, now }),
      ...(await aheadIn(deps, { place: place.value, room }, discussion)),
    },
    leads: goesOn && leads,
    opening: !goesOn && leads ? await openingOf(deps, { place: place.value, room, seats }) : undefined,
  });
};

const openingOf = async (
  deps: Pick<Deps, 'records'>,
  { place, room, seats }: Omit<Around, 'now'>,
): Promise<NonNullable<DiscussionView['opening']>> => {
  const suggested = await suggestedAt(deps, place);
  const wall = wallIn(place);
  const open = suggested.filter(({ applicationId }) => !wall(applicationId));
  const seated = new Set(roomOf(room));
  return {
    room: seats.filter(({ personId, left }) => !left && seated.has(personId)),
    suggested: open.map(({ number }) => number),
    closed: suggested.length - open.length,
    presides: presiding(room, room.gone) === place.by.id,
  };
};

type Around = { place: OpenWorkplace; room: MeetingRoom; seats: readonly SeatView[]; now: Instant };

const meetingOf = (
  discussion: Discussion,
  around: Around,
): Omit<NonNullable<DiscussionView['meeting']>, keyof Ahead> => {
  const { room } = around;
  const { items, openedAt, closedAt } = discussion;
  return {
    openedAt,
    closedAt,
    items: seenItems(discussion, around),
    ...attendance(discussion, around),
    leavings: leavings(
      items.map(({ applicationId }) => ({
        applicationId,
        away: awayFrom(room, discussion, applicationId),
      })),
      { away: [] },
    ),
    reorder: closedAt === undefined && wantsOrder(discussion, room),
  };
};

/** No secret in a blind stage either: whoever comes and goes without a conflict of interest is seen by all. */
const attendance = (discussion: Discussion, { place, room, seats }: Around): SeenAttendance => {
  const names = new Map(seats.map(({ personId, name }) => [personId, name]));
  const named = <One extends { personId: PersonId }>(one: One) => ({
    ...one,
    name: names.get(one.personId) ?? one.personId,
  });
  const places = new Map(discussion.items.map(({ applicationId }, index) => [applicationId, index + 1]));
  const placed = <One extends { personId: PersonId; missed: ApplicationId[] }>(one: One) =>
    named({ ...one, missed: one.missed.flatMap((id) => places.get(id) ?? []) });
  const { spans, undone = [] } = discussion;
  const noted = roomOf(room).map((personId) => ({ personId, note: noteOf(discussion, personId) }));
  return {
    absent: noted.flatMap(({ personId, note }) => (note ? [] : [named({ personId })])),
    late: latecomers(discussion, spans).map(placed),
    left: leavers(discussion, spans).map(placed),
    undone: undone.map(named),
    notes: noted.flatMap(({ personId, note }) => (note ? [named({ personId, ...note })] : [])),
    quorum: {
      present: presentAt(room, discussion).length,
      needed: votesNeeded(votersOf(room.committee).length, place.file.committee.quorum),
    },
  };
};

const seenItems = (discussion: Discussion, around: Around): SeenItem[] => {
  const wall = wallAt(around);
  const open = openItems(discussion, around);
  return discussion.items.map((item, index) => {
    const placed = { place: index + 1, state: stateOf(discussion, item) };
    const walled = wall(item.applicationId);
    return walled ? { ...placed, walled } : open(item, placed);
  });
};

const stateOf = (discussion: Discussion, { applicationId }: DiscussedItem): Placed['state'] => {
  const up = discussion.closedAt === undefined ? itemUp(discussion) : undefined;
  if (up?.applicationId === applicationId) return up.paused ? 'paused' : 'up';
  return discussion.spans.some((span) => span.applicationId === applicationId) ? 'over' : 'to-come';
};

const openItems = (discussion: Discussion, around: Around) => {
  const { place, room, seats, now } = around;
  const wall = wallAt(around);
  const named = isToldNames(place);
  const names = new Map(seats.map(({ personId, name }) => [personId, name]));
  const outside = (ids: readonly PersonId[]): Outside => ({
    count: ids.length,
    names: named ? ids.map((id) => names.get(id) ?? id) : undefined,
  });
  const chair = inTheChair(room);
  return (item: DiscussedItem, placed: Placed): OpenItem => {
    const { applicationId, number } = item;
    const away = awayFrom(room, discussion, applicationId);
    // Who else was out with something that is closed to the reader is not told by who comes back from it.
    const before = previous(discussion, item);
    const then =
      before && !wall(before.applicationId) ? awayFrom(room, discussion, before.applicationId) : [];
    const instead = chairDuring(room, applicationId);
    return {
      ...placed,
      applicationId,
      number,
      seconds: secondsOn(discussion, applicationId, now),
      since: placed.state === 'up' ? discussion.spans.at(-1)?.from : undefined,
      outside: outside(placed.state === 'over' ? awayDuring(discussion, applicationId) : away),
      leave: outside(away.filter((id) => !then.includes(id))),
      comeBack: outside(then.filter((id) => !away.includes(id))),
      presides: instead === undefined || instead === chair ? undefined : names.get(instead),
    };
  };
};

/** What was talked about before it: as it went, where it has begun, else what is up or stands before it in the order. */
const previous = ({ items, spans }: Discussion, item: DiscussedItem): DiscussedItem | undefined => {
  const last = spans.findLastIndex(({ applicationId }) => applicationId === item.applicationId);
  const index = items.indexOf(item);
  const id = last >= 0 ? spans[last - 1]?.applicationId : undefined;
  return last >= 0 ? items.find(({ applicationId }) => applicationId === id) : items[index - 1];
};
