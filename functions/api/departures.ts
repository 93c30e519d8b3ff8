import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { type DepartureView, departFrom } from '#functions/commands/departures.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { ApplicationId, ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import { Standing } from '#shared/domain/standing.ts';
import { ok } from '#shared/result.ts';

const outcome = Standing.shape.outcome;

/** Where a proposal departs from what points propose: that, by its reasons, and why the committee would not. */
export const DepartureAnswer = z.object({
  application: ApplicationId,
  number: ApplicationNumber,
  outcome,
  instead: z.array(z.string()),
  reason: z.string().optional(),
});

export const departureAnswer = ({
  applicationId: application,
  instead,
  ...one
}: DepartureView): z.input<typeof DepartureAnswer> => ({ application, ...one, instead: [...instead] });

/** Deciding on one application otherwise than its points propose. */
export const departureOperations = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...described('moveDeparture', 'gate.depart', 'departure-moved'),
      method: 'POST',
      path: '/api/rounds/:round/gate/departures',
      summary:
        'Moves that the committee decide on one application otherwise than its points propose, where the round file allows it and before anybody votes. The proposal is drawn up anew with it.',
      body: z.strictObject({
        proposal: Sha256,
        application: ApplicationId,
        outcome,
        reason: z.string().trim().min(1).max(maxReason),
      }),
      answer: { status: 200, schema: z.object({ proposal: Sha256.optional() }) },
      refusals: [
        'not-found',
        'wrong-stage',
        'gate-not-open',
        'already-decided',
        'changed-meanwhile',
        'no-proposal',
        'no-departures',
        'not-allowed',
        'conflict-of-interest',
        'not-in-stage',
        'vote-stands',
      ],
    },
    (c, { application: applicationId, ...input }) =>
      onRound(c, 'gate.depart', async (command) => {
        const moved = await departFrom(deps, { ...command, ...input, applicationId });
        return moved.ok ? ok({ proposal: moved.value.state.proposal }) : moved;
      }),
  ),
];
