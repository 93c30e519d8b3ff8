import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import { correctionsOf } from '#functions/commands/corrections-list.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { closeReport, reportScore } from '#functions/commands/score-reports.ts';
import type { SaidReport } from '#functions/commands/score-reports-view.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

const all = '/api/rounds/:round/score-reports';
const Reason = z.string().trim().min(1).max(maxReason);

/** What was reported of one stored score; `corrected` names the correction that answers it, `closed` why nothing was corrected. */
export const Report = z.object({
  at: Instant,
  said: z.string().optional(),
  status: z.enum(['open', 'closed', 'corrected']),
  corrected: z.object({ correction: z.int(), at: Instant }).optional(),
  closed: z.object({ at: Instant, said: z.string().optional() }).optional(),
});

export const reportAnswerOf = ({ at, said, answer, closed }: SaidReport): z.infer<typeof Report> => ({
  at,
  ...(said !== undefined && { said }),
  status: answer.kind,
  ...(answer.kind === 'corrected' && { corrected: { correction: answer.correction, at: answer.at } }),
  ...(closed && { closed: { at: closed.at, ...(closed.said !== undefined && { said: closed.said }) } }),
});

/** What raters say after scoring of what is stored of their own scores. */
export const scoreReportOperations = (deps: ApiDeps): Operation[] => [
  listing(deps),
  reporting(deps),
  closing(deps),
];

const listing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('listScoreReports', 'correction.read'),
      method: 'GET',
      path: all,
      summary:
        'Stored scores that raters reported as not what they gave, newest first, raters by code; `closed` are those of applications that are closed to the reader, with who may answer them instead.',
      answer: {
        status: 200,
        schema: z.object({
          reports: z.array(
            Report.extend({ number: z.int(), application: ApplicationNumber, rater: z.string() }),
          ),
          closed: z.array(ClosedItem),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'disclosure-needed'],
    },
    (c) =>
      onRound(c, 'correction.read', async (command) => {
        const found = await correctionsOf(deps, command);
        if (!found.ok) return found;
        return ok({
          reports: found.value.reports.map((one) => {
            const { number, application, rater } = one;
            return Object.assign({ number, application, rater }, reportAnswerOf(one));
          }),
          closed: [...found.value.closedReports],
        });
      }),
  );

const reporting = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('reportOwnScore', 'own-scores.report', 'score-reported'),
      method: 'POST',
      path: all,
      summary:
        'Says, after scoring, that the own stored score of an application is not what was given. Nothing changes by it. One report at a time is open for an application; the answer stands among the own scores.',
      body: z.strictObject({ application: ApplicationNumber, reason: Reason }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'disclosure-needed',
        'conflict-of-interest',
        'reason-needed',
        'changed-meanwhile',
      ],
    },
    (c, reported) =>
      onRound(c, 'own-scores.report', async (command) =>
        done(await reportScore(deps, { ...command, ...reported })),
      ),
  );

const closing = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('closeScoreReport', 'correction.apply', 'score-report-closed'),
      method: 'POST',
      path: `${all}/:report/closing`,
      summary: 'Answers a report of another person with a reason, where nothing is corrected.',
      body: z.strictObject({ reason: Reason }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'disclosure-needed',
        'conflict-of-interest',
        'second-person-needed',
        'reason-needed',
        'changed-meanwhile',
      ],
    },
    (c, { reason }) =>
      onRound(c, 'correction.apply', async (command) => {
        const report = z.coerce.number().int().min(1).safeParse(c.req.param('report'));
        return report.success
          ? done(await closeReport(deps, { ...command, report: report.data, reason }))
          : refuse({ kind: 'not-found', what: 'correction' });
      }),
  );
