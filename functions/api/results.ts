import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { ownResult, publicResults } from '#functions/commands/results.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { Correction } from '#shared/domain/claim.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Standing } from '#shared/domain/standing.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

/** Results: for anyone by number, for an applicant the own ones in full. */
export const resultOperations = (deps: CommandDeps): Operation[] => [readResults(deps), readOwnResult(deps)];

const readResults = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readResults',
      method: 'GET',
      path: '/api/calls/:round/results',
      who: 'public',
      summary: 'Results by application number once they are published; before that, when they are expected.',
      answer: {
        status: 200,
        schema: z.object({
          final: z.boolean().optional(),
          /** Of the whole list that the committee decided on. */
          sha256: Sha256.optional(),
          expectedAt: Instant.optional(),
          results: z.array(
            Standing.pick({
              number: true,
              outcome: true,
              rank: true,
              scoring: true,
              interview: true,
              total: true,
            }),
          ),
        }),
      },
      refusals: ['not-found'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const found = await publicResults(deps, roundId);
        if (!found.ok) return found;
        const { results, expectedAt } = found.value;
        return ok({
          final: results?.final,
          sha256: results?.sha256,
          expectedAt,
          results: [...(results?.lines ?? [])],
        });
      }),
  );

const readOwnResult = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnResult',
      method: 'GET',
      path: '/api/applications/:application/result',
      who: 'signed-in',
      summary: 'What was decided about the own application, as far as it has been told, with the own points.',
      answer: {
        status: 200,
        schema: z.object({
          stages: z.array(
            z.object({
              stage: GatedStage,
              standing: Standing.omit({ applicationId: true }),
              minimum: z.number().optional(),
              rankedCount: z.int(),
            }),
          ),
          points: z.array(
            z.object({ part: z.enum(['scoring', 'interview']), code: z.string(), mean: z.number() }),
          ),
          corrected: Correction,
        }),
      },
      refusals: ['not-found'],
    },
    (c) => {
      const by = { personId: requireActor(c).id };
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownResult(deps, { by, applicationId });
        if (!found.ok) return found;
        const { stages, points, corrected } = found.value;
        return ok({ stages: [...stages], points: [...points], corrected });
      });
    },
  );
