import * as z from 'zod';
import { type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { atWork } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { maxSlotsTold, tellSteps } from '#functions/commands/slot-steps.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { SlotId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';

/** What is said of the place of times that are planned. */
export const tellStepsOperation = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'tellSteps',
      method: 'PUT',
      path: '/api/rounds/:round/slots/step-free',
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'slot-steps-told',
      summary:
        'Says of times of the whole committee, booked ones too, whether their place is reached without steps. Until somebody says it they count as if they were. Bookings stay; all or none, and the same again changes nothing.',
      body: z.strictObject({ slots: z.array(SlotId).min(1).max(maxSlotsTold), stepFree: z.boolean() }),
      answer: { status: 204 },
      refusals: [...atWork, 'too-late'],
    },
    (c, input) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        return await tellSteps(deps, { by, roundId, ...input });
      }),
  );
