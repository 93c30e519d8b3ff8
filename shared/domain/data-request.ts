import * as z from 'zod';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, DataRequestId, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What a person may ask about the own data: that something be corrected, no longer processed, or erased. */
export const DataRequestKind = z.enum(['correction', 'consent-withdrawal', 'erasure']);
export type DataRequestKind = z.infer<typeof DataRequestKind>;

/** Within how many working days staff must answer: law 94-V, art. 8 (withdrawal) and art. 25 (correct, destroy); DOMAIN 3.9. */
const answerWorkingDays: Record<DataRequestKind, number> = {
  correction: 1,
  'consent-withdrawal': 15,
  erasure: 1,
};

export const Outcome = z.enum(['done', 'refused']);
export type Outcome = z.infer<typeof Outcome>;

const common = {
  id: DataRequestId,
  personId: PersonId,
  kind: DataRequestKind,
  /** What it is about; an erasure is of the whole account. */
  applicationId: ApplicationId.optional(),
  /** The end of the last working day on which it may be answered. */
  dueAt: Instant,
  /** What the person typed. */
  text: DocumentRef.optional(),
};

export const DataRequest = z.object({
  ...common,
  filedAt: Instant,
  answered: z.object({ at: Instant, outcome: Outcome, text: DocumentRef.optional() }).optional(),
});
export type DataRequest = z.infer<typeof DataRequest>;

const DataRequestEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('data-request-filed'), at: Instant, ...common }),
  z.object({
    type: z.literal('data-request-answered'),
    at: Instant,
    outcome: Outcome,
    /** Why it is refused, or what was done. */
    text: DocumentRef.optional(),
  }),
]);
export type DataRequestEvent = z.infer<typeof DataRequestEvent>;

/** Until when a request of this moment is to be answered. */
export const requestDueAt = (
  kind: DataRequestKind,
  { timeZone, calendar }: { timeZone: string; calendar: WorkingCalendar },
  now: Instant,
): Instant => endOfDay(timeZone, addWorkingDays(dayAt(timeZone, now), answerWorkingDays[kind], calendar));

/** Files a request; that the same one is not open already, its claim says. */
export const fileRequest = (
  request: Omit<DataRequest, 'filedAt' | 'answered'>,
  now: Instant,
): DataRequestEvent[] => [{ type: 'data-request-filed', at: now, ...request }];

/** Answers an open request. A refusal is nothing without its reason; the same answer again changes nothing. */
export const answerRequest = (
  request: DataRequest,
  { outcome, text }: { outcome: Outcome; text: DocumentRef | undefined },
  now: Instant,
): Result<DataRequestEvent[], Refusal> => {
  const { answered } = request;
  if (answered?.outcome === outcome) return ok([]);
  if (answered) return refuse({ kind: 'already-decided', decidedAt: answered.at });
  if (outcome === 'refused' && !text) return refuse({ kind: 'reason-needed' });
  return ok([{ type: 'data-request-answered', at: now, outcome, ...(text && { text }) }]);
};

/** Key in the `list` index of what staff have to answer, first what is due first. */
export const openDataRequests = 'OPEN';
/** The same of what was answered, by when. */
export const answeredDataRequests = 'ANSWERED';
/** Key in the `owner` index of a person's requests. */
export const dataRequestsOf = (personId: PersonId): string => `PERSON#${personId}`;

/** The claim that keeps one request of a kind open at a time, so that two presses are one. */
export const onlyDataRequest = ({
  personId,
  kind,
  applicationId,
}: Pick<DataRequest, 'personId' | 'kind' | 'applicationId'>): string =>
  `data-request#${personId}#${kind}#${applicationId ?? 'account'}`;

export const dataRequestAggregate: Aggregate<DataRequest, DataRequestEvent> = {
  name: 'data-request',
  event: DataRequestEvent,
  snapshot: DataRequest,
  evolve: (request, event) => {
    if (event.type === 'data-request-filed') {
      const { type: _, at: filedAt, ...asked } = event;
      return { ...asked, filedAt };
    }
    if (!request) throw new Error(`A request about data cannot begin with ${event.type}.`);
    const { type: _, ...answered } = event;
    return { ...request, answered };
  },
  lists: ({ id, personId, dueAt, filedAt, answered }) => ({
    list: answered
      ? { key: answeredDataRequests, sort: `${answered.at}#${id}` }
      : { key: openDataRequests, sort: `${dueAt}#${id}` },
    owner: { key: dataRequestsOf(personId), sort: `${filedAt}#${id}` },
  }),
};
