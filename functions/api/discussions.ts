import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { DiscussionAnswer, discussionAnswer } from '#functions/api/discussion-answer.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { allowItemOf } from '#functions/commands/discussion-allowing.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { seenOf } from '#shared/domain/discussion.ts';
import { maxItems } from '#shared/domain/discussion-decisions.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const path = '/api/rounds/:round/discussion';

const Stepped = z.object({ seen: z.int() });

const refusals = ['not-found', 'wrong-stage', 'gate-not-open', 'disclosure-needed'] as const;
const leading = [...refusals, 'not-allowed', 'changed-meanwhile', 'committee-incomplete'] as const;

/** Why whoever is in the chair has discussed what still waits for cards. */
const reason = z.string().max(maxReason).optional();

/** The discussion of applications at a meeting. */
export const discussionOperations = (deps: ApiDeps): Operation[] => [
  read(deps),
  open(deps),
  step(deps),
  allow(deps),
];

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
        return opened.ok ? ok({ seen: seenOf(opened.value) }) : opened;
      }),
  );

const step = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('stepDiscussion', 'discussion.lead', 'item-taken-up'),
      method: 'POST',
      path: `${path}/steps`,
      summary:
        'Takes up the application at a place, pauses, goes on, orders the rest anew, notes that somebody came later or went, takes back what was noted last of somebody, or closes, which records the meeting. `seen` is what was read: of two at once the second is told. Nobody takes up what is closed to them; with a `reason`, whoever presides over it takes it up before all cards are in.',
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
        return moved.ok ? ok({ seen: seenOf(moved.value) }) : moved;
      }),
  );

const allow = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('allowDiscussion', 'discussion.lead', 'item-allowed'),
      method: 'POST',
      path: `${path}/despite`,
      summary:
        'Has an application discussed in its turn that still waits for cards: whoever presides over it says why, the chair or who replaces the chair for it, also while another one leads. It goes by no `seen`.',
      body: z.strictObject({ number: z.string().max(40), reason: z.string().max(maxReason) }),
      answer: { status: 200, schema: Stepped },
      refusals: [...leading, 'already-decided', 'reason-needed'],
    },
    (c, input) =>
      onRound(c, 'discussion.lead', async (command) => {
        const allowed = await allowItemOf(deps, { ...command, ...input });
        return allowed.ok ? ok({ seen: seenOf(allowed.value) }) : allowed;
      }),
  );
