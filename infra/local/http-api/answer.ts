import * as z from 'zod';
import type { Invocation } from '#infra/local/ports.ts';

export type HttpAnswer = {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
};

/** What a function answers in payload format 2.0. */
const Structured = z.looseObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().optional(),
});

export const message = (status: number, text: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message: text })),
});

/**
 * The HTTP answer for what a function came to. An answer without a status code is the body of a 200, as AWS infers;
 * a failed function is a 500 that tells nothing, a busy one a 503, and 413 says that it takes no event so large.
 */
export const answerOf = (invocation: Invocation): HttpAnswer => {
  if (invocation.outcome === 'failed') return message(500, 'Internal Server Error');
  if (invocation.outcome === 'refused') {
    return invocation.error === 'RequestTooLargeException'
      ? message(413, 'Request Too Long')
      : message(503, 'Service Unavailable');
  }
  const { payload } = invocation;
  if (!isObject(payload) || payload['statusCode'] === undefined) return inferred(payload);
  const parsed = Structured.safeParse(payload);
  if (!parsed.success) return message(500, 'Internal Server Error');
  const { statusCode, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: headersOf(parsed.data),
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
};

const headersOf = ({
  headers = {},
  cookies = [],
  body,
}: z.infer<typeof Structured>): HttpAnswer['headers'] => {
  const given: HttpAnswer['headers'] = {};
  for (const [name, value] of Object.entries(headers)) given[name.toLowerCase()] = String(value);
  if (cookies.length > 0) given['set-cookie'] = [given['set-cookie'] ?? [], cookies].flat();
  // API Gateway answers JSON where the function says nothing.
  if (body) given['content-type'] ??= 'application/json';
  return given;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const inferred = (payload: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(typeof payload === 'string' ? payload : (JSON.stringify(payload) ?? '')),
});
