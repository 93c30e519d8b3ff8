import * as z from 'zod';
import { UploadFault } from '#shared/domain/application.ts';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, DataRequestId, DocumentId, PersonId, Sha256 } from '#shared/domain/ids.ts';
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
  /** Filed at the desk: it is granted once the paper that the person signed is there. */
  assisted: z.literal(true).optional(),
};

/** A scan of the signed paper; `sha256` from when it arrived. */
const RequestPaper = z.object({
  id: DocumentId,
  announcedAt: Instant,
  sha256: Sha256.optional(),
  mediaType: z.string().optional(),
  refused: UploadFault.optional(),
});
type RequestPaper = z.infer<typeof RequestPaper>;

/** A paper is scanned again a few times at most. */
const maxRequestPapers = 5;

export const DataRequest = z.object({
  ...common,
  filedAt: Instant,
  /** Absent where none was sent. */
  papers: z.array(RequestPaper).optional(),
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
  z.object({ type: z.literal('request-paper-announced'), at: Instant, paper: DocumentId }),
  z.object({
    type: z.literal('request-paper-received'),
    at: Instant,
    paper: DocumentId,
    sha256: Sha256,
    mediaType: z.string(),
  }),
  z.object({
    type: z.literal('request-paper-refused'),
    at: Instant,
    paper: DocumentId,
    because: UploadFault,
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
  request: Omit<DataRequest, 'filedAt' | 'papers' | 'answered'>,
  now: Instant,
): DataRequestEvent[] => [{ type: 'data-request-filed', at: now, ...request }];

/** Those that arrived and were not thrown away. */
export const receivedPapers = ({ papers = [] }: DataRequest): RequestPaper[] =>
  papers.filter(({ sha256, refused }) => sha256 !== undefined && refused === undefined);

/** Those that were thrown away, each with why. */
export const refusedPapers = ({
  papers = [],
}: DataRequest): { announcedAt: Instant; because: UploadFault }[] =>
  papers.flatMap(({ announcedAt, refused }) => (refused ? [{ announcedAt, because: refused }] : []));

/** Notes that a scan was thrown away, once. */
export const refusePaper = (
  { papers = [] }: DataRequest,
  { paper, because }: { paper: DocumentId; because: UploadFault },
  now: Instant,
): DataRequestEvent[] =>
  papers.some(({ id, refused }) => id === paper && refused === undefined)
    ? [{ type: 'request-paper-refused', at: now, paper, because }]
    : [];

/** Notes that a scan of the signed paper is coming, to a request that was filed at the desk and is open. */
export const announceRequestPaper = (
  { assisted, answered, papers = [] }: DataRequest,
  paper: DocumentId,
  now: Instant,
): Result<DataRequestEvent[], Refusal> => {
  if (!assisted) return refuse({ kind: 'not-found', what: 'data-request' });
  if (answered) return refuse({ kind: 'already-decided', decidedAt: answered.at });
  if (papers.filter(({ refused }) => refused === undefined).length >= maxRequestPapers)
    return refuse({ kind: 'too-many-documents', requirement: 'signed-paper', limit: maxRequestPapers });
  return ok([{ type: 'request-paper-announced', at: now, paper }]);
};

/**
 * Answers an open request. A refusal is nothing without its reason, and what was asked for at the desk is done only once the
 * signed paper is there. The same answer again changes nothing.
 */
export const answerRequest = (
  request: DataRequest,
  { outcome, text }: { outcome: Outcome; text: DocumentRef | undefined },
  now: Instant,
): Result<DataRequestEvent[], Refusal> => {
  const { answered } = request;
  if (answered?.outcome === outcome) return ok([]);
  if (answered) return refuse({ kind: 'already-decided', decidedAt: answered.at });
  if (outcome === 'refused' && !text) return refuse({ kind: 'reason-needed' });
  if (outcome === 'done' && request.assisted && receivedPapers(request).length === 0)
    return refuse({ kind: 'paper-needed' });
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
    return evolveRequest(request, event);
  },
  lists: ({ id, personId, dueAt, filedAt, answered }) => ({
    list: answered
      ? { key: answeredDataRequests, sort: `${answered.at}#${id}` }
      : { key: openDataRequests, sort: `${dueAt}#${id}` },
    owner: { key: dataRequestsOf(personId), sort: `${filedAt}#${id}` },
  }),
};

const evolveRequest = (
  request: DataRequest,
  event: Exclude<DataRequestEvent, { type: 'data-request-filed' }>,
): DataRequest => {
  const { papers = [] } = request;
  switch (event.type) {
    case 'data-request-answered': {
      const { type: _, ...answered } = event;
      return { ...request, answered };
    }
    case 'request-paper-announced':
      return { ...request, papers: [...papers, { id: event.paper, announcedAt: event.at }] };
    case 'request-paper-received': {
      const { paper, sha256, mediaType } = event;
      return {
        ...request,
        papers: papers.map((one) => (one.id === paper ? Object.assign({}, one, { sha256, mediaType }) : one)),
      };
    }
    case 'request-paper-refused': {
      const { paper, because: refused } = event;
      return {
        ...request,
        papers: papers.map((one) => (one.id === paper ? Object.assign({}, one, { refused }) : one)),
      };
    }
    default:
      return event satisfies never;
  }
};
