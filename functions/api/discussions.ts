import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import {
  type DiscussionView,
  discussionView,
  isWalledItem,
  type Outside,
} from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { Noted } from '#shared/domain/discussion-attendance.ts';
import { maxItems } from '#shared/domain/discussion-decisions.ts';
import { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const path = '/api/rounds/:round/discussion';

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

const DiscussionAnswer = z.object({
  /** Names the discussion as it stands, for the next step. */
  seen: z.int(),
  leads: z.boolean(),
  meeting: z
    .object({
      openedAt: Instant,
      closedAt: Instant.optional(),
      leavings: z.int(),
      reorder: z.boolean(),
      items: z.array(ItemAnswer),
      /** The place that comes next, and what is passed over because it waits for cards. */
      next: z.int().optional(),
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
      late: z.array(z.object({ person: PersonId, at: Instant, missed: z.array(z.int()) })),
      /** Who went before the end, the places of what was discussed without them, and when they came back. */
      left: z.array(
        z.object({ person: PersonId, at: Instant, missed: z.array(z.int()), back: Instant.optional() }),
      ),
      /** Notes that were made by mistake and taken back. */
      undone: z.array(z.object({ person: PersonId, what: Noted, noted: Instant, at: Instant })),
      /** What is noted last of everybody who is there or was, and can be taken back. */
      notes: z.array(z.object({ person: PersonId, what: Noted, at: Instant })),
      /** How many are there who may vote, and how many are needed. */
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

const Stepped = z.object({ seen: z.int() });

const refusals = ['not-found', 'wrong-stage', 'gate-not-open', 'disclosure-needed'] as const;
const leading = [...refusals, 'not-allowed', 'changed-meanwhile', 'committee-incomplete'] as const;

/** Why whoever is in the chair has discussed what still waits for cards. */
const reason = z.string().max(maxReason).optional();

/** The discussion of applications at a meeting. */
export const discussionOperations = (deps: ApiDeps): Operation[] => [read(deps), open(deps), step(deps)];

const read = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readDiscussion', 'discussion.read'),
      method: 'GET',
      path,
      summary:
        'Which application a meeting of the committee is at, what comes next, and who is out of the room for a conflict of interest.',
      answer: { status: 200, schema: DiscussionAnswer },
      refusals: [...refusals, 'committee-incomplete'],
    },
    (c) =>
      onRound(c, 'discussion.read', async (command) => {
        const found = await discussionView(deps, command);
        return found.ok ? ok(discussionAnswer(found.value)) : found;
      }),
  );

const open = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('openDiscussion', 'discussion.lead', 'discussion-opened'),
      method: 'POST',
      path,
      summary:
        'Opens a discussion of the suggested applications, of those that are named, or both, in the order in which members have to leave the room as seldom as possible.',
      body: z.strictObject({
        suggested: z.boolean(),
        numbers: z.array(z.string().max(40)).max(maxItems),
        absent: z.array(PersonId).max(60),
        reason,
      }),
      answer: { status: 201, schema: Stepped },
      refusals: [...leading, 'already-decided', 'cards-awaited'],
    },
    (c, input) =>
      onRound(c, 'discussion.lead', async (command) => {
        const opened = await openDiscussionOf(deps, { ...command, ...input });
        return opened.ok ? ok({ seen: opened.value.version }) : opened;
      }),
  );

const step = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('stepDiscussion', 'discussion.lead', 'item-taken-up'),
      method: 'POST',
      path: `${path}/steps`,
      summary:
        'Takes up the application at a place, pauses, goes on, orders the rest anew, notes that somebody came later or went, takes back what was noted last of somebody, or closes, which records the meeting. `seen` is what was read: of two at once the second is told.',
      body: z.strictObject({
        seen: z.int().min(1),
        move: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('take-up'), place: z.int().min(1).max(maxItems) }),
          z.strictObject({ kind: z.enum(['pause', 'resume', 'order', 'close']) }),
          z.strictObject({ kind: z.enum(['arrive', 'leave']), personId: PersonId }),
          z.strictObject({ kind: z.literal('undo'), personId: PersonId, noted: Instant }),
        ]),
        reason,
      }),
      answer: { status: 200, schema: Stepped },
      refusals: [...leading, 'already-decided', 'cards-awaited', 'conflict-of-interest'],
    },
    (c, input) =>
      onRound(c, 'discussion.lead', async (command) => {
        const moved = await moveDiscussionOf(deps, { ...command, ...input });
        return moved.ok ? ok({ seen: moved.value.version }) : moved;
      }),
  );

const discussionAnswer = ({
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
    late: meeting.late.map(({ personId: person, at, missed }) => ({ person, at, missed: [...missed] })),
    left: meeting.left.map(({ personId: person, at, missed, back }) => ({
      person,
      at,
      missed: [...missed],
      back,
    })),
    undone: meeting.undone.map(({ personId: person, what, noted, at }) => ({ person, what, noted, at })),
    notes: meeting.notes.map(({ personId: person, what, at }) => ({ person, what, at })),
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
