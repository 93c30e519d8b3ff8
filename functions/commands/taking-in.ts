import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Inspected, inspect } from '#functions/commands/file-inspection.ts';
import type { UploadFault } from '#shared/domain/application.ts';
import { faultOf, type Limits } from '#shared/domain/application-documents.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import { type FileOwner, fileAreas, fileKey } from '#shared/ports/files.ts';

type Deps = Pick<CommandDeps, 'files'>;

type Arrived = { owner: FileOwner; documentId: DocumentId; scanning: boolean };

type Place = {
  limits: Limits;
  /** What the record says of the file: nobody waits for it, it is waited for, or one has arrived before. */
  standing: () => Promise<'unknown' | 'awaited' | 'taken'>;
};

/** `absent` is a file that was taken in or thrown away meanwhile; `unknown` and `refused` ones are thrown away. */
export type TakenIn =
  | { kind: 'arrived'; file: Inspected & { mediaType: MediaType } }
  | { kind: 'refused'; fault: UploadFault }
  | { kind: 'unknown' | 'taken' | 'absent' };

/** How often a file is looked at that another one took the place of meanwhile. */
const mostLooks = 3;

/**
 * Moves a file that arrived out of the reach of its form. The first that arrived stays. What nobody waits for, or is of
 * another type, is removed. Repeatable: storage announces a file at least once.
 */
export const takeIn = async (deps: Deps, arrived: Arrived, place: Place): Promise<TakenIn> => {
  for (let look = 0; look < mostLooks; look += 1) {
    const taken = await lookAt(deps, arrived, place);
    if (taken) return taken;
  }
  throw new Error(`File ${arrived.documentId} is replaced faster than it can be looked at.`);
};

/** Undefined when the file or its place changed under its hands. What stands at the target is read first of all. */
const lookAt = async (
  { files }: Deps,
  { owner, documentId, scanning }: Arrived,
  { limits, standing }: Place,
): Promise<TakenIn | undefined> => {
  const from = fileKey('quarantine', owner, documentId);
  const to = fileKey(scanning ? 'held' : 'clean', owner, documentId);
  const replaces = await files.versionOf(to);
  const known = await standing();
  if (known === 'unknown') {
    await discard({ files }, { owner, documentId });
    return { kind: known };
  }
  const came = await inspect({ files }, from);
  if (known === 'taken') {
    // Another one was posted with the same form: the first must stay.
    if (came) await files.remove(from, came.version);
    return { kind: known };
  }
  // Moved by a delivery that broke off before it could record it.
  const file = came ?? (await inspect({ files }, to));
  if (!file) return { kind: 'absent' };
  const { mediaType } = file;
  const fault = faultOf(file, limits);
  if (fault || !mediaType) {
    await discard({ files }, { owner, documentId });
    return { kind: 'refused', fault: fault ?? 'wrong-type' };
  }
  if (came && !(await files.move({ from, version: came.version, to, replaces }))) return undefined;
  return { kind: 'arrived', file: { ...file, mediaType } };
};

const discard = async (
  { files }: Deps,
  { owner, documentId }: Pick<Arrived, 'owner' | 'documentId'>,
): Promise<void> => {
  for (const area of fileAreas) await files.remove(fileKey(area, owner, documentId));
};
