import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketName as Bucket, startS3, type TestS3, xmlCode } from './harness.ts';

const origin = 'https://selection.example';
let home: TestS3;
beforeEach(async () => {
  home = await startS3(
    {},
    {
      cors: [
        {
          allowedOrigins: [origin],
          allowedMethods: ['PUT', 'POST'],
          allowedHeaders: ['content-*'],
          exposedHeaders: ['ETag'],
          maxAge: 600,
        },
      ],
    },
  );
});
afterEach(() => home.close());

const store = (Key: string, Body: string, ContentType: string) =>
  home.client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
const addressOf = (Key: string, more: object = {}) =>
  getSignedUrl(home.client, new GetObjectCommand({ Bucket, Key, ...more }), { expiresIn: 60 });

const preflight = async (from: string, method: string, headers: string) => {
  const answer = await fetch(`${home.endpoint}/${Bucket}/quarantine/a`, {
    method: 'OPTIONS',
    headers: {
      origin: from,
      'access-control-request-method': method,
      'access-control-request-headers': headers,
    },
  });
  return [
    answer.status,
    answer.headers.get('access-control-allow-origin'),
    answer.headers.get('access-control-max-age'),
  ];
};

describe('a browser', () => {
  it('opens a document by its presigned address, under the name it is given', async () => {
    await store('clean/a', 'bytes', 'application/pdf');
    const answer = await fetch(
      await addressOf('clean/a', { ResponseContentDisposition: 'attachment; filename="diploma.pdf"' }),
    );
    expect(await answer.text()).toBe('bytes');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="diploma.pdf"');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
  });

  it('opens nothing without a signature, or after the address has expired', async () => {
    await store('clean/a', 'bytes', 'application/pdf');
    const address = await addressOf('clean/a');
    const bare = await fetch(`${home.endpoint}/${Bucket}/clean/a`);
    expect([bare.status, xmlCode(await bare.text())]).toEqual([403, 'AccessDenied']);
    home.advance(61_000);
    const late = await fetch(address);
    const text = await late.text();
    expect([late.status, xmlCode(text)]).toEqual([403, 'AccessDenied']);
    expect(text).toContain('expired');
  });

  it('does not run a page that someone uploaded as a document', async () => {
    await store('clean/page', '<script>alert(1)</script>', 'text/html');
    const { headers } = await fetch(await addressOf('clean/page'));
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('puts a file to a presigned address', async () => {
    const url = await getSignedUrl(home.client, new PutObjectCommand({ Bucket, Key: 'quarantine/a' }), {
      expiresIn: 60,
    });
    const answer = await fetch(url, {
      method: 'PUT',
      body: 'bytes',
      headers: { 'content-type': 'image/png', origin },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    expect(home.events.map(({ detail }) => detail.object.key)).toEqual(['quarantine/a']);
  });

  it('may send from a page of the allowed origin, and from no other', async () => {
    expect(await preflight(origin, 'PUT', 'content-type')).toEqual([200, origin, '600']);
    expect(await preflight('https://elsewhere.example', 'PUT', 'content-type')).toEqual([403, null, null]);
    expect(await preflight(origin, 'DELETE', 'content-type')).toEqual([403, null, null]);
    expect(await preflight(origin, 'PUT', 'x-amz-meta-role')).toEqual([403, null, null]);
  });

  it('reaches the home through a proxy that gives requests another host', async () => {
    await store('clean/a', 'bytes', 'application/pdf');
    const host = new URL(home.endpoint).host;
    const address = (await addressOf('clean/a')).replace('127.0.0.1', 'localhost');
    expect((await fetch(address)).status).toBe(403);
    home = await home.reopen({ browserHost: host });
    expect(
      (await fetch(address.replace(host.replace('127.0.0.1', 'localhost'), new URL(home.endpoint).host)))
        .status,
    ).toBe(200);
  });

  it('is only sent here for paths that begin with a bucket', () => {
    const paths = [
      `/${Bucket}`,
      `/${Bucket}/a?x`,
      `/${Bucket}?list-type=2`,
      '/',
      '/kk/apply',
      `/${Bucket}x/a`,
    ];
    expect(paths.map((path) => home.s3.owns(path))).toEqual([true, true, true, false, false, false]);
  });
});
