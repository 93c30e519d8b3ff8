import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Opening, opened } from '#functions/commands/document-opening.ts';
import {
  blindPlace,
  originalIn,
  type RedactionPlace,
  redactionPlace,
} from '#functions/commands/redaction-place.ts';
import { copyText } from '#functions/commands/redaction-texts.ts';
import { receivedIn } from '#shared/domain/application.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import type { RedactedItem } from '#shared/domain/redaction.ts';
import {
  type CopyStanding,
  copyStanding,
  isSettled,
  type Original,
} from '#shared/domain/redaction-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import { redactedFiles } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'readLog' | 'clock'>;

/** What raters see in place of one original. Nothing in it was read from the application. */
export type ReleasedCopy = {
  kind: Original['kind'];
  item: RedactedItem;
  /** Of a file: the code of the document in the round file. */
  requirement: string | undefined;
  /** Of an answer or a reference: the how manieth it is. */
  place: number | undefined;
  standing: 'released' | 'withheld' | 'not-yet';
  text: string | undefined;
  /** Of a file. */
  bytes: number | undefined;
};

/**
 * The copies of one application as raters of a blind stage see them, in the order of the round file, from the record of the copies
 * alone. Where one was taken back, or its original has changed since, nothing takes its place. Logged where a text is in it;
 * `not-allowed` where the stage is not blind to the reader.
 */
export const readCopies = async (
  deps: Reads,
  command: CandidacyCommand,
): Promise<Result<ReleasedCopy[], Refusal>> => {
  const found = await blindPlace(deps, command);
  if (!found.ok) return found;
  const { by, originals, redaction } = found.value;
  const copies = await Promise.all(originals.map((one) => released(deps, one, redaction)));
  if (copies.some(({ text }) => text !== undefined)) await note(deps, by, command);
  return ok(copies);
};

const released = async (
  { records }: Pick<Reads, 'records'>,
  original: Original,
  redaction: RedactionPlace['redaction'],
): Promise<ReleasedCopy> => {
  const copy = redaction?.state.copies[original.item];
  const standing = copyStanding(copy, original);
  const shown = isSettled(standing) ? copy : undefined;
  return {
    kind: original.kind,
    item: original.item,
    requirement: original.kind === 'file' ? original.requirement : undefined,
    place: 'place' in original ? original.place : undefined,
    standing: toldAs(standing),
    text: shown?.status === 'text-released' ? await copyText(records, shown.copy) : undefined,
    bytes: shown?.status === 'file-released' ? shown.file.bytes : undefined,
  };
};

/** Why a copy is not there yet is the secretary's business. */
const toldAs = (standing: CopyStanding): ReleasedCopy['standing'] =>
  standing === 'released' || standing === 'withheld' ? standing : 'not-yet';

type Deps = Reads & Pick<CommandDeps, 'files'>;
type FileCommand = CandidacyCommand & { item: DocumentId };

/** Opens the redacted copy of a file for raters. Logged as any opening of a document is. */
export const openCopy = async (deps: Deps, command: FileCommand): Promise<Result<Opening, Refusal>> => {
  const found = await blindPlace(deps, command);
  if (!found.ok) return found;
  const original = originalIn(found.value, command.item);
  if (!original.ok) return original;
  const copy = found.value.redaction?.state.copies[command.item];
  if (copy?.status !== 'file-released' || !isSettled(copyStanding(copy, original.value))) {
    return refuse({ kind: 'not-found', what: 'document' });
  }
  return await open(deps, command, found.value, copy.file.id);
};

/** Opens a redacted file that was sent, before anybody releases it. */
export const openUpload = async (
  deps: Deps,
  command: CandidacyCommand & { documentId: DocumentId },
): Promise<Result<Opening, Refusal>> => {
  const found = await redactionPlace(deps, command, 'redaction.keep');
  return found.ok ? await open(deps, command, found.value, command.documentId) : found;
};

const open = async (
  deps: Deps,
  command: CandidacyCommand,
  { by, candidacy, redaction }: RedactionPlace,
  documentId: DocumentId,
): Promise<Result<Opening, Refusal>> => {
  const documents = redaction?.state.uploads ?? [];
  const file = receivedIn({ documents }).find(({ id }) => id === documentId);
  if (!file) return refuse({ kind: 'not-found', what: 'document' });
  const opening = await opened(deps, {
    owner: redactedFiles(command.applicationId),
    documentId,
    name: `${candidacy.number}-redacted-${documentId.slice(-4)}`,
    mediaType: file.mediaType,
  });
  if (opening.ok) await note(deps, by, command);
  return opening;
};

const note = ({ readLog, clock }: Reads, reader: RedactionPlace['by'], { applicationId }: CandidacyCommand) =>
  readLog.add({ reader, owner: `application#${applicationId}`, what: 'redacted', at: clock.now() });
