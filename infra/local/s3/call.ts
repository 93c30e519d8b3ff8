/** One call of the S3 API: who asks for what of which object, read once from the address and the headers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '#infra/local/ports.ts';
import type { QueryParameter } from '#infra/local/signature/canonical.ts';
import type { Bucket } from './bucket.ts';
import { S3Error } from './errors.ts';
import { type Element, xmlDocument } from './xml.ts';

/** Throws AccessDenied when the caller's policies do not allow it. */
export type Demand = (action: string, resource: string, context?: Readonly<Record<string, string>>) => void;

export type Call = {
  request: IncomingMessage;
  response: ServerResponse;
  bucket: Bucket;
  /** Empty when the bucket itself is meant. */
  key: string;
  query: ReadonlyMap<string, string>;
  caller: Caller;
  /** What the signature says of the body. */
  payload: string;
  /** A header by lower-case name; in a presigned address the query may hold an x-amz header. */
  header: (name: string) => string | undefined;
  /** Names of the metadata headers sent, without x-amz-meta-. */
  metadata: Record<string, string>;
  demand: Demand;
  /** Whether the policies allow it. */
  may: (action: string, resource: string) => boolean;
  /** Milliseconds since 1970, by the clock of the home. */
  now: number;
};

export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;
export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;

/** Reading and writing under a customer key takes its grants as well, though nothing is encrypted with it here. */
export const demandKey = (
  { options: { encryption } }: Bucket,
  demand: Demand,
  action: 'kms:Decrypt' | 'kms:GenerateDataKey',
): void => {
  if (encryption) demand(action, encryption.keyArn, encryption.context);
};

const longestKey = 1024;

/** The bucket and key of a path-style address, decoded. */
export const placeOf = (decoded: string): { bucket: string; key: string } => {
  const slash = decoded.indexOf('/', 1);
  return slash === -1
    ? { bucket: decoded.slice(1), key: '' }
    : { bucket: decoded.slice(1, slash), key: decoded.slice(slash + 1) };
};

export const requireKey = (key: string): void => {
  const size = Buffer.byteLength(key);
  if (size === 0) throw new S3Error('InvalidArgument', 'The key is empty.');
  if (size > longestKey) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', {
      Size: String(size),
      MaxSizeAllowed: String(longestKey),
    });
  }
};

export const queryMap = (query: readonly QueryParameter[]): Map<string, string> =>
  new Map(query.toReversed().map(({ name, value }) => [name, value]));

/**
 * Headers, and the x-amz parameters of a presigned address, which the SDK moves there. S3 does not read a checksum from an
 * address: the SDK writes the checksum of an empty body into each, and uploads with them work on AWS.
 */
export const headerReader = (
  request: IncomingMessage,
  query: ReadonlyMap<string, string>,
): ((name: string) => string | undefined) => {
  const moved = new Map(
    [...query]
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => name.startsWith('x-amz-') && !name.includes('checksum')),
  );
  return (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : (value ?? moved.get(name));
  };
};

const metadataPrefix = 'x-amz-meta-';

export const metadataOf = (
  names: Iterable<string>,
  get: (name: string) => string | undefined,
): Record<string, string> => {
  const metadata: Record<string, string> = {};
  for (const name of names) {
    const value = name.startsWith(metadataPrefix) ? get(name) : undefined;
    if (value !== undefined) metadata[name.slice(metadataPrefix.length)] = value;
  }
  return metadata;
};

export const answerXml = (response: ServerResponse, status: number, root: Element): void => {
  const body = xmlDocument(root);
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
};

/** The body of an API call (not an object), whole. Two thousand keys or ten thousand parts fit in it. */
const largestDocument = 4 * 1024 * 1024;

export const readDocument = async (chunks: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > largestDocument) throw new S3Error('MaxMessageLengthExceeded', 'Your request was too big.');
    parts.push(chunk);
  }
  return Buffer.concat(parts);
};
