import * as z from 'zod';
import { onClaim } from '#functions/api/claim-decisions.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { done } from '#functions/api/selection.ts';
import { askReopening, confirmReopening, refuseReopening } from '#functions/commands/claim-reopening.ts';
import { reopeningEffects } from '#functions/commands/claim-reopening-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { waitingReopening } from '#shared/domain/claim.ts';
import { ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Affected, Cutoffs } from '#shared/replay/affected.ts';
import { ok } from '#shared/result.ts';

const path = '/api/rounds/:round/claims/:claim/reopening';
const guard = { who: rolesFor('claim.reopen'), does: 'claim.reopen' } as const;
const Reason = z.string().max(maxReason);
const refusals = [
  'not-found',
  'wrong-stage',
  'results-final',
  'claim-open',
  'claim-withdrawn',
  'conflict-of-interest',
  'disclosure-needed',
  'proposal-on-table',
  'gate-not-open',
  'no-proposal',
] as const;
const answerRefusals = [...refusals, 'changed-meanwhile'] as const;

/** How a decided claim is opened again: one person asks, another one has seen what falls away and confirms. */
export const claimReopeningOperations = (deps: CommandDeps): Operation[] => [
  showing(deps),
  ...answering(deps),
];

const showing = (deps: CommandDeps): Operation =>
  ask(
    {
      ...guard,
      id: 'showClaimReopening',
      method: 'GET',
      path,
      summary:
        'What reopening a decided claim would change: cut-offs, and everyone whom it affects once what was granted falls away, without whom a conflict of interest closes to the reader. `waiting`: somebody asked for it. `shown` goes into asking and confirming. Nothing is stored, and nobody is told.',
      answer: {
        status: 200,
        schema: z.object({
          number: ApplicationNumber,
          waiting: z.boolean(),
          shown: Sha256,
          cutoffs: Cutoffs,
          affected: z.array(Affected),
        }),
      },
      refusals,
    },
    (c) =>
      onClaim(c, 'claim.reopen', async (command) => {
        const effects = await reopeningEffects(deps, command);
        if (!effects.ok) return effects;
        const { decided, digest: shown, found } = effects.value;
        const { cutoffs, affected } = found;
        const waiting = waitingReopening(decided) !== undefined;
        return ok({ number: decided.number, waiting, shown, cutoffs, affected: [...affected] });
      }),
  );

const answering = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...guard,
      id: 'askClaimReopening',
      method: 'POST',
      path,
      audit: 'claim-reopening-asked',
      summary:
        'Asks that a decided claim be open again, with a reason that the applicant reads once it is. The chair does, or whoever replaces the chair on the application; nothing changes before another voter of the committee confirms it.',
      body: z.strictObject({ reason: Reason, shown: Sha256 }),
      answer: { status: 204 },
      refusals: [...answerRefusals, 'reason-needed', 'interview-owed'],
    },
    (c, said) =>
      onClaim(c, 'claim.reopen', async (command) => done(await askReopening(deps, { ...command, ...said }))),
  ),
  send(
    {
      ...guard,
      id: 'confirmClaimReopening',
      method: 'POST',
      path: `${path}/confirmation`,
      audit: 'claim-reopened',
      summary:
        'Reopens a claim, as another person asked: the decision stays in the record and counts no more, the time to decide begins anew, and the applicant gets a letter.',
      body: z.strictObject({ shown: Sha256 }),
      answer: { status: 204 },
      refusals: [...answerRefusals, 'second-person-needed', 'interview-owed'],
    },
    (c, { shown }) =>
      onClaim(c, 'claim.reopen', async (command) =>
        done(await confirmReopening(deps, { ...command, shown })),
      ),
  ),
  send(
    {
      ...guard,
      id: 'refuseClaimReopening',
      method: 'POST',
      path: `${path}/refusal`,
      audit: 'claim-reopening-refused',
      summary:
        'Ends what was asked for, with a reason: the decision on the claim stays. Whoever asked takes it back so as well.',
      body: z.strictObject({ reason: Reason }),
      answer: { status: 204 },
      refusals: [...answerRefusals, 'reason-needed'],
    },
    (c, { reason }) =>
      onClaim(c, 'claim.reopen', async (command) =>
        done(await refuseReopening(deps, { ...command, reason })),
      ),
  ),
];
