import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketName as Bucket, codeOf, hangUpAfter, smallDisk, startS3, type TestS3 } from './harness.ts';

let home: TestS3;
beforeEach(async () => {
  home = await startS3();
});
afterEach(() => home.close());

const put = (Key: string, Body: string | Buffer, more: object = {}) =>
  home.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more: object = {}) => {
  const answer = await home.client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: await answer.Body?.transformToString() };
};

const remove = (Key: string, IfMatch: string | undefined) =>
  codeOf(home.client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch })));
const copy = (from: string, Key: string, more: object) =>
  codeOf(home.client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${from}`, ...more })));

describe('an object', () => {
  it('comes back as it was put, with what was said of it', async () => {
    const { ETag } = await put('clean/a/б.pdf', 'bytes', {
      ContentType: 'application/pdf',
      ContentDisposition: 'inline',
      Metadata: { kind: 'diploma' },
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'some-key',
    });
    const got = await get('clean/a/б.pdf');
    expect(ETag).toBe(`"${createHash('md5').update('bytes').digest('hex')}"`);
    expect(got).toMatchObject({
      text: 'bytes',
      ETag,
      ContentType: 'application/pdf',
      ContentDisposition: 'inline',
      ContentLength: 5,
      Metadata: { kind: 'diploma' },
    });
  });

  it('survives the home being closed and opened again', async () => {
    await put('a', 'kept');
    home = await home.reopen();
    expect((await get('a')).text).toBe('kept');
  });

  it('keeps any key and any bytes apart from every other, and no key leaves the folder', async () => {
    const key = fc
      .oneof(
        fc.constantFrom(
          '..',
          '../../etc/passwd',
          '/',
          'a//b',
          'a/./b',
          'CON',
          'a\\..\\b',
          '%2e%2e/x',
          'upload.json',
        ),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
      )
      .filter((text) => text.isWellFormed());
    const entry = fc.tuple(key, fc.uint8Array({ maxLength: 2000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(entry, { selector: ([name]) => name, minLength: 1, maxLength: 4 }),
        async (all) => {
          for (const [name, bytes] of all) await put(name, Buffer.from(bytes));
          for (const [name, bytes] of all) {
            const { Body } = await home.client.send(new GetObjectCommand({ Bucket, Key: name }));
            expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(Buffer.from(bytes));
          }
        },
      ),
      { numRuns: 40 },
    );
    const names = await home.files();
    expect(names.filter((name) => !/^objects\/[0-9a-f]{64}$/.test(name))).toEqual([]);
  });

  it('is on its way to disk while it is still being sent, however large it is', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const size = 12 * chunk.length;
    const onDisk = async () => {
      const name = (await home.files()).find((each) => each.startsWith('incoming/'));
      return name === undefined ? 0 : (await stat(join(home.folder, Bucket, name))).size;
    };
    const body = async function* () {
      for (let sent = 0; sent < 8; sent += 1) yield chunk;
      // The rest is sent only when the beginning has been written: a home that collects bodies would wait for ever.
      await expect.poll(onDisk).toBeGreaterThan(4 * chunk.length);
      for (let sent = 8; sent < 12; sent += 1) yield chunk;
    };
    const Body = Readable.from(body());
    await home.client.send(new PutObjectCommand({ Bucket, Key: 'large', Body, ContentLength: size }));
    const { Body: got, ContentLength } = await home.client.send(
      new GetObjectCommand({ Bucket, Key: 'large' }),
    );
    expect(ContentLength).toBe(size);
    expect((await got?.transformToByteArray())?.length).toBe(size);
  });

  it('gives ranges, and refuses one beyond its end', async () => {
    await put('a', '0123456789');
    expect((await get('a', { Range: 'bytes=2-4' })).text).toBe('234');
    expect((await get('a', { Range: 'bytes=-3' })).text).toBe('789');
    expect(await get('a', { Range: 'bytes=7-100' })).toMatchObject({
      text: '789',
      ContentRange: 'bytes 7-9/10',
    });
    expect(await codeOf(get('a', { Range: 'bytes=10-' }))).toBe('InvalidRange');
  });

  it('answers conditions', async () => {
    const { ETag } = await put('a', 'one');
    expect(await codeOf(get('a', { IfMatch: '"other"' }))).toBe('PreconditionFailed');
    expect((await get('a', { IfMatch: ETag })).text).toBe('one');
    await expect(get('a', { IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
  });

  it('is not replaced by a writer who wanted it to be new, even by many at once', async () => {
    const writers = Array.from({ length: 8 }, (_, index) =>
      codeOf(put('a', `writer ${index}`, { IfNoneMatch: '*' })),
    );
    const codes = await Promise.all(writers);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'PreconditionFailed')).toHaveLength(7);
    expect((await get('a')).text).toBe(`writer ${codes.indexOf('ok')}`);
  });

  it('is deleted only as long as it is the one that was meant', async () => {
    const { ETag: first } = await put('a', 'one');
    await put('a', 'two');
    expect(await remove('a', first)).toBe('PreconditionFailed');
    const { text, ETag: second } = await get('a');
    expect(text).toBe('two');
    expect(await remove('a', second)).toBe('ok');
    expect(await remove('a', second)).toBe('NoSuchKey');
  });

  it('is copied only as long as it is the one that was meant, and over nothing else', async () => {
    const { ETag: first } = await put('a', 'one');
    expect(await copy('a', 'b', { CopySourceIfMatch: first, IfNoneMatch: '*' })).toBe('ok');
    expect(await copy('a', 'b', { CopySourceIfMatch: first, IfNoneMatch: '*' })).toBe('PreconditionFailed');
    expect(await copy('a', 'b', { CopySourceIfMatch: first, IfMatch: '"other"' })).toBe('PreconditionFailed');
    await put('a', 'two');
    expect(await copy('a', 'b', { CopySourceIfMatch: first })).toBe('PreconditionFailed');
    expect((await get('b')).text).toBe('one');
  });

  it('under a customer key has an ETag that two equal files do not share', async () => {
    await home.close();
    const encryption = { keyArn: 'arn:aws:kms:eu-central-1:000000000000:key/k', context: {} };
    home = await startS3({}, { encryption });
    const [one, other] = [await put('a', 'same'), await put('b', 'same')];
    expect(one.ETag).not.toBe(other.ETag);
  });

  it('is gone when it was deleted, alone or with others, and deleting again is no error', async () => {
    for (const key of ['a', 'b & <c>', 'd']) await put(key, key);
    await home.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const Objects = [{ Key: 'b & <c>' }, { Key: 'never was' }];
    const { Deleted } = await home.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['b & <c>', 'never was']);
    expect(await codeOf(get('a'))).toBe('NoSuchKey');
    expect(await codeOf(home.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' })))).toBe('ok');
    expect(await home.files()).toHaveLength(1);
  });

  it('is copied with its facts, or with new ones', async () => {
    await put('quarantine/ә 1', 'scan me', { ContentType: 'text/plain', Metadata: { kind: 'a' } });
    const CopySource = `${Bucket}/${encodeURIComponent('quarantine/ә 1')}`;
    await home.client.send(new CopyObjectCommand({ Bucket, Key: 'clean/1', CopySource }));
    await home.client.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'clean/2',
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata: { kind: 'b' },
      }),
    );
    expect(await get('clean/1')).toMatchObject({
      text: 'scan me',
      ContentType: 'text/plain',
      Metadata: { kind: 'a' },
    });
    expect((await get('clean/2')).Metadata).toEqual({ kind: 'b' });
    const missing = new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/nothing` });
    expect(await codeOf(home.client.send(missing))).toBe('NoSuchKey');
  });
});

