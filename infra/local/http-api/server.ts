import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerOf, type HttpAnswer, message } from '#infra/local/http-api/answer.ts';
import { bodyReader } from '#infra/local/http-api/bodies.ts';
import { corsOf } from '#infra/local/http-api/cors.ts';
import { eventOf, type Received, readUrl } from '#infra/local/http-api/event.ts';
import { plainly } from '#infra/local/http-api/plainly.ts';
import { routeTable } from '#infra/local/http-api/routes.ts';
import { sourceOf } from '#infra/local/http-api/source.ts';
import { createThrottle, type Throttle } from '#infra/local/http-api/throttle.ts';
import type { HomeClock, Invocation, Invoke } from '#infra/local/ports.ts';
import type { RouteDescription } from '#infra/local/template/description.ts';
import type { CorsProperties } from '#infra/local/template/properties.ts';

type Options = {
  routes: readonly RouteDescription[];
  account: string;
  clock: HomeClock;
  invoke: Invoke;
  /** Behind a proxy the visitor's address is in X-Forwarded-For; without one, anybody could write there. */
  behindProxy: boolean;
  /** Of the stage; without it everything may pass. */
  throttle?: Throttle | undefined;
  cors?: CorsProperties | undefined;
  /** Told of each answer's status. */
  onAnswer?: (status: number) => void;
  /** Of all bodies together; beyond it requests are told to come back. */
  mostBytes?: number;
  /** Takes a request for a bucket's files, which browsers reach on the same port; false when it is none. */
  files: (request: IncomingMessage, response: ServerResponse) => boolean;
};

/** Bodies that are held at once, waiting in queues included. */
const mostHeld = 128 * 1024 * 1024;
/** API Gateway's limit of the request line and the headers together. */
const longestHead = 10_240;
/** API Gateway's limit of an answer's wait, where the integration sets no shorter one. */
const longestWait = 30_000;

const busy = message(503, 'Service Unavailable');

/** The public port: files of buckets, and everything else by the routes of the template. */
export const httpApi = (options: Options): RequestListener => {
  const { files, onAnswer } = options;
  const answer = answering(options);
  const cors = options.cors && corsOf(options.cors);
  const mayPass = options.throttle && createThrottle(options.throttle, () => performance.now());

  const answerAny = async (request: IncomingMessage): Promise<HttpAnswer> => {
    if (headOf(request) > longestHead) return message(431, 'Request Header Fields Too Large');
    if (mayPass && !mayPass()) return message(429, 'Too Many Requests');
    return answer(request);
  };

  const answerWithCors = async (request: IncomingMessage): Promise<HttpAnswer> => {
    if (!cors) return answerAny(request);
    const { method = 'GET', headers } = request;
    return cors.preflight({ method, headers }) ?? cors.dress({ method, headers }, await answerAny(request));
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = await answerWithCors(request).catch(() => message(500, 'Internal Server Error'));
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

/** Answers by the routes. */
const answering = ({ routes, account, clock, invoke, behindProxy, mostBytes = mostHeld }: Options) => {
  const route = routeTable(routes);
  const readBody = bodyReader(mostBytes);

  return async (request: IncomingMessage): Promise<HttpAnswer> => {
    const url = request.url ?? '/';
    const place = readUrl(url);
    if (!place) return message(400, 'Bad Request');
    const method = request.method ?? 'GET';
    const match = route(method, place.path);
    if (!match) return message(404, 'Not Found');
    const read = await readBody(request);
    if (read === 'too-large') return message(413, 'Request Entity Too Large');
    if (read === 'too-much')
      return plainly(request, { ...busy, headers: { ...busy.headers, 'retry-after': '5' } });
    const { body, release } = read;
    const sourceIp = sourceOf(request, behindProxy);
    const received: Received = { method, url, headers: request.headers, body, sourceIp };
    const arrival = { requestId: randomUUID(), now: clock.now(), account };
    const event = eventOf(received, place, match, arrival);
    const wait = Math.min(match.route.timeoutMilliseconds, longestWait);
    // What nobody waits for any more does not begin; what has begun holds its body until it ends.
    const work = invoke(match.route.functionArn, event, wait).finally(release);
    const invocation = await within(wait, work);
    const given = invocation ? answerOf(invocation) : busy;
    return invocation?.outcome === 'returned' ? given : plainly(request, given);
  };
};

const headOf = ({ method = '', url = '', rawHeaders }: IncomingMessage): number =>
  rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text), method.length + Buffer.byteLength(url));

const within = async (milliseconds: number, work: Promise<Invocation>): Promise<Invocation | undefined> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};
