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

/**
 * Records a sheet that arrived and moves it out of the reach of its form. What nobody waits for, or is no sheet, is
 * removed. Repeatable: storage announces a file at least once.
 */
export const receiveScan = async (
  deps: Deps,
  { gateId, documentId, scanning }: Arrived,
): Promise<Result<Versioned<Gate>, Refusal>> => {
  const from = fileKey('quarantine', gateFiles(gateId), documentId);
  const to = fileKey(scanning ? 'held' : 'clean', gateFiles(gateId), documentId);
  const replaces = await deps.files.versionOf(to);
  const found = await inspect(deps, from);
  const recorded = await decideAgain(async (): Promise<Result<Versioned<Gate>, Refusal | LostRace>> => {
    const gate = await deps.records.find(gateAggregate, gateId);
    const scan = gate?.state.scans.find(({ id }) => id === documentId);
    if (!gate || !scan) return refuse({ kind: 'not-found', what: 'document' });
    // The first sheet that arrived stays: what votes were entered from must not be put there again.
    if (!found || scan.sha256 !== undefined) return ok(gate);
    if (!found.mediaType || !scanMediaTypes.includes(found.mediaType) || found.bytes === 0) {
      return refuse({ kind: 'unreadable', expected: scanMediaTypes.join(', ') });
    }
    const at = deps.clock.now();
    const events: GateEvent[] = [{ type: 'scan-received', at, scan: documentId, sha256: found.sha256 }];
    const { change, after } = changed(gateAggregate, gateId, gate, events);
    const stored = await store(deps, { by: { kind: 'system', name: 'documents' }, changes: [change] });
    return stored.ok ? ok(after) : stored;
  });
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile') {
    throw new Error(`The arrival of scan ${documentId} could not be recorded.`);
  }
  if (!recorded.ok) {
    for (const area of fileAreas) await deps.files.remove(fileKey(area, gateFiles(gateId), documentId));
    return recorded;
  }
  const kept = recorded.value.state.scans.find(({ id }) => id === documentId);
  if (found && kept?.sha256 === found.sha256) {
    await deps.files.move({ from, version: found.version, to, replaces });
  } else if (found) await deps.files.remove(from, found.version);
  return recorded;
};
