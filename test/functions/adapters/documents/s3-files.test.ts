import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { s3Files } from '#functions/adapters/documents/s3-files.ts';

const s3 = mockClient(S3Client);
afterAll(() => s3.restore());
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

const move = { from: 'quarantine/A1/D1', version: '"one"', to: 'clean/A1/D1', replaces: undefined };
const refusal = (name: string) => Object.assign(new Error(name), { name });

describe('files in S3', () => {
  it('signs an address for one file, to be saved and not shown, for a minute', async () => {
    const key = 'clean/A1/D1';
    const url = new URL(await files.presignDownload({ key, seconds: 60, filename: 'KZ19-diploma.pdf' }));

    expect(url.origin + url.pathname).toBe('http://localhost:3000/documents/clean/A1/D1');
    const asked = Object.fromEntries(url.searchParams);
    expect(asked).toMatchObject({
      'X-Amz-Expires': '60',
      'response-content-disposition': 'attachment; filename="KZ19-diploma.pdf"',
      'response-content-type': 'application/octet-stream',
      'response-cache-control': 'no-store',
    });
  });

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

  it('signs a form for a slice that takes exactly its bytes', async () => {
    const slice = { key: 'slices/A1/abc/0-65536', minBytes: 65_536, maxBytes: 65_536, seconds: 60 };

    const { fields } = await files.presignUpload(slice);

    expect(policyOf(fields).conditions).toContainEqual(['content-length-range', 65_536, 65_536]);
  });

  it('lists everything under a prefix, over all its pages', async () => {
    s3.on(ListObjectsV2Command)
      .resolvesOnce({
        Contents: [{ Key: 'slices/A1/x', Size: 1 }],
        IsTruncated: true,
        NextContinuationToken: 'more',
      })
      .resolvesOnce({ Contents: [{ Key: 'slices/A1/y', Size: 2 }] });

    expect(await files.list('slices/A1/')).toEqual([
      { key: 'slices/A1/x', bytes: 1 },
      { key: 'slices/A1/y', bytes: 2 },
    ]);
    expect(s3.calls().map(({ args }) => args[0].input)).toMatchObject([
      { Bucket: 'documents', Prefix: 'slices/A1/' },
      { ContinuationToken: 'more' },
    ]);
  });

  it('puts a file that was made of its slices', async () => {
    s3.on(PutObjectCommand).resolves({});
    const file = new Uint8Array([1, 2]);

    await files.write('quarantine/A1/D1', file);

    expect(s3.calls().map(({ args }) => args[0].input)).toEqual([
      { Bucket: 'documents', Key: 'quarantine/A1/D1', Body: file },
    ]);
  });

  it('reads a file as a stream, and nothing of one that is not there', async () => {
    s3.on(GetObjectCommand)
      .resolvesOnce({ Body: streamed('%PDF-', '1.7'), ETag: '"one"' })
      .rejectsOnce(new NoSuchKey(said));

    const file = await files.read('quarantine/A1/D1');
    const chunks: Uint8Array[] = [];
    for await (const chunk of file?.bytes ?? []) chunks.push(chunk);

    expect(file?.version).toBe('"one"');
    expect(Buffer.concat(chunks).toString()).toBe('%PDF-1.7');
    expect(await files.read('quarantine/A1/D2')).toBeUndefined();
  });

  it('moves exactly the file that is meant: the copy first, then the original goes', async () => {
    s3.on(CopyObjectCommand).resolves({}).on(DeleteObjectCommand).resolves({});

    expect(await files.move(move)).toBe(true);

    expect(s3.calls().map(({ args }) => args[0].input)).toEqual([
      {
        Bucket: 'documents',
        Key: 'clean/A1/D1',
        CopySource: 'documents/quarantine/A1/D1',
        CopySourceIfMatch: '"one"',
        IfNoneMatch: '*',
      },
      { Bucket: 'documents', Key: 'quarantine/A1/D1', IfMatch: '"one"' },
    ]);
  });

  it('replaces at the target only what was seen there', async () => {
    s3.on(CopyObjectCommand).resolves({}).on(DeleteObjectCommand).resolves({});

    await files.move({ ...move, replaces: '"old"' });

    const { input } = s3.commandCalls(CopyObjectCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({ IfMatch: '"old"' });
    expect(input).not.toHaveProperty('IfNoneMatch');
  });

  it.for(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'])(
    'moves nothing and deletes nothing when the storage answers %s',
    async (name) => {
      s3.on(CopyObjectCommand).rejects(refusal(name));

      expect(await files.move(move)).toBe(false);

      expect(s3.commandCalls(DeleteObjectCommand)).toEqual([]);
    },
  );

  it('leaves a newer file where it is, after a move and when an older one is removed', async () => {
    s3.on(CopyObjectCommand).resolves({}).on(DeleteObjectCommand).rejects(refusal('PreconditionFailed'));

    expect(await files.move(move)).toBe(true);
    await expect(files.remove('quarantine/A1/D1', '"one"')).resolves.toBeUndefined();
  });

  it('says what went wrong when the storage is not to be had', async () => {
    s3.on(CopyObjectCommand).rejects(refusal('SlowDown'));

    await expect(files.move(move)).rejects.toThrow('SlowDown');
  });

  it('tells which file lies under a key now, and that none does', async () => {
    s3.on(HeadObjectCommand).resolvesOnce({ ETag: '"one"' }).rejectsOnce(new NotFound(said));

    expect(await files.versionOf('clean/A1/D1')).toBe('"one"');
    expect(await files.versionOf('clean/A1/D1')).toBeUndefined();
  });
});
