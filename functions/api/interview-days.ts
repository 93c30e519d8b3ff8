import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { restoreDay } from '#functions/commands/interview-day-restoring.ts';
import { type DayCommand, type DayTime, interviewDays, viewDay } from '#functions/commands/interview-days.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { ApplicationNumber, Sha256, SlotId } from '#shared/domain/ids.ts';
import { HolderName, holderName } from '#shared/domain/interview-day.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How what one holder has of a day is called off, and taken back. */
export const interviewDayOperations = (deps: CommandDeps): Operation[] => [
  list(deps),
  view(deps),
  callOff(deps),
  restore(deps),
];

const path = '/api/rounds/:round/interview-days';

const common = [
  'not-found',
  'wrong-stage',
  'proposal-on-table',
  'gate-not-open',
  'already-decided',
] as const satisfies Refusal['kind'][];

const who = rolesFor('interview.plan');

const withDay = <T>(
  c: Context,
  handle: (command: DayCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  withRound(c.req.param('round'), async (roundId) => {
    const by = requireActor(c, who);
    const day = z.iso.date().safeParse(c.req.param('day'));
    const holder = HolderName.safeParse(c.req.param('holder'));
    if (!day.success || !holder.success) return refuse({ kind: 'not-found', what: 'page' });
    return await handle({ by, roundId, day: day.data, holder: holder.data });
  });

const DayAnswer = z.object({
  day: z.iso.date(),
  /** `committee`, `panel-ID` or `station-CODE`. */
  holder: z.string(),
  times: z.int(),
  booked: z.int(),
  calledOff: z.int(),
});

const list = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listInterviewDays',
      method: 'GET',
      path,
      who,
      does: 'interview.plan',
      summary:
        'The days of the interviews with who holds them: a panel, the whole committee, or whoever holds one station.',
      answer: { status: 200, schema: z.object({ days: z.array(DayAnswer) }) },
      refusals: [...common],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const found = await interviewDays(deps, { by: requireActor(c, who), roundId });
        if (!found.ok) return found;
        const days = found.value.days.map(({ holder, ...day }) =>
          Object.assign(day, { holder: holderName(holder) }),
        );
        return ok({ days });
      }),
  );

const TimeAnswer = z.object({
  slot: SlotId,
  startsAt: Instant,
  number: ApplicationNumber.optional(),
  /** Why it is not called off. */
  stays: z.enum(['held', 'missed', 'conflict', 'begun']).optional(),
});

const timeAnswer = ({ slot, number, stays }: DayTime): z.input<typeof TimeAnswer> => ({
  slot: slot.id,
  startsAt: slot.startsAt,
  ...(number && { number }),
  ...(stays && { stays }),
});

const view = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'viewInterviewDay',
      method: 'GET',
      path: `${path}/:day/:holder`,
      who,
      does: 'interview.plan',
      summary:
        'The times of one day of one holder, by application number: whom calling it off would take a time from, and what was called off before. Nothing is stored.',
      answer: {
        status: 200,
        schema: z.object({
          /** What is sent to call it off. */
          digest: Sha256,
          times: z.array(TimeAnswer),
          calledOff: z.array(TimeAnswer),
        }),
      },
      refusals: [...common],
    },
    (c) =>
      withDay(c, async (command) => {
        const found = await viewDay(deps, command);
        if (!found.ok) return found;
        const { digest, times, calledOff } = found.value;
        return ok({ digest, times: times.map(timeAnswer), calledOff: calledOff.map(timeAnswer) });
      }),
  );

const callOff = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'callInterviewDayOff',
      method: 'POST',
      path: `${path}/:day/:holder/cancellation`,
      who,
      does: 'interview.plan',
      audit: 'interview-cancelled',
      summary:
        'Calls the times with this digest off, with a reason that applicants read: everybody who had one gets a letter and may book another. With nothing left to call off it does nothing.',
      body: z.strictObject({ digest: Sha256, reason: z.string() }),
      answer: { status: 200, schema: z.object({ times: z.int(), told: z.int() }) },
      refusals: [...common, 'reason-needed', 'changed-meanwhile'],
    },
    (c, input) => withDay(c, (command) => callOffDay(deps, { ...command, ...input })),
  );

const restore = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'restoreInterviewDay',
      method: 'POST',
      path: `${path}/:day/:holder/restoration`,
      who,
      does: 'interview.plan',
      audit: 'slot-restored',
      summary:
        'Takes back that a day was called off: its times stand in the plan again, and are theirs again who have no other. What cannot come back, because a panel has something else then, is counted as left.',
      answer: { status: 200, schema: z.object({ times: z.int(), booked: z.int(), left: z.int() }) },
      refusals: [...common, 'changed-meanwhile'],
    },
    (c) => withDay(c, (command) => restoreDay(deps, command)),
  );
