import type { CommandDeps } from '#functions/commands/deps.ts';
import { inspect } from '#functions/commands/file-inspection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atGate, type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import { uploadSeconds } from '#shared/domain/application-documents.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Gate, type GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import { DocumentId, type GateId } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { Refusal } from '#shared/errors.ts';
import { fileAreas, fileKey, gateFiles, type Upload } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'>;

/** What a sheet of votes may be, as a scanner or a phone makes it. */
export const scanMediaTypes: readonly MediaType[] = ['application/pdf', 'image/jpeg', 'image/png'];
export const maxScanBytes = 10_485_760;

/** A gate keeps so many sheets: a committee meets a few times. */
const maxScans = 20;

/** Notes that a scanned sheet of votes is coming and answers the form that a browser posts it with. */
export const announceScan = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  command: CommitteeCommand & { redirect?: string },
): Promise<Result<{ scan: DocumentId; upload: Upload }, Refusal>> => {
  const scan = DocumentId.parse(deps.chance.id());
  const announced = await decideAgain(async (): Promise<Result<GateId, Refusal | LostRace>> => {
    const place = await workplace(deps, command, 'gate.record');
    if (!place.ok) return place;
    const open = atGate(place.value);
    if (!open.ok) return open;
    const { gate } = open.value;
    if (gate.state.status === 'decided') {
      return refuse({ kind: 'already-decided', decidedAt: gate.state.decidedAt });
    }
    if (gate.state.scans.length >= maxScans) {
      return refuse({ kind: 'too-many-documents', requirement: 'scan', limit: maxScans });
    }
    const events: GateEvent[] = [{ type: 'scan-announced', at: deps.clock.now(), scan }];
    const stored = await store(deps, {
      by: command.by,
      changes: [changed(gateAggregate, gate.id, gate, events).change],
    });
    return stored.ok ? ok(gate.state.id) : stored;
  });
  if (!announced.ok) return announced;
  const upload = await deps.files.presignUpload({
    key: fileKey('quarantine', gateFiles(announced.value), scan),
    maxBytes: maxScanBytes,
    seconds: uploadSeconds,
    ...(command.redirect !== undefined && { redirect: command.redirect }),
  });
  return ok({ scan, upload });
};

type Arrived = { gateId: GateId; documentId: DocumentId; scanning: boolean };

/** How often a sheet is looked at that another one took the place of meanwhile. */
const mostLooks = 3;

/**
 * Moves a sheet that arrived out of the reach of its form, then records it: votes are never entered from a sheet that is
 * not there. The first that arrived stays. What nobody waits for, or is no sheet, is removed. Repeatable: storage announces
 * a file at least once.
 */
export const receiveScan = async (deps: Deps, arrived: Arrived): Promise<Answer> => {
  for (let look = 0; look < mostLooks; look += 1) {
    const received = await lookAt(deps, arrived);
    if (received) return received;
  }
  throw new Error(`Scan ${arrived.documentId} is replaced faster than it can be looked at.`);
};

type Answer = Result<Versioned<Gate>, Refusal>;

/** Undefined when the sheet or its place changed under its hands; nothing was recorded then. */
const lookAt = async (deps: Deps, { gateId, documentId, scanning }: Arrived): Promise<Answer | undefined> => {
  const from = fileKey('quarantine', gateFiles(gateId), documentId);
  const to = fileKey(scanning ? 'held' : 'clean', gateFiles(gateId), documentId);
  const replaces = await deps.files.versionOf(to);
  const gate = await deps.records.find(gateAggregate, gateId);
  const scan = gate?.state.scans.find(({ id }) => id === documentId);
  if (!gate || !scan) return await discard(deps, gateId, documentId, { kind: 'not-found', what: 'document' });
  const came = await inspect(deps, from);
  if (scan.sha256 !== undefined) {
    // Another one was posted with the same form: what votes were entered from must stay.
    if (came) await deps.files.remove(from, came.version);
    return ok(gate);
  }
  // Moved by a delivery that broke off before it could record it.
  const sheet = came ?? (await inspect(deps, to));
  if (!sheet) return ok(gate);
  if (!sheet.mediaType || !scanMediaTypes.includes(sheet.mediaType) || sheet.bytes === 0) {
    return await discard(deps, gateId, documentId, {
      kind: 'unreadable',
      expected: scanMediaTypes.join(', '),
    });
  }
  if (came && !(await deps.files.move({ from, version: came.version, to, replaces }))) return undefined;
  const { sha256, mediaType } = sheet;
  return await record(deps, gateId, { type: 'scan-received', scan: documentId, sha256, mediaType });
};

const record = async (
  deps: Deps,
  gateId: GateId,
  received: Omit<Extract<GateEvent, { type: 'scan-received' }>, 'at'>,
): Promise<Answer> => {
  const recorded = await decideAgain(async (): Promise<Result<Versioned<Gate>, Refusal | LostRace>> => {
    const gate = await deps.records.find(gateAggregate, gateId);
    if (!gate) return refuse({ kind: 'not-found', what: 'document' });
    if (gate.state.scans.some(({ id, sha256 }) => id === received.scan && sha256)) return ok(gate);
    const { change, after } = changed(gateAggregate, gateId, gate, [{ ...received, at: deps.clock.now() }]);
    const stored = await store(deps, { by: { kind: 'system', name: 'documents' }, changes: [change] });
    return stored.ok ? ok(after) : stored;
  });
  // The sheet is in its place; the news of its arrival comes again.
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile') {
    throw new Error(`The arrival of scan ${received.scan} could not be recorded.`);
  }
  return recorded;
};

const discard = async (
  { files }: Deps,
  gateId: GateId,
  documentId: DocumentId,
  refusal: Refusal,
): Promise<Answer> => {
  for (const area of fileAreas) await files.remove(fileKey(area, gateFiles(gateId), documentId));
  return refuse(refusal);
};
