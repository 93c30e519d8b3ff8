import * as z from 'zod';
import { SubmittedFile, UploadEvent, UploadedDocument } from '#shared/domain/application.ts';
import { type ApplicationForm, RedactableText } from '#shared/domain/application-form.ts';
import { evolveUploads } from '#shared/domain/application-record.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import {
  ApplicationId,
  ApplicationNumber,
  DocumentId,
  InquiryId,
  RefereeId,
  RoundId,
  Sha256,
} from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** What one copy is of: a free text of the form, one uploaded file, an answer to a question of the committee, or a reference. */
export const RedactedItem = z.union([RedactableText, DocumentId, InquiryId, RefereeId]);
export type RedactedItem = z.infer<typeof RedactedItem>;

/** `of` is the digest of the original that the copy was made from: once another one is in force, the copy is not shown any more. */
const made = { at: Instant, of: Sha256 };

/** What raters may see in place of one original, or why they see nothing. */
export const Copy = z.discriminatedUnion('status', [
  /** `whole`: somebody looked and found nothing to redact. The copy is stored all the same. */
  z.object({
    ...made,
    status: z.literal('text-released'),
    copy: DocumentRef,
    whole: z.literal(true).optional(),
  }),
  z.object({ ...made, status: z.literal('file-released'), file: SubmittedFile }),
  z.object({ ...made, status: z.literal('withheld'), reason: DocumentRef }),
  /** `last`: the text that was released before, from which the next one may be made; raters are not shown it. */
  z.object({ at: Instant, status: z.literal('taken-back'), last: DocumentRef.optional() }),
]);
export type Copy = z.infer<typeof Copy>;

/**
 * The redacted copies of one application, apart from it: raters of a blind stage read this record and never the application's
 * texts, so no original can take a copy's place (DESIGN 3.2). Its id is the application's.
 */
export const Redaction = z.object({
  applicationId: ApplicationId,
  roundId: RoundId,
  number: ApplicationNumber,
  /** By item; what was never released or withheld is not in it. */
  copies: z.record(z.string(), Copy),
  /** Redacted files that were sent; the `requirement` of each is the id of the file that it is a copy of. */
  uploads: z.array(UploadedDocument),
});
export type Redaction = z.infer<typeof Redaction>;

export const RedactionEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('redaction-begun'),
    at: Instant,
    applicationId: ApplicationId,
    roundId: RoundId,
    number: ApplicationNumber,
  }),
  z.object({ type: z.literal('copy-file'), at: Instant, file: UploadEvent }),
  z.object({
    type: z.literal('text-released'),
    at: Instant,
    item: RedactedItem,
    of: Sha256,
    copy: DocumentRef,
    whole: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('file-released'),
    at: Instant,
    item: DocumentId,
    of: Sha256,
    file: SubmittedFile,
  }),
  z.object({
    type: z.literal('copy-withheld'),
    at: Instant,
    item: RedactedItem,
    of: Sha256,
    reason: DocumentRef,
  }),
  z.object({ type: z.literal('copy-taken-back'), at: Instant, item: RedactedItem }),
]);
export type RedactionEvent = z.infer<typeof RedactionEvent>;

/** All redactions of a round, by application number. */
export const redactionsOf = (roundId: RoundId): string => `REDACTIONS#${roundId}`;

/** How events change the copies of an application. */
export const redactionAggregate: Aggregate<Redaction, RedactionEvent> = {
  name: 'redaction',
  event: RedactionEvent,
  snapshot: Redaction,
  evolve: (redaction, event) => {
    if (event.type === 'redaction-begun') {
      const { applicationId, roundId, number } = event;
      return { applicationId, roundId, number, copies: {}, uploads: [] };
    }
    if (!redaction) throw new Error(`A redaction cannot begin with ${event.type}.`);
    if (event.type === 'copy-file')
      return { ...redaction, uploads: evolveUploads(redaction.uploads, event.file) };
    return {
      ...redaction,
      copies: { ...redaction.copies, [event.item]: copyOf(event, redaction.copies[event.item]) },
    };
  },
  lists: ({ roundId, number }) => ({ list: { key: redactionsOf(roundId), sort: number } }),
};

type CopyEvent = Exclude<RedactionEvent, { type: 'redaction-begun' | 'copy-file' }>;

const copyOf = (event: CopyEvent, before: Copy | undefined): Copy => {
  const { at } = event;
  switch (event.type) {
    case 'text-released': {
      const { of, copy, whole } = event;
      return { status: 'text-released', at, of, copy, ...(whole && { whole }) };
    }
    case 'file-released':
      return { status: 'file-released', at, of: event.of, file: event.file };
    case 'copy-withheld':
      return { status: 'withheld', at, of: event.of, reason: event.reason };
    case 'copy-taken-back':
      return {
        status: 'taken-back',
        at,
        ...(before?.status === 'text-released' && { last: before.copy }),
      };
    default:
      return event satisfies never;
  }
};

/** A free text of a form as it is redacted; empty where nothing was typed. Achievements, one a line, with their years. */
export const redactableTextOf = (form: Partial<ApplicationForm>, item: RedactableText): string =>
  item === 'achievements'
    ? (form.achievements ?? []).map(({ year, text }) => `${year}: ${text}`).join('\n')
    : (form[item] ?? '').trim();
