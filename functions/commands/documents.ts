import {
  type ApplicationCommand,
  openDraft,
  ownApplication,
  roundOf,
} from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { type Inspected, inspect } from '#functions/commands/file-inspection.ts';
import type { InquiryCommand } from '#functions/commands/inquiry-answer.ts';
import { answerFileOf, dropAnswerFile, recordAnswerFile } from '#functions/commands/inquiry-files.ts';
import { forgetSlices } from '#functions/commands/slice-joining.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type FormCommand, noForm, uploadForm } from '#functions/commands/upload-form.ts';
import type { Application, UploadedDocument } from '#shared/domain/application.ts';
import { documentOf, inForce, workingCopy } from '#shared/domain/application-amendment.ts';
import {
  announce,
  type Found,
  receive,
  remove,
  uploadSeconds,
} from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { type ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import type { RequiredDocument, RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { fileAreas, fileKey, type Upload } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Application>, Refusal | LostRace>>;
type Answer<T = Versioned<Application>> = Promise<Result<T, Refusal>>;
type Received = Result<UploadedDocument, Refusal>;

/** Notes that a file is coming for a requirement and answers the form that a browser posts it with. */
export const announceDocument = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  command: ApplicationCommand & { requirement: string; redirect?: string },
): Answer<{ documentId: DocumentId; upload: Upload; seconds: number }> => {
  const { by, applicationId, requirement: code, redirect } = command;
  const documentId = DocumentId.parse(deps.chance.id());
  const announced = await decideAgain(async () => {
    const now = deps.clock.now();
    const opened = await openDraft(deps, command, now);
    if (!opened.ok) return opened;
    const { found, draft, file } = opened.value;
    const requirement = file.documents.find((document) => document.code === code);
    if (!requirement) return refuse({ kind: 'unknown-requirement', requirement: code });
    const decision = announce(draft, requirement, documentId, now);
    if (!decision.ok) return decision;
    const { change } = changed(applicationAggregate, found.id, found, decision.value);
    const stored = await store(deps, { by: actorOf(by), changes: [change] });
    return stored.ok ? ok(requirement.maxBytes) : stored;
  });
  if (!announced.ok) return announced;
  const maxBytes = announced.value;
  const upload = await uploadForm(deps, { owner: applicationId, documentId, maxBytes, redirect });
  return ok({ documentId, upload, seconds: uploadSeconds });
};

/** Another form for a file that was announced and has not arrived. */
export const documentForm = async (
  deps: Pick<Deps, 'records' | 'files' | 'clock'>,
  command: ApplicationCommand & FormCommand,
): Answer<{ requirement: RequiredDocument; upload: Upload; file: RoundFile }> => {
  const opened = await decideAgain(() => openDraft(deps, command, deps.clock.now()));
  if (!opened.ok) return opened;
  const { draft, file } = opened.value;
  const coming = draft.documents.find(({ id }) => id === command.documentId);
  const requirement = file.documents.find(({ code }) => code === coming?.requirement);
  if (coming?.status !== 'announced' || !requirement) return noForm;
  const { maxBytes } = requirement;
  const upload = await uploadForm(deps, { owner: command.applicationId, ...command, maxBytes });
  return ok({ requirement, upload, file });
};

type Arrival = { applicationId: ApplicationId; documentId: DocumentId; scanning: boolean };

/** How often another file is looked at that was put under the key meanwhile, before its own news is left to do it. */
const mostLooks = 3;

/**
 * Looks at a file that arrived in quarantine: hashes, measures and sniffs it, records what it is, and moves exactly
 * that file to where no form reaches: to clean/, or to held/ where files are scanned. A file that nobody waits for,
 * or of a wrong type or size, is removed; the application says so. Repeatable: storage announces a file at least once.
 */
export const receiveDocument = async (deps: Deps, arrival: Arrival): Promise<Received> => {
  for (let look = 0; look < mostLooks; look += 1) {
    const received = await lookAt(deps, arrival);
    if (!received) continue;
    // It is whole and was looked at: nobody asks for its slices any more.
    const sha256 = received.ok && received.value.status !== 'announced' ? received.value.sha256 : undefined;
    if (sha256 !== undefined) await forgetSlices(deps, arrival.applicationId, sha256);
    return received;
  }
  throw new Error(`Document ${arrival.documentId} is replaced faster than it can be looked at.`);
};

/** Undefined when the file or its target changed under its hands; nothing was moved or removed then. */
const lookAt = async (deps: Deps, arrival: Arrival): Promise<Received | undefined> => {
  const { from, to } = wayOf(arrival);
  const { documentId } = arrival;
  // Seen before the record is read: whatever a newer file put there is then not touched for an older one's sake.
  const replaces = await deps.files.versionOf(to);
  const found = await inspect(deps, from);
  const recorded = await decideAgain(() => record(deps, arrival, found));
  // Nothing is known of the file then, so it must not be removed; the news of its arrival comes again.
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile') {
    throw new Error(`The arrival of document ${documentId} could not be recorded.`);
  }
  if (!recorded.ok && recorded.error.kind === 'not-found') await removeFiles(deps, arrival);
  if (!found || !recorded.ok) return recorded;
  const seen = { found, document: recorded.value, replaces };
  return (await put(deps, arrival, seen)) ? recorded : undefined;
};

