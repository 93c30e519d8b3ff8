import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { takeIn } from '#functions/commands/taking-in.ts';
import { atGate, type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import { uploadSeconds } from '#shared/domain/application-documents.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Gate, type GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import { DocumentId, type GateId } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { Refusal } from '#shared/errors.ts';
import { fileKey, gateFiles, type Upload } from '#shared/ports/files.ts';
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

type Answer = Result<Versioned<Gate>, Refusal>;

/**
 * Takes a sheet in that arrived, then records it: votes are never entered from a sheet that is not there. Repeatable: storage
 * announces a file at least once.
 */
export const receiveScan = async (
  deps: Deps,
  { gateId, documentId, scanning }: { gateId: GateId; documentId: DocumentId; scanning: boolean },
): Promise<Answer> => {
  const arrived = { owner: gateFiles(gateId), documentId, scanning };
  const taken = await takeIn(deps, arrived, {
    mediaTypes: scanMediaTypes,
    standing: async () => {
      const gate = await deps.records.find(gateAggregate, gateId);
      const scan = gate?.state.scans.find(({ id }) => id === documentId);
      if (!scan) return 'unknown';
      return scan.sha256 === undefined ? 'awaited' : 'taken';
    },
  });
  if (taken.kind === 'unreadable') return refuse({ kind: 'unreadable', expected: scanMediaTypes.join(', ') });
  if (taken.kind === 'arrived') {
    const { sha256, mediaType } = taken.file;
    return await record(deps, gateId, { type: 'scan-received', scan: documentId, sha256, mediaType });
  }
  const gate = await deps.records.find(gateAggregate, gateId);
  return gate && taken.kind !== 'unknown' ? ok(gate) : refuse({ kind: 'not-found', what: 'document' });
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
