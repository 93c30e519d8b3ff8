import type { CommandDeps } from '#functions/commands/deps.ts';
import { elsewherePlace } from '#functions/commands/elsewhere-place.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { formTakes, uploadSeconds } from '#shared/domain/application-documents.ts';
import { DocumentId, type RoundId } from '#shared/domain/ids.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { broughtKey, type StoredFile, type Upload } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The published results of some 70,000 ranked people. */
export const mostResultsBytes = 32 * 1024 * 1024;

/**
 * A form that takes the published results of another region straight to storage: a request of ours holds those of some 9,000 people. Whoever brings a packet then names
 * the file by its id. Changes nothing; what nobody names is forgotten after two days.
 * @param redirect where a browser goes once storage has the file, from its id
 */
export const resultsForm = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'files'>,
  command: CommitteeCommand & { redirect?: (id: DocumentId) => string },
): Promise<Result<{ id: DocumentId; upload: Upload; seconds: number }, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.receive');
  if (!found.ok) return found;
  const id = DocumentId.parse(deps.chance.id());
  const upload = await deps.files.presignUpload({
    key: broughtKey(command.roundId, id),
    ...formTakes({ maxBytes: mostResultsBytes }),
    seconds: uploadSeconds,
    ...(command.redirect && { redirect: command.redirect(id) }),
  });
  return ok({ id, upload, seconds: uploadSeconds });
};

/**
 * Whether storage has such results, before anybody is told so. The form lets in twice as much as is read, since storage refuses in words of its own, so one too large is refused
 * here, as soon as it has come.
 */
export const resultsSent = async (
  { files }: Pick<CommandDeps, 'files'>,
  { roundId, id }: { roundId: RoundId; id: DocumentId },
): Promise<Result<void, Refusal>> => {
  const key = broughtKey(roundId, id);
  const stored = (await files.list(key)).find((one) => one.key === key);
  if (!stored) return fault('noResults');
  return stored.bytes > mostResultsBytes ? tooLarge() : ok(undefined);
};

/** The text of results that were sent so; refused where they are not there, or not there any more, and where they are no text or too large. */
export const broughtResults = async (
  { files }: Pick<CommandDeps, 'files'>,
  { roundId, id }: { roundId: RoundId; id: DocumentId },
): Promise<Result<string, Refusal>> => {
  const stored = await files.read(broughtKey(roundId, id));
  if (!stored) return fault('noResults');
  const bytes = await readAtMost(stored);
  if (!bytes) return tooLarge();
  const text = readUtf8(bytes);
  return text === undefined ? fault('bundle') : ok(text);
};

const fault = (what: string, facts: Fault['facts'] = {}): Result<never, Refusal> =>
  refuse({ kind: 'invalid', faults: [{ place: 'bundle', message: `elsewhere.fault.${what}`, facts }] });

const tooLarge = () => fault('largeResults', { megabytes: mostResultsBytes / 1_048_576 });

/** Undefined for a larger file, of which no more is read. */
const readAtMost = async ({ bytes }: StoredFile): Promise<Uint8Array | undefined> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > mostResultsBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};
