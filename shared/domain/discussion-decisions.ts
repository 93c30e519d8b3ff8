import type { Despite } from '#shared/domain/awaited-cards.ts';
import {
  type DiscussedItem,
  type Discussion,
  type Discussions,
  type DiscussionsEvent,
  itemUp,
  lastDiscussion,
  seenOf,
} from '#shared/domain/discussion.ts';
import { type Awaiting, askedOf, despiteIn } from '#shared/domain/discussion-awaiting.ts';
import { isNoted, type Note, noting } from '#shared/domain/discussion-notes.ts';
import { discussionOrder, leavings, type Seated } from '#shared/domain/discussion-order.ts';
import {
  awayFrom,
  awaySince,
  chairDuring,
  type DiscussionRoom,
  keptFrom,
  type MeetingRoom,
  mayLead,
  roomOf,
} from '#shared/domain/discussion-room.ts';
import type { ApplicationId, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { inTheChair } from '#shared/domain/presiding.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<DiscussionsEvent[], Refusal>;

/** More would not be talked about at one meeting, and one transaction holds 100 items: what is opened requires that each still stands as it was read. */
export const maxItems = 90;

/** A step of who leads: `place` counts from 1 in the order as it stands. */
export type Move =
  | { kind: 'take-up'; place: number }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'order' }
  | Note
  | { kind: 'close' };

type Opening = {
  gate: GateId;
  roundId: RoundId;
  by: PersonId;
  absent: readonly PersonId[];
  /** In the order of the list that they are from. */
  items: readonly DiscussedItem[];
} & Awaiting;

/**
 * Opens a discussion in the order in which people leave the room as seldom as possible. Refused while another one goes on, and as `cards-awaited`
 * where an application waits for cards, unless whoever is in the chair says why it is discussed all the same. What the chair does not preside over,
 * or is closed to who opens, is passed over when it comes to it.
 */
export const openDiscussion = (
  discussions: Discussions | undefined,
  room: MeetingRoom,
  { items, awaited = [], reason, ...opening }: Opening,
  now: Instant,
): Decision => {
  const last = lastDiscussion(discussions);
  const { by } = opening;
  if (last && last.closedAt === undefined) {
    const again = last.by === by && last.spans.length === 0 && isSameSet(last.items, items);
    return again ? ok([]) : refuse({ kind: 'changed-meanwhile' });
  }
  if (!mayLead(room, undefined, by)) return refuse({ kind: 'not-allowed' });
  if (items.length === 0 || items.length > maxItems) {
    const message = items.length === 0 ? 'discussion.fault.none' : 'discussion.fault.many';
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'numbers', message, facts: { maximum: maxItems } }],
    });
  }
  const absent = opening.absent.filter((id) => roomOf(room).includes(id));
  const asked = askedOf(room, { by, absent }, awaited);
  const despite = despiteIn(room, { by, items, awaited: asked, reason, absent });
  if (!despite.ok) return despite;
  const ordered = orderOf(items, room, { absent, outside: [] });
  const beside = despite.value && { despite: despite.value };
  return ok([{ type: 'discussion-opened', at: now, ...opening, absent, items: ordered, ...beside }]);
};

const isSameSet = (some: readonly DiscussedItem[], others: readonly DiscussedItem[]): boolean => {
  const ids = new Set(some.map(({ applicationId }) => applicationId));
  return ids.size === others.length && others.every(({ applicationId }) => ids.has(applicationId));
};

const orderOf = (
  items: readonly DiscussedItem[],
  room: MeetingRoom,
  { absent, outside }: { absent: readonly PersonId[]; outside: readonly PersonId[] },
): DiscussedItem[] => {
  const seated = items.map((item) => {
    const { applicationId } = item;
    const away = awayFrom(room, { absent: [...absent] }, applicationId);
    return {
      ...item,
      away,
      presides: chairDuring(room, applicationId, { absent: [...absent] }),
    } satisfies Seated;
  });
  const order = discussionOrder(seated, { chair: inTheChair(room), away: outside });
  const byId = new Map(items.map((item) => [item.applicationId, item]));
  return order.flatMap(({ applicationId }) => byId.get(applicationId) ?? []);
};

/** The order that what was not talked about yet would have now; what was keeps its place. */
const orderAnew = (discussion: Discussion, room: MeetingRoom): DiscussedItem[] => {
  const { items, spans, absent } = discussion;
  const talked = new Set(spans.map(({ applicationId }) => applicationId));
  const over = items.filter(({ applicationId }) => talked.has(applicationId));
  const up = itemUp(discussion);
  const outside = up ? awayFrom(room, discussion, up.applicationId) : [];
  const rest = items.filter(({ applicationId }) => !talked.has(applicationId));
  return [...over, ...orderOf(rest, room, { absent, outside })];
};

