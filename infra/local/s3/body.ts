/** The bytes of an upload as they come, freed of the aws-chunked framing in which the SDK sends streams. */
import type { IncomingMessage } from 'node:http';
import { S3Error } from './errors.ts';

/** Largest single PUT of S3; larger objects come in parts. */
export const largestPut = 5 * 1024 ** 3;

export type Body = {
  chunks: AsyncIterable<Buffer>;
  /** Filled when the chunks have ended. */
  trailers: Map<string, string>;
};

const incomplete = (): S3Error =>
  new S3Error('IncompleteBody', 'You did not provide the number of bytes specified by Content-Length.');

const lengthOf = (text: string | undefined): number => {
  const length = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (length === undefined)
    throw new S3Error('MissingContentLength', 'You must provide the length of the body.');
  if (length > largestPut) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: String(length),
      MaxSizeAllowed: String(largestPut),
    });
  }
  return length;
};

/** `payload` is what the signature says of the body: a hash, UNSIGNED-PAYLOAD or STREAMING-UNSIGNED-PAYLOAD-TRAILER. */
export const bodyOf = (request: IncomingMessage, payload: string): Body => {
  const trailers = new Map<string, string>();
  const declared = request.headers['x-amz-decoded-content-length'];
  // Giving up halfway must not cut the connection: the answer that says why still has to travel.
  const source: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  if (payload === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    const length = lengthOf(typeof declared === 'string' ? declared : undefined);
    return { chunks: exactly(length, unframed(source, trailers)), trailers };
  }
  if (payload.startsWith('STREAMING-')) {
    throw new S3Error('NotImplemented', `The body format ${payload} is not read here.`);
  }
  return { chunks: exactly(lengthOf(request.headers['content-length']), source), trailers };
};

const exactly = async function* (length: number, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of source) {
    seen += chunk.length;
    if (seen > length) throw incomplete();
    yield chunk;
  }
  if (seen !== length) throw incomplete();
};

/** A line of the framing is a length or a short trailer; anything longer is not one. */
const longestLine = 8 * 1024;

type Framing = { expects: 'length' | 'data' | 'end-of-data' | 'trailer' | 'nothing'; left: number };

/** `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:…\r\n\r\n`: lengths in hexadecimal, data, and trailers after the last. */
const unframed = async function* (
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const framing: Framing = { expects: 'length', left: 0 };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let taken = take(framing, rest, trailers);
    while (taken) {
      if (taken.data) yield taken.data;
      rest = taken.rest;
      taken = take(framing, rest, trailers);
    }
  }
  if (framing.expects !== 'nothing' || rest.length > 0) throw incomplete();
};

/** Takes the next data or line off the front; undefined when more bytes must come first. */
const take = (
  framing: Framing,
  bytes: Buffer,
  trailers: Map<string, string>,
): { data?: Buffer; rest: Buffer } | undefined => {
  if (bytes.length === 0) return undefined;
  if (framing.expects === 'data') {
    const data = bytes.subarray(0, framing.left);
    framing.left -= data.length;
    if (framing.left === 0) framing.expects = 'end-of-data';
    return { data, rest: bytes.subarray(data.length) };
  }
  const end = bytes.indexOf('\r\n');
  if (end === -1 && bytes.length > longestLine) throw incomplete();
  if (end === -1) return undefined;
  advance(framing, bytes.toString('latin1', 0, end), trailers);
  return { rest: bytes.subarray(end + 2) };
};

const advance = (framing: Framing, line: string, trailers: Map<string, string>): void => {
  if (framing.expects === 'end-of-data' && line === '') {
    framing.expects = 'length';
  } else if (framing.expects === 'length' && /^[0-9a-fA-F]{1,12}(;|$)/.test(line)) {
    framing.left = Number.parseInt(line, 16);
    framing.expects = framing.left > 0 ? 'data' : 'trailer';
  } else if (framing.expects === 'trailer' && line === '') {
    framing.expects = 'nothing';
  } else if (framing.expects === 'trailer' && line.includes(':')) {
    const colon = line.indexOf(':');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  } else {
    throw incomplete();
  }
};
