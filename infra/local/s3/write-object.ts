/** The one way in which an object comes to be, whichever call brings it. */
import { randomUUID } from 'node:crypto';
import type { Bucket } from './bucket.ts';
import { checkDigests, type Declared } from './digests.ts';
import type { Draft } from './disk.ts';
import { S3Error } from './errors.ts';
import type { CreationReason } from './notifications.ts';
import { type ObjectFacts, tailOf } from './object-file.ts';
import type { WriteCondition } from './store.ts';

/** What is said of an object besides its bytes. */
export type Description = Pick<ObjectFacts, 'contentType' | 'headers' | 'metadata'>;

export type NewObject = {
  key: string;
  chunks: AsyncIterable<Buffer>;
  declared: Declared;
  /** Filled when the chunks have ended. */
  trailers?: ReadonlyMap<string, string>;
  description: Description;
  condition: WriteCondition;
  reason: CreationReason;
  now: number;
  /** Bytes, both included. */
  sizes?: { least: number; most: number };
  /** Of a multipart upload: its id and its ETag, which is not the MD5 of the whole. */
  upload?: { id: string; etag: string };
  /** Runs when the bytes have ended and before anything is published; throws when something is still wrong. */
  atEnd?: () => Promise<void>;
};

const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/** Features of S3 that would change what is kept and are not hosted; saying so beats forgetting them. */
const refusedHeaders = [
  'x-amz-tagging',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-retain-until-date',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
];
const privateAcls = new Set(['private', 'bucket-owner-full-control']);

/** `x-amz-server-side-encryption…` with a key of KMS is accepted and ignored: at rest the disk is encrypted (DESIGN 4). */
export const describe = (
  get: (name: string) => string | undefined,
  metadata: Record<string, string>,
): Description => {
  const refused = refusedHeaders.find((name) => get(name) !== undefined);
  if (refused !== undefined) throw new S3Error('NotImplemented', `${refused} is not hosted here.`);
  const acl = get('x-amz-acl') ?? get('acl') ?? 'private';
  if (!privateAcls.has(acl)) throw new S3Error('NotImplemented', 'Objects are private here.');
  const headers: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = get(name);
    const kept = name === 'content-encoding' ? withoutFraming(value) : value;
    if (kept !== undefined && kept !== '') headers[name] = kept;
  }
  return { contentType: get('content-type') ?? 'binary/octet-stream', headers, metadata };
};

/** aws-chunked says how the bytes travelled, not what they are. */
const withoutFraming = (encoding: string | undefined): string | undefined =>
  encoding
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== 'aws-chunked')
    .join(',');

/** Streams to disk, checks everything that was declared, and publishes; whatever fails leaves nothing. */
export const writeObject = async (bucket: Bucket, input: NewObject): Promise<ObjectFacts> => {
  const draft = await bucket.store.draft(input.declared);
  try {
    for await (const chunk of input.chunks) {
      if (input.sizes && draft.size() + chunk.length > input.sizes.most) throw tooLarge(input.sizes.most);
      await draft.write(chunk);
    }
    if (input.sizes && draft.size() < input.sizes.least) throw tooSmall(draft.size(), input.sizes.least);
    const digests = draft.digests();
    checkDigests(digests, input.declared, input.trailers ?? new Map());
    await input.atEnd?.();
    const facts: ObjectFacts = {
      key: input.key,
      size: draft.size(),
      etag: input.upload?.etag ?? etagOf(bucket, digests.md5),
      md5: digests.md5.toString('hex'),
      writeId: randomUUID(),
      lastModified: input.now,
      ...input.description,
      checksums: digests.checksums,
      ...(input.upload && { uploadId: input.upload.id }),
    };
    await publish(bucket, draft, facts, input);
    return facts;
  } finally {
    await draft.discard();
  }
};

/**
 * The MD5 of the bytes, but under a customer key something that says nothing of them, as on AWS: a file that was put
 * there again is then another one, and nobody who makes two files with one MD5 can pass one off as the other.
 */
const etagOf = ({ options }: Bucket, md5: Buffer): string =>
  options.encryption ? randomUUID().replaceAll('-', '') : md5.toString('hex');

/** The event is on disk before the object can be seen, so that no object is there that nobody will be told of. */
const publish = async (
  { store, notifications }: Bucket,
  draft: Draft,
  facts: ObjectFacts,
  { condition, reason }: NewObject,
): Promise<void> => {
  const preparing = notifications?.prepare(facts, reason);
  try {
    await Promise.all([draft.seal(tailOf(facts)), preparing]);
    await store.publish(draft, facts, condition);
  } catch (error) {
    const prepared = await preparing?.catch(() => undefined);
    await prepared?.drop();
    throw error;
  }
  (await preparing)?.tell();
};

const tooLarge = (most: number): S3Error =>
  new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    MaxSizeAllowed: String(most),
  });

const tooSmall = (size: number, least: number): S3Error =>
  new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize: String(size),
    MinSizeAllowed: String(least),
  });
