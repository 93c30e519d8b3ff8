/** A file that a browser posts with a signed form (presigned POST), with or without JavaScript. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '#infra/local/ports.ts';
import { verifyPolicy } from '#infra/local/signature/policy.ts';
import type { SecretOf } from '#infra/local/signature/verify.ts';
import { largestPut } from './body.ts';
import type { Bucket } from './bucket.ts';
import { answerXml, type Demand, demandKey, metadataOf, objectArn, requireKey } from './call.ts';
import { declaredIn } from './digests.ts';
import { S3Error } from './errors.ts';
import type { ObjectFacts } from './object-file.ts';
import { type PostForm, readPostForm } from './post-form.ts';
import { checkPolicy, readPolicy } from './post-policy.ts';
import { describe, writeObject } from './write-object.ts';
import { element } from './xml.ts';

export type Posting = {
  request: IncomingMessage;
  response: ServerResponse;
  bucket: Bucket;
  secretOf: SecretOf;
  callerOf: (accessKeyId: string) => Caller;
  /** A form may do what whoever signed it may. */
  demandOf: (caller: Caller) => Demand;
  /** By the clock that signatures are checked with, and by the clock of the home. Milliseconds since 1970. */
  signedNow: number;
  now: number;
};

export const postObject = async (posting: Posting): Promise<void> => {
  const { bucket, request, response } = posting;
  const form = await readPostForm(request);
  try {
    const { fields, sizes } = checkedFields(posting, form);
    const get = (name: string): string | undefined => fields.get(name);
    const facts = await writeObject(bucket, {
      key: fields.get('key') ?? '',
      chunks: form.file.iterator({ destroyOnReturn: false }),
      declared: declaredIn(get),
      description: describe(get, metadataOf(fields.keys(), get)),
      condition: { ifNoneMatch: fields.get('if-none-match') },
      reason: 'POST Object',
      now: posting.now,
      sizes: sizes ?? { least: 0, most: largestPut },
      // A file is whole only when the form around it is.
      atEnd: () => form.read,
    });
    answerPosted(response, bucket, fields, facts);
  } catch (error) {
    // Let the rest of the file run out, so that the browser comes to read the answer.
    form.file.resume();
    throw error;
  }
};

const checkedFields = (
  { bucket, signedNow, ...posting }: Posting,
  form: PostForm,
): { fields: Map<string, string>; sizes: { least: number; most: number } | undefined } => {
  const signed = verifyPolicy(form.fields, posting.secretOf, signedNow);
  if (!signed.ok) throw new S3Error(signed.code, signed.message);
  const { name } = bucket.options;
  // The name that the browser gives to the file goes in before the conditions are checked.
  const key = (form.fields.get('key') ?? '').replaceAll('${filename}', () => form.fileName);
  const fields = new Map(form.fields).set('key', key);
  const policy = readPolicy(fields.get('policy') ?? '');
  checkPolicy(policy, fields, name, signedNow);
  requireKey(key);
  const demand = posting.demandOf(posting.callerOf(signed.accessKeyId));
  demand('s3:PutObject', objectArn(name, key));
  demandKey(bucket, demand, 'kms:GenerateDataKey');
  return { fields, sizes: policy.sizes };
};

/** 204 unless the form asks for 200, for 201 with a document, or for a redirect, which then says what was stored. */
const answerPosted = (
  response: ServerResponse,
  bucket: Bucket,
  fields: ReadonlyMap<string, string>,
  facts: ObjectFacts,
): void => {
  const etag = `"${facts.etag}"`;
  response.setHeader('etag', etag);
  const target = redirectOf(fields.get('success_action_redirect') ?? fields.get('redirect'));
  if (target) {
    target.searchParams.append('bucket', bucket.options.name);
    target.searchParams.append('key', facts.key);
    target.searchParams.append('etag', etag);
    response.writeHead(303, { location: target.href, 'content-length': 0 }).end();
    return;
  }
  const location = `/${bucket.options.name}/${encodeURI(facts.key)}`;
  response.setHeader('location', location);
  const status = fields.get('success_action_status');
  if (status === '201') {
    const document = element(
      'PostResponse',
      element('Location', location),
      element('Bucket', bucket.options.name),
      element('Key', facts.key),
      element('ETag', etag),
    );
    answerXml(response, 201, document);
    return;
  }
  response.writeHead(status === '200' ? 200 : 204).end();
};

/** S3 ignores an address that it cannot read. */
const redirectOf = (text: string | undefined): URL | undefined => {
  const target = text === undefined ? null : URL.parse(text);
  return target?.protocol === 'https:' || target?.protocol === 'http:' ? target : undefined;
};
