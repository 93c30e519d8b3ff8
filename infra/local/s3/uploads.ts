/** Multipart uploads at rest: a folder for each, a part is a file like an object's, and completing makes one object of them. */
import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { checkDigests, type Declared } from './digests.ts';
import { keyedLock, makeFolder, type OpenTemporary, startDraft, syncFolder, writeDurably } from './disk.ts';
import { isMissing, S3Error } from './errors.ts';
import { ObjectFacts, readFacts, tailOf } from './object-file.ts';

const Upload = ObjectFacts.pick({ key: true, contentType: true, headers: true, metadata: true }).extend({
  id: z.uuid(),
  startedAt: z.int(),
});
export type Upload = z.infer<typeof Upload>;

export type Part = { number: number; size: number; etag: string; lastModified: number };

type NewPart = {
  number: number;
  chunks: AsyncIterable<Buffer>;
  declared: Declared;
  trailers: ReadonlyMap<string, string>;
  now: number;
};

export type Uploads = {
  create: (upload: Omit<Upload, 'id'>) => Promise<Upload>;
  /** Undefined when it never was, was completed or aborted, or belongs to another key. */
  find: (id: string, key: string) => Promise<Upload | undefined>;
  putPart: (id: string, part: NewPart) => Promise<Part>;
  parts: (id: string) => Promise<Part[]>;
  /** The parts' bytes in the order asked for, and the ETag that S3 gives such an object. */
  assemble: (id: string, parts: readonly Part[]) => { chunks: AsyncIterable<Buffer>; etag: string };
  remove: (id: string) => Promise<void>;
  /** Completing, aborting and removing the same upload happen one after the other. */
  locked: <T>(id: string, work: () => Promise<T>) => Promise<T>;
  /** Removes what was begun before an instant under a prefix and never finished. Answers how many. */
  removeOlderThan: (instant: number, prefix: string) => Promise<number>;
};

/** The SDK's limits: 10,000 parts, each but the last of at least 5 MiB. */
export const mostParts = 10_000;
export const smallestPart = 5 * 1024 * 1024;

const partName = (number: number): string => `part-${String(number).padStart(5, '0')}`;
const isUploadId = (text: string): boolean => z.uuid().safeParse(text).success;

export const openUploads = async (folder: string, openTemporary: OpenTemporary): Promise<Uploads> => {
  const root = join(folder, 'uploads');
  await makeFolder(root);
  const places = { root, incoming: join(folder, 'incoming'), openTemporary };
  const locked = keyedLock();
  const remove = async (id: string): Promise<void> => {
    await rm(join(root, id), { recursive: true, force: true });
    await syncFolder(root);
  };
  return {
    create: (facts) => createUpload(places, facts),
    find: async (id, key) => {
      const upload = await readUpload(root, id);
      return upload?.key === key ? upload : undefined;
    },
    putPart: (id, part) => putPart(places, id, part),
    parts: (id) => readParts(join(root, id)),
    assemble: (id, parts) => ({
      chunks: joined(parts.map(({ number, size }) => ({ path: join(root, id, partName(number)), size }))),
      etag: joinedEtag(parts),
    }),
    remove,
    locked,
    removeOlderThan: async (instant, prefix) => {
      const old: string[] = [];
      for (const id of await readdir(root)) {
        const upload = await readUpload(root, id);
        const startedAt = upload?.startedAt ?? (await stat(join(root, id))).mtimeMs;
        if (startedAt < instant && (upload?.key ?? prefix).startsWith(prefix)) old.push(id);
      }
      for (const id of old) await locked(id, () => remove(id));
      return old.length;
    },
  };
};

type Places = { root: string; incoming: string; openTemporary: OpenTemporary };

const createUpload = async (
  { root, incoming, openTemporary }: Places,
  facts: Omit<Upload, 'id'>,
): Promise<Upload> => {
  const upload = { ...facts, id: randomUUID() };
  const folder = join(root, upload.id);
  await makeFolder(folder);
  await syncFolder(root);
  const content = JSON.stringify(upload);
  await writeDurably({ temporary: incoming, folder, name: 'upload.json', content, openTemporary });
  return upload;
};

const readUpload = async (root: string, id: string): Promise<Upload | undefined> => {
  if (!isUploadId(id)) return undefined;
  const text = await readFile(join(root, id, 'upload.json'), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return text === undefined ? undefined : Upload.parse(JSON.parse(text));
};

const putPart = async (
  { root, incoming, openTemporary }: Places,
  id: string,
  part: NewPart,
): Promise<Part> => {
  const draft = await startDraft(incoming, part.declared, openTemporary);
  try {
    for await (const chunk of part.chunks) await draft.write(chunk);
    const digests = draft.digests();
    checkDigests(digests, part.declared, part.trailers);
    const etag = digests.md5.toString('hex');
    const size = draft.size();
    await draft.seal(tailOf(partFacts(part, etag, size)));
    await draft.publish(join(root, id), partName(part.number));
    return { number: part.number, size, etag, lastModified: part.now };
  } finally {
    await draft.discard();
  }
};

const partFacts = (part: NewPart, etag: string, size: number): ObjectFacts => ({
  key: String(part.number),
  size,
  etag,
  writeId: '',
  lastModified: part.now,
  contentType: '',
  headers: {},
  metadata: {},
  checksums: {},
});

const readParts = async (folder: string): Promise<Part[]> => {
  const names = (await readdir(folder)).filter((name) => name.startsWith('part-')).toSorted();
  const parts: Part[] = [];
  for (const name of names) {
    const file = await open(join(folder, name), 'r');
    try {
      const { key, size, etag, lastModified } = await readFacts(file);
      parts.push({ number: Number(key), size, etag, lastModified });
    } finally {
      await file.close();
    }
  }
  return parts;
};

const joined = async function* (files: readonly { path: string; size: number }[]): AsyncGenerator<Buffer> {
  for (const { path, size } of files) {
    if (size === 0) continue;
    const file = await open(path, 'r');
    const stream: AsyncIterable<Buffer> = file.createReadStream({ start: 0, end: size - 1 });
    for await (const chunk of stream) yield chunk;
  }
};

/** MD5 of the parts' MD5s, and how many there were. */
const joinedEtag = (parts: readonly Part[]): string => {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
};

export const noSuchUpload = (): S3Error =>
  new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist: it was completed, aborted or never begun.',
  );
