import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Inspected, inspect, readWhole } from '#functions/commands/file-inspection.ts';
import {
  type CopyCommand,
  copiesOf,
  originalIn,
  type RedactionPlace,
  redactionPlace,
  standsWith,
} from '#functions/commands/redaction-place.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type FormCommand, noForm, uploadForm } from '#functions/commands/upload-form.ts';
import { receivedIn, type UploadEvent, type UploadedDocument } from '#shared/domain/application.ts';
import { announce, receive, uploadSeconds } from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { barePicture } from '#shared/domain/bare-picture.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type ApplicationId, DocumentId, type Sha256 } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import { redactionAggregate } from '#shared/domain/redaction.ts';
import { copyStanding, isSettled } from '#shared/domain/redaction-decisions.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { fileAreas, fileKey, redactedFiles, type Upload } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'>;

/** What a redacted file may be, whatever its original is. */
export const copyLimits: { mediaTypes: MediaType[]; maxBytes: number } = {
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
  maxBytes: 10_485_760,
};

/**
 * Notes that a redacted file is coming and answers the form that a browser posts it with. One that has not
 * arrived gives way. `changed-meanwhile` while a copy stands: it is taken back first.
 */
export const announceCopy = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  command: CopyCommand & { redirect?: string },
): Promise<Result<{ documentId: DocumentId; upload: Upload; seconds: number }, Refusal>> => {
  const documentId = DocumentId.parse(deps.chance.id());
  const announced = await decideAgain(async (): Promise<Result<DocumentId[], Refusal | LostRace>> => {
    const found = await redactionPlace(deps, command, 'redaction.keep');
    if (!found.ok) return found;
    const now = deps.clock.now();
    const coming = announcing(found.value, { item: command.item, documentId, now });
    if (!coming.ok) return coming;
    const { events, gaveWay } = coming.value;
    const { begun } = copiesOf(found.value, now);
    const facts = events.map((file) => ({ type: 'copy-file', at: now, file }) as const);
    const { change } = changed(redactionAggregate, command.applicationId, found.value.redaction, [
      ...begun,
      ...facts,
    ]);
    const requires = standsWith(found.value);
    const stored = await store(deps, { by: found.value.by, changes: [change], requires });
    return stored.ok ? ok(gaveWay) : stored;
  });
  if (!announced.ok) return announced;
  for (const former of announced.value) await discard(deps, command.applicationId, former);
  const upload = await formOf(deps, { ...command, documentId });
  return ok({ documentId, upload, seconds: uploadSeconds });
};

const formOf = (
  deps: Pick<Deps, 'files'>,
  { applicationId, ...form }: { applicationId: ApplicationId; documentId: DocumentId; redirect?: string },
): Promise<Upload> =>
  uploadForm(deps, { owner: redactedFiles(applicationId), maxBytes: copyLimits.maxBytes, ...form });

/** Another form for a redacted file that was announced and has not arrived. */
export const copyForm = async (
  deps: Deps,
  command: CandidacyCommand & FormCommand,
): Promise<Result<{ upload: Upload; file: RoundFile }, Refusal>> => {
  const found = await redactionPlace(deps, command, 'redaction.keep');
  if (!found.ok) return found;
  const { uploads } = copiesOf(found.value, deps.clock.now()).state;
  const coming = uploads.find(({ id }) => id === command.documentId);
  if (coming?.status !== 'announced') return noForm;
  const { applicationId, documentId, redirect } = command;
  const upload = await formOf(deps, { applicationId, documentId, redirect });
  return ok({ upload, file: found.value.place.file });
};

type Coming = { item: CopyCommand['item']; documentId: DocumentId; now: Instant };

const announcing = (
  found: RedactionPlace,
  { item, documentId, now }: Coming,
): Result<{ events: UploadEvent[]; gaveWay: DocumentId[] }, Refusal> => {
  const original = originalIn(found, item);
  if (!original.ok) return original;
  if (original.value.kind !== 'file') return refuse({ kind: 'not-found', what: 'document' });
  const { copies, uploads } = copiesOf(found, now).state;
  if (isSettled(copyStanding(copies[item], original.value))) return refuse({ kind: 'changed-meanwhile' });
  // What has arrived stays: it may have been released once, and what raters were shown can still be told.
  const gaveWay = uploads.filter(({ requirement, status }) => requirement === item && status !== 'received');
  const announced = announce(
    { documents: uploads.filter(({ requirement }) => requirement !== item) },
    { code: item, maxFiles: 1 },
    documentId,
    now,
  );
  if (!announced.ok) return announced;
  const removed = gaveWay.map(({ id }): UploadEvent => ({ type: 'document-removed', at: now, document: id }));
  return ok({ events: [...removed, ...announced.value], gaveWay: gaveWay.map(({ id }) => id) });
};

type Arrived = { redactionOf: ApplicationId; documentId: DocumentId; scanning: boolean };
type Answer = Result<void, Refusal>;

/** How often a file is looked at that another one took the place of meanwhile; a picture once more, when it was made bare. */
const mostLooks = 4;

/**
 * Looks at a redacted file that arrived, as at any document: takes out of a picture what is said beside it, moves it out of the reach of its form, then records it. The first
 * that arrived stays; what nobody waits for is removed. Repeatable: storage announces a file at least once.
 */
