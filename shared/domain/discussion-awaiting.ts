import type { AwaitedCards, Despite } from '#shared/domain/awaited-cards.ts';
import { seatOf } from '#shared/domain/committee.ts';
import { type DiscussedItem, type Discussion, isBegun } from '#shared/domain/discussion.ts';
import { chairDuring, type MeetingRoom } from '#shared/domain/discussion-room.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { AwaitedOf, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What is to be discussed and still waits for cards, and why it is all the same. */
export type Awaiting = { awaited?: readonly AwaitedCards[] | undefined; reason?: DocumentRef | undefined };

/** Undefined where nothing is awaited. Only who holds the chair while an application is talked about has it discussed all the same. */
export const despiteIn = (
  room: MeetingRoom,
  { by, items, awaited = [], reason }: Awaiting & { by: PersonId; items: readonly DiscussedItem[] },
): Result<Despite | undefined, Refusal> => {
  if (awaited.length === 0) return ok(undefined);
  const mayOpen = awaited.every(({ applicationId }) => chairDuring(room, applicationId) === by);
  if (reason && mayOpen) return ok({ reason, awaited: [...awaited] });
  return refuse({ kind: 'cards-awaited', cards: awaitedOf(room, items, awaited) });
};

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
/** What a step begins to discuss that may not be while cards are awaited (`isBegun`); nothing where it begins nothing. */
export const beginning = (
  discussion: Discussion | undefined,
  move: { kind: string; place?: number },
): DiscussedItem[] => {
  if (!discussion || move.kind !== 'take-up' || move.place === undefined) return [];
  return discussion.items
    .slice(move.place - 1, move.place)
    .filter(({ applicationId }) => !isBegun(discussion, applicationId));
};
