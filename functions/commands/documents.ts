import { createHash } from 'node:crypto';
import { type ApplicationCommand, openDraft, roundOf } from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import {
  announce,
  type Found,
  receive,
  remove,
  uploadSeconds,
} from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { type ApplicationId, DocumentId, Sha256 } from '#shared/domain/ids.ts';
import { sniffedBytes, sniffMediaType } from '#shared/domain/media-type.ts';
import type { Refusal } from '#shared/errors.ts';
import { fileKey, type Upload } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Application>, Refusal | LostRace>>;
type Answer<T = Versioned<Application>> = Promise<Result<T, Refusal>>;

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
  const upload = await deps.files.presignUpload({
    key: fileKey('quarantine', applicationId, documentId),
    maxBytes: announced.value,
    seconds: uploadSeconds,
    ...(redirect !== undefined && { redirect }),
  });
  return ok({ documentId, upload, seconds: uploadSeconds });
};

type Arrival = { applicationId: ApplicationId; documentId: DocumentId; scanning: boolean };

/**
 * Looks at a file that arrived in quarantine: hashes, measures and sniffs it, records what it is, and moves it to
 * clean/ when scanning is off. A file that nobody waits for, or of a wrong type or size, is removed; the
 * application says so. Repeatable: storage announces a file at least once.
 */
export const receiveDocument = async (deps: Deps, arrival: Arrival): Answer => {
  const { applicationId, documentId, scanning } = arrival;
  const from = fileKey('quarantine', applicationId, documentId);
  const found = await inspect(deps, from);
  const recorded = await decideAgain(() => record(deps, arrival, found));
  // Nothing is known of the file then, so it must not be removed; the news of its arrival comes again.
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile') {
    throw new Error(`The arrival of document ${documentId} could not be recorded.`);
  }
  if (!found) return recorded;
  const document = recorded.ok ? documentIn(recorded.value.state, documentId) : undefined;
  if (document?.status !== 'received' || document.sha256 !== found.sha256) await deps.files.remove(from);
  else if (!scanning) await deps.files.move(from, fileKey('clean', applicationId, documentId));
  return recorded;
};

export const removeDocument = async (
  deps: Deps,
  command: ApplicationCommand & { documentId: DocumentId },
): Answer => {
  const { applicationId, documentId } = command;
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
  // Only once nothing refers to the file; left behind by a crash here, the bucket's lifecycle rule takes it.
  if (removed.ok) {
    await deps.files.remove(fileKey('quarantine', applicationId, documentId));
    await deps.files.remove(fileKey('clean', applicationId, documentId));
  }
  return removed;
};

const storage: Actor = { kind: 'system', name: 'documents' };

const record = async (
  deps: Deps,
  { applicationId, documentId }: Arrival,
  inspected: Found | undefined,
): Attempt => {
  const found = await deps.records.find(applicationAggregate, applicationId);
  const document = found && documentIn(found.state, documentId);
  if (!document) return refuse({ kind: 'not-found', what: 'document' });
  // Already moved on by an earlier delivery of the same news; or not there at all.
  if (!inspected) {
    return document.status === 'received'
      ? ok(found)
      : refuse({ kind: 'document-not-arrived', requirements: [document.requirement] });
  }
  const settled = found.state.stage !== 'draft';
  const same = document.status === 'received' && document.sha256 === inspected.sha256;
  if (settled || same) return ok(found);
  const { file } = await roundOf(deps, found.state);
  const requirement = file.documents.find(({ code }) => code === document.requirement);
  if (!requirement) return refuse({ kind: 'unknown-requirement', requirement: document.requirement });
  const events = receive(document, requirement, inspected, deps.clock.now());
  const { change, after } = changed(applicationAggregate, found.id, found, events);
  const stored = await store(deps, { by: storage, changes: [change] });
  return stored.ok ? ok(after) : stored;
};

const documentIn = (application: Application, documentId: DocumentId) =>
  application.documents.find(({ id }) => id === documentId);

/** Reads a file once, however large: its digest, its length, and its type by its first bytes. */
const inspect = async ({ files }: Pick<Deps, 'files'>, key: string): Promise<Found | undefined> => {
  const stream = await files.read(key);
  if (!stream) return undefined;
  const hash = createHash('sha256');
  const start: number[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    bytes += chunk.length;
    if (start.length < sniffedBytes) start.push(...chunk.subarray(0, sniffedBytes - start.length));
  }
  return {
    sha256: Sha256.parse(hash.digest('hex')),
    bytes,
    mediaType: sniffMediaType(Uint8Array.from(start)),
  };
};
