import type { Context } from 'hono';

/** Where a request comes from, for rate limits: hashed before it is stored, never logged. */
export const networkOf = (c: Context): string =>
  textAt(c.env, 'event', 'requestContext', 'http', 'sourceIp') ?? 'unknown';

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
