import * as z from 'zod';
import { OffersAfter, offersAnswer } from '#functions/api/corrections.ts';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { offersIfApplied, owedAsOffers } from '#functions/commands/correction-offers.ts';
import { openTrial, tryCorrection } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { suppositionIn } from '#functions/http/supposition.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Instant, readInstant } from '#shared/domain/time.ts';
import { Affected, Cutoffs } from '#shared/replay/affected.ts';
import { SeenThen } from '#shared/replay/seen.ts';
import { Moved } from '#shared/replay/since.ts';
import { Supposition } from '#shared/replay/supposition.ts';
import { ok } from '#shared/result.ts';

/** A round as it was, from its events alone. */
export const replayOperations = (deps: CommandDeps): Operation[] => [
  readReplay(deps),
  tryCounterfactual(deps),
];

const readReplay = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readReplay',
      method: 'GET',
      path: '/api/rounds/:round/replay',
      who: rolesFor('round.replay'),
      does: 'round.replay',
      summary:
        'The round as it stood at a moment, rebuilt from its events; which applications stand elsewhere since; and whether each proposal follows from the versions of records that it names, or from what had happened before it where it names none. In lists the place of an application that is closed to the reader says so; elsewhere such a one is left out.',
      query: {
        until: z.string().describe('a moment as of ISO 8601 with its offset; now where it is left out'),
      },
      answer: {
        status: 200,
        schema: z.object({
          stood: SeenThen,
          moved: z.array(Moved),
          recomputed: z.array(
            z.object({ stage: GatedStage, at: Instant, proposal: Sha256, follows: z.boolean() }),
          ),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'invalid', 'practice-needed', 'disclosure-needed'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('round.replay'));
        const asked = c.req.query('until');
        const until = asked === undefined ? undefined : () => readInstant(asked);
        const found = await lookBack(deps, { by, roundId, until });
        if (!found.ok) return found;
        const { stood, moved, recomputed } = found.value;
        return ok({ stood, moved: [...moved], recomputed: [...recomputed] });
      }),
  );

const tryCounterfactual = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'tryCorrection',
      method: 'GET',
      path: '/api/rounds/:round/counterfactual',
      who: rolesFor('correction.try'),
      does: 'correction.try',
      summary:
        'What a correction would change: cut-offs, and everyone who would be affected with what is owed to them, without whom a conflict of interest closes to the reader; `offers`, while offers are made: what would follow for these. Nothing is stored, and nobody is told.',
      query: {
        kind: z.enum(Supposition.options.map(({ shape }) => shape.kind.value)),
        part: z.enum(['scoring', 'interview']),
        rater: z.string().describe('by code, as lists of scores have it'),
        rows: z.int().describe('how many rows too low the points stand'),
        number: z.string().describe('of an application'),
        criterion: z.string(),
        points: z.number(),
        import: z.int().describe('of a file of marks from outside'),
        scoring: z.number().describe('percent'),
        interview: z.number().describe('percent'),
      },
      answer: {
        status: 200,
        schema: z.object({
          cutoffs: Cutoffs,
          affected: z.array(Affected),
          /** Which scores count as it was decided, where the checks of the severity adjustment would now say otherwise. */
          otherwise: SeverityAdjustment.shape.counts.optional(),
          offers: OffersAfter.optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'no-proposal', 'invalid', 'conflict-of-interest'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('correction.try'));
        const trial = await openTrial(deps, { by, roundId });
        if (!trial.ok) return trial;
        const supposition = suppositionIn(c.req.query());
        if (!supposition.ok) return supposition;
        const tried = tryCorrection(trial.value, supposition.value);
        if (!tried.ok) return tried;
        const { cutoffs, affected, otherwise, after } = tried.value;
        const { kind } = supposition.value;
        const offers = await offersIfApplied(deps, trial.value, { kind, after });
        if (!offers) return ok({ cutoffs, affected: [...affected], otherwise });
        const owed = owedAsOffers(affected, offers.debts);
        return ok({ cutoffs, affected: owed, otherwise, offers: offersAnswer(offers) });
      }),
  );
