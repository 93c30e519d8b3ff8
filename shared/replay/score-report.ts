import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

const told = { at: Instant, by: PersonId, reason: DocumentRef };
const about = { applicationId: ApplicationId, application: ApplicationNumber };

/** A rater's word, after scoring, that what is stored of their score is not what they gave. It changes nothing by itself. */
export const ScoreReport = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  ...about,
  ...told,
  /** By somebody else, where nothing is corrected. */
  closed: z.object(told).optional(),
});
export type ScoreReport = z.infer<typeof ScoreReport>;

export const ScoreReported = z.object({
  type: z.literal('score-reported'),
  roundId: RoundId,
  ...about,
  ...told,
});

export const ScoreReportClosed = z.object({
  type: z.literal('score-report-closed'),
  ...told,
  report: z.int().min(1),
});

type Event = z.infer<typeof ScoreReported> | z.infer<typeof ScoreReportClosed>;

/** Reports with one more, or with one of them closed. */
export const reportsThen = (before: readonly ScoreReport[], event: Event): ScoreReport[] => {
  if (event.type === 'score-reported') {
    const { type: _type, roundId: _roundId, ...report } = event;
    return [...before, { number: before.length + 1, ...report }];
  }
  const { at, by, reason, report: number } = event;
  return before.map((one) => (one.number === number ? { ...one, closed: { at, by, reason } } : one));
};
