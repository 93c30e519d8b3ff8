import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketName as Bucket, hangUpAfter, smallDisk, startS3, type TestS3, xmlCode } from './harness.ts';

let home: TestS3;
beforeEach(async () => {
  home = await startS3();
});
afterEach(() => home.close());

const key = 'quarantine/KZ-19-2022-3-0001/diploma';
type Form = { url: string; fields: Record<string, string> };

const formFor = async (more: Partial<PresignedPostOptions> = {}): Promise<Form> =>
  createPresignedPost(home.client, {
    Bucket,
    Key: key,
    Expires: 600,
    Fields: { 'Content-Type': 'application/pdf', ...more.Fields },
    Conditions: [
      ['content-length-range', 1, 1000],
      ['eq', '$Content-Type', 'application/pdf'],
      ...(more.Conditions ?? []),
    ],
    ...(more.Key !== undefined && { Key: more.Key }),
    ...(more.Expires !== undefined && { Expires: more.Expires }),
  });

const post = async (form: Form, bytes = 'a diploma', name = 'диплом.pdf') => {
  const body = new FormData();
  for (const [field, value] of Object.entries(form.fields)) body.append(field, value);
  body.append('file', new Blob([bytes], { type: 'application/pdf' }), name);
  const answer = await fetch(form.url, { method: 'POST', body, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, code: xmlCode(text), text, headers: answer.headers };
};

const stored = async (Key: string) => {
  const answer = await home.client.send(new GetObjectCommand({ Bucket, Key }));
  return {
    text: await answer.Body?.transformToString(),
    type: answer.ContentType,
    metadata: answer.Metadata,
  };
};

const change = (form: Form, fields: Record<string, string>): Form => ({
  ...form,
  fields: { ...form.fields, ...fields },
});
const policyWith = (conditions: unknown[], expiration = '2999-01-01T00:00:00Z') =>
  Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');

describe('an applicant posts a document with a signed form', () => {
  it('and it is stored as the form says', async () => {
    const answer = await post(await formFor());
    expect(answer.status).toBe(204);
    expect(answer.headers.get('etag')).toBe(`"${createHash('md5').update('a diploma').digest('hex')}"`);
    expect(await stored(key)).toMatchObject({ text: 'a diploma', type: 'application/pdf' });
  });

  it('and without JavaScript is sent on to a page that learns what was stored', async () => {
    const page = 'https://selection.example/kk/apply/documents?step=2';
    const form = await formFor({
      Fields: { success_action_redirect: page },
      Conditions: [{ success_action_redirect: page }],
    });
    const answer = await post(form);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(303);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      step: '2',
      bucket: Bucket,
      key,
      etag: answer.headers.get('etag'),
    });
  });

  it('and gets 201 with a document when the form asks for it', async () => {
    const form = await formFor({
      Fields: { success_action_status: '201' },
      Conditions: [{ success_action_status: '201' }],
    });
    const answer = await post(form);
    expect(answer.status).toBe(201);
    expect(answer.text).toContain(`<Key>${key}</Key>`);
  });

  it('and the browser’s own name for the file becomes part of the key', async () => {
    const form = await formFor({ Key: 'quarantine/a/${filename}' });
    expect((await post(form, 'x', 'Куәлік (1).pdf')).status).toBe(204);
    expect((await stored('quarantine/a/Куәлік (1).pdf')).text).toBe('x');
    expect((await post(form, 'x', '../../clean/b')).status).toBe(204);
    expect((await stored('quarantine/a/b')).text).toBe('x');
  });

  it('and what is told of it is what EventBridge tells', async () => {
    await post(await formFor());
    await expect.poll(() => home.events).toHaveLength(1);
    expect(home.events[0]).toMatchObject({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        bucket: { name: Bucket },
        object: { key, size: 9, etag: createHash('md5').update('a diploma').digest('hex') },
        reason: 'POST Object',
      },
    });
  });
});

