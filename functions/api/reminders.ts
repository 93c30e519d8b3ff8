import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { remindersView, remindMembers } from '#functions/commands/reminders.ts';
import { GateId, PersonId } from '#shared/domain/ids.ts';
import { RemindedOf } from '#shared/domain/reminding.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const path = '/api/rounds/:round/reminders';

const Outstanding = z.object({
  about: RemindedOf,
  /** Who would be reminded, and how much they owe. */
  owing: z.array(z.object({ personId: PersonId, count: z.int() })),
  /** When they were reminded last. */
  last: Instant.optional(),
  /** From when the next reminder can go out; absent where it can now. */
  from: Instant.optional(),
});

const Sent = z.object({
  about: RemindedOf,
  at: Instant,
  /** The secretary who asked for it. */
  by: PersonId.optional(),
  /** Who was written to, and how much they owed then. */
  to: z.array(z.object({ personId: PersonId, count: z.int() })),
});

/** Reminding members and guests of what waits for them. */
export const reminderOperations = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('readReminders', 'members.remind'),
      method: 'GET',
      path,
      summary:
        'Who still owes a judgement, a score, a scorecard, a vote or a ballot at the gate of now, and who was reminded there of what, newest first.',
      answer: {
        status: 200,
        schema: z.object({ gate: GateId, outstanding: z.array(Outstanding), sent: z.array(Sent) }),
      },
      refusals: ['not-found', 'wrong-stage', 'gate-not-open', 'committee-incomplete'],
    },
    (c) =>
      onRound(c, 'members.remind', async (command) => {
        const found = await remindersView(deps, command);
        if (!found.ok) return found;
        const { place, outstanding, sent } = found.value;
        return ok({ gate: place.gate.state.id, outstanding, sent });
      }),
  ),
  send(
    {
      ...described('remindMembers', 'members.remind', 'scores-reminded'),
      method: 'POST',
      path,
      summary:
        'Reminds everybody who still owes it by a letter, once a day, if they are as many as were confirmed. Repeating it within minutes writes nothing more.',
      body: z.strictObject({
        about: RemindedOf,
        confirmed: z.int().min(1),
        /** That `GET` showed: refused as `changed-meanwhile` where the round is at another one by now. */
        gate: GateId.optional(),
      }),
      answer: { status: 200, schema: z.object({ about: RemindedOf, last: Instant.optional() }) },
      refusals: [
        'not-found',
        'wrong-stage',
        'gate-not-open',
        'committee-incomplete',
        'already-decided',
        'recipients-differ',
        'reminded-already',
        'changed-meanwhile',
      ],
    },
    (c, input) =>
      onRound(c, 'members.remind', async (command) => {
        const reminded = await remindMembers(deps, { ...command, ...input });
        const { about } = input;
        return reminded.ok ? ok({ about, last: reminded.value.state.reminded?.[about] }) : reminded;
      }),
  ),
];