/** Whether the chair or anybody would leave the room less often if what is to come were ordered anew. */
export const wantsOrder = (discussion: Discussion, room: MeetingRoom): boolean => {
  const talked = new Set(discussion.spans.map(({ applicationId }) => applicationId));
  const up = itemUp(discussion);
  const away = up ? awayFrom(room, discussion, up.applicationId) : [];
  const chair = inTheChair(room);
  const costOf = (items: readonly DiscussedItem[], isCounted: (id: PersonId) => boolean): number =>
    leavings(
      items
        .filter(({ applicationId }) => !talked.has(applicationId))
        .map(({ applicationId }) => ({
          applicationId,
          away: awayFrom(room, discussion, applicationId).filter(isCounted),
        })),
      { away: away.filter(isCounted) },
    );
  const anew = orderAnew(discussion, room);
  const gain = (isCounted: (id: PersonId) => boolean): number =>
    costOf(discussion.items, isCounted) - costOf(anew, isCounted);
  const ofChair = gain((id) => id === chair);
  return ofChair > 0 || (ofChair === 0 && gain(() => true) > 0);
};

/**
 * The next step of the discussion. `seen` is the version of the record that the page showed: of two people at once the second is told, and
 * the same step once more by the same person changes nothing.
 */
export const moveDiscussion = (
  record: { state: Discussions; version: number },
  room: DiscussionRoom,
  { by, seen, move, ...awaiting }: Awaiting & { by: PersonId; seen: number; move: Move },
  now: Instant,
): Decision => {
  const discussion = lastDiscussion(record.state);
  if (!discussion) return refuse({ kind: 'changed-meanwhile' });
  if (discussion.by === by && stands(discussion, room, move)) return ok([]);
  if (seenOf(record) !== seen || discussion.closedAt !== undefined)
    return refuse({ kind: 'changed-meanwhile' });
  const taken = move.kind === 'take-up' ? atPlace(discussion, move) : undefined;
  const kept = keptFrom(room, discussion, by, taken);
  if (kept) return refuse({ kind: kept });
  return stepOf(discussion, room, { by, at: now, ...awaiting }, move);
};

const stepOf = (
  discussion: Discussion,
  room: DiscussionRoom,
  { awaited, reason, ...step }: Step & Awaiting,
  move: Move,
): Decision => {
  const laid = layingAside(discussion, room, step);
  switch (move.kind) {
    case 'take-up': {
      const { items, absent } = discussion;
      const despite = despiteIn(room, { ...step, items, awaited, reason, absent });
      if (!despite.ok) return despite;
      const applicationId = atPlace(discussion, move);
      return takingUp(discussion, room, { ...step, applicationId, despite: despite.value }, laid);
    }
    case 'resume':
      return takingUp(discussion, room, { ...step, applicationId: upIn(discussion) }, laid);
    case 'pause':
      return ok(laid);
    case 'order':
      return ok([{ type: 'discussion-ordered', ...step, items: orderAnew(discussion, room) }]);
    case 'arrive':
    case 'leave':
    case 'undo':
      return noting(discussion, room, step, move);
    case 'close':
      return ok([...laid, { type: 'discussion-closed', ...step }]);
    default:
      return move satisfies never;
  }
};

/** Whether what a step would bring about is so already. */
const stands = (discussion: Discussion, room: MeetingRoom, move: Move): boolean => {
  const { closedAt } = discussion;
  const up = itemUp(discussion);
  if (move.kind === 'close') return closedAt !== undefined;
  if (closedAt !== undefined) return false;
  switch (move.kind) {
    case 'take-up':
      return up?.paused === false && up.applicationId === atPlace(discussion, move);
    case 'resume':
      return up?.paused === false;
    case 'pause':
      return up?.paused === true;
    case 'order':
      return !wantsOrder(discussion, room);
    case 'arrive':
    case 'leave':
    case 'undo':
      return isNoted(discussion, move);
    default:
      return move satisfies never;
  }
};

const atPlace = ({ items }: Discussion, { place }: { place: number }): ApplicationId | undefined =>
  items[place - 1]?.applicationId;

const upIn = (discussion: Discussion): ApplicationId | undefined => itemUp(discussion)?.applicationId;

type Step = { by: PersonId; at: Instant };

const takingUp = (
  discussion: Discussion,
  room: MeetingRoom,
  {
    applicationId,
    despite,
    ...step
  }: Step & { applicationId: ApplicationId | undefined; despite?: Despite | undefined },
  laid: DiscussionsEvent[],
): Decision => {
  if (!applicationId) return refuse({ kind: 'not-found', what: 'application' });
  const away = awayFrom(room, discussion, applicationId);
  return ok([...laid, { type: 'item-taken-up', ...step, applicationId, away, ...(despite && { despite }) }]);
};

/** Ends what is talked about now; nothing in a pause. */
const layingAside = (discussion: Discussion, room: DiscussionRoom, step: Step): DiscussionsEvent[] => {
  const up = itemUp(discussion);
  if (!up || up.paused) return [];
  const { applicationId } = up;
  const away = [...new Set([...awayFrom(room, discussion, applicationId), ...awaySince(room, discussion)])];
  return [{ type: 'item-laid-aside', ...step, applicationId, away }];
};
