import { createHash } from 'node:crypto';
import type { ApplicationId, Sha256 } from '#shared/domain/ids.ts';
import {
  type JoinOrder,
  type Slice,
  sliceName,
  sliceNamed,
  type WholeFile,
  wholeOf,
} from '#shared/domain/slices.ts';
import { type Files, fileKey, slicesFolder } from '#shared/ports/files.ts';

type Reading = { files: Pick<Files, 'list'> };
type Joining = { files: Pick<Files, 'list' | 'read' | 'write' | 'remove'> };

/** The slices of one file that have arrived. */
export const arrivedSlices = async (
  { files }: Reading,
  owner: ApplicationId,
  { bytes, sha256 }: WholeFile,
): Promise<Slice[]> => {
  const folder = slicesFolder(owner, sha256);
  const stored = await files.list(folder);
  return stored.flatMap((one) => sliceNamed(one.key.slice(folder.length), one.bytes, bytes) ?? []);
};

/**
 * Puts slices together and, if that is the file which was promised, lays it into quarantine, where a file that was sent in one
 * piece lies: from there both go the same way. The slices stay until the file was looked at (`forgetSlices`), so that a second
 * order finds them; those that make another file are thrown away. Repeatable.
 */
export const joinSlices = async (deps: Joining, order: JoinOrder): Promise<boolean> => {
  const { applicationId, documentId, bytes, sha256 } = order;
  const parts = wholeOf(bytes, await arrivedSlices(deps, applicationId, order));
  if (!parts) return false;
  const file = await bytesOf(
    deps,
    parts.map((part) => slicesFolder(applicationId, sha256) + sliceName(part)),
  );
  if (file === undefined) return false;
  if (createHash('sha256').update(file).digest('hex') !== sha256) {
    await forgetSlices(deps, applicationId, sha256);
    return false;
  }
  await deps.files.write(fileKey('quarantine', applicationId, documentId), file);
  return true;
};

/** Slices read at once: a large file of small ones is whole before the page that waits for it gives up. */
const atOnce = 8;

/** Undefined when one of them has gone meanwhile. */
const bytesOf = async (deps: Joining, keys: readonly string[]): Promise<Uint8Array | undefined> => {
  const pieces: Uint8Array[] = [];
  for (let next = 0; next < keys.length; next += atOnce) {
    const slices = await Promise.all(keys.slice(next, next + atOnce).map((key) => sliceOf(deps, key)));
    for (const slice of slices) {
      if (!slice) return undefined;
      pieces.push(slice);
    }
  }
  return Buffer.concat(pieces);
};

const sliceOf = async ({ files }: Joining, key: string): Promise<Uint8Array | undefined> => {
  const slice = await files.read(key);
  if (!slice) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of slice.bytes) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** Takes slices away: those of one file, or all of an application. */
export const forgetSlices = async (
  { files }: { files: Pick<Files, 'list' | 'remove'> },
  owner: ApplicationId,
  sha256?: Sha256,
): Promise<void> => {
  for (const { key } of await files.list(slicesFolder(owner, sha256))) await files.remove(key);
};
