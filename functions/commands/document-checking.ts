import type { CommandDeps } from '#functions/commands/deps.ts';
import { noteAnswerScan } from '#functions/commands/inquiry-files.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { cleared } from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { type FileOwner, fileKey } from '#shared/ports/files.ts';
import type { Scanner } from '#shared/ports/scanner.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'> & { scanner: Scanner };

type Held = { owner: FileOwner; documentId: DocumentId };

/** `gone` is a file that was let through, thrown away or removed before. */
export type Checked = 'clean' | 'infected' | 'gone';

/**
 * Asks the scanner about a file that is held: a clean one goes to where staff can open it, an infected one is thrown
 * away. Repeatable.
 * @throws when the scanner cannot be asked: the file stays held
 */
export const checkFile = async ({ files, scanner }: Deps, { owner, documentId }: Held): Promise<Checked> => {
  const [from, to] = [fileKey('held', owner, documentId), fileKey('clean', owner, documentId)];
  const replaces = await files.versionOf(to);
  const file = await files.read(from);
  if (!file) return 'gone';
  const { version } = file;
  if ((await scanner(file.bytes)) === 'infected') {
    await files.remove(from, version);
    // One that was put there before with the same form is not what the record names.
    await files.remove(to);
    return 'infected';
  }
  if (await files.move({ from, version, to, replaces })) return 'clean';
  throw new Error(`Document ${documentId} changed while it was scanned.`);
};

/** Checks a file of an application, or of an answer to the committee, and notes in its record what came of it. Repeatable, also where an earlier try broke off. */
export const checkDocument = async (
  deps: Deps,
  { applicationId, documentId }: { applicationId: ApplicationId; documentId: DocumentId },
): Promise<Checked> => {
  const checked = await checkFile(deps, { owner: applicationId, documentId });
  // After an infected one nothing is there; after a try that broke off, what it let through.
  const isThere = (await deps.files.versionOf(fileKey('clean', applicationId, documentId))) !== undefined;
  const noted = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await deps.records.find(applicationAggregate, applicationId);
    if (!found) return refuse({ kind: 'not-found', what: 'application' });
    const events = cleared(found.state, documentId, isThere, deps.clock.now());
    if (events.length === 0) return await noteAnswerScan(deps, { applicationId, documentId }, isThere);
    const { change } = changed(applicationAggregate, found.id, found, events);
    return await store(deps, { by: { kind: 'system', name: 'documents' }, changes: [change] });
  });
  if (!noted.ok && noted.error.kind === 'changed-meanwhile') {
    throw new Error(`What the scanner said of document ${documentId} could not be recorded.`);
  }
  return checked;
};
