import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import {
  CardBody,
  GivenCard,
  givenCard,
  HistoryAnswer,
  OtherCard,
  StandingCard,
  standingCard,
} from '#functions/api/cards.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { AssignmentAnswer, assignmentAnswer } from '#functions/api/rater-overview.ts';
import { atWork, described, done, onApplication, onCandidacy, onRound } from '#functions/api/selection.ts';
import { cardHistory } from '#functions/commands/card-history.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { raterDrawing } from '#functions/commands/rater-overview.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { declineApplication, draftApplicationScore, scoreApplication } from '#functions/commands/scoring.ts';
import { scorecardView, scoringView } from '#functions/commands/scoring-views.ts';
import { BlindFacts } from '#shared/domain/candidacy.ts';
import { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { RaterDrawing } from '#shared/domain/rater-drawing.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

/** Raters' own lists and scorecards, and how far everyone is. */
export const scoringOperations = (deps: ApiDeps): Operation[] => [
  readingList(deps),
  readingDrawing(deps),
  readingCard(deps),
  readingVersions(deps),
  giving(deps),
  drafting(deps),
  declining(deps),
  reassigning(deps),
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
              /** Something is saved that is not given. */
              drafted: z.boolean(),
            }),
          ),
          /** What went to somebody else before the visitor began it. */
          moved: z.array(z.object({ number: ApplicationNumber, at: Instant })),
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
          /** For the secretary and the chair, while scoring goes on. */
          assignment: AssignmentAnswer.optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'practice-needed', 'disclosure-needed'],
    },
    (c) =>
      onRound(c, 'scoring.read', async (command) => {
        const found = await scoringView(deps, command);
        if (!found.ok) return found;
        const { assignment, ...view } = found.value;
        return ok({ ...view, assignment: assignment && (await assignmentAnswer(deps, c, assignment)) });
      }),
  );

const readingDrawing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readRaterDrawing', 'raters.drawn'),
      method: 'GET',
      path: '/api/rounds/:round/scoring/drawing',
      summary:
        'How raters were drawn: the instance with its seed and bounds as `npm run assign` reads it, and what came of it.',
      answer: { status: 200, schema: RaterDrawing },
      refusals: ['not-found', 'wrong-stage', 'disclosure-needed'],
    },
    (c) =>
      onRound(c, 'raters.drawn', async (command) => {
        const found = await raterDrawing(deps, command);
        return found.ok ? ok(RaterDrawing.parse(JSON.parse(found.value))) : found;
      }),
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
          own: GivenCard.optional(),
          card: StandingCard,
          others: z.array(OtherCard).optional(),
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
        const { candidate, asked, own, card, others, next } = found.value;
        const { applicationId, number, facts } = candidate;
        const cards = { own: givenCard(own), card: standingCard(card), others };
        return ok({ applicationId, number, facts, asked, ...cards, next });
      }),
  );

const readingVersions = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readScoreVersions', 'scoring.read'),
      method: 'GET',
      path: `${onCandidacy}/score/versions`,
      summary:
        'Every version of the own cards; for the secretary, and for chair and auditor once the stage is over, of everybody’s by code.',
      answer: { status: 200, schema: z.object({ histories: z.array(HistoryAnswer) }) },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed', 'practice-needed'],
    },
    (c) => onApplication(c, 'scoring.read', (command) => cardHistory(deps, command)),
  );

const rating = [...atWork, 'not-assigned', 'not-in-stage', 'practice-needed', 'unblinded'] as const;

const giving = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('scoreApplication', 'scoring.score', 'score-given'),
      method: 'PUT',
      path: `${onCandidacy}/score`,
      summary:
        'The own card: a value of its scale for every required criterion that it judges. The newest counts.',
      body: CardBody,
      answer: { status: 204 },
      refusals: [...rating],
    },
    (c, card) =>
      onApplication(c, 'scoring.score', async (command) =>
        done(await scoreApplication(deps, { ...command, ...card })),
      ),
  );

const drafting = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('draftScore', 'scoring.score', 'score-drafted'),
      method: 'PUT',
      path: `${onCandidacy}/score/draft`,
      summary: 'Puts the own card aside before it is finished: it counts nowhere, and nobody else reads it.',
      body: CardBody,
      answer: { status: 204 },
      refusals: [...rating],
    },
    (c, card) =>
      onApplication(c, 'scoring.score', async (command) =>
        done(await draftApplicationScore(deps, { ...command, ...card })),
      ),
  );

const declining = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('declineScoring', 'scoring.score', 'rater-declined'),
      method: 'POST',
      path: `${onCandidacy}/score/declining`,
      summary: 'Hands the application back before it is scored, for a reason; another rater is asked.',
      body: z.strictObject({ reason: z.string().max(maxReason) }),
      answer: { status: 204 },
      refusals: [...rating, 'reason-needed'],
    },
    (c, { reason }) =>
      onApplication(c, 'scoring.score', async (command) =>
        done(await declineApplication(deps, { ...command, reason })),
      ),
  );

const reassigning = (deps: ApiDeps): Operation =>
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
  );
