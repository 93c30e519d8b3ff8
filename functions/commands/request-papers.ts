import type { DeskWorker } from '#functions/commands/assistance.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Checked, checkFile, settleFile, type Verdict } from '#functions/commands/document-checking.ts';
import { type Opening, opened } from '#functions/commands/document-opening.ts';
import { keptFrom, requestWalls } from '#functions/commands/request-walls.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { takeIn } from '#functions/commands/taking-in.ts';
import { type FormCommand, noForm, uploadForm } from '#functions/commands/upload-form.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { UploadFault } from '#shared/domain/application.ts';
import {
  announceRequestPaper,
  type DataRequest,
  type DataRequestEvent,
  dataRequestAggregate,
  receivedPapers,
  refusePaper,
} from '#shared/domain/data-request.ts';
import { type DataRequestId, DocumentId, type PersonId } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { requestFiles, type Upload } from '#shared/ports/files.ts';
import type { Scanner } from '#shared/ports/scanner.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'>;

/** What a signed paper may be, as a scanner or a phone makes it. */
export const paperMediaTypes: MediaType[] = ['application/pdf', 'image/jpeg', 'image/png'];
export const maxPaperBytes = 10_485_760;

type PaperCommand = { by: DeskWorker; personId: PersonId; requestId: DataRequestId };

/** Notes that the scan of a signed paper is coming and answers the form that a browser posts it with. A request of anybody else is not found. */
export const announcePaper = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  { by, personId, requestId, redirect }: PaperCommand & { redirect?: string },
): Promise<Result<{ paper: DocumentId; upload: Upload }, Refusal>> => {
  const paper = DocumentId.parse(deps.chance.id());
  const announced = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await deps.records.find(dataRequestAggregate, requestId);
    if (found?.state.personId !== personId) return notFound;
    const decision = announceRequestPaper(found.state, paper, deps.clock.now());
    if (!decision.ok) return decision;
    const { change } = changed(dataRequestAggregate, requestId, found, decision.value);
    return await store(deps, { by, changes: [change] });
  });
  if (!announced.ok) return announced;
  return ok({ paper, upload: await formOf(deps, { requestId, documentId: paper, redirect }) });
};

const formOf = (
  deps: Pick<Deps, 'files'>,
  { requestId, documentId, redirect }: Paper & { redirect?: string | undefined },
): Promise<Upload> =>
  uploadForm(deps, { owner: requestFiles(requestId), documentId, maxBytes: maxPaperBytes, redirect });

/** Another form for a paper that was announced and has not arrived. */
export const paperForm = async (
  deps: Pick<Deps, 'records' | 'files'>,
  { personId, ...command }: Omit<PaperCommand, 'by'> & FormCommand,
): Promise<Result<Upload, Refusal>> => {
  const found = await deps.records.find(dataRequestAggregate, command.requestId);
  if (found?.state.personId !== personId) return notFound;
  const coming = found.state.papers?.find(({ id }) => id === command.documentId);
  if (!coming || coming.sha256 !== undefined || coming.refused !== undefined) return noForm;
  return ok(await formOf(deps, command));
};

/** Takes a paper in that arrived, then records it. Repeatable: storage announces a file at least once. */
export const receivePaper = async (
  deps: Deps,
  {
    requestId,
    documentId,
    scanning,
  }: { requestId: DataRequestId; documentId: DocumentId; scanning: boolean },
): Promise<Result<void, Refusal>> => {
  const taken = await takeIn(
    deps,
    { owner: requestFiles(requestId), documentId, scanning },
    {
      limits: { mediaTypes: paperMediaTypes, maxBytes: maxPaperBytes },
      standing: async () => {
        const request = await deps.records.find(dataRequestAggregate, requestId);
        const paper = request?.state.papers?.find(({ id }) => id === documentId);
        if (!paper) return 'unknown';
        return paper.sha256 === undefined && paper.refused === undefined ? 'awaited' : 'taken';
      },
    },
  );
  if (taken.kind === 'unknown') return refuse({ kind: 'not-found', what: 'document' });
  if (taken.kind === 'refused') {
    const noted = await noteRefused(deps, { requestId, documentId }, taken.fault);
    return noted.ok ? refuse({ kind: 'unreadable', expected: paperMediaTypes.join(', ') }) : noted;
  }
  if (taken.kind !== 'arrived') return ok(undefined);
  const { sha256, mediaType } = taken.file;
  return await record(deps, { requestId, documentId }, ({ papers = [] }, at) =>
    papers.some((one) => one.id === documentId && one.sha256 !== undefined)
      ? []
      : [{ type: 'request-paper-received', at, paper: documentId, sha256, mediaType }],
  );
};

