import { randomUUID } from 'node:crypto';
import type { Authorize, HomeLog, ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';
import { Declined } from '#infra/local/step-functions/committer.ts';
import type { JsonObject } from '#infra/local/step-functions/json.ts';
import { ApiError } from './errors.ts';
import { type Backend, operations } from './operations.ts';

const contentType = 'application/x-amz-json-1.0';

export type Api = {
  backend: Omit<Backend, 'allow'>;
  authorize: Authorize | undefined;
  log: HomeLog;
};

/** AWS JSON 1.0: the operation in X-Amz-Target, errors by `__type`. Never rejects. */
export const handleRequest = async (api: Api, request: ServiceRequest): Promise<ServiceAnswer> => {
  try {
    const name = (request.headers['x-amz-target'] ?? '').replace(/^AWSStepFunctions\./, '');
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) throw new ApiError('UnknownOperationException', `The operation '${name}' is not hosted.`);
    return answer(200, await operation(backendFor(api, name, request), request.body.toString('utf8')));
  } catch (error) {
    return refusal(api, error);
  }
};

/** The backend of one request: it also knows who asks. */
const backendFor = ({ backend, authorize }: Api, operation: string, { caller }: ServiceRequest): Backend => ({
  ...backend,
  allow: (resource) => {
    try {
      authorize?.(caller, `states:${operation}`, resource);
    } catch (error) {
      throw new ApiError('AccessDeniedException', error instanceof Error ? error.message : String(error));
    }
  },
});

const refusal = ({ log }: Api, error: unknown): ServiceAnswer => {
  if (error instanceof ApiError) return answer(error.status, { __type: error.code, message: error.message });
  if (error instanceof Declined) {
    return answer(400, { __type: error.reason.code, message: error.reason.message });
  }
  const reason = error instanceof Error ? error.message : String(error);
  log('step-functions-request-failed', 'A Step Functions request could not be carried out.', { reason });
  return answer(500, { __type: 'InternalServerException', message: 'The request could not be carried out.' });
};

const answer = (status: number, body: JsonObject): ServiceAnswer => ({
  status,
  headers: {
    'content-type': contentType,
    'x-amzn-requestid': randomUUID(),
    ...(typeof body['__type'] === 'string' ? { 'x-amzn-errortype': body['__type'] } : {}),
  },
  body: JSON.stringify(body),
});
