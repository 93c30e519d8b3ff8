import { type ApplicationCommand, ownApplication } from '#functions/commands/application-reading.ts';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { answersPlace } from '#functions/commands/candidate-views.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { answerFileOf } from '#functions/commands/inquiry-files.ts';
import { type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import { type Application, receivedIn } from '#shared/domain/application.ts';
import { workingCopy } from '#shared/domain/application-amendment.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { type Gate, gateAggregate, gatesOf, standingScans } from '#shared/domain/gate.ts';
import type { DocumentId, RoundId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { type FileOwner, type Files, fileKey, gateFiles } from '#shared/ports/files.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'readLog' | 'clock'>;

/** An address that a browser follows at once; long enough for a slow line to begin. */
export type Opening = { url: string; seconds: number };
type Answer = Promise<Result<Opening, Refusal>>;

const openingSeconds = 60;

/** Opens a document of an own application: what arrived, as it was looked at. */
export const openOwnDocument = async (
  deps: Pick<Deps, 'records' | 'files'>,
  command: ApplicationCommand & { documentId: DocumentId },
): Answer => {
  const own = await ownApplication(deps, command);
  if (!own.ok) return own;
  const { state } = own.value;
  const { documentId } = command;
  const copy = workingCopy(state);
  const file =
    documentIn(state, documentId) ??
    (copy && documentIn(copy, documentId)) ??
    (await answerFileIn(deps, state, documentId));
  return file ? await opened(deps, file) : notFound;
};

/**
 * Opens a document of an applicant for a committee that may read what was typed: by the same rule and in the same stages.
 * The opening is logged before it is answered (law 94-V, art. 22).
 */
export const openDocument = async (
  deps: Deps,
  command: CandidacyCommand & { documentId: DocumentId },
): Answer => {
  const place = await answersPlace(deps, command);
  if (!place.ok) return place;
  const { applicationId, documentId } = command;
  const application = await deps.records.find(applicationAggregate, applicationId);
  const isSubmitted = application && application.state.stage !== 'draft';
  const file =
    isSubmitted &&
    (documentIn(application.state, documentId) ??
      (await answerFileIn(deps, application.state, documentId, 'sent')));
  if (!file) return notFound;
  const opening = await opened(deps, file);
  if (!opening.ok) return opening;
  const read = { reader: place.value.by, owner: `application#${applicationId}`, what: 'document' } as const;
  await deps.readLog.add({ ...read, at: deps.clock.now() });
  return opening;
};

/** Opens a signed sheet of votes for the committee whose gate it is of, also once that gate is decided. Logged alike. */
export const openScan = async (deps: Deps, command: CommitteeCommand & { scan: DocumentId }): Answer => {
  const place = await workplace(deps, command, 'sheet.open');
  if (!place.ok) return place;
  const gate = await gateWith(deps.records, command.roundId, command.scan);
  if (!gate) return notFound;
  const mediaType = gate.scans.find(({ id }) => id === command.scan)?.mediaType;
  const name = `votes-${gate.stage}-${gate.attempt}`;
  const opening = await opened(deps, {
    owner: gateFiles(gate.id),
    documentId: command.scan,
    name,
    mediaType,
  });
  if (!opening.ok) return opening;
  const read = { reader: place.value.by, owner: `gate#${gate.id}`, what: 'sheet' } as const;
  await deps.readLog.add({ ...read, at: deps.clock.now() });
  return opening;
};

/** A sheet is a gate's: one of another round is not found. */
const gateWith = async (
  records: Pick<Records, 'list'>,
  roundId: RoundId,
  scan: DocumentId,
): Promise<Gate | undefined> =>
  (await everyOf(records, gateAggregate, gatesOf({ id: roundId })))
    .map(({ state }) => state)
    .find((gate) => standingScans(gate).some(({ id }) => id === scan));

type Opened = {
  owner: FileOwner;
  documentId: DocumentId;
  /** Without its ending; of the number and codes, never of what a person called the file. */
  name: string;
  mediaType: string | undefined;
  /** Waits for the scanner. */
  held?: true | undefined;
};

type Owned = Pick<Application, 'id' | 'number' | 'documents'>;

const documentIn = ({ id: owner, number, documents }: Owned, documentId: DocumentId): Opened | undefined => {
  const document = receivedIn({ documents }).find(({ id }) => id === documentId);
  if (!document) return undefined;
  const { requirement, mediaType, held } = document;
  const name = `${number}-${requirement}-${documentId.slice(-4)}`;
  return { owner, documentId, name, mediaType, held };
};

/** A file of an answer to the committee; `sent`: only of one that the committee has got. */
const answerFileIn = async (
  { records }: Pick<Deps, 'records'>,
  { id, number }: Application,
  documentId: DocumentId,
  sent?: 'sent',
): Promise<Opened | undefined> => {
  const found = await answerFileOf({ records }, { applicationId: id, documentId });
  if (!found || (sent && found.inquiry.status !== 'answered')) return undefined;
  return documentIn({ id, number, documents: found.inquiry.documents }, documentId);
};

/** Only what was looked at and lies out of reach of its form; what still waits for the scanner is `document-unchecked`. */
export const opened = async (
  { files }: { files: Files },
  { owner, documentId, name, mediaType, held }: Opened,
): Answer => {
  const key = fileKey('clean', owner, documentId);
  if (held || (await files.versionOf(key)) === undefined) return refuse({ kind: 'document-unchecked' });
  const filename = `${name.replaceAll(/[^\w-]/g, '-')}${endings[mediaType ?? ''] ?? ''}`;
  const url = await files.presignDownload({ key, seconds: openingSeconds, filename });
  return ok({ url, seconds: openingSeconds });
};

const endings: Partial<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
};

const notFound = refuse({ kind: 'not-found', what: 'document' } as const);