describe('a form that was tampered with is refused and nothing is stored', () => {
  afterEach(async () => {
    await expect.poll(() => home.files()).toEqual([]);
    expect(home.events).toEqual([]);
  });

  it.each([
    ['key', { key: 'clean/KZ-19-2022-3-0001/diploma' }],
    ['bucket', { bucket: 'other' }],
    ['content type', { 'Content-Type': 'text/html' }],
    ['an extra field', { 'x-amz-meta-role': 'administrator' }],
    ['another way to answer', { success_action_status: '201' }],
    ['a redirect of the sender’s', { success_action_redirect: 'https://elsewhere.example/' }],
    ['algorithm', { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA1' }],
    ['no key at all', { key: '' }],
  ])('%s', async (_what, fields) => {
    expect(await post(change(await formFor(), fields))).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('policy', async () => {
    const Policy = policyWith([{ bucket: Bucket }, ['starts-with', '$key', '']]);
    expect(await post(change(await formFor(), { Policy }))).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });

  it('signature', async () => {
    const form = change(await formFor(), { 'X-Amz-Signature': 'f'.repeat(64) });
    expect(await post(form)).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    const { 'X-Amz-Signature': _signature, ...fields } = form.fields;
    expect(await post({ ...form, fields })).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('credential', async () => {
    const form = await formFor();
    const credential = form.fields['X-Amz-Credential']?.replace('HOMEWEB', 'SOMEONE') ?? '';
    expect((await post(change(form, { 'X-Amz-Credential': credential }))).code).toBe('InvalidAccessKeyId');
  });

  it('size, above and below what the form allows', async () => {
    const form = await formFor();
    expect(await post(form, 'x'.repeat(1001))).toMatchObject({ status: 400, code: 'EntityTooLarge' });
    expect(await post(form, 'x'.repeat(3_000_000))).toMatchObject({ status: 400, code: 'EntityTooLarge' });
    expect(await post(form, '')).toMatchObject({ status: 400, code: 'EntityTooSmall' });
  });

  it('expiry', async () => {
    const form = await formFor();
    home.advance(601_000);
    const answer = await post(form);
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Policy expired');
  });

  it('the grant of whoever signed it', async () => {
    home.denied.add(`s3:PutObject arn:aws:s3:::${Bucket}/${key}`);
    expect(await post(await formFor())).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('the form around the file, malformed or cut', async () => {
    const { url, fields } = await formFor();
    const plain = await fetch(url, {
      method: 'POST',
      body: '--x\r\nnothing',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(xmlCode(await plain.text())).toBe('MalformedPOSTRequest');
    const body = new FormData();
    for (const [field, value] of Object.entries(fields)) body.append(field, value);
    const none = await fetch(url, { method: 'POST', body });
    expect(xmlCode(await none.text())).toBe('InvalidArgument');
    body.append('file', new Blob(['x'.repeat(900)]), 'a.pdf');
    const whole = new Request(url, { method: 'POST', body });
    const type = whole.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await whole.arrayBuffer());
    // The whole file arrives, and the line that ends the form does not.
    const headers = { 'content-type': type, 'content-length': bytes.length };
    await hangUpAfter(url, { method: 'POST', headers, bytes: bytes.subarray(0, -4) });
  });

  it('the disk, when it is full', async () => {
    home = await home.reopen({ openTemporary: smallDisk(100) });
    const answer = await post(await formFor(), 'x'.repeat(900));
    expect(answer).toMatchObject({ status: 507, code: 'InternalError' });
  });
});

describe('whatever a form says', () => {
  it('a file is stored exactly when key, type and size are the ones that were signed', async () => {
    const differing = fc.record({
      key: fc.oneof(
        fc.constant('quarantine/a/1'),
        fc.stringMatching(/^(quarantine\/|clean\/)[a-z0-9/.]{1,20}$/),
      ),
      type: fc.constantFrom('application/pdf', 'image/png', 'text/html', 'application/pdf, text/html'),
      size: fc.integer({ min: 0, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(differing, async (sent) => {
        const form = await createPresignedPost(home.client, {
          Bucket,
          Key: 'quarantine/a/1',
          Conditions: [
            ['content-length-range', 10, 50],
            ['starts-with', '$Content-Type', 'application/'],
          ],
        });
        const answer = await post(
          change(form, { key: sent.key, 'Content-Type': sent.type }),
          'x'.repeat(sent.size),
        );
        const allowed =
          sent.key === 'quarantine/a/1' &&
          sent.type === 'application/pdf' &&
          sent.size >= 10 &&
          sent.size <= 50;
        expect(answer.status === 204).toBe(allowed);
      }),
      { numRuns: 60 },
    );
  });
});
