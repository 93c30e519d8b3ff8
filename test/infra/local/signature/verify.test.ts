import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedRequest } from '#infra/local/signature/canonical.ts';
import { verifyRequest } from '#infra/local/signature/verify.ts';
import { listen, readAll } from './listen.ts';

const accessKeyId = 'HOMEAPI';
const secretAccessKey = 'a-secret-of-the-home';
const secretOf = (id: string) => (id === accessKeyId ? secretAccessKey : undefined);
const credentials = { accessKeyId, secretAccessKey };
const code = (answer: ReturnType<typeof verifyRequest>) => (answer.ok ? 'ok' : answer.code);

/** What an SDK call really puts on the wire. */
const onTheWire = async (call: (endpoint: string) => Promise<unknown>): Promise<SignedRequest> => {
  let seen: SignedRequest | undefined;
  const { endpoint, close } = await listen(async (request, response) => {
    const { method = '', url = '', headers } = request;
    seen = { method, url, headers, body: await readAll(request) };
    response.end('{}');
  });
  await call(endpoint).catch(() => undefined);
  await close();
  if (!seen) throw new Error('nothing was sent');
  return seen;
};

const options = (endpoint: string) => ({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
const sendLetter = () =>
  onTheWire((endpoint) =>
    new SESv2Client(options(endpoint)).send(
      new SendEmailCommand({ FromEmailAddress: 'a@b.example', Content: { Raw: { Data: Buffer.from('x') } } }),
    ),
  );

describe('a request of the real SDK', () => {
  it('is recognised as its caller’s', async () => {
    const request = await sendLetter();
    expect(verifyRequest(request, secretOf, Date.now())).toMatchObject({
      ok: true,
      accessKeyId,
      service: 'ses',
    });
  });

  it('is recognised when its path is escaped twice for the signature', async () => {
    const request = await onTheWire((endpoint) =>
      new LambdaClient(options(endpoint)).send(
        new InvokeCommand({
          FunctionName: 'arn:aws:lambda:eu-central-1:000000000000:function:outbox',
          Payload: '{}',
        }),
      ),
    );
    expect(request.url).toContain('%3A');
    expect(code(verifyRequest(request, secretOf, Date.now()))).toBe('ok');
  });

  it('is recognised with any object key, metadata and body', async () => {
    const request = await onTheWire((endpoint) =>
      new S3Client({ ...options(endpoint), forcePathStyle: true }).send(
        new PutObjectCommand({
          Bucket: 'documents',
          Key: "quarantine/ә+b (1)/..//it's!*.pdf",
          Body: 'text',
          Metadata: { name: 'two  blanks ' },
        }),
      ),
    );
    expect(code(verifyRequest(request, secretOf, Date.now()))).toBe('ok');
  });

  it('is refused when anything it says was changed on the way', async () => {
    const request = await sendLetter();
    const changed: SignedRequest[] = [
      { ...request, method: 'PUT' },
      { ...request, url: `${request.url}/x` },
      { ...request, url: `${request.url}?a=1` },
      { ...request, headers: { ...request.headers, host: 'elsewhere.example' } },
      { ...request, headers: { ...request.headers, 'content-type': 'text/plain' } },
    ];
    expect(changed.map((each) => code(verifyRequest(each, secretOf, Date.now())))).toEqual(
      changed.map(() => 'SignatureDoesNotMatch'),
    );
  });

  it('is refused when its body was changed, with or without a declared hash', async () => {
    const request = await sendLetter();
    const body = Buffer.from('{"Content":{}}');
    const { 'x-amz-content-sha256': _hash, ...headers } = request.headers;
    expect(code(verifyRequest({ ...request, body }, secretOf, Date.now()))).toBe('XAmzContentSHA256Mismatch');
    expect(code(verifyRequest({ ...request, headers, body }, secretOf, Date.now()))).toBe(
      'SignatureDoesNotMatch',
    );
  });

  it('is refused with a header that was added and could change what is done', async () => {
    const request = await sendLetter();
    const headers = { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.DeleteTable' };
    expect(code(verifyRequest({ ...request, headers }, secretOf, Date.now()))).toBe('AccessDenied');
  });

  it.each([-16, 16])('is refused %d minutes away from its own time', async (minutes) => {
    const request = await sendLetter();
    expect(code(verifyRequest(request, secretOf, Date.now() + minutes * 60_000))).toBe(
      'RequestTimeTooSkewed',
    );
  });

  it('is refused with an unknown key, another secret, and without a signature', async () => {
    const request = await sendLetter();
    const unsigned = { ...request, headers: { ...request.headers, authorization: undefined } };
    const malformed = { ...request, headers: { ...request.headers, authorization: 'AWS4-HMAC-SHA256 x' } };
    const now = Date.now();
    expect(code(verifyRequest(request, () => undefined, now))).toBe('InvalidAccessKeyId');
    expect(code(verifyRequest(request, () => 'other', now))).toBe('SignatureDoesNotMatch');
    expect(code(verifyRequest(unsigned, secretOf, now))).toBe('AccessDenied');
    expect(code(verifyRequest(malformed, secretOf, now))).toBe('AuthorizationHeaderMalformed');
  });
});

describe('a presigned address', () => {
  const client = new S3Client({ ...options('http://localhost:3000'), forcePathStyle: true });
  const signedAt = Date.parse('2026-09-01T00:00:00.000Z');
  const presign = async (key: string): Promise<SignedRequest> => {
    const command = new GetObjectCommand({
      Bucket: 'documents',
      Key: key,
      ResponseContentDisposition: 'inline',
    });
    const address = await getSignedUrl(client, command, { expiresIn: 60, signingDate: new Date(signedAt) });
    return {
      method: 'GET',
      url: address.slice('http://localhost:3000'.length),
      headers: { host: 'localhost:3000' },
    };
  };

  it('opens for as long as it says and not longer', async () => {
    const request = await presign('clean/a');
    expect(code(verifyRequest(request, secretOf, signedAt + 59_000))).toBe('ok');
    expect(code(verifyRequest(request, secretOf, signedAt + 61_000))).toBe('AccessDenied');
    expect(code(verifyRequest(request, secretOf, signedAt - 16 * 60_000))).toBe('AccessDenied');
  });

  it('opens whatever the key is spelled with, and no other key', async () => {
    const key = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(key, key, async (own, other) => {
        const request = await presign(`k${own}`);
        expect(code(verifyRequest(request, secretOf, signedAt))).toBe('ok');
        fc.pre(own !== other);
        const { url } = await presign(`k${other}`);
        const swapped = { ...request, url: `${url.split('?')[0]}?${request.url.split('?')[1]}` };
        expect(code(verifyRequest(swapped, secretOf, signedAt))).toBe('SignatureDoesNotMatch');
      }),
      { numRuns: 150 },
    );
  });

  it('is refused with any parameter changed, doubled or prolonged', async () => {
    const request = await presign('clean/a');
    const change = (from: string, to: string) => ({ ...request, url: request.url.replace(from, to) });
    const codes = [
      change('X-Amz-Expires=60', 'X-Amz-Expires=600'),
      change('response-content-disposition=inline', 'response-content-disposition=attachment'),
      change('X-Amz-Expires=60', 'X-Amz-Expires=999999'),
      change('X-Amz-Expires=60', 'X-Amz-Expires=60&X-Amz-Expires=600'),
      change('clean/a', 'clean/%FF'),
      { ...request, headers: { ...request.headers, 'x-amz-meta-role': 'administrator' } },
    ].map((each) => code(verifyRequest(each, secretOf, signedAt)));
    expect(codes).toEqual([
      'SignatureDoesNotMatch',
      'SignatureDoesNotMatch',
      'AuthorizationQueryParametersError',
      'AuthorizationQueryParametersError',
      'InvalidURI',
      'AccessDenied',
    ]);
  });
});

describe('the examples that AWS publishes', () => {
  const example = 'AKIAIOSFODNN7EXAMPLE';
  const exampleSecret = (id: string) =>
    id === example ? 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' : undefined;
  const now = Date.parse('2013-05-24T00:00:00.000Z');
  const host = 'examplebucket.s3.amazonaws.com';

  it('verify in the header', () => {
    const headers = {
      host,
      range: 'bytes=0-9',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-amz-date': '20130524T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${example}/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
    };
    expect(code(verifyRequest({ method: 'GET', url: '/test.txt', headers }, exampleSecret, now))).toBe('ok');
  });

  it('verify in the query', () => {
    const url = `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${example}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`;
    expect(code(verifyRequest({ method: 'GET', url, headers: { host } }, exampleSecret, now))).toBe('ok');
  });
});
