import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerOf, type HttpAnswer, message } from '#infra/local/http-api/answer.ts';
import { eventOf, type Received, readUrl } from '#infra/local/http-api/event.ts';
import { routeTable } from '#infra/local/http-api/routes.ts';
import type { HomeClock, Invocation, Invoke } from '#infra/local/ports.ts';
import type { RouteDescription } from '#infra/local/template/description.ts';

type Options = {
  routes: readonly RouteDescription[];
  account: string;
  clock: HomeClock;
  invoke: Invoke;
  /** Behind a proxy the visitor's address is in X-Forwarded-For; without one, anybody could write there. */
  behindProxy: boolean;
  /** Told of each answer's status. */
  onAnswer?: (status: number) => void;
  /** Takes a request for a bucket's files, which browsers reach on the same port; false when it is none. */
  files: (request: IncomingMessage, response: ServerResponse) => boolean;
};

/** API Gateway's limit of a request. */
const largestBody = 10 * 1024 * 1024;
/** API Gateway's limit of an answer's wait, where the integration sets no shorter one. */
const longestWait = 30_000;

/** The public port: files of buckets, and everything else by the routes of the template. */
export const httpApi = ({
  routes,
  account,
  clock,
  invoke,
  files,
  behindProxy,
  onAnswer,
}: Options): RequestListener => {
  const route = routeTable(routes);

  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const url = request.url ?? '/';
    const place = readUrl(url);
    if (!place) return message(400, 'Bad Request');
    const method = request.method ?? 'GET';
    const match = route(method, place.path);
    if (!match) return message(404, 'Not Found');
    const body = await readBody(request);
    if (!body) return message(413, 'Request Entity Too Large');
    const sourceIp = sourceOf(request, behindProxy);
    const received: Received = { method, url, headers: request.headers, body, sourceIp };
    const arrival = { requestId: randomUUID(), now: clock.now(), account };
    const event = eventOf(received, place, match, arrival);
    const wait = Math.min(match.route.timeoutMilliseconds, longestWait);
    const invocation = await within(wait, invoke(match.route.functionArn, event));
    return invocation ? answerOf(invocation) : message(503, 'Service Unavailable');
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = await answer(request).catch(() => message(500, 'Internal Server Error'));
    onAnswer?.(given.status);
    if (response.destroyed) return;
    // An unread body would be taken for the next request of this connection.
    if (!request.complete) response.setHeader('connection', 'close');
    // Without a body there is no length either: a 304 of length 0 would say that the page is empty.
    const bodiless = given.status === 204 || given.status === 304;
    response.writeHead(given.status, {
      ...given.headers,
      ...(!bodiless && { 'content-length': given.body.length }),
    });
    response.end(request.method === 'HEAD' ? undefined : given.body);
  };

  return (request, response) => {
    if (!files(request, response)) void respond(request, response);
  };
};

const within = async (milliseconds: number, work: Promise<Invocation>): Promise<Invocation | undefined> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** The whole body, or undefined when it is too large. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** The last address of X-Forwarded-For is the one that the proxy itself saw. */
const sourceOf = ({ socket, headers }: IncomingMessage, behindProxy: boolean): string => {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim();
  return (behindProxy && forwarded) || (socket.remoteAddress ?? '');
};
