/** GetObject and HeadObject: conditions, one range, and the headers that came with the object or that the address asks for. */
import { pipeline } from 'node:stream/promises';
import { bucketArn, type Call, demandKey, objectArn } from './call.ts';
import { S3Error } from './errors.ts';
import type { ObjectFacts } from './object-file.ts';
import { etagMatches } from './store.ts';

type Range = { start: number; end: number };

export const getObject = async (call: Call): Promise<void> => {
  const { bucket, key, response, request } = call;
  const { name } = bucket.options;
  call.demand('s3:GetObject', objectArn(name, key));
  const found = await bucket.store.open(key);
  if (!found) {
    // Whoever may not list is not told which keys exist: 403 instead of 404, as on AWS.
    call.demand('s3:ListBucket', bucketArn(name));
    throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
  }
  const { facts, file } = found;
  try {
    demandKey(bucket, call.demand, 'kms:Decrypt');
    if (unchangedSince(call, facts)) {
      response.writeHead(304, validators(facts)).end();
      return;
    }
    const range = rangeOf(call, facts);
    const headers = headersOf(call, facts, range);
    const { start, end } = range ?? { start: 0, end: facts.size - 1 };
    response.writeHead(range ? 206 : 200, { ...headers, 'content-length': end - start + 1 });
    if (request.method === 'HEAD' || end < start) {
      response.end();
      return;
    }
    await pipeline(file.createReadStream({ start, end, autoClose: false }), response);
  } finally {
    await file.close();
  }
};

const validators = (facts: ObjectFacts): Record<string, string> => ({
  etag: `"${facts.etag}"`,
  'last-modified': new Date(facts.lastModified).toUTCString(),
});

/** Throws when a condition fails; true when the caller's copy is still good. The tags go before the dates (RFC 9110, 13.2.2). */
const unchangedSince = (call: Call, facts: ObjectFacts): boolean => {
  const ifMatch = call.header('if-match');
  const ifNoneMatch = call.header('if-none-match');
  const unmodifiedSince = dateOf(call.header('if-unmodified-since'));
  const modifiedSince = dateOf(call.header('if-modified-since'));
  const changedAt = Math.floor(facts.lastModified / 1000) * 1000;
  const failed =
    ifMatch === undefined
      ? unmodifiedSince !== undefined && changedAt > unmodifiedSince
      : !etagMatches(ifMatch, facts);
  if (failed) {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  if (ifNoneMatch !== undefined) return etagMatches(ifNoneMatch, facts);
  return modifiedSince !== undefined && changedAt <= modifiedSince;
};

const dateOf = (text: string | undefined): number | undefined => {
  const instant = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
};

/** One range as S3 reads it; several, or something that is none, gives the whole object. */
const rangeOf = (call: Call, facts: ObjectFacts): Range | undefined => {
  const ifRange = call.header('if-range');
  if (ifRange !== undefined && !etagMatches(ifRange, facts)) return undefined;
  const asked = call.header('range') ?? '';
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked) ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const range = boundsOf(first, last, facts.size);
  if (range.start < facts.size) return range;
  throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
    RangeRequested: asked,
    ActualObjectSize: String(facts.size),
  });
};

/** `-500` is the last 500 bytes, `500-` everything from there. */
const boundsOf = (first: string, last: string, size: number): Range =>
  first === ''
    ? { start: Number(last) === 0 ? size : Math.max(0, size - Number(last)), end: size - 1 }
    : { start: Number(first), end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };

const overrides = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/**
 * In this home a stranger's document comes from the same origin as the pages, so anything that a browser could run must not
 * act as one of them. The sandbox would also keep PDF viewers from opening, and these types run nothing.
 */
const opensSafely = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic']);

const headersOf = (call: Call, facts: ObjectFacts, range: Range | undefined): Record<string, string> => {
  const headers: Record<string, string> = {
    ...validators(facts),
    'accept-ranges': 'bytes',
    'content-type': facts.contentType,
    ...facts.headers,
  };
  for (const [name, value] of Object.entries(facts.metadata)) headers[`x-amz-meta-${name}`] = asHeader(value);
  for (const name of overrides) {
    const asked = call.query.get(`response-${name}`);
    if (asked !== undefined) headers[name] = asked;
  }
  if (call.header('x-amz-checksum-mode') === 'ENABLED' && !range) {
    for (const [name, value] of Object.entries(facts.checksums)) headers[`x-amz-checksum-${name}`] = value;
  }
  if (!opensSafely.has(headers['content-type'] ?? ''))
    headers['content-security-policy'] = "default-src 'none'; sandbox";
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${facts.size}`;
  for (const value of Object.values(headers)) {
    if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
      throw new S3Error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
    }
  }
  return headers;
};

/** Metadata from a form may hold any letters; S3 gives them back as an encoded word (RFC 2047). */
const asHeader = (value: string): string =>
  /^[\u0020-\u007e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
