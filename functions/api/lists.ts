import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { cardMarks } from '#functions/api/cards.ts';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { roundList } from '#functions/commands/lists.ts';
import type { ScoreTable } from '#functions/commands/score-table.ts';
import { partIn } from '#functions/http/part.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { CardStage } from '#shared/domain/stage.ts';
import { SeenList } from '#shared/domain/walls.ts';
import { ok, refuse } from '#shared/result.ts';

const Points = z.record(z.string(), z.number());

/** What committees compare numbers in, as the pages show it: with the same rights, and with nothing that they leave out. */
export const listOperations = (deps: ApiDeps): Operation[] => [readingScores(deps), readingRanking(deps)];

const readingScores = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readScoreList', 'charts.read'),
      method: 'GET',
      path: '/api/rounds/:round/lists/scores',
      summary:
        'Every score that counts by application number and rater’s code, with marks from outside; with `part=interviews` every scorecard of the interviews, with its station where an interview has several. The reading is logged.',
      query: { part: CardStage },
      answer: {
        status: 200,
        schema: z.object({
          applications: z.array(
            z.object({
              number: ApplicationNumber,
              scores: z.array(
                z.object({
                  rater: z.string(),
                  station: z.string().optional(),
                  points: Points,
                  total: z.number(),
                  ...cardMarks,
                }),
              ),
              marks: Points.optional(),
            }),
          ),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'unfinished-work', 'practice-needed', 'invalid'],
    },
    (c) =>
      onRound(c, 'charts.read', async (command) => {
        const part = partIn(c);
        if (!part.ok) return part;
        const found = await roundList(deps, { ...command, name: 'scores', part: part.value });
        if (!found.ok) return found;
        if (found.value.name !== 'scores') return refuse({ kind: 'no-proposal' });
        return ok({ applications: found.value.table.applications.map(scoresAnswer) });
      }),
  );

const readingRanking = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readRanking', 'lists.export'),
      method: 'GET',
      path: '/api/rounds/:round/lists/ranking',
      summary:
        'The standing list as it lies on the table, or as it was decided last. In the place of an application that is closed to the reader it says so. The reading is logged.',
      answer: {
        status: 200,
        schema: SeenList.pick({ stage: true, adjustment: true, line: true, standings: true }),
      },
      refusals: ['not-found', 'wrong-stage', 'no-proposal', 'practice-needed'],
    },
    (c) =>
      onRound(c, 'lists.export', async (command) => {
        const found = await roundList(deps, { ...command, name: 'ranking' });
        if (!found.ok) return found;
        if (found.value.name !== 'ranking') return refuse({ kind: 'no-proposal' });
        return ok(found.value.list);
      }),
  );

const scoresAnswer = ({ number, scores, marks }: ScoreTable['applications'][number]) => ({
  number,
  scores: scores.map((one) => ({ ...one, points: { ...one.points } })),
  ...(marks && { marks: { ...marks } }),
});
