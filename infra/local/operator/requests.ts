import type { IncomingMessage } from 'node:http';

/** What the operator's port answers. */
export type OperatorAnswer = { status: number; type: 'json' | 'html'; body: string };

export const json = (status: number, value: unknown): OperatorAnswer => ({
  status,
  type: 'json',
  body: `${JSON.stringify(value)}\n`,
});

export const problem = (status: number, title: string): OperatorAnswer => json(status, { title, status });

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses what a web page elsewhere could make the operator's browser send: a foreign name that resolves to this
 * machine, and forms, which cannot have the type application/json.
 */
export const refuseForeign = ({ method, headers }: IncomingMessage): OperatorAnswer | undefined => {
  const host = headers.host ?? '';
  if (!loopbackHosts.has(host.replace(/:\d+$/, ''))) {
    return problem(403, 'The operator’s port is reached as localhost only.');
  }
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
    return problem(403, 'Other pages may not use the operator’s port.');
  }
  if (method === 'POST' && !(headers['content-type'] ?? '').startsWith('application/json')) {
    return problem(415, 'Send application/json.');
  }
  return undefined;
};

const largestBody = 64 * 1024;

/** The body as JSON; undefined when it is none or too large. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > largestBody) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
