/** What a caller is told when a call fails, and what the home writes down. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HomeLog } from '#infra/local/ports.ts';
import { isDiskFull, S3Error } from './errors.ts';
import { DamagedObject } from './object-file.ts';
import { element, xmlDocument } from './xml.ts';

/** The rest of a refused upload is read up to this and thrown away: browsers read no answer before they sent everything. */
const mostDrained = 64 * 1024 * 1024;

type Failing = { request: IncomingMessage; response: ServerResponse; requestId: string; log: HomeLog };

export const answerError = async (
  { request, response, requestId, log }: Failing,
  error: unknown,
): Promise<void> => {
  if (cutByCaller(request, error)) {
    response.destroy();
    return;
  }
  const said = error instanceof S3Error ? error : unexpected(error, requestId, log);
  if (response.headersSent) {
    // The answer had begun: cutting the connection is the only way left to say that it is not whole.
    response.destroy();
    return;
  }
  const body = xmlDocument(
    element(
      'Error',
      element('Code', said.code),
      element('Message', said.message),
      ...Object.entries(said.facts).map(([name, value]) => element(name, value)),
      element('RequestId', requestId),
    ),
  );
  if (!request.complete) {
    response.setHeader('connection', 'close');
    await drained(request);
  }
  const type = { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) };
  response.writeHead(said.status, type).end(request.method === 'HEAD' ? undefined : body);
};

/** The caller went away, in the middle of an upload or of an answer. */
const cutByCaller = (request: IncomingMessage, error: unknown): boolean =>
  (request.destroyed && !request.complete) ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE');

const drained = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    let left = mostDrained;
    request.unpipe();
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) resolve();
    });
    for (const over of ['end', 'close', 'error']) request.on(over, () => resolve());
    request.resume();
  });

const unexpected = (error: unknown, requestId: string, log: HomeLog): S3Error => {
  if (isDiskFull(error)) {
    log('S3_DISK_FULL', 'The disk is full; an upload was refused and nothing of it kept.', { requestId });
    // Unlike 500 this is not tried again at once by the SDK.
    return new S3Error('InternalError', 'The disk of this home is full. Nothing was stored.', {}, 507);
  }
  const reason = error instanceof Error ? error.message : 'unknown';
  if (error instanceof DamagedObject) {
    log('S3_OBJECT_DAMAGED', 'A stored file is not what was written.', { requestId, detail: error.message });
    return new S3Error('InternalError', 'The stored object is damaged.');
  }
  log('S3_FAILED', 'A call of the S3 API failed unexpectedly.', { requestId, reason });
  return new S3Error('InternalError', 'We encountered an internal error. Please try again.');
};
