import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Checked, checkFile, settleFile, type Verdict } from '#functions/commands/document-checking.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { takeIn } from '#functions/commands/taking-in.ts';
import { type FormCommand, noForm, uploadForm } from '#functions/commands/upload-form.ts';
import { atGate, type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import type { UploadFault } from '#shared/domain/application.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Gate, type GateEvent, gateAggregate, type Scan } from '#shared/domain/gate.ts';
import { DocumentId, type GateId } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { gateFiles, type Upload } from '#shared/ports/files.ts';
import type { Scanner } from '#shared/ports/scanner.ts';
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
    if (gate.state.scans.filter(({ refused }) => refused === undefined).length >= maxScans) {
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
  return ok({ scan, upload: await formOf(deps, { ...command, gateId: announced.value, documentId: scan }) });
};

const formOf = (
  deps: Pick<Deps, 'files'>,
  { gateId, documentId, redirect }: Sheet & { redirect?: string },
): Promise<Upload> =>
  uploadForm(deps, { owner: gateFiles(gateId), documentId, maxBytes: maxScanBytes, redirect });

/** Another form for a sheet that was announced and has not arrived. */
export const scanForm = async (
  deps: Deps,
  command: CommitteeCommand & FormCommand,
): Promise<Result<{ upload: Upload; file: RoundFile }, Refusal>> => {
  const place = await workplace(deps, command, 'gate.record');
  if (!place.ok) return place;
  const open = atGate(place.value);
  if (!open.ok) return open;
  const { id: gateId, scans } = open.value.gate.state;
  const coming = scans.find(({ id }) => id === command.documentId);
  if (!coming || coming.sha256 !== undefined || coming.refused !== undefined) return noForm;
  return ok({ upload: await formOf(deps, { ...command, gateId }), file: place.value.file });
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
    limits: { mediaTypes: scanMediaTypes, maxBytes: maxScanBytes },
    standing: async () => {
      const gate = await deps.records.find(gateAggregate, gateId);
      const scan = gate?.state.scans.find(({ id }) => id === documentId);
      if (!scan) return 'unknown';
      return scan.sha256 === undefined && scan.refused === undefined ? 'awaited' : 'taken';
    },
  });
  if (taken.kind === 'refused') {
    const noted = await noteRefused(deps, { gateId, documentId }, taken.fault);
    return noted.ok ? refuse({ kind: 'unreadable', expected: scanMediaTypes.join(', ') }) : noted;
  }
  if (taken.kind === 'arrived') {
    const { sha256, mediaType } = taken.file;
    return await record(deps, { gateId, documentId }, (scan, at) =>
      scan.sha256 === undefined ? [{ type: 'scan-received', at, scan: documentId, sha256, mediaType }] : [],
    );
  }
  const gate = await deps.records.find(gateAggregate, gateId);
  return gate && taken.kind !== 'unknown' ? ok(gate) : refuse({ kind: 'not-found', what: 'document' });
};

/** Asks the scanner about a sheet that is held. Repeatable. @throws when the scanner cannot be asked: the sheet stays held */
export const checkScan = (deps: Deps & { scanner: Scanner }, sheet: Sheet): Promise<Checked> =>
  checkFile(deps, heldOf(sheet), (fault) => noteRefused(deps, sheet, fault));

/** Does what follows from a scanner's verdict: a sheet that it does not let through is noted before it is thrown away. Repeatable. */
export const settleScan = (deps: Deps, sheet: Sheet, verdict: Verdict): Promise<Checked> =>
  settleFile(deps, heldOf(sheet), verdict, (fault) => noteRefused(deps, sheet, fault));

type Sheet = { gateId: GateId; documentId: DocumentId };

const heldOf = ({ gateId, documentId }: Sheet) => ({ owner: gateFiles(gateId), documentId });

const noteRefused = (deps: Deps, sheet: Sheet, because: UploadFault): Promise<Answer> =>
  record(deps, sheet, ({ refused }, at) =>
    refused === undefined ? [{ type: 'scan-refused', at, scan: sheet.documentId, because }] : [],
  );

/** @param decide from the sheet as it stands; nothing changes nothing */
const record = async (
  deps: Deps,
  { gateId, documentId }: Sheet,
  decide: (scan: Scan, now: Instant) => GateEvent[],
): Promise<Answer> => {
  const recorded = await decideAgain(async (): Promise<Result<Versioned<Gate>, Refusal | LostRace>> => {
    const gate = await deps.records.find(gateAggregate, gateId);
    const scan = gate?.state.scans.find(({ id }) => id === documentId);
    if (!gate || !scan) return refuse({ kind: 'not-found', what: 'document' });
    const events = decide(scan, deps.clock.now());
    if (events.length === 0) return ok(gate);
    const { change, after } = changed(gateAggregate, gateId, gate, events);
    const stored = await store(deps, { by: { kind: 'system', name: 'documents' }, changes: [change] });
    return stored.ok ? ok(after) : stored;
  });
  // The file is in its place, or held; the news of it comes again.
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile') {
    throw new Error(`What became of sheet ${documentId} could not be recorded.`);
  }
  return recorded;
};
