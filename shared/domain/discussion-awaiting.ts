import type { AwaitedCards, Despite } from '#shared/domain/awaited-cards.ts';
import { seatOf } from '#shared/domain/committee.ts';
import {
  type DiscussedItem,
  type Discussion,
  type DiscussionsEvent,
  isBegun,
} from '#shared/domain/discussion.ts';
import { chairDuring, leavesFor, type MeetingRoom, mayTakeUp } from '#shared/domain/discussion-room.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { presiding } from '#shared/domain/presiding.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { AwaitedOf, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What is to be discussed and still waits for cards, and why it is all the same. */
export type Awaiting = { awaited?: readonly AwaitedCards[] | undefined; reason?: DocumentRef | undefined };

/** Undefined where nothing is awaited. Only who holds the chair while an application is talked about has it discussed all the same. */
export const despiteIn = (
  room: MeetingRoom,
  {
    by,
    items,
    awaited = [],
    reason,
    absent,
  }: Awaiting & Pick<Discussion, 'absent'> & { by: PersonId; items: readonly DiscussedItem[] },
): Result<Despite | undefined, Refusal> => {
  if (awaited.length === 0) return ok(undefined);
  const mayOpen = awaited.every(({ applicationId }) => chairDuring(room, applicationId, { absent }) === by);
  if (reason && mayOpen) return ok({ reason, awaited: [...awaited] });
  return refuse({ kind: 'cards-awaited', cards: awaitedOf(room, items, awaited) });
};

/**
 * Of what waits, what an opening asks about: what whoever is in the chair presides over and is open to who opens. That anything else waits is not
 * told by a refusal; it is passed over, and whoever presides over it may allow it.
 */
export const askedOf = (
  room: MeetingRoom,
  { by, absent }: Pick<Discussion, 'absent' | 'by'>,
  awaited: readonly AwaitedCards[],
): AwaitedCards[] => {
  const chair = presiding(room, room.gone);
  return awaited.filter(
    ({ applicationId }) =>
      chairDuring(room, applicationId, { absent }) === chair && !leavesFor(room, by, applicationId),
  );
};

type Allowing = {
  by: PersonId;
  applicationId: ApplicationId;
  awaited: readonly AwaitedCards[];
  reason: DocumentRef;
};

/** Has an application discussed that still waits for cards. Nothing where it waits for none, or the same person allowed it before. */
export const allowItem = (
  discussion: Discussion | undefined,
  room: MeetingRoom,
  { by, applicationId, awaited, reason }: Allowing,
  now: Instant,
): Result<DiscussionsEvent[], Refusal> => {
  if (!discussion || discussion.closedAt !== undefined) return refuse({ kind: 'changed-meanwhile' });
  if (chairDuring(room, applicationId, discussion) !== by) return refuse({ kind: 'not-allowed' });
  if (isBegun(discussion, applicationId)) {
    return isAllowedBy(discussion, by, applicationId) ? ok([]) : refuse({ kind: 'changed-meanwhile' });
  }
  if (awaited.length === 0) return ok([]);
  const despite = { reason, awaited: [...awaited] };
  return ok([{ type: 'item-allowed', at: now, by, applicationId, despite }]);
};

/** Whether somebody said why an application is discussed before all cards are in. */
export const isAllowedBy = (
  { despite = [] }: Pick<Discussion, 'despite'>,
  by: PersonId,
  applicationId: ApplicationId,
): boolean =>
  despite.some((one) => one.by === by && one.awaited.some((card) => card.applicationId === applicationId));

/** How much is awaited, and of how many; a guest has no seat. */
export const awaitedOf = (
  { committee }: MeetingRoom,
  items: readonly DiscussedItem[],
  awaited: readonly AwaitedCards[],
): AwaitedOf[] => {
  const numbers = new Map(items.map(({ applicationId, number }) => [applicationId, number]));
  return awaited.flatMap(({ applicationId, count, people }) => {
    const number = numbers.get(applicationId);
    const members = people.filter((id) => seatOf(committee, id)).length;
    return number ? [{ number, count, members, guests: people.length - members, people }] : [];
  });
};

/**
 * What a step begins to discuss that may not be while cards are awaited (`isBegun`); nothing where it begins nothing, or where it is not for who
 * takes the step: whether it waits is not even looked up then.
 */
export const beginning = (
  discussion: Discussion | undefined,
  room: MeetingRoom,
  { by, move }: { by: PersonId; move: { kind: string; place?: number } },
): DiscussedItem[] => {
  if (!discussion || move.kind !== 'take-up' || move.place === undefined) return [];
  return discussion.items
    .slice(move.place - 1, move.place)
    .filter(
      ({ applicationId }) =>
        !isBegun(discussion, applicationId) && mayTakeUp(room, discussion, by, applicationId),
    );
};
