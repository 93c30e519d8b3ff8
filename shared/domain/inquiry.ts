import type { AnswerFileEvent, SubmittedFile } from '#shared/domain/application.ts';
import { awaited, type ScanSays, thrownAway } from '#shared/domain/application-documents.ts';
import { evolveUploads, letGo, markGone } from '#shared/domain/application-record.ts';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Candidacy, CandidacyEvent, Inquiry } from '#shared/domain/candidacy.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { DocumentId, InquiryId, PersonId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, endOfDay, morning } from '#shared/domain/zone.ts';
import type { InquiryStanding, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<CandidacyEvent[], Refusal>;

/** Working days that an answer may be given: at least one whole day, at most a month of them. */
export const inquiryDays = { least: 1, most: 20, usual: 3 } as const;

/** The end of the last working day in the round's zone, and the morning of that day, when the applicant is reminded. */
export const inquiryClock = (
  now: Instant,
  workingDays: number,
  { timeZone, calendar }: { timeZone: string; calendar: WorkingCalendar },
): { dueAt: Instant; remindAt: Instant } => {
  const last = addWorkingDays(dayAt(timeZone, now), workingDays, calendar);
  return { dueAt: endOfDay(timeZone, last), remindAt: atHour(timeZone, last, morning) };
};

/** An open one lapses by its clock: nothing has to be written for that. */
export const standingOf = ({ status, dueAt }: Inquiry, now: Instant): InquiryStanding =>
  status === 'open' && now >= dueAt ? 'lapsed' : status;

export const inquiryIn = ({ inquiries }: Candidacy, id: InquiryId): Inquiry | undefined =>
  inquiries?.find((one) => one.id === id);

/** The one whose answer is awaited. */
export const openInquiry = (candidacy: Candidacy, now: Instant): Inquiry | undefined =>
  candidacy.inquiries?.find((one) => standingOf(one, now) === 'open');

/** A committee's work on an application waits for the answer, or for the end of the clock. */
export const inquirySettled = (
  candidacy: Candidacy,
  { timeZone: zone }: Pick<RoundFile, 'timeZone'>,
  now: Instant,
): Result<void, Refusal> => {
  const open = openInquiry(candidacy, now);
  return open ? refuse({ kind: 'inquiry-open', until: open.dueAt, zone }) : ok(undefined);
};

export type Asking = {
  id: InquiryId;
  by: PersonId;
  question: DocumentRef;
  dueAt: Instant;
  requirement?: string | undefined;
};

/** Asks for more information: one question at a time, of somebody who takes part. */
export const makeInquiry = (
  candidacy: Candidacy,
  { id: inquiry, by, question, dueAt, requirement }: Asking,
  file: Pick<RoundFile, 'timeZone' | 'documents'>,
  now: Instant,
): Decision => {
  if (candidacy.withdrawnAt) return refuse({ kind: 'not-in-stage' });
  const settled = inquirySettled(candidacy, file, now);
  if (!settled.ok) return settled;
  if (requirement !== undefined && !file.documents.some(({ code }) => code === requirement)) {
    return refuse({ kind: 'unknown-requirement', requirement });
  }
  const asked = { at: now, inquiry, by, dueAt, question, ...(requirement !== undefined && { requirement }) };
  return ok([{ type: 'inquiry-made', ...asked }]);
};

/** Takes a question back. Twice changes nothing; what was answered, or has lapsed, stays as it is. */
export const withdrawInquiry = (candidacy: Candidacy, id: InquiryId, now: Instant): Decision => {
  const inquiry = inquiryIn(candidacy, id);
  if (!inquiry) return refuse({ kind: 'not-found', what: 'inquiry' });
  const status = standingOf(inquiry, now);
  if (status === 'withdrawn') return ok([]);
  return status === 'open'
    ? ok([{ type: 'inquiry-withdrawn', at: now, inquiry: id }])
    : refuse({ kind: 'inquiry-ended', status });
};

/** One that can still be answered, or why not. */
export const answerable = (candidacy: Candidacy, id: InquiryId, now: Instant): Result<Inquiry, Refusal> => {
  const inquiry = inquiryIn(candidacy, id);
  if (!inquiry) return refuse({ kind: 'not-found', what: 'inquiry' });
  if (candidacy.withdrawnAt) return refuse({ kind: 'not-in-stage' });
  const status = standingOf(inquiry, now);
  return status === 'open' ? ok(inquiry) : refuse({ kind: 'inquiry-ended', status });
};

/** Answers with a text, with files that have arrived, or both. A file on its way is not silently left out. */
export const answerInquiry = (inquiry: Inquiry, answer: DocumentRef | undefined, now: Instant): Decision => {
  const coming = awaited(inquiry, now);
  if (coming.length > 0) {
    return refuse({
      kind: 'document-not-arrived',
      requirements: [...new Set(coming.map(({ requirement }) => requirement))],
    });
  }
  const documents = receivedFiles(inquiry);
  if (!answer && documents.length === 0) {
    return refuse({ kind: 'invalid', faults: [{ place: 'text', message: 'inquiry.fault.empty' }] });
  }
  const event = { at: now, inquiry: inquiry.id, documents, ...(answer && { answer }) };
  return ok([{ type: 'inquiry-answered', ...event }]);
};

const receivedFiles = ({ documents }: Inquiry): SubmittedFile[] =>
  documents.flatMap((document) => {
    if (document.status !== 'received') return [];
    const { id, requirement, sha256, bytes } = document;
    return [{ id, requirement, sha256, bytes }];
  });

/**
 * What follows from a look of the scanner for a file that is held.
 * @param says of it; one that was thrown away is refused, and marked in what was sent
 */
export const clearedAnswer = (
  { documents, status }: Inquiry,
  document: DocumentId,
  says: ScanSays,
  at: Instant,
): AnswerFileEvent[] => {
  const held = documents.find(({ id }) => id === document);
  if (held?.status !== 'received' || !held.held) return [];
  if (says === 'clean') return [{ type: 'document-cleared', at, document }];
  const { fault, type } = thrownAway[says];
  if (status === 'answered') return [{ type, at, document }];
  return [{ type: 'document-refused', at, document, fault, sha256: held.sha256 }];
};

type InquiryEvent = Extract<CandidacyEvent, { inquiry: InquiryId }>;

/** How events change the questions of a candidacy. A question sets an earlier judgement aside. */
export const evolveInquiry = (candidacy: Candidacy, event: InquiryEvent): Candidacy => {
  const { inquiries = [] } = candidacy;
  if (event.type !== 'inquiry-made') {
    const changed = inquiries.map((one) => (one.id === event.inquiry ? evolveOne(one, event) : one));
    return { ...candidacy, inquiries: changed };
  }
  const { judgement: _aside, ...kept } = candidacy;
  const { inquiry: id, by, at: askedAt, dueAt, question, requirement } = event;
  const asked: Inquiry = { id, by, askedAt, dueAt, question, documents: [], status: 'open' };
  return {
    ...kept,
    inquiries: [...inquiries, requirement === undefined ? asked : { ...asked, requirement }],
  };
};

const evolveFiles = (documents: Inquiry['documents'], file: AnswerFileEvent): Inquiry['documents'] => {
  if (file.type === 'document-cleared') return letGo(documents, file.document);
  if (file.type === 'document-infected' || file.type === 'document-unreadable')
    return markGone(documents, file);
  return evolveUploads(documents, file);
};

const evolveOne = (inquiry: Inquiry, event: Exclude<InquiryEvent, { type: 'inquiry-made' }>): Inquiry => {
  switch (event.type) {
    case 'inquiry-saved':
      return { ...inquiry, draft: event.draft };
    case 'inquiry-file':
      return { ...inquiry, documents: evolveFiles(inquiry.documents, event.file) };
    case 'inquiry-answered':
      return {
        ...inquiry,
        status: 'answered',
        endedAt: event.at,
        ...(event.answer && { answer: event.answer }),
      };
    case 'inquiry-withdrawn':
      return { ...inquiry, status: 'withdrawn', endedAt: event.at };
    default:
      return event satisfies never;
  }
};
