/** PutObject, CopyObject and the two ways of deleting. */
import { decodePath } from '#infra/local/signature/canonical.ts';
import { bodyOf } from './body.ts';
import { answerXml, type Call, demandKey, objectArn, placeOf, readDocument, requireKey } from './call.ts';
import { checkDigests, type Declared, declaredIn, hashing } from './digests.ts';
import { S3Error } from './errors.ts';
import type { OpenObject, WriteCondition } from './store.ts';
import { etagMatches } from './store.ts';
import { type Description, describe, writeObject } from './write-object.ts';
import { childrenOf, element, readXml, textOf } from './xml.ts';

/** What the headers declare of the bytes, and the signature's own hash of them. */
export const declaredOf = (call: Call): Declared => {
  const declared = declaredIn((name) => call.header(name));
  return /^[0-9a-f]{64}$/.test(call.payload) ? { ...declared, payloadSha256: call.payload } : declared;
};

export const conditionOf = (call: Call): WriteCondition => ({
  ifMatch: call.header('if-match'),
  ifNoneMatch: call.header('if-none-match'),
});

export const demandWrite = (call: Call, key: string): void => {
  requireKey(key);
  call.demand('s3:PutObject', objectArn(call.bucket.options.name, key));
  demandKey(call.bucket, call.demand, 'kms:GenerateDataKey');
};

export const putObject = async (call: Call): Promise<void> => {
  const { bucket, key, request, response } = call;
  demandWrite(call, key);
  const facts = await writeObject(bucket, {
    key,
    ...bodyOf(request, call.payload),
    declared: declaredOf(call),
    description: describe(call.header, call.metadata),
    condition: conditionOf(call),
    reason: 'PutObject',
    now: call.now,
  });
  response.setHeader('etag', `"${facts.etag}"`);
  for (const [name, value] of Object.entries(facts.checksums)) {
    response.setHeader(`x-amz-checksum-${name}`, value);
  }
  response.writeHead(200, { 'content-length': 0 }).end();
};

/** Copies inside one bucket; nothing here copies between buckets. */
export const copyObject = async (call: Call): Promise<void> => {
  const { bucket, key, response } = call;
  const source = sourceOf(call);
  call.demand('s3:GetObject', objectArn(bucket.options.name, source));
  demandWrite(call, key);
  demandKey(bucket, call.demand, 'kms:Decrypt');
  const found = await bucket.store.open(source);
  if (!found) throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: source });
  try {
    const facts = await writeObject(bucket, {
      key,
      chunks: bytesOf(found),
      declared: { checksums: found.facts.checksums, wanted: [] },
      description: copyDescription(call, found.facts, source),
      condition: conditionOf(call),
      reason: 'CopyObject',
      now: call.now,
    });
    const copied = new Date(facts.lastModified).toISOString();
    answerXml(
      response,
      200,
      element('CopyObjectResult', element('LastModified', copied), element('ETag', `"${facts.etag}"`)),
    );
  } finally {
    await found.file.close();
  }
};

const sourceOf = (call: Call): string => {
  const header = call.header('x-amz-copy-source') ?? '';
  if (header.includes('?')) throw new S3Error('NotImplemented', 'Objects have no versions here.');
  const place = placeOf(decodePath(header.startsWith('/') ? header : `/${header}`));
  if (place.bucket !== call.bucket.options.name) {
    throw new S3Error('NotImplemented', 'Objects are copied inside one bucket here.');
  }
  requireKey(place.key);
  return place.key;
};

const copyDescription = (call: Call, from: OpenObject['facts'], source: string): Description => {
  const ifMatch = call.header('x-amz-copy-source-if-match');
  if (ifMatch !== undefined && !etagMatches(ifMatch, from)) {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  if (call.header('x-amz-metadata-directive') === 'REPLACE') return describe(call.header, call.metadata);
  if (source === call.key) {
    throw new S3Error(
      'InvalidRequest',
      'This copy request is illegal because it changes nothing of the object.',
    );
  }
  const { contentType, headers, metadata } = from;
  return { contentType, headers, metadata };
};

const bytesOf = async function* ({ file, facts }: OpenObject): AsyncGenerator<Buffer> {
  if (facts.size === 0) return;
  const stream: AsyncIterable<Buffer> = file.createReadStream({
    start: 0,
    end: facts.size - 1,
    autoClose: false,
  });
  for await (const chunk of stream) yield chunk;
};

export const deleteObject = async (call: Call): Promise<void> => {
  const { bucket, key, response } = call;
  call.demand('s3:DeleteObject', objectArn(bucket.options.name, key));
  const ifMatch = call.header('if-match');
  if (ifMatch === undefined) await bucket.store.remove(key);
  else {
    // Comparing an ETag takes the right to read it ("How to perform conditional deletes", S3 user guide).
    if (ifMatch !== '*') call.demand('s3:GetObject', objectArn(bucket.options.name, key));
    await bucket.store.removeMatching(key, ifMatch);
  }
  response.writeHead(204).end();
};

/** S3's own limit on one call. */
const mostKeys = 1000;

export const deleteObjects = async (call: Call): Promise<void> => {
  const { bucket, response } = call;
  const body = await readChecked(call);
  const root = readXml(body.toString('utf8'));
  const keys = childrenOf(root, 'Object').map((each) => textOf(each, 'Key') ?? '');
  if (root.name !== 'Delete' || keys.length === 0 || keys.length > mostKeys) {
    throw new S3Error(
      'MalformedXML',
      'The XML you provided did not validate: one to a thousand keys are needed.',
    );
  }
  if (childrenOf(root, 'Object').some((each) => textOf(each, 'ETag') !== undefined)) {
    throw new S3Error('NotImplemented', 'Conditions on one of many keys are not hosted here.');
  }
  const quiet = textOf(root, 'Quiet') === 'true';
  const results = [];
  for (const key of keys) {
    const arn = objectArn(bucket.options.name, key);
    if (call.may('s3:DeleteObject', arn)) {
      await bucket.store.remove(key);
      if (!quiet) results.push(element('Deleted', element('Key', key)));
    } else {
      const code = element('Code', 'AccessDenied');
      results.push(element('Error', element('Key', key), code, element('Message', 'Access Denied')));
    }
  }
  answerXml(response, 200, element('DeleteResult', ...results));
};

/** An API body whose hash is the one that was signed. */
export const readChecked = async (call: Call): Promise<Buffer> => {
  const { chunks, trailers } = bodyOf(call.request, call.payload);
  const body = await readDocument(chunks);
  const declared = declaredOf(call);
  const hashes = hashing(declared);
  hashes.update(body);
  checkDigests(hashes.done(), declared, trailers);
  return body;
};