export const receiveCopy = async (deps: Deps, arrived: Arrived): Promise<Answer> => {
  for (let look = 0; look < mostLooks; look += 1) {
    const received = await lookAt(deps, arrived);
    if (received) return received;
  }
  throw new Error(`Redacted file ${arrived.documentId} is replaced faster than it can be looked at.`);
};

/** Undefined when the file or its place changed under its hands; nothing was recorded then. */
const lookAt = async (deps: Deps, arrived: Arrived): Promise<Answer | undefined> => {
  const { redactionOf, documentId, scanning } = arrived;
  const owner = redactedFiles(redactionOf);
  const from = fileKey('quarantine', owner, documentId);
  const to = fileKey(scanning ? 'held' : 'clean', owner, documentId);
  const replaces = await deps.files.versionOf(to);
  const { upload } = await expected(deps, arrived);
  if (!upload) {
    await discard(deps, redactionOf, documentId);
    return refuse({ kind: 'not-found', what: 'document' });
  }
  const came = await inspect(deps, from);
  if (upload.status !== 'announced') {
    // Another one was posted with the same form: what may have been released must stay.
    if (came) await deps.files.remove(from, came.version);
    return ok(undefined);
  }
  if (came && (await madeBare(deps, { redactionOf, from, came }))) return undefined;
  // Moved by a delivery that broke off before it could record it.
  const file = came ?? (await inspect(deps, to));
  if (!file) return ok(undefined);
  if (receiving(upload, file, deps.clock.now()).some(({ type }) => type === 'document-refused')) {
    await discard(deps, redactionOf, documentId);
  } else if (came && !(await deps.files.move({ from, version: came.version, to, replaces }))) {
    return undefined;
  }
  const recorded = await record(deps, arrived, file);
  // Whoever erased the application while its file was on the move found nothing there yet.
  if (!(await expected(deps, arrived)).upload) await discard(deps, redactionOf, documentId);
  return recorded;
};

/**
 * Puts a bare picture in place of one that says more than it shows; true where it did, or another file came meanwhile. What cannot be
 * followed to its end stays as it is: whoever releases it is told.
 */
const madeBare = async (
  { records, files }: Pick<Deps, 'records' | 'files'>,
  { redactionOf, from, came }: { redactionOf: ApplicationId; from: string; came: Inspected },
): Promise<boolean> => {
  const isPicture = came.mediaType === 'image/jpeg' || came.mediaType === 'image/png';
  if (!isPicture || came.bytes > copyLimits.maxBytes) return false;
  // Known by its digest when it is to be released, and refused.
  if (await isApplicants(records, redactionOf, came.sha256)) return false;
  const file = await files.read(from);
  if (!file) return true;
  const bare = barePicture(await readWhole(file.bytes));
  if (file.version !== came.version) return true;
  if (!bare || bare.taken.length === 0) return false;
  await files.write(from, bare.bytes);
  return true;
};

const isApplicants = async (
  records: Pick<Deps['records'], 'find'>,
  applicationId: ApplicationId,
  sha256: Sha256,
): Promise<boolean> => {
  const [application, candidacy] = await Promise.all([
    records.find(applicationAggregate, applicationId),
    records.find(candidacyAggregate, applicationId),
  ]);
  const holders = [...(application ? [application.state] : []), ...(candidacy?.state.inquiries ?? [])];
  return holders.flatMap(receivedIn).some((one) => one.sha256 === sha256);
};

/** The upload that a file is of; an application that was erased waits for none. */
const expected = async (
  { records }: Pick<Deps, 'records'>,
  { redactionOf, documentId }: Pick<Arrived, 'redactionOf' | 'documentId'>,
) => {
  const [redaction, application] = await Promise.all([
    records.find(redactionAggregate, redactionOf),
    records.find(applicationAggregate, redactionOf),
  ]);
  const uploads = application?.state.erasedAt ? [] : (redaction?.state.uploads ?? []);
  return { redaction, upload: uploads.find(({ id }) => id === documentId) };
};

const receiving = (upload: UploadedDocument | undefined, file: Inspected, now: Instant): UploadEvent[] =>
  upload?.status === 'announced' ? receive(upload, copyLimits, file, now) : [];

/** @throws where it loses its race too often: the file is in its place, and the news of its arrival comes again */
const record = async (deps: Deps, { redactionOf, documentId }: Arrived, file: Inspected): Promise<Answer> => {
  const recorded = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const { redaction, upload } = await expected(deps, { redactionOf, documentId });
    const events = receiving(upload, file, deps.clock.now());
    if (events.length === 0) return ok(undefined);
    const facts = events.map((one) => ({ type: 'copy-file', at: one.at, file: one }) as const);
    const { change } = changed(redactionAggregate, redactionOf, redaction, facts);
    return await store(deps, { by: { kind: 'system', name: 'documents' }, changes: [change] });
  });
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile') {
    throw new Error(`The arrival of redacted file ${documentId} could not be recorded.`);
  }
  return recorded;
};

const discard = async (
  { files }: Pick<Deps, 'files'>,
  applicationId: ApplicationId,
  documentId: DocumentId,
): Promise<void> => {
  for (const area of fileAreas) {
    await files.remove(fileKey(area, redactedFiles(applicationId), documentId));
  }
};