describe('an upload that goes wrong leaves nothing', () => {
  it('when its bytes are not the ones declared', async () => {
    const wrong = [
      { ContentMD5: createHash('md5').update('other').digest('base64') },
      { ChecksumSHA256: createHash('sha256').update('other').digest('base64') },
      { ChecksumCRC32: 'AAAAAA==' },
    ];
    for (const each of wrong) expect(await codeOf(put('a', 'bytes', each))).toBe('BadDigest');
    expect(await home.files()).toEqual([]);
  });

  it('when the disk is full, and says so', async () => {
    home = await home.reopen({ openTemporary: smallDisk(1000) });
    await expect(put('a', 'x'.repeat(5000))).rejects.toMatchObject({
      name: 'InternalError',
      message: expect.stringContaining('disk'),
      $metadata: { httpStatusCode: 507 },
    });
    expect(await home.files()).toEqual([]);
    expect(home.logged).toEqual(['S3_DISK_FULL']);
    expect(home.events).toEqual([]);
  });

  it('when the connection is cut in the middle', async () => {
    const url = await getSignedUrl(home.client, new PutObjectCommand({ Bucket, Key: 'a' }));
    await hangUpAfter(url, {
      method: 'PUT',
      headers: { 'content-length': 100_000 },
      bytes: Buffer.alloc(50_000),
    });
    await expect.poll(() => home.files()).toEqual([]);
    expect(await codeOf(get('a'))).toBe('NoSuchKey');
  });

  it('when the home was killed while writing: the rest is cleared at the next start', async () => {
    await writeFile(join(home.folder, Bucket, 'incoming', 'half'), 'half of a diploma');
    home = await home.reopen();
    expect(await home.files()).toEqual([]);
    expect(home.logged).toEqual(['S3_LEFTOVERS_REMOVED']);
  });
});

describe('what is stored', () => {
  it('is noticed when the disk or another hand changed it', async () => {
    await put('a', 'bytes');
    const [name = ''] = await home.files();
    const path = join(home.folder, Bucket, name);
    await writeFile(path, (await readFile(path)).subarray(0, -1));
    expect(await codeOf(get('a'))).toBe('InternalError');
    expect(home.logged).toEqual(['S3_OBJECT_DAMAGED']);
  });
});
