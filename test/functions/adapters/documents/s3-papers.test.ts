import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { s3Papers } from '#functions/adapters/documents/s3-papers.ts';

const s3 = mockClient(S3Client);
afterAll(() => s3.restore());
const said = { message: '', $metadata: {} };
const papers = s3Papers(() => ({ bucket: 'documents', browserEndpoint: 'http://localhost:3000' }));
const refusal = (name: string) => Object.assign(new Error(name), { name });

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => {
  vi.unstubAllEnvs();
  s3.reset();
});

const paper = {
  key: 'papers/R1/minutes-1-kk.pdf',
  bytes: Buffer.from('%PDF-1.7'),
  mediaType: 'application/pdf',
};

describe('papers in S3', () => {
  it('are written only where nothing lies yet', async () => {
    s3.on(PutObjectCommand).resolvesOnce({}).rejectsOnce(refusal('PreconditionFailed'));

    expect(await papers.put(paper)).toBe(true);
    expect(await papers.put(paper)).toBe(false);

    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'documents',
      Key: paper.key,
      Body: paper.bytes,
      ContentType: 'application/pdf',
      IfNoneMatch: '*',
    });
  });

  it('say what went wrong when the storage is not to be had', async () => {
    s3.on(PutObjectCommand).rejects(refusal('SlowDown'));

    await expect(papers.put(paper)).rejects.toThrow('SlowDown');
  });

  it('are there or not', async () => {
    s3.on(HeadObjectCommand).resolvesOnce({}).rejectsOnce(new NotFound(said));

    expect(await papers.exists(paper.key)).toBe(true);
    expect(await papers.exists(paper.key)).toBe(false);
  });

  it('that are not there are read as nothing', async () => {
    s3.on(GetObjectCommand).rejects(new NoSuchKey(said));

    expect(await papers.read(paper.key)).toBeUndefined();
  });

  it('are opened by an address for one file, under the name that a person sees, for a while', async () => {
    const url = new URL(
      await papers.presign({ key: paper.key, seconds: 300, filename: 'Хаттама 2022-3.pdf' }),
    );

    expect(url.origin + url.pathname).toBe(`http://localhost:3000/documents/${paper.key}`);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(url.searchParams.get('response-cache-control')).toBe('private, no-store');
    expect(url.searchParams.get('response-content-disposition')).toBe(
      `inline; filename*=UTF-8''${encodeURIComponent('Хаттама 2022-3.pdf')}`,
    );
  });
});
