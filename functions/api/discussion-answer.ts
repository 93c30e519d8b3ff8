import * as z from 'zod';
import { type DiscussionView, isWalledItem, type Outside } from '#functions/commands/discussion-view.ts';
import { Noted } from '#shared/domain/discussion-attendance.ts';
import { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { Turn } from '#shared/domain/tenure.ts';
import { Instant } from '#shared/domain/time.ts';

/** How many are out of the room; their names where the reader may have them. */
const OutsideAnswer = z.object({ count: z.int(), names: z.array(z.string()).optional() });

const placed = { place: z.int(), state: z.enum(['over', 'up', 'paused', 'to-come']) };

const ItemAnswer = z.union([
  z.object({
    ...placed,
    application: ApplicationId,
    number: ApplicationNumber,
    seconds: z.number(),
    since: Instant.optional(),
    outside: OutsideAnswer,
    leave: OutsideAnswer,
    comeBack: OutsideAnswer,
    presides: z.string().optional(),
  }),
  /** The reader is out of the room for it, and told nothing of it. */
  z.object({ ...placed, walled: z.enum(['conflict', 'disclosure']) }),
]);

/** What an application waits for before it is discussed: of how many of the committee and guests, and of whom where the reader may know it. */
const AwaitedAnswer = {
  number: ApplicationNumber,
  count: z.int(),
  members: z.int(),
  guests: z.int(),
  people: z.array(PersonId).optional(),
};

/** Why it was, where somebody took a place in the room or gave it up. */
const turn = Turn.optional();

/** A discussion as its reader may see it. */
export const DiscussionAnswer = z.object({
  /** Names the discussion as it stands, for the next step. */
  seen: z.int(),
  leads: z.boolean(),
  meeting: z
    .object({
      openedAt: Instant,
      closedAt: Instant.optional(),
      leavings: z.int(),
      reorder: z.boolean(),
      /** The chair is not there, and presides over nothing: `elected`: those who came may elect somebody; `waits`: the round file lets nobody else chair. */
      chairless: z.enum(['elected', 'waits']).optional(),
      items: z.array(ItemAnswer),
      /** The place that comes next, the one that the reader may take up next, and what is passed over because it waits for cards. */
      next: z.int().optional(),
      takes: z.int().optional(),
      waiting: z.array(z.object({ ...AwaitedAnswer, place: z.int(), opens: z.boolean() })),
      /** How many cards of the one that is up came after it began to be discussed. */
      after: z.int(),
      /** What whoever was in the chair had discussed all the same. */
      despite: z.array(
        z.object({
          numbers: z.array(ApplicationNumber),
          by: PersonId,
          at: Instant,
          reason: z.string().optional(),
        }),
      ),
      absent: z.array(PersonId),
      /** Who came later, and the places of what was begun before they did. */
      late: z.array(z.object({ person: PersonId, at: Instant, why: turn, missed: z.array(z.int()) })),
      /** Who went before the end, the places of what was discussed without them, and when they came back. */
      left: z.array(
        z.object({
          person: PersonId,
          at: Instant,
          why: turn,
          missed: z.array(z.int()),
          back: Instant.optional(),
          backWhy: turn,
        }),
      ),
      /** Notes that were made by mistake and taken back. */
      undone: z.array(z.object({ person: PersonId, what: Noted, noted: Instant, at: Instant })),
      /** What is noted last of everybody who is there or was, and can be taken back. */
      notes: z.array(z.object({ person: PersonId, what: Noted, at: Instant, why: turn })),
      /** Who held the chair when, where that changed. */
      chairs: z.array(z.object({ person: PersonId, from: Instant, until: Instant.optional() })),
      /** How many are there who may vote, and how many are needed; once it is over, how many were. */
      quorum: z.object({ present: z.int(), needed: z.int() }),
    })
    .optional(),
  /** Where the reader may open one. */
  opening: z
    .object({
      room: z.array(PersonId),
      suggested: z.array(ApplicationNumber),
      /** Suggested ones that are closed to the reader. */
      closed: z.int(),
      /** The reader holds the chair, and may have discussed what still waits for cards. */
      presides: z.boolean(),
    })
    .optional(),
});

export const discussionAnswer = ({
  seen,
  leads,
  meeting,
  opening,
}: DiscussionView): z.input<typeof DiscussionAnswer> => ({
  seen,
  leads,
  meeting: meeting && {
    ...meeting,
    absent: meeting.absent.map(({ personId }) => personId),
    late: meeting.late.map(({ personId: person, at, why, missed }) => ({
      person,
      at,
      why,
      missed: [...missed],
    })),
    left: meeting.left.map(({ personId: person, at, why, missed, back, backWhy }) => ({
      person,
      at,
      why,
      missed: [...missed],
      back,
      backWhy,
    })),
    undone: meeting.undone.map(({ personId: person, what, noted, at }) => ({ person, what, noted, at })),
    notes: meeting.notes.map(({ personId: person, what, at, why }) => ({
      person,
      what,
      at,
      why,
    })),
    chairs: meeting.chairs.map(({ personId: person, from, until }) => ({ person, from, until })),
    waiting: meeting.waiting.map(({ people, ...one }) => ({ ...one, people: people && [...people] })),
    despite: meeting.despite.map((one) => ({ ...one, numbers: [...one.numbers] })),
    items: meeting.items.map((item) => {
      if (isWalledItem(item)) return item;
      const { applicationId: application, outside, leave, comeBack, ...one } = item;
      return {
        ...one,
        application,
        outside: outsideAnswer(outside),
        leave: outsideAnswer(leave),
        comeBack: outsideAnswer(comeBack),
      };
    }),
  },
  opening: opening && {
    ...opening,
    room: opening.room.map(({ personId }) => personId),
    suggested: [...opening.suggested],
  },
});

const outsideAnswer = ({ count, names }: Outside): z.input<typeof OutsideAnswer> => ({
  count,
  names: names && [...names],
});
