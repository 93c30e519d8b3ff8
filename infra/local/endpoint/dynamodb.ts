import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { wholeOf } from '#infra/local/endpoint/whole.ts';
import type { Engine } from '#infra/local/engine/engine.ts';
import { isDiskFull } from '#infra/local/files.ts';
import type { Caller, HomeLog, ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';

type Options = {
  engine: Engine;
  log: HomeLog;
  /** Throws when the caller may not do what the request asks for. */
  grants: (caller: Caller, operation: string, body: unknown) => void;
};

const contentType = 'application/x-amz-json-1.0';

/** An error in the shape of DynamoDB's JSON protocol. */
export const jsonError = (status: number, type: string, message: string): ServiceAnswer => ({
  status,
  headers: { 'content-type': contentType },
  body: JSON.stringify({ __type: type, message }),
});

/** Hands DynamoDB calls to the engine, once the caller's policies allow them. */
export const dynamodbService = ({ engine, log, grants }: Options) => {
  // A connection for each call that may be under way at once; the engine does one write after the other anyway.
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const allow = ({ caller, body }: ServiceRequest, operation: string): void => {
    if (caller.kind === 'operator') return;
    grants(caller, operation, JSON.parse(body.toString('utf8')));
  };

  const answer = async (incoming: ServiceRequest): Promise<ServiceAnswer> => {
    const target = incoming.headers['x-amz-target'] ?? '';
    const operation = target.slice(target.indexOf('.') + 1);
    try {
      allow(incoming, operation);
    } catch (error) {
      if (error instanceof SyntaxError)
        return jsonError(400, 'SerializationException', 'The body is not JSON.');
      const message = error instanceof Error ? error.message : String(error);
      return jsonError(400, 'com.amazon.coral.service#AccessDeniedException', message);
    }
    const result = await forward(engine, agent, { target, operation, body: incoming.body });
    if (result.status >= 500 && isDiskFull(new Error(result.body.toString()))) {
      log('DISK_FULL', 'The engine could not store an item because the disk is full; nothing was stored.');
    }
    return result;
  };

  return { answer, close: () => agent.destroy() };
};

type Forwarded = { target: string; operation: string; body: Buffer };

/** How long a call waits for an engine that died and is being started again; a visitor's own patience is 30 seconds. */
const patienceMilliseconds = 20_000;

/**
 * Operations that change nothing, and so are asked again when their answer was cut. A write may have been done: it is
 * answered with a 500, upon which the SDK sends it again, and its condition judges. (An engine that died has forgotten the
 * tokens of its transactions, so the home knows no better.)
 */
const reading = /^(Get|BatchGet|TransactGet|Query|Scan|Describe|List)/;

const neverSent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';

const forward = async (engine: Engine, agent: Agent, call: Forwarded): Promise<ServiceAnswer> => {
  const until = Date.now() + patienceMilliseconds;
  for (;;) {
    try {
      return await send(engine, agent, call);
    } catch (error) {
      const again = neverSent(error) || reading.test(call.operation);
      if (!again || Date.now() > until) {
        return jsonError(500, 'InternalServerError', 'The DynamoDB engine was interrupted.');
      }
      await sleep(50);
    }
  }
};

const send = ({ host, port }: Engine, agent: Agent, { target, body }: Forwarded): Promise<ServiceAnswer> =>
  new Promise((resolve, reject) => {
    const outgoing = request({
      host,
      port,
      agent,
      method: 'POST',
      path: '/',
      headers: {
        'content-type': contentType,
        'content-length': body.length,
        'x-amz-target': target,
        // The engine checks no signature, only that there is one.
        authorization:
          'AWS4-HMAC-SHA256 Credential=home/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
      },
    });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      wholeOf(response).then((whole) => resolve(answerOf(response, whole)), reject);
    });
    outgoing.end(body);
  });

/** The SDK checks the body against the engine's CRC-32, so that header passes through too. */
const answerOf = ({ statusCode = 500, headers }: IncomingMessage, body: Buffer): ServiceAnswer => {
  const kept: Record<string, string> = { 'content-type': headers['content-type'] ?? contentType };
  for (const name of ['x-amzn-requestid', 'x-amz-crc32']) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return { status: statusCode, headers: kept, body };
};
