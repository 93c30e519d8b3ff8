import { isToldNames } from '#functions/commands/awaited-cards.ts';
import { committeeView, type SeatView } from '#functions/commands/committee-view.ts';
import { attendanceIn, type SeenAttendance, sittingAt } from '#functions/commands/discussion-attendance.ts';
import { type Ahead, aheadIn, wallAt } from '#functions/commands/discussion-waiting.ts';
import { suggestedAt } from '#functions/commands/discussions.ts';
import { discussionRoom } from '#functions/commands/meeting-room.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { wallIn } from '#functions/commands/walls.ts';
import {
  atGate,
  type CommitteeCommand,
  type OpenWorkplace,
  workplace,
} from '#functions/commands/workplace.ts';
import {
  type DiscussedItem,
  type Discussion,
  discussionsAggregate,
  itemUp,
  lastDiscussion,
  secondsOn,
  seenOf,
} from '#shared/domain/discussion.ts';
import { wantsOrder } from '#shared/domain/discussion-decisions.ts';
import { leavings } from '#shared/domain/discussion-order.ts';
import {
  awayFrom,
  chairDuring,
  type DiscussionRoom,
  isChairless,
  mayLead,
  roomOf,
} from '#shared/domain/discussion-room.ts';
import { awayDuring } from '#shared/domain/discussion-stays.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { inTheChair, presiding } from '#shared/domain/presiding.ts';
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
          /** The chair is not there: whether those who came may elect somebody, or it waits for the chair. */
          chairless: 'elected' | 'waits' | undefined;
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
    discussionRoom(deps, place.value),
  ]);
  const discussion = lastDiscussion(record?.state);
  const goesOn =
    discussion !== undefined && discussion.closedAt === undefined && gate.state.status === 'open';
  const leads = gate.state.status === 'open' && mayLead(room, discussion, by.id);
  const now = deps.clock.now();
  return ok({
    place: place.value,
    seats,
    seen: record ? seenOf(record) : 0,
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

type Around = { place: OpenWorkplace; room: DiscussionRoom; seats: readonly SeatView[]; now: Instant };

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
    ...attendanceIn(discussion, around),
    leavings: leavings(
      items.map(({ applicationId }) => ({
        applicationId,
        away: awayFrom(room, discussion, applicationId),
      })),
      { away: [] },
    ),
    reorder: closedAt === undefined && wantsOrder(discussion, room),
    chairless:
      closedAt === undefined && isChairless(room, discussion)
        ? around.place.file.committee.absentChair
          ? 'elected'
          : 'waits'
        : undefined,
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
  const sitting = sittingAt(discussion, around);
  return (item: DiscussedItem, placed: Placed): OpenItem => {
    const { applicationId, number } = item;
    const away = awayFrom(room, discussion, applicationId);
    // Who else was out with something that is closed to the reader is not told by who comes back from it.
    const before = previous(discussion, item);
    const then =
      before && !wall(before.applicationId) ? awayFrom(room, discussion, before.applicationId) : [];
    const instead = chairDuring(room, applicationId, discussion);
    return {
      ...placed,
      applicationId,
      number,
      seconds: secondsOn(discussion, applicationId, now),
      since: placed.state === 'up' ? discussion.spans.at(-1)?.from : undefined,
      outside: outside(placed.state === 'over' ? awayDuring(sitting, applicationId) : away),
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
