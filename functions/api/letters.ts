import * as z from 'zod';
import { Acknowledged, AlarmAnswer, alarmAnswers } from '#functions/api/alarms.ts';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { historyOperation } from '#functions/api/round-history.ts';
import { withRound } from '#functions/api/schemas.ts';
import { type Batch, letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { GatedStage, Stage } from '#shared/domain/stage.ts';
import { DecisionTemplate } from '#shared/domain/telling.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const BatchAnswer = z.object({
  about: GatedStage,
  /** When the letters went out; absent while they wait. */
  toldAt: Instant.optional(),
  recipients: z.int(),
  letters: z.array(z.object({ template: DecisionTemplate, recipients: z.int() })),
  /** Of letters that wait. */
  alarms: z.array(AlarmAnswer),
  /** Of letters about preliminary results that wait: until when claims could be made if they went out now. */
  claimsUntil: Instant.optional(),
});

const batchAnswer = ({ about, toldAt, recipients, letters, alarms, claimsUntil }: Batch) => ({
  about,
  toldAt,
  recipients,
  letters,
  alarms: alarmAnswers(alarms),
  claimsUntil,
});

/** Letters about decisions, and what was done about a round. */
export const letterOperations = (deps: ApiDeps): Operation[] => [
  ask(
    {
      id: 'listLetterBatches',
      method: 'GET',
      path: '/api/rounds/:round/letters',
      who: rolesFor('letters.release'),
      does: 'letters.release',
      summary: 'The letters that each decision calls for, to how many people, and what looks wrong in that.',
      answer: { status: 200, schema: z.object({ batches: z.array(BatchAnswer) }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('letters.release'));
        const found = await letterBatches(deps, { by, roundId });
        if (!found.ok) return found;
        return ok({ batches: found.value.batches.map(batchAnswer) });
      }),
  ),
  send(
    {
      id: 'releaseLetters',
      method: 'POST',
      path: '/api/rounds/:round/letters',
      who: rolesFor('letters.release'),
      does: 'letters.release',
      audit: 'letters-released',
      summary: 'Sends the letters about a decision, once, to as many as were confirmed.',
      body: z.strictObject({ about: GatedStage, confirmed: z.int().min(0), acknowledged: Acknowledged }),
      answer: { status: 200, schema: z.object({ stage: Stage }) },
      refusals: [
        'not-found',
        'wrong-stage',
        'too-late',
        'proposal-on-table',
        'recipients-differ',
        'alarms-not-acknowledged',
        'reason-needed',
        'changed-meanwhile',
      ],
    },
    (c, input) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('letters.release'));
        const released = await releaseDecision(deps, { by, roundId, ...input });
        return released.ok ? ok({ stage: released.value.state.stage }) : released;
      }),
  ),
  historyOperation(deps),
];
