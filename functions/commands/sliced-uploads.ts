import { type ApplicationCommand, openDraft } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { removeAnswerFile, removeDocument } from '#functions/commands/documents.ts';
import { answerPlace, requirementOf } from '#functions/commands/inquiry-answer.ts';
import { answerFileOf } from '#functions/commands/inquiry-files.ts';
import { arrivedSlices } from '#functions/commands/slice-joining.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import type { UploadedDocument } from '#shared/domain/application.ts';
import { uploadSeconds } from '#shared/domain/application-documents.ts';
import type { DocumentId, InquiryId } from '#shared/domain/ids.ts';
import type { RequiredDocument, RoundFile } from '#shared/domain/round-file.ts';
import {
  missingSlices,
  type Slice,
  type SliceSize,
  sliceName,
  type WholeFile,
} from '#shared/domain/slices.ts';
import type { Refusal } from '#shared/errors.ts';
import { begunFolder, begunKey, slicesFolder, type Upload } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'files'>;

/** A document that was announced, and the file that is being sent for it. */
export type SlicedUpload = ApplicationCommand & { documentId: DocumentId; whole: WholeFile };

export type Slices = {
  /** How much of the file is there, in bytes. */
  arrived: number;
  /** What to send next, each with its form; none when all are there. More may follow when these have arrived. */
  slices: readonly (Slice & { upload: Upload })[];
  /** How long the forms are good. */
  seconds: number;
};

/** So many forms in one answer: some 20 KB, and minutes of work on a slow line. */
const mostForms = 16;

/** So many files of one application may be begun within two days: it cannot be used as a store. */
const mostBegun = 60;

/**
 * Answers which bytes of a file have arrived, and forms for the next slices of what has not. Changes nothing of the application, and
 * can be asked again at any time, from any page or device: what has arrived is found by the SHA-256 of the whole.
 */
export const askSlices = async (
  deps: Deps,
  command: SlicedUpload & { size: SliceSize },
): Promise<Result<Slices, Refusal>> => {
  const { applicationId, whole, size } = command;
  const place = await placeOf(deps, command);
  if (!place.ok) return place;
  const { requirement } = place.value;
  if (sameIn(place.value, whole)) return ok({ arrived: whole.bytes, slices: [], seconds: uploadSeconds });
  if (whole.bytes > requirement.maxBytes) {
    return refuse({ kind: 'too-large', limitBytes: requirement.maxBytes });
  }
  if (!(await begin(deps, command))) {
    return refuse({ kind: 'too-many-documents', requirement: requirement.code, limit: mostBegun });
  }
  const missing = missingSlices(whole.bytes, await arrivedSlices(deps, applicationId, whole), size);
  const slices = await Promise.all(
    missing.slice(0, mostForms).map(async ({ from, to }) => {
      const key = slicesFolder(applicationId, whole.sha256) + sliceName({ from, to });
      const exactly = { minBytes: to - from, maxBytes: to - from };
      return {
        from,
        to,
        upload: await deps.files.presignUpload({ key, ...exactly, seconds: uploadSeconds }),
      };
    }),
  );
  const left = missing.reduce((sum, { from, to }) => sum + to - from, 0);
  return ok({ arrived: whole.bytes - left, slices, seconds: uploadSeconds });
};

/**
 * Makes the file of its slices, once all are there; from then on it goes the way of one that was sent in one piece. `whole: false`
 * says that something is missing, which `askSlices` names. A second time changes nothing.
 */
export const joinUploaded = async (
  deps: Deps & Pick<CommandDeps, 'joinSlices' | 'nudge'>,
  command: SlicedUpload,
): Promise<Result<{ whole: boolean }, Refusal>> => {
  const { applicationId, documentId, whole } = command;
  const place = await placeOf(deps, command);
  if (!place.ok) return place;
  const same = sameIn(place.value, whole);
  if (!same) return ok({ whole: await deps.joinSlices({ applicationId, documentId, ...whole }) });
  if (same.id === documentId) return ok({ whole: true });
  // It came by another page of theirs: nobody waits for it a second time.
  const { inquiry } = place.value;
  const removed = inquiry
    ? await removeAnswerFile(deps, { ...command, inquiry })
    : await removeDocument(deps, command);
  return removed.ok ? ok({ whole: true }) : removed;
};

type Place = {
  document: UploadedDocument;
  requirement: RequiredDocument;
  /** All files of the same draft or answer. */
  documents: readonly UploadedDocument[];
  inquiry?: InquiryId;
};

const notThere = refuse({ kind: 'not-found', what: 'document' } as const);

/** A document of an own draft, or of an open answer, while its deadline has not passed: as when it was announced. */
const placeOf = async (deps: Deps, command: SlicedUpload): Promise<Result<Place, Refusal>> => {
  const { documentId } = command;
  const answer = await answerFileOf(deps, command);
  if (answer) {
    const place = await answerPlace(deps, { ...command, inquiry: answer.inquiry.id });
    if (!place.ok) return place;
    const { inquiry, opened } = place.value;
    const found = placed(inquiry, documentId, opened.file);
    return found.ok ? ok({ ...found.value, inquiry: inquiry.id }) : found;
  }
  const opened = await decideAgain(() => openDraft(deps, command, deps.clock.now()));
  if (!opened.ok) return opened;
  return placed(opened.value.draft, documentId, opened.value.file);
};

const placed = (
  { documents }: Pick<Place, 'documents'>,
  documentId: DocumentId,
  file: RoundFile,
): Result<Place, Refusal> => {
  const document = documents.find(({ id }) => id === documentId);
  const requirement = document && requirementOf(document, file);
  return document && requirement ? ok({ document, requirement, documents }) : notThere;
};

/** The same file, there already: this document, whatever came of it, or another one that was accepted for the same. */
const sameIn = ({ document, documents }: Place, { sha256 }: WholeFile): UploadedDocument | undefined =>
  [document, ...documents].find(
    (one) =>
      one.requirement === document.requirement &&
      (one.status === 'received' || (one.status === 'refused' && one.id === document.id)) &&
      one.sha256 === sha256,
  );

/**
 * Marks a file as begun, before its first form. A form is good for an hour, whatever becomes of the file: so what was promised
 * counts, not what has arrived, and finishing a file takes no mark away. Written before it is counted: of many that are begun at
 * once no more get through.
 */
const begin = async ({ files }: Deps, { applicationId, whole }: SlicedUpload): Promise<boolean> => {
  const mark = begunKey(applicationId, whole);
  const marks = async () => await files.list(begunFolder(applicationId));
  const before = await marks();
  if (before.some(({ key }) => key === mark)) return before.length <= mostBegun;
  if (before.length >= mostBegun) return false;
  await files.write(mark, new Uint8Array());
  return (await marks()).length <= mostBegun;
};
