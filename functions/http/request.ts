import type { Context } from 'hono';

/**
 * Where a request comes from, for rate limits: an address, or the /64 that one subscriber has in IPv6. It is hashed
 * before it is stored and never logged.
 */
export const networkOf = (c: Context): string => {
  const address = textAt(c.env, 'event', 'requestContext', 'http', 'sourceIp') ?? 'unknown';
  const plain = address.replace(mapped, '');
  return plain.includes(':') ? prefixOf(plain) : plain;
};

/** An IPv4 address in IPv6 spelling (RFC 4291, 2.5.5.2): a /64 would hold all of IPv4. */
const mapped = /^(?:::|(?:0{1,4}:){5})ffff:(?=\d+(?:\.\d+){3}$)/i;

/** The first four groups, spelt out; `::` stands for as many groups of zero as are missing. */
const prefixOf = (address: string): string => {
  const [before = '', after] = address.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const missing = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const zeros = Array.from({ length: missing }, () => '0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
};

/** What the browser calls itself, cut to what a list of sessions can show. */
export const deviceOf = (c: Context): string => (c.req.header('user-agent') ?? '').slice(0, 200);

/** Lambda's own number, under which the log has the request; outside Lambda a fresh one. */
export const requestIdOf = (c: Context): string =>
  textAt(c.env, 'lambdaContext', 'awsRequestId') ?? crypto.randomUUID();

const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  let found: unknown = value;
  for (const name of path) found = isRecord(found) ? found[name] : undefined;
  return typeof found === 'string' ? found : undefined;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
