import * as z from 'zod';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Corrections } from '#shared/replay/correction.ts';
import type { ScoreReport } from '#shared/replay/score-report.ts';
import { answerTo } from '#shared/replay/score-report-decisions.ts';
import { Doer, doerOf, doerSaid, Reason } from './doer.ts';
import type { Gathered } from './gathered.ts';
import type { PaperFact, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** A rater's word that a stored score is not what they gave, and what answered it; without who that is, since raters stand by codes. */
export const MinutesReport = z.strictObject({
  number: z.int().min(1),
  application: ApplicationNumber,
  at: Instant,
  reason: Reason.optional(),
  /** By somebody else, where nothing was corrected. */
  closed: Doer.extend({ reason: Reason.optional() }).optional(),
  /** By a correction that stands. */
  corrected: z.strictObject({ correction: z.int().min(1), at: Instant }).optional(),
});
export type MinutesReport = z.infer<typeof MinutesReport>;

/** Each in the order in which it was made; nothing where nobody reported. */
export const gatheredReports = (
  gathered: Pick<Gathered, 'corrections' | 'reports' | 'names' | 'said'>,
): { reports?: MinutesReport[] } => {
  const { reports = [], corrections = [] } = gathered;
  return reports.length > 0
    ? { reports: reports.map((one) => reportOf(one, { corrections: [...corrections] }, gathered)) }
    : {};
};

const reportOf = (
  report: ScoreReport,
  state: Pick<Corrections, 'corrections'>,
  gathered: Pick<Gathered, 'names' | 'said'>,
): MinutesReport => {
  const { number, application, at, closed } = report;
  const answer = answerTo(report, state, undefined);
  return {
    number,
    application,
    at,
    ...because(gathered.said(report.reason)),
    ...(closed && { closed: { ...doerOf(closed, gathered), ...because(gathered.said(closed.reason)) } }),
    ...(answer.kind === 'corrected' && { corrected: { correction: answer.correction, at: answer.at } }),
  };
};

const because = (reason: string | undefined): { reason?: string } => (reason ? { reason } : {});

/** A section of its own, where a rater reported. */
export const reportsSection = (
  { reports = [], zone }: { reports?: MinutesReport[] | undefined; zone: string },
  t: PaperTranslator,
): PaperSection[] =>
  reports.length === 0
    ? []
    : [
        {
          heading: t('papers.reports.heading'),
          blocks: [{ kind: 'facts', facts: reports.map((one) => factOf(one, zone, t)) }],
        },
      ];

const factOf = (report: MinutesReport, zone: string, t: PaperTranslator): PaperFact => {
  const { number, application, at, reason, closed, corrected } = report;
  const reasonLine = (text: string | undefined): string[] =>
    text === undefined ? [] : [t('papers.gates.reason', { reason: text })];
  const lines = [
    t('papers.reports.made', { at: t.moment(at, zone) }),
    ...reasonLine(reason),
    ...(closed ? [t('papers.reports.closed', doerSaid(closed, zone, t))] : []),
    ...reasonLine(closed?.reason),
    ...(corrected
      ? [
          t('papers.reports.corrected', {
            correction: corrected.correction,
            at: t.moment(corrected.at, zone),
          }),
        ]
      : []),
    ...(closed || corrected ? [] : [t('papers.reports.open')]),
  ];
  return { name: t('papers.reports.number', { number, application }), value: lines.join('\n') };
};
