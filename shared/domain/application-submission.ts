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
 * Submits a draft of which `form` is the frozen form and `formFaults` what is wrong in it. Every lack is named at
 * once. A file on its way is not silently left out.
 */
export const submit = (
  draft: ApplicationIn<'draft'>,
  file: RoundFile,
  typed: { form: DocumentRef; faults: readonly Fault[] },
  now: Instant,
): Result<Extract<ApplicationEvent, { type: 'application-submitted' }>[], Refusal> => {
  const coming = awaited(draft, now);
  if (coming.length > 0) return refuse({ kind: 'document-not-arrived', requirements: coming });
  const missing = [...typed.faults, ...missingBesidesForm(draft, file)];
  if (missing.length > 0) return refuse({ kind: 'incomplete', missing });
  const receipt = compose(draft, typed.form, now);
  return ok([
    {
      type: 'application-submitted',
      at: now,
      form: typed.form,
      documents: receipt.files,
      choices: receipt.choices,
      receipt: receiptDigest(receipt),
    },
  ]);
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
