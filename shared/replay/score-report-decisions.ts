import type { PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Correction, CorrectionEvent, Corrections } from '#shared/replay/correction.ts';
import type { ScoreReport } from '#shared/replay/score-report.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type EventOf<T extends CorrectionEvent['type']> = Omit<Extract<CorrectionEvent, { type: T }>, 'type' | 'at'>;

/** What became of a report: an applied correction answers it, or somebody closed it with a reason. */
export type ReportAnswer =
  | { kind: 'open' }
  | { kind: 'closed' }
  | { kind: 'corrected'; correction: number; at: Instant };

/**
 * A correction answers a report that was made before it was applied, where it moves or leaves out the scores of that rater, or says what the
 * application scores. Taken back, it answers nothing, and the report is open again.
 * @param code of the rater, as corrections name raters that do not keep whose code they name
 */
export const answerTo = (
  report: ScoreReport,
  { corrections }: Pick<Corrections, 'corrections'>,
  code: string | undefined,
): ReportAnswer => {
  if (report.closed) return { kind: 'closed' };
  const found = corrections.findLast(
    (one) =>
      one.status === 'applied' && one.applied && one.applied.at >= report.at && covers(one, report, code),
  );
  return found?.applied
    ? { kind: 'corrected', correction: found.number, at: found.applied.at }
    : { kind: 'open' };
};

const covers = (
  { corrects, raterId }: Correction,
  { application, by }: ScoreReport,
  code: string | undefined,
): boolean => {
  switch (corrects.kind) {
    case 'rows-shifted':
    case 'rater-left-out':
      return corrects.part === 'scoring' && (raterId ? raterId === by : corrects.rater === code);
    case 'criterion':
      return corrects.part === 'scoring' && corrects.number === application;
    case 'totals':
      return corrects.corrected.scoring !== undefined && corrects.number === application;
    case 'as-recorded':
    case 'marks-file':
    case 'undo':
      return false;
    default:
      return corrects satisfies never;
  }
};

/** The newest report of a rater on an application. */
export const ownReport = (
  state: Corrections | undefined,
  { by, applicationId }: Pick<ScoreReport, 'by' | 'applicationId'>,
): ScoreReport | undefined =>
  state?.reports?.findLast((one) => one.by === by && one.applicationId === applicationId);

/** Closes a report of somebody else where nothing is corrected. Once more by the same person changes nothing. */
export const closeReport = (
  state: Corrections | undefined,
  closing: EventOf<'score-report-closed'>,
  { now, code }: { now: Instant; code: (rater: PersonId) => string | undefined },
): Result<CorrectionEvent[], Refusal> => {
  const report = state?.reports?.find(({ number }) => number === closing.report);
  if (!state || !report) return refuse({ kind: 'not-found', what: 'correction' });
  if (report.by === closing.by) return refuse({ kind: 'second-person-needed' });
  if (report.closed?.by === closing.by) return ok([]);
  const { kind } = answerTo(report, state, code(report.by));
  if (kind !== 'open') return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'score-report-closed', at: now, ...closing }]);
};
