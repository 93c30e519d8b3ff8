import * as z from 'zod';
import { Acknowledged, AlarmAnswer, alarmAnswers } from '#functions/api/alarms.ts';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import { roundHistory } from '#functions/commands/round-history.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { SeatKind } from '#shared/domain/committee.ts';
import { Actor } from '#shared/domain/event.ts';
import { PersonId } from '#shared/domain/ids.ts';
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
        const batches = found.value.batches.map(({ about, toldAt, recipients, letters, alarms }) => ({
          about,
          toldAt,
          recipients,
          letters,
          alarms: alarmAnswers(alarms),
        }));
        return ok({ batches });
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

const historyOperation = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'readRoundHistory',
      method: 'GET',
      path: '/api/rounds/:round/history',
      who: rolesFor('round.watch'),
      does: 'round.watch',
      summary: 'Everything that was done about a round, its committee and its gates, in the order of time.',
      answer: {
        status: 200,
        schema: z.object({
          deeds: z.array(
            z.object({
              at: Instant,
              type: z.string(),
              by: Actor,
              stage: z.string().optional(),
              /** Whose seat on the committee it was about. */
              seat: z
                .object({
                  personId: PersonId,
                  kind: SeatKind.optional(),
                  insteadOf: PersonId.optional(),
                })
                .optional(),
              /** Of a release in spite of what looked wrong in it. */
              heeded: z.object({ alarms: z.array(AlarmAnswer), reason: z.string().optional() }).optional(),
            }),
          ),
        }),
      },
      refusals: ['not-found'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const found = await roundHistory(deps, { roundId, by: requireActor(c, rolesFor('round.watch')) });
        if (!found.ok) return found;
        const deeds = found.value.deeds.map(({ at, type, by: who, stage, seat, heeded }) => ({
          at,
          type,
          by: who,
          stage,
          seat: seat && {
            personId: seat.personId,
            kind: seat.kind,
            insteadOf: seat.insteadOf?.personId,
          },
          heeded: heeded && { reason: heeded.reason, alarms: alarmAnswers(heeded.alarms) },
        }));
        return ok({ deeds });
      }),
  );
