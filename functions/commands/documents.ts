import type { Applicant, CommandDeps } from '#functions/commands/deps.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Upload } from '#shared/ports/files.ts';
import type { Result } from '#shared/result.ts';

type Answer<T = Versioned<Application>> = Promise<Result<T, Refusal>>;

/** Notes that a file is coming for a requirement and answers the form that a browser posts it with. */
export const announceDocument = (
  _deps: CommandDeps,
  _command: { by: Applicant; applicationId: ApplicationId; requirement: string; redirect?: string },
): Answer<{ documentId: DocumentId; upload: Upload; seconds: number }> =>
  Promise.reject(new Error('Not written yet.'));

/**
 * Looks at a file that arrived in quarantine: hashes, measures and sniffs it, records what it is, and moves it to
 * clean/ when scanning is off. A file of a wrong type or size is removed and the application says so. Repeatable.
 */
export const receiveDocument = (
  _deps: CommandDeps,
  _file: { applicationId: ApplicationId; documentId: DocumentId; scanning: boolean },
): Answer => Promise.reject(new Error('Not written yet.'));

export const removeDocument = (
  _deps: CommandDeps,
  _command: { by: Applicant; applicationId: ApplicationId; documentId: DocumentId },
): Answer => Promise.reject(new Error('Not written yet.'));
