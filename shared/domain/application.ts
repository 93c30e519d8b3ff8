import * as z from 'zod';
import { SectionId } from '#shared/domain/application-form.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import {
  ApplicationId,
  ApplicationNumber,
  DocumentId,
  PersonId,
  RoundId,
  Sha256,
  VacancyCode,
} from '#shared/domain/ids.ts';
import { HoldEvent, Holds } from '#shared/domain/retention-hold.ts';
import { Instant } from '#shared/domain/time.ts';

/** Why an uploaded file was thrown away. */
export const UploadFault = z.enum(['empty', 'too-large', 'wrong-type', 'malware', 'unreadable']);
export type UploadFault = z.infer<typeof UploadFault>;

/** Why an applicant withdrew, when they say so. */
export const WithdrawalReason = z.enum(['other-post', 'personal', 'terms', 'mistake', 'not-said']);
export type WithdrawalReason = z.infer<typeof WithdrawalReason>;

/** The same as it is recorded: also that the consent to processing was withdrawn, which nobody chooses from a list. */
const WithdrawalCode = z.enum([...WithdrawalReason.options, 'consent']);
export type WithdrawalCode = z.infer<typeof WithdrawalCode>;

const uploadCommon = { id: DocumentId, requirement: z.string(), announcedAt: Instant };

/** One uploaded file: its form was asked for, then it arrived and was looked at, or was thrown away. */
export const UploadedDocument = z.discriminatedUnion('status', [
  z.object({ ...uploadCommon, status: z.literal('announced') }),
  z.object({
    ...uploadCommon,
    status: z.literal('received'),
    receivedAt: Instant,
    sha256: Sha256,
    bytes: z.int(),
    mediaType: z.string(),
    /** Waits for the scanner: it can be submitted, and nobody opens it. */
    held: z.literal(true).optional(),
    /** When malware was found in it, after it was submitted: the receipt names it, and the file is gone. */
    infectedAt: Instant.optional(),
    /** The same where the scanner could not look into it, as behind a password. */
    unreadableAt: Instant.optional(),
  }),
  z.object({
    ...uploadCommon,
    status: z.literal('refused'),
    refusedAt: Instant,
    fault: UploadFault,
    /** So that the same file, announced again by storage, is not refused twice. Older records lack it. */
    sha256: Sha256.optional(),
  }),
]);
export type UploadedDocument = z.infer<typeof UploadedDocument>;

/** Whether a file that was submitted has been thrown away since. */
export const isGone = ({
  infectedAt,
  unreadableAt,
}: Pick<Extract<UploadedDocument, { status: 'received' }>, 'infectedAt' | 'unreadableAt'>): boolean =>
  infectedAt !== undefined || unreadableAt !== undefined;

/** Documents that have arrived and were accepted. */
export const receivedIn = ({
  documents,
}: Pick<Application, 'documents'>): Extract<UploadedDocument, { status: 'received' }>[] =>
  documents.flatMap((document) => (document.status === 'received' ? [document] : []));

const common = {
  id: ApplicationId,
  number: ApplicationNumber,
  roundId: RoundId,
  personId: PersonId,
  startedAt: Instant,
  /** Begun at the desk, from a signed paper that belongs to it. */
  assisted: z.literal(true).optional(),
  /** How many others of the round had the same IIN when this one was submitted. */
  sameIin: z.int().min(0).optional(),
  /** Since when nothing of it may be processed, whatever its stage. Older records say so by the reason of a withdrawal only. */
  consentWithdrawnAt: Instant.optional(),
  /** Since when nothing of what was typed and sent is held any more. */
  erasedAt: Instant.optional(),
  /** What a person keeps it for, also beyond its time. */
  holds: Holds.optional(),
  /** The newest saved version of each section; what was typed lies in the persons table. */
  sections: z.partialRecord(SectionId, DocumentRef),
  /** Numbered versions of `form` documents written so far, over all sections. */
  formVersions: z.int(),
  documents: z.array(UploadedDocument),
  /** Best first. */
  choices: z.array(VacancyCode),
};

/** A submission that was opened again: what is being changed, beside what stays in force until it is submitted anew. */
const Amendment = z.object({
  begunAt: Instant,
  sections: common.sections,
  documents: common.documents,
  choices: common.choices,
});

/** How many times it was submitted; absent where it was once. */
const submissions = z.int().min(2).optional();

