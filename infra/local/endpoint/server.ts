import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { jsonError } from '#infra/local/endpoint/dynamodb.ts';
import { wholeUpTo } from '#infra/local/endpoint/whole.ts';
import { isDiskFull } from '#infra/local/files.ts';
import type { Caller, HomeClock, HomeLog, ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';
import { splitUrl } from '#infra/local/signature/canonical.ts';
import { parseCredential } from '#infra/local/signature/signing.ts';
import { type SecretOf, verifyRequest } from '#infra/local/signature/verify.ts';

/** A service that answers requests whole. */
type Service = (request: ServiceRequest) => Promise<ServiceAnswer>;

type Options = {
  clock: HomeClock;
  log: HomeLog;
  secretOf: SecretOf;
  callerOf: (accessKeyId: string) => Caller;
  /** By the name in a signature's scope: dynamodb, states, lambda, ses, kms. */
  services: Readonly<Record<string, Service>>;
  /** S3 streams bodies and checks signatures itself. */
  s3: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/** DynamoDB's largest request is 16 MB. */
const largestBody = 17 * 1024 * 1024;

/**
 * The one internal address of all AWS services of the home. Which service is meant is in the signature's scope, as
 * every AWS client signs; who calls is the owner of the access key.
 */
export const awsEndpoint = (options: Options): RequestListener => {
  const { clock, log, services, s3 } = options;

  const answer = async (request: IncomingMessage, service: Service): Promise<ServiceAnswer> => {
    const body = await wholeUpTo(request, largestBody);
    if (!body) return jsonError(413, 'RequestEntityTooLargeException', 'The request is too large.');
    const caller = identify(options, request, body);
    if ('status' in caller) return caller;
    const headers: ServiceRequest['headers'] = {};
    for (const [name, value] of Object.entries(request.headers)) {
      headers[name] = Array.isArray(value) ? value.join(',') : value;
    }
    return service({ method: request.method ?? 'GET', url: request.url ?? '/', headers, body, caller });
  };

  const respond = async (
    request: IncomingMessage,
    response: ServerResponse,
    service: Service,
  ): Promise<void> => {
    const given = await answer(request, service).catch((error: unknown) => failure(error, log));
    if (response.destroyed) return;
    // The SDK takes the time of its next signature from here: in rehearsal, the home's own.
    response.sendDate = false;
    response.writeHead(given.status, {
      ...given.headers,
      date: new Date(clock.now()).toUTCString(),
      'content-length': Buffer.byteLength(given.body),
    });
    response.end(given.body);
  };

  return (request, response) => {
    const name = serviceOf(request);
    if (name === 's3') return void s3(request, response);
    const service = services[name];
    if (service) return void respond(request, response, service);
    const unknown = jsonError(404, 'UnknownServiceException', `This home has no service "${name}".`);
    response.writeHead(unknown.status, unknown.headers).end(unknown.body);
  };
};

/** The service in the scope of the signature; S3 also where the address or a form carries the signature. */
const serviceOf = ({ headers }: IncomingMessage): string => {
  const [, credential = ''] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? [];
  return parseCredential(credential)?.service ?? 's3';
};

const identify = (
  { clock, secretOf, callerOf }: Options,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
): Caller | ServiceAnswer => {
  const signed = { method, url, headers, body };
  const atHome = verifyRequest(signed, secretOf, clock.now());
  // A rehearsal may have jumped while the request was on its way; then the machine's own time is as good.
  const skewed = !atHome.ok && atHome.code === 'RequestTimeTooSkewed';
  const verified = skewed ? verifyRequest(signed, secretOf, Date.now()) : atHome;
  if (verified.ok) return callerOf(verified.accessKeyId);
  const status = verified.code === 'InvalidURI' ? 400 : 403;
  return jsonError(status, verified.code, `${verified.message} (${method} ${splitUrl(url).path})`);
};

const failure = (error: unknown, log: HomeLog): ServiceAnswer => {
  if (isDiskFull(error)) {
    log('DISK_FULL', 'A service could not store its data because the disk is full; nothing was stored.');
    return jsonError(507, 'InternalServerError', 'The disk of the home is full.');
  }
  const message = error instanceof Error ? error.message : String(error);
  log('SERVICE_FAILED', `A service of the home failed: ${message}`);
  return jsonError(500, 'InternalServerError', 'The home could not answer; its log says why.');
};
