import type {
  Application,
  ApplicationEvent,
  ApplicationIn,
  Receipt,
  SubmittedFile,
  UploadedDocument,
} from '#shared/domain/application.ts';
import { submissionsOf } from '#shared/domain/application-amendment.ts';
import { missingBesidesForm } from '#shared/domain/application-decisions.ts';
import { awaited } from '#shared/domain/application-documents.ts';
import type { ApplicationForm, Typed } from '#shared/domain/application-form.ts';
import { checkForm } from '#shared/domain/application-form-check.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { AwaitedFile, Fault, Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

/**
 * Whether a draft may be submitted with what was typed into its form, and the form as it is read. Every lack is named
 * at once; a file on its way is not silently left out.
 */
export const readyToSubmit = (
  draft: ApplicationIn<'draft'>,
  file: RoundFile,
  typed: Typed,
  now: Instant,
): Result<ApplicationForm, Refusal> => {
  const coming = awaited(draft, now);
  if (coming.length > 0) {
    const requirements = [...new Set(coming.map(({ requirement }) => requirement))];
    return refuse({ kind: 'document-not-arrived', requirements, awaited: titled(coming, file) });
  }
  const form = checkForm(typed, file);
  const besides = missingBesidesForm(draft, file, typed);
  if (form.ok && besides.length === 0) return form;
  return refuse({ kind: 'incomplete', missing: [...(form.ok ? [] : form.error), ...besides] });
};

/** The files on their way as faults, so that each is named wherever it is told what an application still needs. */
export const awaitedFaults = (application: Application, now: Instant): Fault[] =>
  awaited(application, now).map(({ id, requirement }) => ({
    place: `documents.${requirement}`,
    message: 'application-form.document.awaited',
    facts: { requirement, document: id },
  }));

const titled = (coming: readonly UploadedDocument[], file: RoundFile): AwaitedFile[] =>
  coming.flatMap(({ id: document, requirement }) => {
    const title = file.documents.find(({ code }) => code === requirement)?.title;
    return title ? [{ document, requirement, title }] : [];
  });

/**
 * Submits a draft, or what was opened again, that is ready; `form` is its frozen form, `consentVersion` the text agreed to
 * in it, `submission` 1 for the first.
 */
export const submit = (
  draft: ApplicationIn<'draft'>,
  {
    form,
    consentVersion,
    submission = 1,
  }: { form: DocumentRef; consentVersion: string; submission?: number },
  now: Instant,
): Extract<ApplicationEvent, { type: 'application-submitted' }>[] => {
  const receipt = compose(draft, { form, submittedAt: now, submission });
  const { files: documents, choices } = receipt;
  const digest = receiptDigest(receipt);
  return [
    { type: 'application-submitted', at: now, form, documents, choices, consentVersion, receipt: digest },
  ];
};

/** The receipt of an application that was submitted, also if it was withdrawn since; undefined for one that never was. */
export const receiptOf = (application: Application): Receipt | undefined => {
  if (application.stage === 'draft' || !application.form || !application.submittedAt) return undefined;
  const { form, submittedAt } = application;
  return compose(application, { form, submittedAt, submission: submissionsOf(application) });
};

/** SHA-256 over the receipt's canonical JSON; anyone who holds the receipt can compute it. */
export const receiptDigest = (receipt: Receipt): Sha256 => sha256Of(canonicalJson(receipt));

type Frozen = { form: DocumentRef; submittedAt: Instant; submission: number };

const compose = (application: Application, { form, submittedAt, submission }: Frozen): Receipt => ({
  schemaVersion: 1,
  number: application.number,
  roundId: application.roundId,
  ...(submission > 1 && { submission }),
  submittedAt,
  form: form.digest,
  files: submittedFiles(application),
  choices: application.choices,
});

const submittedFiles = (application: Application): SubmittedFile[] =>
  application.documents.flatMap((document) => {
    if (document.status !== 'received') return [];
    const { id, requirement, sha256, bytes } = document;
    return [{ id, requirement, sha256, bytes }];
  });
