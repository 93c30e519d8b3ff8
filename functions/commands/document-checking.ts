import type { CommandDeps } from '#functions/commands/deps.ts';
import { noteAnswerScan } from '#functions/commands/inquiry-files.ts';
import { judgedBefore, nothingJudged } from '#functions/commands/judged-before.ts';
import { lettersAboutScan } from '#functions/commands/scan-letters.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application, UploadFault } from '#shared/domain/application.ts';
import { cleared, type ScanSays, thrownAway } from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import { settleScreened } from '#shared/domain/lacking.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { type FileOwner, fileKey } from '#shared/ports/files.ts';
import type { Commit } from '#shared/ports/records.ts';
import type { Scanner } from '#shared/ports/scanner.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'>;
type Scanning = Deps & { scanner: Scanner };

type Held = { owner: FileOwner; documentId: DocumentId };

/** What a scanner said of one version of a file. */
export type Verdict = { version: string; says: ScanSays };

/** `gone` is a file that was let through, thrown away or removed before; `another` one took the place of the one that was scanned. */
export type Checked = Verdict['says'] | 'gone' | 'another';

/**
 * Asks the scanner about a file that is held: a clean one goes to where staff can open it, an infected one and one that it cannot
 * look into are thrown away. Repeatable.
 * @param refused told why before it is thrown away, where a record of it is kept
 * @throws when the scanner cannot be asked: the file stays held
 */
export const checkFile = async (deps: Scanning, held: Held, refused?: Refused): Promise<Checked> => {
  const file = await deps.files.read(fileKey('held', held.owner, held.documentId));
  if (!file) return 'gone';
  return settleFile(deps, held, { version: file.version, says: await deps.scanner(file.bytes) }, refused);
};

/** Notes why a file is thrown away; once it is gone nobody could tell. */
type Refused = (fault: UploadFault) => Promise<unknown>;

/** Does what follows from a verdict, whoever gave it: for the version that it is about and for no other. Repeatable. */
export const settleFile = async (
  { files }: Pick<Deps, 'files'>,
  { owner, documentId }: Held,
  { version, says }: Verdict,
  refused?: Refused,
): Promise<Checked> => {
  const [from, to] = [fileKey('held', owner, documentId), fileKey('clean', owner, documentId)];
  const replaces = await files.versionOf(to);
  const stands = await files.versionOf(from);
  if (stands === undefined) return 'gone';
  if (stands !== version) return 'another';
  if (says !== 'clean') {
    await refused?.(thrownAway[says].fault);
    await files.remove(from, version);
    // One that was put there before with the same form is not what the record names.
    await files.remove(to);
    return says;
  }
  if (await files.move({ from, version, to, replaces })) return 'clean';
  throw new Error(`Document ${documentId} changed while it was scanned.`);
};

type Document = { applicationId: ApplicationId; documentId: DocumentId };

/** Checks a file of an application, or of an answer to the committee, and notes in its record what came of it. Repeatable, also where an earlier try broke off. */
export const checkDocument = async (deps: Scanning, document: Document): Promise<Checked> => {
  const { owner, documentId } = heldOf(document);
  const file = await deps.files.read(fileKey('held', owner, documentId));
  if (!file) return await noted(deps, document, 'gone');
  const says = await deps.scanner(file.bytes);
  return await settleDocument(deps, document, { version: file.version, says });
};

/** The same with a verdict that somebody else reached. */
export const settleDocument = async (deps: Deps, document: Document, verdict: Verdict): Promise<Checked> => {
  const held = heldOf(document);
  const stands = await deps.files.versionOf(fileKey('held', held.owner, held.documentId));
  // Noted before it is thrown away: nobody could tell afterwards that it was not for malware.
  if (verdict.says === 'unreadable' && stands === verdict.version) await noted(deps, document, 'unreadable');
  const settled = await settleFile(deps, held, verdict);
  return settled === 'unreadable' ? settled : await noted(deps, document, settled);
};

const heldOf = ({ applicationId: owner, documentId }: Document): Held => ({ owner, documentId });

const noted = async (deps: Deps, document: Document, checked: Checked): Promise<Checked> => {
  // Of the one that stands there nothing is known.
  if (checked === 'another') return checked;
  const { applicationId, documentId } = document;
  // After an infected one nothing is there; after a try that broke off, what it let through.
  const isThere = (await deps.files.versionOf(fileKey('clean', applicationId, documentId))) !== undefined;
  const says = checked === 'unreadable' ? checked : isThere ? 'clean' : 'infected';
  const recorded = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await deps.records.find(applicationAggregate, applicationId);
    if (!found) return refuse({ kind: 'not-found', what: 'application' });
    const at = deps.clock.now();
    const events = cleared(found.state, documentId, says, at);
    if (events.length === 0) return await noteAnswerScan(deps, { applicationId, documentId }, says);
    const { change } = changed(applicationAggregate, found.id, found, events);
    const screened = await screenedChanges(deps, found.state, { documentId, says, at });
    const outbox = await lettersAboutScan(deps, found.state, {
      documentId,
      events,
      at,
      outdated: screened.outdated,
    });
    const by = { kind: 'system', name: 'documents' } as const;
    const { requires, changes } = screened;
    return await store(deps, { by, outbox, requires, changes: [change, ...changes] });
  });
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile') {
    throw new Error(`What the scanner said of document ${documentId} could not be recorded.`);
  }
  return checked;
};

type Screening = Required<Pick<Commit, 'changes' | 'requires'>> & { outdated: boolean };

/** What it means for a screening that waits for the file, or somebody has judged; one that begins at this very moment must not miss it. */
const screenedChanges = async (
  { records }: Pick<Deps, 'records'>,
  application: Application,
  { documentId, says, at }: { documentId: DocumentId; says: ScanSays; at: Instant },
): Promise<Screening> => {
  const { id } = application;
  const candidacy = await records.find(candidacyAggregate, id);
  if (!candidacy)
    return { changes: [], requires: [{ aggregate: 'candidacy', id, version: 0 }], outdated: false };
  // Of a change that was never submitted nobody judged anything.
  const isSubmitted = application.documents.some((one) => one.id === documentId);
  const look = { documentId, says, at };
  const again = isSubmitted ? await judgedBefore({ records }, candidacy.state, look) : nothingJudged;
  const events = [...settleScreened(candidacy.state, documentId, says, at), ...again.events];
  return {
    changes: events.length === 0 ? [] : [changed(candidacyAggregate, id, candidacy, events).change],
    requires: again.requires,
    outdated: again.events.length > 0,
  };
};