/** Asks the scanner about a paper that is held. Repeatable. @throws when the scanner cannot be asked: the paper stays held */
export const checkPaper = (deps: Deps & { scanner: Scanner }, paper: Paper): Promise<Checked> =>
  checkFile(deps, heldOf(paper), (fault) => noteRefused(deps, paper, fault));

/** Does what follows from a scanner's verdict: a paper that it does not let through is noted before it is thrown away. Repeatable. */
export const settlePaper = (deps: Deps, paper: Paper, verdict: Verdict): Promise<Checked> =>
  settleFile(deps, heldOf(paper), verdict, (fault) => noteRefused(deps, paper, fault));

type Paper = { requestId: DataRequestId; documentId: DocumentId };

const heldOf = ({ requestId, documentId }: Paper) => ({ owner: requestFiles(requestId), documentId });

const noteRefused = (deps: Deps, paper: Paper, because: UploadFault): Promise<Result<void, Refusal>> =>
  record(deps, paper, (request, now) => refusePaper(request, { paper: paper.documentId, because }, now));

const record = async (
  deps: Deps,
  { requestId, documentId }: Paper,
  decide: (request: DataRequest, now: Instant) => DataRequestEvent[],
): Promise<Result<void, Refusal>> => {
  const recorded = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await deps.records.find(dataRequestAggregate, requestId);
    if (!found) return notFound;
    const events = decide(found.state, deps.clock.now());
    if (events.length === 0) return ok(undefined);
    const { change } = changed(dataRequestAggregate, requestId, found, events);
    return await store(deps, { by: { kind: 'system', name: 'documents' }, changes: [change] });
  });
  // The file is in its place, or held; the news of it comes again.
  if (!recorded.ok && recorded.error.kind === 'changed-meanwhile')
    throw new Error(`What became of paper ${documentId} could not be recorded.`);
  return recorded;
};

/** Opens the signed paper of a request for whoever answers it. Logged before it is answered (law 94-V, art. 22). */
export const openPaper = async (
  deps: Pick<CommandDeps, 'records' | 'files' | 'readLog' | 'clock'>,
  { by, requestId, paper }: { by: Person; requestId: DataRequestId; paper: DocumentId },
): Promise<Result<Opening, Refusal>> => {
  const found = await deps.records.find(dataRequestAggregate, requestId);
  if (!found) return notFound;
  const kept = keptFrom(await requestWalls(deps.records)(found.state), by.id);
  if (kept) return refuse(kept);
  const known = receivedPapers(found.state).find(({ id }) => id === paper);
  if (!known) return refuse({ kind: 'not-found', what: 'document' });
  const { mediaType } = known;
  const opening = await opened(deps, {
    owner: requestFiles(requestId),
    documentId: paper,
    name: `${found.state.kind}-${paper.slice(-4)}`,
    mediaType,
  });
  if (!opening.ok) return opening;
  const read = { reader: by, owner: `data-request#${requestId}`, what: 'document' } as const;
  await deps.readLog.add({ ...read, at: deps.clock.now() });
  return opening;
};

const notFound = refuse({ kind: 'not-found', what: 'data-request' } as const);
