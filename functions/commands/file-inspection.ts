import { createHash } from 'node:crypto';
import type { Found } from '#shared/domain/application-documents.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { sniffedBytes, sniffMediaType } from '#shared/domain/media-type.ts';
import type { Files, StoredFile } from '#shared/ports/files.ts';

/** What a file is, and which state of it was looked at. */
export type Inspected = Found & Pick<StoredFile, 'version'>;

/** A file in memory: for those of a limited length. */
export const readWhole = async (bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Reads a file once, however large: its digest, its length, and its type by its first bytes. */
export const inspect = async (
  { files }: { files: Pick<Files, 'read'> },
  key: string,
): Promise<Inspected | undefined> => {
  const file = await files.read(key);
  if (!file) return undefined;
  const hash = createHash('sha256');
  const start: number[] = [];
  let bytes = 0;
  for await (const chunk of file.bytes) {
    hash.update(chunk);
    bytes += chunk.length;
    if (start.length < sniffedBytes) start.push(...chunk.subarray(0, sniffedBytes - start.length));
  }
  return {
    version: file.version,
    sha256: Sha256.parse(hash.digest('hex')),
    bytes,
    mediaType: sniffMediaType(Uint8Array.from(start)),
  };
};
