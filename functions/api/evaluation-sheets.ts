import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described, onApplication, onCandidacy, onRound } from '#functions/api/selection.ts';
import { evaluationSheets, sheetsPerFile } from '#functions/commands/evaluation-sheets.ts';
import { EvaluationSheets } from '#shared/papers/evaluation-sheets.ts';

const read = 'evaluation-sheets.read';
const refusals = [
  'not-found',
  'wrong-stage',
  'not-allowed',
  'unfinished-work',
  'disclosure-needed',
  'practice-needed',
] as const;

/** The data that evaluation sheets are drawn from. */
export const evaluationSheetOperations = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('readEvaluationSheets', read),
      method: 'GET',
      path: '/api/rounds/:round/evaluation-sheets',
      summary: `Cards, marks and totals of ${sheetsPerFile} applications of a round, by number and code; that they were read is noted.`,
      query: {
        part: z.int().describe(`which ${sheetsPerFile}, in the order of numbers; 1 where it is left out`),
      },
      answer: { status: 200, schema: EvaluationSheets },
      refusals,
    },
    (c) =>
      onRound(c, read, (command) =>
        evaluationSheets(deps, { ...command, which: { part: Number(c.req.query('part') ?? 1) } }),
      ),
  ),
  ask(
    {
      ...described('readEvaluationSheet', read),
      method: 'GET',
      path: `${onCandidacy}/evaluation-sheet`,
      summary: 'The same of one application.',
      answer: { status: 200, schema: EvaluationSheets },
      refusals,
    },
    (c) =>
      onApplication(c, read, ({ applicationId, ...command }) =>
        evaluationSheets(deps, { ...command, which: { applicationId } }),
      ),
  ),
];
