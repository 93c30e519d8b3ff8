import type { Deliveries } from '#infra/local/lambda/deliveries.ts';
import type { Functions } from '#infra/local/lambda/functions.ts';
import type { Authorize, Invocation, ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';

/** Lambda's limit of an event that nobody waits for, less than of others. Bytes. */
const largestDelivery = 1024 * 1024;

type Options = {
  functions: {
    find: (nameOrArn: string) => { name: string; arn: string } | undefined;
    invoke: Functions['invoke'];
  };
  deliveries: Pick<Deliveries, 'deliver'>;
  authorize: Authorize;
};

const statuses = {
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
  RequestTooLargeException: 413,
  ServiceException: 500,
} as const;

const failure = (status: number, type: string, message: string): ServiceAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
  body: JSON.stringify({ Message: message, Type: status < 500 ? 'User' : 'Service' }),
});

/** Lambda's Invoke: `POST /2015-03-31/functions/NAME/invocations`, synchronous, asynchronous or as a dry run. */
export const lambdaService = ({ functions, deliveries, authorize }: Options) => {
  const answer = async ({ url, method, headers, body, caller }: ServiceRequest): Promise<ServiceAnswer> => {
    const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?|$)/.exec(url) ?? [];
    if (encoded === undefined || method !== 'POST') {
      return failure(404, 'UnknownOperationException', 'This home knows only Invoke.');
    }
    const name = decodeURIComponent(encoded);
    const found = functions.find(name);
    try {
      authorize(caller, 'lambda:InvokeFunction', found?.arn ?? name);
    } catch (error) {
      return failure(403, 'AccessDeniedException', error instanceof Error ? error.message : String(error));
    }
    if (!found) return failure(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    const payload = payloadOf(body);
    if (!payload.ok) return failure(400, 'InvalidRequestContentException', 'The payload is not JSON.');
    switch (headers['x-amz-invocation-type']) {
      case 'Event':
        if (body.length > largestDelivery) return answerOf(tooLarge);
        deliveries.deliver(found.name, payload.value);
        return { status: 202, body: '' };
      case 'DryRun':
        return { status: 204, body: '' };
      default:
        return answerOf(await functions.invoke(found.name, payload.value));
    }
  };
  return { answer };
};

const tooLarge = {
  outcome: 'refused',
  error: 'RequestTooLargeException',
  message: `Request must be smaller than ${largestDelivery} bytes for the InvokeFunction operation`,
} as const;

const payloadOf = (body: Buffer): { ok: true; value: unknown } | { ok: false } => {
  if (body.length === 0) return { ok: true, value: {} };
  try {
    return { ok: true, value: JSON.parse(body.toString('utf8')) };
  } catch {
    return { ok: false };
  }
};

const answerOf = (invocation: Invocation): ServiceAnswer => {
  if (invocation.outcome === 'refused') {
    return failure(statuses[invocation.error], invocation.error, invocation.message);
  }
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-amz-executed-version': '$LATEST',
  };
  if (invocation.outcome === 'failed') headers['x-amz-function-error'] = 'Unhandled';
  return { status: 200, headers, body: JSON.stringify(invocation.payload) ?? 'null' };
};
