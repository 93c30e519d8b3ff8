import type { DiscussionView, SeenItem } from '#functions/commands/discussion-view.ts';
import type { PersonId } from '#shared/domain/ids.ts';

export type Meeting = NonNullable<DiscussionView['meeting']>;

export const upIn = ({ items }: Pick<Meeting, 'items'>): SeenItem | undefined =>
  items.find(({ state }) => state === 'up' || state === 'paused');

/** What comes next, of all that waits for no cards. */
export const nextIn = ({ items, next }: Pick<Meeting, 'items' | 'next'>): SeenItem | undefined =>
  next === undefined ? undefined : items[next - 1];

/** What the reader may take up next. */
export const takesIn = ({ items, takes }: Pick<Meeting, 'items' | 'takes'>): SeenItem | undefined =>
  takes === undefined ? undefined : items[takes - 1];

/** Whether steps can still be taken. */
export const goesOn = ({ meeting, place }: DiscussionView): boolean =>
  meeting !== undefined && meeting.closedAt === undefined && place.gate.state.status === 'open';

/** What waits for cards and the reader may have discussed all the same. */
export const awaitingIn = (discussion: DiscussionView): Meeting['waiting'] =>
  goesOn(discussion) ? (discussion.meeting?.waiting.filter(({ opens }) => opens) ?? []) : [];

/** Names of those who have a seat. */
export const namesIn = ({ seats }: Pick<DiscussionView, 'seats'>): ReadonlyMap<PersonId, string> =>
  new Map(seats.map(({ personId, name }) => [personId, name]));
