import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { s3Files } from '#functions/adapters/documents/s3-files.ts';

const s3 = mockClient(S3Client);
const said = { message: '', $metadata: {} };
const files = s3Files(() => ({ bucket: 'documents', browserEndpoint: 'http://localhost:3000' }));

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  s3.reset();
});

const policyOf = (fields: Record<string, string>) =>
  JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString('utf8'));

const unused = () => Promise.reject(new Error('Read as a stream only.'));
const streamed = (...parts: string[]) =>
  Object.assign(Readable.from(parts.map((part) => Buffer.from(part))), {
    transformToByteArray: unused,
    transformToString: unused,
    transformToWebStream: () => new ReadableStream(),
  });

describe('files in S3', () => {
  it('signs a form for exactly one key, a size and the way back', async () => {
    const { url, fields } = await files.presignUpload({
      key: 'quarantine/A1/D1',
      maxBytes: 5_000_000,
      seconds: 900,
      redirect: 'https://irikteu.example/kk/applications/A1',
    });

    expect(url).toBe('http://localhost:3000/documents');
    expect(policyOf(fields).conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1, 5_000_000],
        { key: 'quarantine/A1/D1' },
        { bucket: 'documents' },
        { success_action_redirect: 'https://irikteu.example/kk/applications/A1' },
      ]),
    );
  });

  it('lets the form live only as long as it was asked for', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T12:00:00Z') });

    const { fields } = await files.presignUpload({ key: 'quarantine/A1/D1', maxBytes: 1, seconds: 60 });

    expect(policyOf(fields).expiration).toBe('2027-03-01T12:01:00Z');
  });

  it('reads a file as a stream, and nothing of one that is not there', async () => {
    s3.on(GetObjectCommand)
      .resolvesOnce({ Body: streamed('%PDF-', '1.7') })
      .rejectsOnce(new NoSuchKey(said));

    const chunks: Uint8Array[] = [];
    for await (const chunk of (await files.read('quarantine/A1/D1')) ?? []) chunks.push(chunk);

    expect(Buffer.concat(chunks).toString()).toBe('%PDF-1.7');
    expect(await files.read('quarantine/A1/D2')).toBeUndefined();
  });

  it('moves a file: the copy first, then the original goes', async () => {
    s3.on(CopyObjectCommand).resolves({}).on(DeleteObjectCommand).resolves({});

    await files.move('quarantine/A1/D1', 'clean/A1/D1');

    expect(s3.calls().map(({ args }) => args[0].input)).toEqual([
      { Bucket: 'documents', Key: 'clean/A1/D1', CopySource: 'documents/quarantine/A1/D1' },
      { Bucket: 'documents', Key: 'quarantine/A1/D1' },
    ]);
  });

  it('takes a file that was moved before as moved, and one that is nowhere as broken', async () => {
    s3.on(CopyObjectCommand)
      .rejects(new NoSuchKey(said))
      .on(HeadObjectCommand)
      .resolvesOnce({ ContentLength: 5 })
      .rejects(new NotFound(said));

    await expect(files.move('quarantine/A1/D1', 'clean/A1/D1')).resolves.toBeUndefined();
    await expect(files.move('quarantine/A1/D1', 'clean/A1/D1')).rejects.toThrow('neither');
  });
});
