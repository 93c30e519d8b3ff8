import type { Context } from 'hono';
import * as z from 'zod';
import { GivenCard, givenCard, OtherCard, StandingCard, standingCard } from '#functions/api/cards.ts';
import { interviewCardOperations } from '#functions/api/interview-cards.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import { recordAttendance } from '#functions/commands/interview-scorecards.ts';
import { maxPlace, planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { viewInterviews, viewOneInterview } from '#functions/commands/interview-view.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { ApplicationId, ApplicationNumber, SlotId } from '#shared/domain/ids.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import { Instant, readInstant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What committees do with interviews. */
export const interviewOperations = (deps: CommandDeps): Operation[] => [
  listInterviews(deps),
  plan(deps),
  remove(deps),
  callOff(deps),
  readInterview(deps),
  ...interviewCardOperations(deps),
  attend(deps),
];

const Line = z.object({
  applicationId: ApplicationId,
  number: ApplicationNumber,
  missed: z.boolean(),
  given: z.int(),
  needed: z.int(),
  own: z.boolean(),
  conflict: z.boolean(),
});

const SlotAnswer = z.object({ id: SlotId, startsAt: Instant, endsAt: Instant });

const path = '/api/rounds/:round';

const listInterviews = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listInterviews',
      method: 'GET',
      path: `${path}/interviews`,
      who: rolesFor('candidacy.read'),
      does: 'candidacy.read',
      summary: 'The plan of the interviews in the order of time, by application number.',
      answer: {
        status: 200,
        schema: z.object({
          slots: z.array(SlotAnswer.extend({ where: z.string(), application: Line.optional() })),
          unbooked: z.array(Line),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('candidacy.read'));
        const found = await viewInterviews(deps, { by, roundId });
        if (!found.ok) return found;
        const slots = found.value.slots.map(({ slot: { slot, where }, line }) => {
          const { id, startsAt, endsAt } = slot;
          return { id, startsAt, endsAt, where, application: line };
        });
        return ok({ slots, unbooked: found.value.unbooked });
      }),
  );

const plan = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'planSlots',
      method: 'POST',
      path: `${path}/slots`,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'slot-planned',
      summary: 'Plans interview times one after another, each as long as the round file says. All or none.',
      body: z.strictObject({
        from: z.iso.datetime({ offset: true }),
        count: z.int(),
        place: z.string().max(maxPlace),
      }),
      answer: { status: 201, schema: z.object({ slots: z.array(SlotAnswer) }) },
      refusals: ['not-found', 'wrong-stage', 'proposal-on-table', 'gate-not-open', 'already-decided'],
    },
    (c, { from, ...input }) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        const start = readInstant(from);
        if (!start)
          return refuse({ kind: 'invalid', faults: [{ place: '/from', message: 'round-file.moment' }] });
        const planned = await planSlots(deps, { by, roundId, from: start, ...input });
        return planned.ok ? ok({ slots: [...planned.value] }) : planned;
      }),
  );

const remove = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'removeSlot',
      method: 'DELETE',
      path: `${path}/slots/:slot`,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'slot-removed',
      summary: 'Takes a time that nobody has booked out of the plan.',
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'slot-taken', 'proposal-on-table', 'changed-meanwhile'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        const slotId = SlotId.safeParse(c.req.param('slot'));
        if (!slotId.success) return refuse({ kind: 'not-found', what: 'slot' });
        return await removeFreeSlot(deps, { by, roundId, slotId: slotId.data });
      }),
  );

const callOff = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'callInterviewOff',
      method: 'POST',
      path: `${path}/slots/:slot/cancellation`,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'interview-cancelled',
      summary:
        'Calls a booked interview off, with a reason that the applicant reads: they get a letter and may book another time. A second time changes nothing.',
      body: z.strictObject({ reason: z.string() }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'not-in-stage',
        'too-late',
        'reason-needed',
        'conflict-of-interest',
        'disclosure-needed',
        'proposal-on-table',
        'gate-not-open',
        'already-decided',
        'changed-meanwhile',
      ],
    },
    (c, { reason }) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        const slotId = SlotId.safeParse(c.req.param('slot'));
        if (!slotId.success) return refuse({ kind: 'not-found', what: 'slot' });
        return await callInterviewOff(deps, { by, roundId, slotId: slotId.data, reason });
      }),
  );

const readInterview = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readInterview',
      method: 'GET',
      path: `${path}/interviews/:application`,
      who: rolesFor('interview.read'),
      does: 'interview.read',
      summary:
        'One interview with the name of the applicant, which is noted in the log of reads. Others’ scorecards are hidden until the own one is in.',
      answer: {
        status: 200,
        schema: z.object({
          application: Line,
          name: z.string(),
          /** What is to be arranged; told to the secretary alone. */
          adjustments: z.string().optional(),
          slot: SlotAnswer.optional(),
          own: GivenCard.optional(),
          card: StandingCard,
          others: z.array(OtherCard.extend({ at: Instant })).optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'conflict-of-interest', 'disclosure-needed'],
    },
    (c) =>
      interviewOf(c, 'interview.read', async (command) => {
        const found = await viewOneInterview(deps, command);
        if (!found.ok) return found;
        const { line, name, adjustments, booked, own, card, others } = found.value;
        return ok({
          application: line,
          name,
          adjustments,
          slot: booked?.slot,
          own: givenCard(own),
          card: standingCard(card),
          others: others && [...others],
        });
      }),
  );

const attend = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'recordAttendance',
      method: 'PUT',
      path: `${path}/interviews/:application/attendance`,
      who: rolesFor('interview.attend'),
      does: 'interview.attend',
      audit: 'interview-missed',
      summary: 'Notes that somebody did not come to the interview, or takes that back.',
      body: z.strictObject({ came: z.boolean() }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'too-early', 'proposal-on-table'],
    },
    (c, { came }) =>
      interviewOf(c, 'interview.attend', (command) => recordAttendance(deps, { ...command, came })),
  );

const interviewOf = <T>(
  c: Context,
  action: Action,
  work: (command: CandidacyCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const by = requireActor(c, rolesFor(action));
  return withRound(c.req.param('round'), (roundId) =>
    withApplication(c.req.param('application'), (applicationId) => work({ by, roundId, applicationId })),
  );
};
