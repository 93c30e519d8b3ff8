/**
 * An object at rest: one file that holds the bytes and, behind them, what is known of them. One file, so that one rename
 * makes both appear together: the bytes, the facts as JSON, the length of that JSON (4 bytes) and a mark (8 bytes). The
 * file's name is the SHA-256 of the key, so no key can name a path.
 */
import { hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import * as z from 'zod';

export const ObjectFacts = z.object({
  key: z.string(),
  size: z.int().nonnegative(),
  /** In hexadecimal, without quotation marks. */
  etag: z.string(),
  /** Of the bytes, in hexadecimal, for backups to check; never shown. Absent on objects from before it was kept. */
  md5: z.string().optional(),
  /** One write of one object; tells whether an event that is still to be told belongs to what is stored. */
  writeId: z.string(),
  /** Milliseconds since 1970. */
  lastModified: z.int(),
  contentType: z.string(),
  /** Cache-Control and the like, by lower-case name, given back as they came. */
  headers: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.string()),
  checksums: z.partialRecord(z.enum(['crc32', 'sha1', 'sha256']), z.string()),
  /** Which multipart upload it came from: completing that again answers the same. */
  uploadId: z.string().optional(),
});
export type ObjectFacts = z.infer<typeof ObjectFacts>;

const mark = Buffer.from('IRIKTEU1');
const footerSize = 4 + mark.length;
/** The facts nearly always fit in this, and then one read at the end of the file finds them. */
const usualTail = 4096;

export const fileNameOf = (key: string): string => hash('sha256', key, 'hex');

/** What follows the bytes. */
export const tailOf = (facts: ObjectFacts): Buffer => {
  const json = Buffer.from(JSON.stringify(facts));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([json, length, mark]);
};

/** A file of the store that is not what the store writes: a broken disk or another hand. */
export class DamagedObject extends Error {}

const readExactly = async (file: FileHandle, length: number, position: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  if (bytesRead !== length) throw new DamagedObject('The file is shorter than it was.');
  return bytes;
};

/** Reads the facts from the end of an object's file. */
export const readFacts = async (file: FileHandle): Promise<ObjectFacts> => {
  const { size } = await file.stat();
  const tail = await readExactly(file, Math.min(size, usualTail), Math.max(0, size - usualTail));
  if (tail.length < footerSize || !tail.subarray(-mark.length).equals(mark)) {
    throw new DamagedObject('The file has no mark at its end.');
  }
  const length = tail.readUInt32BE(tail.length - footerSize);
  const start = size - footerSize - length;
  if (start < 0) throw new DamagedObject('The facts are longer than the file.');
  const json =
    length + footerSize <= tail.length
      ? tail.subarray(tail.length - footerSize - length, tail.length - footerSize)
      : await readExactly(file, length, start);
  const facts = parse(json.toString());
  if (facts?.size !== start) throw new DamagedObject('The size is not the one that was written.');
  return facts;
};

const parse = (json: string): ObjectFacts | undefined => {
  try {
    return ObjectFacts.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
};
