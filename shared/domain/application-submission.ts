import type {
  Application,
  ApplicationEvent,
  ApplicationIn,
  Receipt,
  SubmittedFile,
} from '#shared/domain/application.ts';
import { missingBesidesForm } from '#shared/domain/application-decisions.ts';
import { awaited } from '#shared/domain/application-documents.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * Whether a draft may be submitted, `formFaults` being what is wrong in its form. Every lack is named at once; a
 * file on its way is not silently left out.
 */
export const readyToSubmit = (
  draft: ApplicationIn<'draft'>,
  file: RoundFile,
  formFaults: readonly Fault[],
  now: Instant,
): Result<void, Refusal> => {
  const coming = awaited(draft, now);
  if (coming.length > 0) return refuse({ kind: 'document-not-arrived', requirements: coming });
  const missing = [...formFaults, ...missingBesidesForm(draft, file)];
  return missing.length > 0 ? refuse({ kind: 'incomplete', missing }) : ok(undefined);
};

/** Submits a draft that is ready; `form` is its frozen form. */
export const submit = (
  draft: ApplicationIn<'draft'>,
  form: DocumentRef,
  now: Instant,
): Extract<ApplicationEvent, { type: 'application-submitted' }>[] => {
  const receipt = compose(draft, form, now);
  const { files: documents, choices } = receipt;
  return [
    { type: 'application-submitted', at: now, form, documents, choices, receipt: receiptDigest(receipt) },
  ];
};

/** The receipt of an application that was submitted, also if it was withdrawn since; undefined for one that never was. */
export const receiptOf = (application: Application): Receipt | undefined => {
  if (application.stage === 'draft' || !application.form || !application.submittedAt) return undefined;
  return compose(application, application.form, application.submittedAt);
};

/** SHA-256 over the receipt's canonical JSON; anyone who holds the receipt can compute it. */
export const receiptDigest = (receipt: Receipt): Sha256 => sha256Of(canonicalJson(receipt));

const compose = (application: Application, form: DocumentRef, submittedAt: Instant): Receipt => ({
  schemaVersion: 1,
  number: application.number,
  roundId: application.roundId,
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
