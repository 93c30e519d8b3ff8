/** The canonical spelling of a request that Signature Version 4 signs: one text for the same request, however it was escaped. */

/** What a signature covers of a request. Header names in lower case, as node:http gives them. */
export type SignedRequest = {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  /** The whole body; left out when it is streamed, and then its reader compares the declared hash. */
  body?: Buffer;
};

export type QueryParameter = { name: string; value: string };

/** A percent sequence that is not UTF-8. */
export class MalformedUrl extends Error {}

const decode = (text: string): string => {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new MalformedUrl(`The address has a broken escape: ${text.slice(0, 80)}`);
  }
};

/** Everything but A–Z a–z 0–9 - . _ ~ becomes %XX, as Signature Version 4 asks; encodeURIComponent leaves five more. */
export const uriEncode = (text: string): string =>
  /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(text).replaceAll(
        /[!'()*]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      );

/** The path of an address as sent, and its query parameters decoded in the order sent. A plus sign is a plus sign. */
export const splitUrl = (url: string): { path: string; query: QueryParameter[] } => {
  const mark = url.indexOf('?');
  if (mark === -1) return { path: url, query: [] };
  const query = url
    .slice(mark + 1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals === -1
        ? { name: decode(part), value: '' }
        : { name: decode(part.slice(0, equals)), value: decode(part.slice(equals + 1)) };
    });
  return { path: url.slice(0, mark), query };
};

/** The path decoded once: for S3 that is the bucket and the key, where nothing is normalised. */
export const decodePath = (path: string): string => path.split('/').map(decode).join('/');

/**
 * S3 signs the path escaped once and leaves dots and empty segments alone; every other service normalises the path
 * and escapes what was sent a second time.
 */
export const canonicalPath = (path: string, service: string): string => {
  const segments = path.split('/');
  if (service === 's3') return segments.map((segment) => uriEncode(decode(segment))).join('/');
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(uriEncode(segment));
  }
  const slash = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${slash}`;
};

export const canonicalQuery = (query: readonly QueryParameter[]): string => {
  if (query.length === 0) return '';
  const pairs = query
    .filter(({ name }) => name !== 'X-Amz-Signature')
    .map(({ name, value }) => ({ name: uriEncode(name), value: uriEncode(value) }));
  return pairs
    .toSorted((a, b) => inOrder(a.name, b.name) || inOrder(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
};

/** One header's value with outer blanks gone and inner runs of blanks made one. */
const headerValue = (value: string | string[] | undefined): string => {
  const text = Array.isArray(value) ? value.join(',') : (value ?? '');
  return text.includes('  ') || text.includes('\t') ? text.trim().replaceAll(/\s+/g, ' ') : text.trim();
};

export const canonicalHeaders = (
  headers: SignedRequest['headers'],
  signedHeaders: readonly string[],
): string => {
  let lines = '';
  for (const name of signedHeaders) lines += `${name}:${headerValue(headers[name])}\n`;
  return lines;
};

const inOrder = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
