import type { DiscussionView, SeenItem } from '#functions/commands/discussion-view.ts';

export type Meeting = NonNullable<DiscussionView['meeting']>;

export const upIn = ({ items }: Pick<Meeting, 'items'>): SeenItem | undefined =>
  items.find(({ state }) => state === 'up' || state === 'paused');

/** The place after what is up, the first before it has begun. */
export const nextIn = (meeting: Pick<Meeting, 'items'>): SeenItem | undefined =>
  meeting.items[upIn(meeting)?.place ?? 0];

/** Whether steps can still be taken. */
export const goesOn = ({ meeting, place }: DiscussionView): boolean =>
  meeting !== undefined && meeting.closedAt === undefined && place.gate.state.status === 'open';
