import type { CommandDeps } from '#functions/commands/deps.ts';
import { formTakes, uploadSeconds } from '#shared/domain/application-documents.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { type FileOwner, fileKey, type Upload } from '#shared/ports/files.ts';
import { type Result, refuse } from '#shared/result.ts';

/** @property redirect where a browser goes once storage has the file */
type Coming = { owner: FileOwner; documentId: DocumentId; maxBytes: number; redirect?: string | undefined };

/** Another form for a file that was announced: whoever opens its page again. Nothing changes by it. */
export type FormCommand = { documentId: DocumentId; redirect: string };

/**
 * The form that takes an announced file straight to storage. It is good for an hour from whenever it is made, and made anew as often as its page is
 * opened: storage would answer an older one with a page of its own, in English.
 */
export const uploadForm = (
  { files }: Pick<CommandDeps, 'files'>,
  { owner, documentId, maxBytes, redirect }: Coming,
): Promise<Upload> =>
  files.presignUpload({
    key: fileKey('quarantine', owner, documentId),
    ...formTakes({ maxBytes }),
    seconds: uploadSeconds,
    ...(redirect !== undefined && { redirect }),
  });

/** For a file that has arrived, was refused, or that nobody announced. */
export const noForm: Result<never, Refusal> = refuse({ kind: 'not-found', what: 'document' });
