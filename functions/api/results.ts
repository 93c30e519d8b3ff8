import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { OwnOffers } from '#functions/commands/own-offers.ts';
import { openBundle, ownReceipt } from '#functions/commands/result-receipt.ts';
import { ownResult, publicResults } from '#functions/commands/results.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { editionIn } from '#functions/http/edition.ts';
import { Correction } from '#shared/domain/claim.ts';
import { ResultsEdition } from '#shared/domain/edition.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { ResultChange } from '#shared/domain/result-change.ts';
import { PublishedStage } from '#shared/domain/results-publication.ts';
import { Publication } from '#shared/domain/round.ts';
import { RatedScores, SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Standing } from '#shared/domain/standing.ts';
import { Instant } from '#shared/domain/time.ts';
import { Affected } from '#shared/replay/affected.ts';
import { ok, refuse } from '#shared/result.ts';

/** Results: for anyone by number, for an applicant the own ones in full. */
export const resultOperations = (deps: CommandDeps): Operation[] => [
  readResults(deps),
  downloadBundle(deps),
  readOwnResult(deps),
  readOwnReceipt(deps),
];

/** One line of the results as anyone reads it. */
const Line = Standing.pick({
  number: true,
  outcome: true,
  rank: true,
  scoring: true,
  interview: true,
  total: true,
});

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
          /** Final results that were corrected: which edition these are, and who stands otherwise than in the one before. */
          edition: ResultsEdition.pick({ number: true, cause: true, correctedAt: true })
            .extend({ changed: z.array(z.object({ before: Line, after: Line })) })
            .optional(),
          publications: z.array(Publication.omit({ receiptParts: true })),
          expectedAt: Instant.optional(),
          results: z.array(Line),
        }),
      },
      refusals: ['not-found'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const found = await publicResults(deps, roundId);
        if (!found.ok) return found;
        const { results, expectedAt, publications } = found.value;
        return ok({
          final: results?.final,
          ...(results?.edition && {
            edition: { ...results.edition, changed: [...results.edition.changed] },
          }),
          publications: [...publications],
          expectedAt,
          results: [...(results?.lines ?? [])],
        });
      }),
  );

const downloadBundle = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'downloadBundle',
      method: 'GET',
      path: '/api/calls/:round/results/:stage',
      who: 'public',
      summary:
        'An address, for so many seconds, of the signed bundle of final results (claims; of their edition that counts, or of the one that `edition` names) or of where the offers ended (offers): what npm run verify checks.',
      query: {
        edition: z
          .int()
          .min(1)
          .describe('of final results that were corrected; the newest where it is left out'),
      },
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const stage = PublishedStage.safeParse(c.req.param('stage'));
        if (!stage.success) return refuse({ kind: 'not-found', what: 'document' });
        return await openBundle(deps, { roundId, stage: stage.data, edition: editionIn(c) });
      }),
  );

const readOwnReceipt = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnReceipt',
      method: 'GET',
      path: '/api/applications/:application/result/:stage/receipt',
      who: 'signed-in',
      summary:
        'The own receipt of a bundle, where it was corrected of the edition that counts or that `edition` names: the text of a file to keep, which npm run verify checks beside the bundle.',
      query: {
        edition: z
          .int()
          .min(1)
          .describe('of final results that were corrected; the newest where it is left out'),
      },
      answer: { status: 200, schema: z.object({ text: z.string(), filename: z.string() }) },
      refusals: ['not-found'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), async (applicationId) => {
        const stage = PublishedStage.safeParse(c.req.param('stage'));
        if (!stage.success) return refuse({ kind: 'not-found', what: 'document' });
        return await ownReceipt(deps, { by, applicationId, stage: stage.data, edition: editionIn(c) });
      });
    },
  );

/** What was decided about an application, as its owner is told it. */
const ChangedBy = z.enum(['claim', 'correction']);

const AskedBefore = z.enum(['before-edition', 'before-choice', 'by-quota']);

const OwnResultAnswer = z.object({
  stages: z.array(
    z.object({
      stage: GatedStage,
      standing: Standing.omit({ applicationId: true }),
      minimum: z.number().optional(),
      rankedCount: z.int(),
      /** What would have made it go on, where points decided. */
      change: ResultChange.optional(),
      /** The committee decided so otherwise than the points propose. */
      departed: z.literal(true).optional(),
    }),
  ),
  /** How the offers ended, once it is told, and who has each chosen post and stands last in the ranking, but by a remedy. */
  offers: z
    .object({
      standing: Standing.omit({ applicationId: true }),
      rankedCount: z.int(),
      posts: z.array(
        z.object({
          vacancy: VacancyCode,
          posts: z.int(),
          /** `asked`: why somebody behind may have the post, where it was not by an offer of the same results. */
          last: z
            .object({ rank: z.int(), total: z.number().optional(), asked: AskedBefore.optional() })
            .optional(),
          /** Somebody has it by a remedy, who stands behind the last or is alone. */
          remedied: z.boolean(),
        }),
      ),
      /** Chosen posts of subjects that the applicant does not teach. */
      unsuited: z.array(VacancyCode),
    })
    .optional(),
  /** `was` and `changed` where a claim or a correction changed them since they were told first. */
  points: z.array(
    z.object({
      part: z.enum(['scoring', 'interview']),
      code: z.string(),
      mean: z.number(),
      was: z.number().optional(),
      changed: z.object({ by: ChangedBy, at: Instant }).optional(),
    }),
  ),
  /** Totals that stand otherwise than they were told first; `points` by criterion are empty where the total alone was changed. */
  changes: z.array(
    z.object({
      part: z.enum(['scoring', 'interview']),
      by: ChangedBy,
      at: Instant,
      was: z.number().optional(),
      is: z.number(),
      points: z.record(z.string(), z.number()),
    }),
  ),
  /** What those who judged say, without who said it. */
  comments: z.array(z.object({ part: z.enum(['scoring', 'interview']), text: z.string() })),
  corrected: Correction.describe(
    'totals that a claim put in the place of others, as they stand now; told with the final results',
  ),
  /** What corrections of the round did to the own result, and what is owed for it. */
  corrections: z.array(
    Affected.pick({ before: true, after: true, remedy: true }).extend({
      correction: z.int(),
      at: Instant,
      undone: z.boolean(),
    }),
  ),
  /** Which scores count, where they may be adjusted for the severity of raters, and the own ones both ways. */
  adjustment: SeverityAdjustment.pick({ counts: true }).extend({ rated: RatedScores }).optional(),
});

const readOwnResult = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnResult',
      method: 'GET',
      path: '/api/applications/:application/result',
      who: 'signed-in',
      summary: 'What was decided about the own application, as far as it has been told, with the own points.',
      answer: { status: 200, schema: OwnResultAnswer },
      refusals: ['not-found'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownResult(deps, { by, applicationId });
        if (!found.ok) return found;
        const { stages, offers, points, comments, corrected, changes, corrections, adjustment } = found.value;
        return ok({
          stages: [...stages],
          ...(offers && { offers: offersAnswer(offers) }),
          points: [...points],
          comments: [...comments],
          corrected,
          changes: [...changes],
          corrections: [...corrections],
          adjustment,
        });
      });
    },
  );

const offersAnswer = ({ posts, unsuited, ...others }: OwnOffers) => ({
  ...others,
  posts: posts.map(({ post, posts: seats, last, isRemedied }) => ({
    vacancy: post.code,
    posts: seats,
    last,
    remedied: isRemedied,
  })),
  unsuited: [...unsuited],
});
