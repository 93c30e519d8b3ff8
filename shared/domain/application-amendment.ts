import type {
  Application,
  ApplicationEvent,
  ApplicationIn,
  UploadedDocument,
} from '#shared/domain/application.ts';
import { receivedIn } from '#shared/domain/application.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import { acceptsApplications } from '#shared/domain/round-call.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ApplicationEvent[], Refusal>;

/**
 * What its owner changes: a draft itself, or the copy of a submission that was opened again. Undefined where nothing is open.
 * What was submitted lies beside the copy and stays in force.
 */
export const workingCopy = (application: Application): ApplicationIn<'draft'> | undefined => {
  if (application.stage === 'draft') return application;
  if (application.stage === 'withdrawn' || !application.amendment) return undefined;
  const { amendment, submittedAt: _at, form: _form, receipt: _receipt, ...kept } = application;
  const { consentVersion: _consent, submissions: _count, ...common } = kept;
  const { sections, documents, choices } = amendment;
  return { ...common, sections, documents, choices, stage: 'draft' };
};

/** How often an application was submitted. */
export const submissionsOf = (application: Application): number => {
  if (application.stage === 'draft' || !application.submittedAt) return 0;
  return application.submissions ?? 1;
};

/** Opens what was submitted again while the call is open. What is open already stays as it is. */
export const beginAmendment = (application: Application, round: Round, now: Instant): Decision => {
  if (application.stage === 'withdrawn') {
    return refuse({ kind: 'already-withdrawn', number: application.number });
  }
  if (application.erasedAt) return refuse({ kind: 'not-found', what: 'application' });
  const open = acceptsApplications(round, now);
  if (!open.ok) return open;
  return ok(workingCopy(application) ? [] : [{ type: 'amendment-begun', at: now }]);
};

/** Drops the changes, also after the deadline; where nothing was opened again there is nothing to drop. */
export const giveUpAmendment = (application: Application, now: Instant): ApplicationEvent[] =>
  application.stage === 'submitted' && application.amendment ? [{ type: 'amendment-given-up', at: now }] : [];

/**
 * A file of an application: as it was submitted, where it was, and else as it stands in the working copy. What is in force
 * is never seen through a change that has not been submitted.
 */
export const documentOf = (application: Application, id: DocumentId): UploadedDocument | undefined => {
  const copy = workingCopy(application)?.documents ?? [];
  return [...inForce(application), ...copy, ...application.documents].find((document) => document.id === id);
};

/** Files that a submission in force holds: neither replaced nor removed until the next one. */
export const inForce = (application: Application): readonly UploadedDocument[] =>
  application.stage === 'draft' ? [] : receivedIn(application);
