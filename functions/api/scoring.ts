import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { atWork, described, done, onApplication, onCandidacy, onRound } from '#functions/api/selection.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { scorecardView, scoringView } from '#functions/commands/scoring-views.ts';
import { BlindFacts } from '#shared/domain/candidacy.ts';
import { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const Points = z.record(z.string(), z.number());

/** Raters' own lists and scorecards, and how far everyone is. */
export const scoringOperations = (deps: ApiDeps): Operation[] => [
  readingList(deps),
  readingCard(deps),
  ...scoring(deps),
];

const readingList = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readScoring', 'scoring.read'),
      method: 'GET',
      path: '/api/rounds/:round/scoring',
      summary: 'The own applications to score; for the secretary and the chair also counts by rater.',
      answer: {
        status: 200,
        schema: z.object({
          own: z.array(
            z.object({
              applicationId: ApplicationId,
              number: ApplicationNumber,
              total: z.number().optional(),
            }),
          ),
          progress: z
            .array(
              z.object({
                personId: PersonId,
                asked: z.int(),
                given: z.int(),
                sits: z.boolean(),
                /** Of a rater of another region. */
                guest: RegionCode.optional(),
                practice: z.enum(['certified', 'practising', 'used-up']).optional(),
              }),
            )
            .optional(),
          /** For the secretary where the round file says so: the standard deviation of the raters' severities. */
          spread: z.object({ raters: z.int(), deviation: z.number() }).optional(),
          /** Applications whose scores lie so far apart that one more rater is asked. */
          apart: z.int().optional(),
          /** Places that nobody fills who could score. */
          open: z.int(),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'practice-needed', 'disclosure-needed'],
    },
    (c) => onRound(c, 'scoring.read', (command) => scoringView(deps, command)),
  );

const readingCard = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readScorecard', 'scoring.read'),
      method: 'GET',
      path: `${onCandidacy}/score`,
      summary: 'One application with the own scorecard; the others’ once the own one is in.',
      answer: {
        status: 200,
        schema: z.object({
          applicationId: ApplicationId,
          number: ApplicationNumber,
          facts: BlindFacts,
          asked: z.boolean(),
          own: z.object({ points: Points, total: z.number(), at: Instant }).optional(),
          others: z.array(z.object({ points: Points, total: z.number() })).optional(),
          /** The next own application without a score. */
          next: ApplicationId.optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed', 'practice-needed'],
    },
    (c) =>
      onApplication(c, 'scoring.read', async (command) => {
        const found = await scorecardView(deps, command);
        if (!found.ok) return found;
        const { candidate, asked, own, others, next } = found.value;
        const { applicationId, number, facts } = candidate;
        return ok({ applicationId, number, facts, asked, own, others, next });
      }),
  );

const scoring = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...described('scoreApplication', 'scoring.score', 'score-given'),
      method: 'PUT',
      path: `${onCandidacy}/score`,
      summary: 'The own scorecard: a value of its scale for every criterion. The newest counts.',
      body: z.strictObject({ points: Points }),
      answer: { status: 204 },
      refusals: [...atWork, 'not-assigned', 'not-in-stage', 'practice-needed'],
    },
    (c, { points }) =>
      onApplication(c, 'scoring.score', async (command) =>
        done(await scoreApplication(deps, { ...command, points })),
      ),
  ),
  ask(
    {
      ...described('reassignRaters', 'raters.reassign', 'rater-replaced'),
      method: 'POST',
      path: '/api/rounds/:round/scoring/reassignment',
      summary:
        'Hands what members owe who cannot score any more to others, and fills open places. Scores stay.',
      answer: { status: 200, schema: z.object({ applications: z.int() }) },
      refusals: [...atWork],
    },
    (c) =>
      onRound(c, 'raters.reassign', async (command) => {
        const handed = await reassignOpen(deps, command);
        return handed.ok ? ok({ applications: handed.value }) : handed;
      }),
  ),
];
