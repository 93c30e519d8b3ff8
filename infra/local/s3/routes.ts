/** Which call of the S3 API a request is. What is not listed is refused: `PUT ?acl` must never become an object. */
import type { Call } from './call.ts';
import { S3Error } from './errors.ts';
import { getObject } from './get-object.ts';
import { listObjects } from './list-objects.ts';
import { abortUpload, completeUpload, createUpload, listParts, uploadPart } from './multipart.ts';
import { copyObject, deleteObject, deleteObjects, putObject } from './put-object.ts';

type Handler = (call: Call) => Promise<void>;

type Route = {
  method: string;
  of: 'object' | 'bucket';
  /** Query parameters that must be there. */
  needs: string[];
  /** Query parameters that may be there, besides the signature's and x-id. */
  takes: string[];
  handle: Handler;
};

const overrides = ['type', 'disposition', 'encoding', 'language'].map((name) => `response-content-${name}`);
const readOptions = [...overrides, 'response-cache-control', 'response-expires'];
const listOptions = [
  'prefix',
  'delimiter',
  'max-keys',
  'start-after',
  'continuation-token',
  'encoding-type',
  'fetch-owner',
];

const routes: Route[] = [
  { method: 'PUT', of: 'object', needs: ['partNumber', 'uploadId'], takes: [], handle: uploadPart },
  { method: 'PUT', of: 'object', needs: [], takes: [], handle: (call) => putOrCopy(call) },
  {
    method: 'GET',
    of: 'object',
    needs: ['uploadId'],
    takes: ['max-parts', 'part-number-marker'],
    handle: listParts,
  },
  { method: 'GET', of: 'object', needs: [], takes: readOptions, handle: getObject },
  { method: 'HEAD', of: 'object', needs: [], takes: readOptions, handle: getObject },
  { method: 'DELETE', of: 'object', needs: ['uploadId'], takes: [], handle: abortUpload },
  { method: 'DELETE', of: 'object', needs: [], takes: [], handle: deleteObject },
  { method: 'POST', of: 'object', needs: ['uploads'], takes: [], handle: createUpload },
  { method: 'POST', of: 'object', needs: ['uploadId'], takes: [], handle: completeUpload },
  { method: 'GET', of: 'bucket', needs: ['list-type'], takes: listOptions, handle: listObjects },
  { method: 'POST', of: 'bucket', needs: ['delete'], takes: [], handle: deleteObjects },
];

const putOrCopy: Handler = (call) =>
  call.header('x-amz-copy-source') === undefined ? putObject(call) : copyObject(call);

const always = (name: string): boolean => name === 'x-id' || name.toLowerCase().startsWith('x-amz-');

export const handlerOf = (call: Call): Handler => {
  const names = [...call.query.keys()].filter((name) => !always(name));
  const route = routes.find(
    ({ method, of, needs, takes }) =>
      method === call.request.method &&
      of === (call.key === '' ? 'bucket' : 'object') &&
      needs.every((name) => names.includes(name)) &&
      names.every((name) => needs.includes(name) || takes.includes(name)),
  );
  if (route) return route.handle;
  throw new S3Error('NotImplemented', 'This call of the S3 API is not hosted here.', {
    Method: call.request.method ?? '',
    Parameters: names.join(', '),
  });
};