type Seen = { found: Inspected; document: UploadedDocument; replaces: string | undefined };

/** Puts a file where its record says that it belongs. False when it or its target changed meanwhile. */
const put = async (deps: Deps, arrival: Arrival, { found, document, replaces }: Seen): Promise<boolean> => {
  const { from, to } = wayOf(arrival);
  if (document.status === 'received' && document.sha256 === found.sha256) {
    if (!(await deps.files.move({ from, version: found.version, to, replaces }))) return false;
    // Whoever removed the document while its file was on the move found nothing there yet.
    if (await isUnknown(deps, arrival)) await removeFiles(deps, arrival);
    return true;
  }
  await deps.files.remove(from, found.version);
  // The record names no file of this document any more, so an earlier one must not stay either.
  if (document.status === 'refused' && replaces !== undefined) await deps.files.remove(to, replaces);
  return true;
};

const wayOf = ({ applicationId, documentId, scanning }: Arrival) => ({
  from: fileKey('quarantine', applicationId, documentId),
  to: fileKey(scanning ? 'held' : 'clean', applicationId, documentId),
});

/**
 * Takes a document out of what can be changed, and its file away, also one that an earlier removal broke off before. The
 * file of a submission in force stays until the next submission.
 */
export const removeDocument = async (
  deps: Deps,
  command: ApplicationCommand & { documentId: DocumentId },
): Answer => {
  const { documentId } = command;
  const removed = await decideAgain(async (): Attempt => {
    const now = deps.clock.now();
    const opened = await openDraft(deps, command, now);
    if (!opened.ok) return opened;
    const { found, draft } = opened.value;
    const decision = remove(draft, documentId, now);
    if (!decision.ok) return decision;
    const { change, after } = changed(applicationAggregate, found.id, found, decision.value);
    const stored = await store(deps, { by: actorOf(command.by), changes: [change] });
    return stored.ok ? ok(after) : stored;
  });
  // Only once nothing refers to the file. Left behind by a crash here, it goes when removal is asked for again.
  const mine = removed.ok || (await ownApplication(deps, command)).ok;
  if (mine && (await isUnknown(deps, command))) await removeFiles(deps, command);
  return removed;
};

/** Takes a file out of an answer that is not sent yet, and the stored file away. */
export const removeAnswerFile = async (
  deps: Deps,
  command: InquiryCommand & { documentId: DocumentId },
): Answer<void> => {
  const removed = await dropAnswerFile(deps, command);
  const mine = removed.ok || (await ownApplication(deps, command)).ok;
  if (mine && (await isUnknown(deps, command))) await removeFiles(deps, command);
  return removed;
};

type Place = { applicationId: ApplicationId; documentId: DocumentId };

/** Ids of documents are never used again, so what is unknown once stays so; an erased application knows none. */
const isUnknown = async ({ records }: Deps, place: Place): Promise<boolean> => {
  const found = await records.find(applicationAggregate, place.applicationId);
  if (found?.state.erasedAt) return true;
  if (found && documentOf(found.state, place.documentId)) return false;
  return (await answerFileOf({ records }, place)) === undefined;
};

export const removeFiles = async (
  { files }: Pick<Deps, 'files'>,
  { applicationId, documentId }: Place,
): Promise<void> => {
  for (const area of fileAreas) await files.remove(fileKey(area, applicationId, documentId));
};

const storage: Actor = { kind: 'system', name: 'documents' };

const record = async (
  deps: Deps,
  arrival: Arrival,
  inspected: Found | undefined,
): Promise<Result<UploadedDocument, Refusal | LostRace>> => {
  const { applicationId, documentId } = arrival;
  const found = await deps.records.find(applicationAggregate, applicationId);
  if (found?.state.erasedAt) return refuse({ kind: 'not-found', what: 'document' });
  const document = found && documentOf(found.state, documentId);
  if (!document)
    return await recordAnswerFile(deps, arrival, inspected && { ...inspected, held: arrival.scanning });
  // Already moved on by an earlier delivery of the same news; or not there at all.
  if (!inspected) {
    return document.status === 'announced'
      ? refuse({ kind: 'document-not-arrived', requirements: [document.requirement] })
      : ok(document);
  }
  // What was submitted stays as it is, also while it is open again, and so does what was withdrawn.
  const held = inForce(found.state).some(({ id }) => id === documentId);
  if (held || !workingCopy(found.state)) return ok(document);
  const { file } = await roundOf(deps, found.state);
  const requirement = file.documents.find(({ code }) => code === document.requirement);
  if (!requirement) return refuse({ kind: 'unknown-requirement', requirement: document.requirement });
  const { scanning } = arrival;
  const events = receive(document, requirement, { ...inspected, held: scanning }, deps.clock.now());
  if (events.length === 0) return ok(document);
  const { change, after } = changed(applicationAggregate, found.id, found, events);
  const stored = await store(deps, { by: storage, changes: [change] });
  return stored.ok ? ok(documentOf(after.state, documentId) ?? document) : stored;
};
