/** The calls of a multipart upload: create, upload part, complete, abort, list parts. */
import { bodyOf } from './body.ts';
import { answerXml, type Call, demandKey, objectArn } from './call.ts';
import { isMissing, S3Error } from './errors.ts';
import { conditionOf, declaredOf, demandWrite, readChecked } from './put-object.ts';
import { mostParts, noSuchUpload, type Part, smallestPart, type Upload } from './uploads.ts';
import { describe, writeObject } from './write-object.ts';
import { childrenOf, type Element, element, readXml, textOf } from './xml.ts';

const uploadOf = async (call: Call): Promise<Upload> => {
  const found = await call.bucket.uploads.find(call.query.get('uploadId') ?? '', call.key);
  if (!found) throw noSuchUpload();
  return found;
};

export const createUpload = async (call: Call): Promise<void> => {
  const { bucket, key, response } = call;
  demandWrite(call, key);
  const description = describe(call.header, call.metadata);
  const upload = await bucket.uploads.create({ key, ...description, startedAt: call.now });
  answerXml(
    response,
    200,
    element(
      'InitiateMultipartUploadResult',
      element('Bucket', bucket.options.name),
      element('Key', key),
      element('UploadId', upload.id),
    ),
  );
};

export const uploadPart = async (call: Call): Promise<void> => {
  const { bucket, key, query, request, response } = call;
  demandWrite(call, key);
  if (call.header('x-amz-copy-source') !== undefined) {
    throw new S3Error('NotImplemented', 'Parts are uploaded here, not copied.');
  }
  const number = partNumber(query.get('partNumber'));
  const { id } = await uploadOf(call);
  const body = bodyOf(request, call.payload);
  const input = { number, ...body, declared: declaredOf(call), now: call.now };
  const part = await bucket.uploads.putPart(id, input).catch((error: unknown) => {
    // Completed or aborted while the part was on its way.
    throw isMissing(error) ? noSuchUpload() : error;
  });
  response.writeHead(200, { etag: `"${part.etag}"`, 'content-length': 0 }).end();
};

const partNumber = (text: string | undefined): number => {
  const number = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= mostParts) return number;
  throw new S3Error(
    'InvalidArgument',
    `Part number must be an integer between 1 and ${mostParts}, inclusive`,
  );
};

export const completeUpload = async (call: Call): Promise<void> => {
  const { bucket, key, query } = call;
  demandWrite(call, key);
  demandKey(bucket, call.demand, 'kms:Decrypt');
  const asked = readPartList((await readChecked(call)).toString('utf8'));
  const id = query.get('uploadId') ?? '';
  const etag = await bucket.uploads.locked(id, async () => {
    const upload = await bucket.uploads.find(id, key);
    if (!upload) return completedBefore(call, id);
    const parts = chosen(asked, await bucket.uploads.parts(id));
    const { chunks, etag: whole } = bucket.uploads.assemble(id, parts);
    const { contentType, headers, metadata } = upload;
    const facts = await writeObject(bucket, {
      key,
      chunks,
      declared: { checksums: {}, wanted: [] },
      description: { contentType, headers, metadata },
      condition: conditionOf(call),
      reason: 'CompleteMultipartUpload',
      now: call.now,
      upload: { id, etag: whole },
    });
    await bucket.uploads.remove(id);
    return facts.etag;
  });
  answerCompleted(call, etag);
};

/** The answer to the first completion may have been lost: the object knows which upload it came from. */
const completedBefore = async ({ bucket, key }: Call, id: string): Promise<string> => {
  const facts = await bucket.store.facts(key);
  if (facts === undefined || facts.uploadId !== id) throw noSuchUpload();
  return facts.etag;
};

const answerCompleted = ({ bucket, key, request, response }: Call, etag: string): void => {
  const { name } = bucket.options;
  const location = `http://${request.headers.host ?? ''}/${name}/${encodeURI(key)}`;
  answerXml(
    response,
    200,
    element(
      'CompleteMultipartUploadResult',
      element('Location', location),
      element('Bucket', name),
      element('Key', key),
      element('ETag', `"${etag}"`),
    ),
  );
};

type AskedPart = { number: number; etag: string };

const readPartList = (text: string): AskedPart[] => {
  const root = readXml(text);
  const asked = childrenOf(root, 'Part').map((part) => ({
    number: Number(textOf(part, 'PartNumber')?.trim()),
    etag: (textOf(part, 'ETag') ?? '').trim().replaceAll('"', ''),
  }));
  const sound = asked.every(({ number }) => Number.isInteger(number));
  if (root.name !== 'CompleteMultipartUpload' || asked.length === 0 || !sound) {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate.');
  }
  return asked;
};

const chosen = (asked: readonly AskedPart[], stored: readonly Part[]): Part[] => {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  let before = 0;
  const parts = asked.map(({ number, etag }) => {
    const part = byNumber.get(number);
    if (number <= before) {
      throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    before = number;
    if (part?.etag !== etag) {
      throw new S3Error(
        'InvalidPart',
        'One or more of the specified parts could not be found or had another ETag.',
        {
          PartNumber: String(number),
        },
      );
    }
    return part;
  });
  const small = parts.slice(0, -1).find((part) => part.size < smallestPart);
  if (small) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      PartNumber: String(small.number),
      ProposedSize: String(small.size),
      MinSizeAllowed: String(smallestPart),
    });
  }
  return parts;
};

export const abortUpload = async (call: Call): Promise<void> => {
  const { bucket, key, response } = call;
  call.demand('s3:AbortMultipartUpload', objectArn(bucket.options.name, key));
  const { id } = await uploadOf(call);
  await bucket.uploads.locked(id, () => bucket.uploads.remove(id));
  response.writeHead(204).end();
};

export const listParts = async (call: Call): Promise<void> => {
  const { bucket, key, query, response } = call;
  call.demand('s3:ListMultipartUploadParts', objectArn(bucket.options.name, key));
  const { id } = await uploadOf(call);
  const after = Number(query.get('part-number-marker') ?? 0);
  const most = Math.min(Number(query.get('max-parts') ?? 1000), 1000);
  const rest = (await bucket.uploads.parts(id)).filter((part) => part.number > after);
  const parts = rest.slice(0, most);
  answerXml(
    response,
    200,
    element(
      'ListPartsResult',
      element('Bucket', bucket.options.name),
      element('Key', key),
      element('UploadId', id),
      element('PartNumberMarker', after),
      element('NextPartNumberMarker', parts.at(-1)?.number ?? after),
      element('MaxParts', most),
      element('IsTruncated', rest.length > parts.length),
      ...parts.map(writtenPart),
    ),
  );
};

const writtenPart = (part: Part): Element =>
  element(
    'Part',
    element('PartNumber', part.number),
    element('LastModified', new Date(part.lastModified).toISOString()),
    element('ETag', `"${part.etag}"`),
    element('Size', part.size),
  );
