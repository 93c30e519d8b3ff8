import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { Report, reportAnswerOf } from '#functions/api/score-reports.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { type OwnScore, ownScores } from '#functions/commands/own-scores.ts';
import { askPracticeAnew, scorePracticeText } from '#functions/commands/practice.ts';
import { ownPractice, type PracticeView, type ScoredText } from '#functions/commands/practice-views.ts';
import { ownFeedback } from '#functions/commands/rater-feedback.ts';
import { ownReports, type SaidReport } from '#functions/commands/score-reports-view.ts';
import { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { PracticeText } from '#shared/domain/practice-rule.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const practice = '/api/rounds/:round/practice';

const Points = z.record(z.string(), z.number());
const Open = z.object(PracticeText.omit({ points: true, why: true, reasons: true }).shape);
const Scored = z.object({
  text: PracticeText,
  points: Points,
  /** Percent of the scale. */
  distance: z.number(),
  lean: z.number(),
  at: Instant,
});
/** With the ends of its 95 % interval. */
const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** Practice before scoring, and what raters are told of their own scores. */
export const practiceOperations = (deps: ApiDeps): Operation[] => [
  readingPractice(deps),
  ...practising(deps),
  readingFeedback(deps),
  readingStored(deps),
];

const readingPractice = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readPractice', 'practice.score'),
      method: 'GET',
      path: practice,
      summary:
        'How the own practice stands: texts to score now, and those that were scored with their reference and its reasons.',
      answer: {
        status: 200,
        schema: z.object({
          standing: z.enum(['certified', 'practising', 'used-up']),
          /** A certificate holds until then. */
          until: Instant.optional(),
          triesLeft: z.int().optional(),
          left: z.array(Open),
          scored: z.array(Scored),
          last: z
            .object({
              at: Instant,
              distance: z.number(),
              lean: z.number(),
              passed: z.boolean(),
              scored: z.array(Scored),
            })
            .optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'practice.score', async (command) => {
        const found = await ownPractice(deps, command);
        return found.ok ? ok(answerOf(found.value)) : found;
      }),
  );

const practising = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...described('scorePracticeText', 'practice.score', 'practice-scored'),
      method: 'PUT',
      path: `${practice}/:text`,
      summary: 'The own points for one synthetic application, once. The last of a try ends it.',
      body: z.strictObject({ points: Points }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'practice-over', 'changed-meanwhile'],
    },
    (c, { points }) =>
      onRound(c, 'practice.score', async (command) =>
        done(await scorePracticeText(deps, { ...command, points, text: c.req.param('text') ?? '' })),
      ),
  ),
  send(
    {
      ...described('askPractice', 'practice.ask', 'practice-asked'),
      method: 'POST',
      path: practice,
      summary: 'Asks a rater to practise anew: the certificate ends, or used-up tries begin again.',
      body: z.strictObject({ personId: PersonId }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'changed-meanwhile'],
    },
    (c, { personId }) =>
      onRound(c, 'practice.ask', async (command) =>
        done(await askPracticeAnew(deps, { ...command, personId })),
      ),
  ),
];

const readingFeedback = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readFeedback', 'feedback.read'),
      method: 'GET',
      path: '/api/rounds/:round/scoring/feedback',
      summary: 'What the own scores say of the reader, beside the panel; nobody else is told.',
      answer: {
        status: 200,
        schema: z.object({
          scores: z.int(),
          /** Percent of the scale; below 0 is severe. */
          severity: Estimate.optional(),
          /** Percent of the scale from the first to the last score; above 0 grew milder. */
          drift: Estimate.optional(),
          /** Standard deviation of the own scores over the others': below 1 uses less of the scale. */
          spread: Estimate.optional(),
          /** Correlation with the mean of the others. */
          agreement: Estimate.optional(),
          /** Mean correlation between criteria. */
          halo: Estimate.optional(),
          panelHalo: z.number().optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'practice-needed', 'disclosure-needed'],
    },
    (c) =>
      onRound(c, 'feedback.read', async (command) => {
        const found = await ownFeedback(deps, command);
        return found.ok ? ok(found.value.feedback) : found;
      }),
  );

const readingStored = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readOwnScores', 'own-scores.read'),
      method: 'GET',
      path: '/api/rounds/:round/scoring/own',
      summary: 'What is stored of the own scores, also after scoring; nothing that anybody else gave.',
      answer: {
        status: 200,
        schema: z.object({
          scores: z.array(
            z.object({
              number: ApplicationNumber,
              points: Points,
              abstained: z.array(z.string()),
              /** Percent of the scale. */
              total: z.number(),
              at: Instant,
              /** Whether it counts in the total of its application. */
              counts: z.boolean(),
              comments: z.object({ committee: z.string(), applicant: z.string() }),
              /** What the reader reported of it last, and the answer. */
              report: Report.optional(),
            }),
          ),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'practice-needed', 'disclosure-needed'],
    },
    (c) =>
      onRound(c, 'own-scores.read', async (command) => {
        const found = await ownScores(deps, command);
        if (!found.ok) return found;
        const reports = await ownReports(deps, found.value.place);
        return ok({ scores: found.value.scores.map((own) => storedOf(own, reports.get(own.number))) });
      }),
  );

const storedOf = ({ number, score, comments, counts }: OwnScore, report: SaidReport | undefined) => ({
  number,
  points: { ...score.points },
  abstained: score.abstained ?? [],
  total: score.total,
  at: score.at,
  counts,
  comments: { ...comments },
  ...(report && { report: reportAnswerOf(report) }),
});

const answerOf = ({ standing, left, scored, last }: PracticeView) => ({
  standing: standing.kind,
  until: standing.kind === 'certified' ? standing.until : undefined,
  triesLeft: standing.kind === 'practising' ? standing.triesLeft : undefined,
  left: [...left],
  scored: scored.map(scoredOf),
  last: last && { ...last, scored: last.scored.map(scoredOf) },
});

const scoredOf = ({ text, sheet: { points, distance, lean, at } }: ScoredText) => ({
  text,
  points,
  distance,
  lean,
  at,
});
