import * as z from 'zod';
import { CardBody } from '#functions/api/cards.ts';
import { type Operation, send } from '#functions/api/operation.ts';
import { described, done, onApplication } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { draftInterviewCard, scoreInterview } from '#functions/commands/interview-scorecards.ts';

const refusals = [
  'not-found',
  'wrong-stage',
  'not-in-stage',
  'too-early',
  'conflict-of-interest',
  'disclosure-needed',
  'proposal-on-table',
  'changed-meanwhile',
] as const;

/** A card, and the station that it is of, where who gives it sits at several. */
const StationCardBody = CardBody.extend({ station: z.string().max(40).optional() });

/** Scorecards of interviews. */
export const interviewCardOperations = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('scoreInterview', 'interview.score', 'scorecard-given'),
      method: 'PUT',
      path: '/api/rounds/:round/interviews/:application/scorecard',
      summary: 'Gives the own scorecard of an interview that has begun, or a better one in its place.',
      body: StationCardBody,
      answer: { status: 204 },
      refusals,
    },
    (c, card) =>
      onApplication(c, 'interview.score', async (command) =>
        done(await scoreInterview(deps, { ...command, ...card })),
      ),
  ),
  send(
    {
      ...described('draftScorecard', 'interview.score', 'scorecard-drafted'),
      method: 'PUT',
      path: '/api/rounds/:round/interviews/:application/scorecard/draft',
      summary:
        'Puts the own scorecard aside before it is finished: it counts nowhere, and nobody else reads it.',
      body: StationCardBody,
      answer: { status: 204 },
      refusals,
    },
    (c, card) =>
      onApplication(c, 'interview.score', async (command) =>
        done(await draftInterviewCard(deps, { ...command, ...card })),
      ),
  ),
];
