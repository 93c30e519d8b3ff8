import type { Match } from '#infra/local/http-api/routes.ts';

/** One request as it came in, its body whole. */
export type Received = {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  sourceIp: string;
};

export type Arrival = { requestId: string; now: number; account: string };

/** The path and query of an address; undefined when its escapes are broken, which an HTTP API answers with 400. */
export const readUrl = (url: string): { path: string; query: string } | undefined => {
  const mark = url.indexOf('?');
  const encoded = mark === -1 ? url : url.slice(0, mark);
  try {
    // As on AWS: an HTTP API hands on the path decoded, and cuts it at a question mark that appears only then.
    const [path = '/'] = decodeURIComponent(encoded).split('?');
    return { path: path.startsWith('/') ? path : `/${path}`, query: mark === -1 ? '' : url.slice(mark + 1) };
  } catch {
    return undefined;
  }
};

/**
 * The event of payload format 2.0. Header names in lower case, repeated values joined by a comma, cookies apart, the
 * body in base64 unless its type is text. (API Gateway Developer Guide, "Lambda proxy integrations for HTTP APIs".)
 */
export const eventOf = (
  received: Received,
  { path, query }: { path: string; query: string },
  { route, pathParameters }: Match,
  { requestId, now, account }: Arrival,
): object => {
  const headers = headersOf(received.headers);
  const cookies = [received.headers['cookie'] ?? []].flat().flatMap((header) => header.split(/;\s*/));
  const parameters = queryParameters(query);
  const host = headers['host'] ?? 'localhost';
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: host.replace(/:\d+$/, ''),
      domainPrefix: 'local',
      http: {
        method: received.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: received.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.routeKey,
      stage: '$default',
      time: clfTime(now),
      timeEpoch: now,
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...bodyOf(received.body, headers['content-type'] ?? ''),
  };
};

const headersOf = (given: Received['headers']): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || name === 'cookie') continue;
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
};

const queryParameters = (query: string): Record<string, string> => {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
};

const isText = (contentType: string): boolean =>
  /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|[\w.-]+\+(json|xml)))/i.test(contentType);

const bodyOf = (body: Buffer, contentType: string): { body?: string; isBase64Encoded: boolean } => {
  if (body.length === 0) return { isBase64Encoded: false };
  return isText(contentType)
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `22/Nov/2026:11:03:19 +0000`. */
const clfTime = (now: number): string => {
  const [year = '', month = '', rest = ''] = new Date(now).toISOString().split('-');
  return `${rest.slice(0, 2)}/${months[Number(month) - 1]}/${year}:${rest.slice(3, 11)} +0000`;
};