export const Application = z.discriminatedUnion('stage', [
  z.object({ ...common, stage: z.literal('draft') }),
  z.object({
    ...common,
    stage: z.literal('submitted'),
    /** Which text the applicant agreed to; outlives the form, so that consent can be proved (law 94-V, art. 25). */
    consentVersion: z.string(),
    submittedAt: Instant,
    form: DocumentRef,
    receipt: Sha256,
    submissions,
    amendment: Amendment.optional(),
  }),
  z.object({
    ...common,
    stage: z.literal('withdrawn'),
    withdrawnAt: Instant,
    reasonCode: WithdrawalCode,
    submittedAt: Instant.optional(),
    form: DocumentRef.optional(),
    consentVersion: z.string().optional(),
    receipt: Sha256.optional(),
    submissions,
  }),
]);
export type Application = z.infer<typeof Application>;
export type ApplicationIn<S extends Application['stage']> = Extract<Application, { stage: S }>;

/** What `begin` and the claims say of an application before it has a state. */
export type Beginning = {
  id: ApplicationId;
  number: ApplicationNumber;
  roundId: RoundId;
  personId: PersonId;
  assisted?: true;
};

/** A file as the receipt names it. */
export const SubmittedFile = z.object({
  id: DocumentId,
  requirement: z.string(),
  sha256: Sha256,
  bytes: z.int(),
});
export type SubmittedFile = z.infer<typeof SubmittedFile>;

/** What an applicant gets for a submission: its canonical JSON has the SHA-256 that the event and the letter name. */
export const Receipt = z.object({
  schemaVersion: z.literal(1),
  number: ApplicationNumber,
  roundId: RoundId,
  /** Which submission of the application it is of, from the second on. */
  submission: z.int().min(2).optional(),
  submittedAt: Instant,
  /** Over the salt and everything typed; shows that the form was not changed, not what was in it. */
  form: Sha256,
  files: z.array(SubmittedFile),
  choices: z.array(VacancyCode),
});
export type Receipt = z.infer<typeof Receipt>;

/** What happens to an uploaded file, whoever asked for it. */
export const UploadEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('document-announced'),
    at: Instant,
    document: DocumentId,
    requirement: z.string(),
  }),
  z.object({
    type: z.literal('document-received'),
    at: Instant,
    document: DocumentId,
    sha256: Sha256,
    bytes: z.int(),
    mediaType: z.string(),
    held: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('document-refused'),
    at: Instant,
    document: DocumentId,
    fault: UploadFault,
    sha256: Sha256.optional(),
  }),
  z.object({ type: z.literal('document-removed'), at: Instant, document: DocumentId }),
]);
export type UploadEvent = z.infer<typeof UploadEvent>;

/** The scanner found nothing in a file that was held. */
const DocumentCleared = z.object({ type: z.literal('document-cleared'), at: Instant, document: DocumentId });

/** The scanner found malware in a file that was submitted meanwhile, which was thrown away. */
const DocumentInfected = z.object({
  type: z.literal('document-infected'),
  at: Instant,
  document: DocumentId,
});

/** The scanner could not look into a file that was submitted meanwhile, which was thrown away. */
const DocumentUnreadable = z.object({
  type: z.literal('document-unreadable'),
  at: Instant,
  document: DocumentId,
});

/** What happens to a file of an answer to the committee. */
export const AnswerFileEvent = z.discriminatedUnion('type', [
  ...UploadEvent.options,
  DocumentCleared,
  DocumentInfected,
  DocumentUnreadable,
]);
export type AnswerFileEvent = z.infer<typeof AnswerFileEvent>;

export const ApplicationEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('application-started'),
    at: Instant,
    id: ApplicationId,
    number: ApplicationNumber,
    roundId: RoundId,
    personId: PersonId,
    assisted: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('section-saved'), at: Instant, section: SectionId, document: DocumentRef }),
  ...UploadEvent.options,
  DocumentCleared,
  DocumentInfected,
  DocumentUnreadable,
  z.object({ type: z.literal('choices-ranked'), at: Instant, codes: z.array(VacancyCode) }),
  z.object({
    type: z.literal('application-submitted'),
    at: Instant,
    form: DocumentRef,
    documents: z.array(SubmittedFile),
    choices: z.array(VacancyCode),
    consentVersion: z.string(),
    receipt: Sha256,
  }),
  /** What was submitted is opened again; it stays in force until it is submitted anew. */
  z.object({ type: z.literal('amendment-begun'), at: Instant }),
  z.object({ type: z.literal('amendment-given-up'), at: Instant }),
  z.object({ type: z.literal('same-iin-noted'), at: Instant, others: z.int().min(0) }),
  z.object({ type: z.literal('application-withdrawn'), at: Instant, reasonCode: WithdrawalCode }),
  z.object({ type: z.literal('consent-withdrawn'), at: Instant }),
  ...HoldEvent.options,
  /** Everything typed and sent is gone; digests and codes stay, so that receipts can still be checked. */
  z.object({
    type: z.literal('application-erased'),
    at: Instant,
    /** Its time was over by the rules of the round; absent where somebody asked for it. */
    because: z.literal('retention').optional(),
  }),
]);
export type ApplicationEvent = z.infer<typeof ApplicationEvent>;
