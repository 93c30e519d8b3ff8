import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { S3Options } from '#infra/local/s3/s3.ts';
import { bucketName as Bucket, codeOf, startS3, type TestS3 } from './harness.ts';

let home: TestS3;
beforeEach(async () => {
  home = await startS3();
});
afterEach(() => home.close());

const put = (Key: string, Body: string, more: object = {}) =>
  home.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Key: string) => home.client.send(new GetObjectCommand({ Bucket, Key }));
const list = (more: object = {}) => home.client.send(new ListObjectsV2Command({ Bucket, ...more }));
const arn = (key: string) => `arn:aws:s3:::${Bucket}/${key}`;

describe('a listing', () => {
  it('is in the order of bytes, by prefix and delimiter, also after a restart', async () => {
    const keys = ['b', 'a/2', 'a/1', 'a/x/1', 'a/x/2', 'Ә', '𝒜', '\ufb00'];
    for (const key of keys) await put(key, key);
    home = await home.reopen();
    expect((await list()).Contents?.map(({ Key }) => Key)).toEqual([
      'a/1',
      'a/2',
      'a/x/1',
      'a/x/2',
      'b',
      'Ә',
      '\ufb00',
      '𝒜',
    ]);
    const rolled = await list({ Prefix: 'a/', Delimiter: '/' });
    expect(rolled.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
    expect(rolled.CommonPrefixes).toEqual([{ Prefix: 'a/x/' }]);
    await home.client.send(new DeleteObjectCommand({ Bucket, Key: 'a/1' }));
    expect((await list({ Prefix: 'a/', StartAfter: 'a/0' })).Contents?.[0]?.Key).toBe('a/2');
  });

  it('gives every key once over pages of any size', async () => {
    const keys = ['a/1', 'a/2', 'b/1', 'b/2', 'c', 'd/1'];
    for (const key of keys) await put(key, key);
    const whole = fc.record({ MaxKeys: fc.integer({ min: 1, max: 7 }), Delimiter: fc.constantFrom('', '/') });
    await fc.assert(
      fc.asyncProperty(whole, async ({ MaxKeys, Delimiter }) => {
        const seen: string[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await list({ MaxKeys, Delimiter, ContinuationToken });
          for (const { Key = '' } of page.Contents ?? []) seen.push(Key);
          for (const { Prefix = '' } of page.CommonPrefixes ?? []) seen.push(Prefix);
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken);
        expect(seen.toSorted((a, b) => a.localeCompare(b))).toEqual(
          Delimiter === '/' ? ['a/', 'b/', 'c', 'd/'] : keys,
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('a caller', () => {
  it('without a grant is refused and told which one is missing', async () => {
    home.denied.add(`s3:PutObject ${arn('a')}`);
    await expect(put('a', 'x')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:PutObject'),
    });
    expect(await home.files()).toEqual([]);
  });

  it('who may not list is not told whether a key exists', async () => {
    home.denied.add(`s3:ListBucket arn:aws:s3:::${Bucket}`);
    expect(await codeOf(get('missing'))).toBe('AccessDenied');
  });

  it('needs the key of an encrypted bucket as on AWS, through S3', async () => {
    await home.close();
    const keyArn = 'arn:aws:kms:eu-central-1:000000000000:key/1';
    const context = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
    const asked: unknown[] = [];
    const authorize: S3Options['authorize'] = (_caller, action, resource, known) => {
      if (action.startsWith('kms:')) asked.push([action, resource, known]);
      if (action === 'kms:Decrypt') throw new Error('no grant for kms:Decrypt');
    };
    home = await startS3({ authorize }, { encryption: { keyArn, context } });
    expect(await codeOf(put('a', 'x'))).toBe('ok');
    expect(await codeOf(get('a'))).toBe('AccessDenied');
    expect(asked).toEqual([
      ['kms:GenerateDataKey', keyArn, context],
      ['kms:Decrypt', keyArn, context],
    ]);
  });

  it('who deletes several is told of each that was refused', async () => {
    await put('a', 'x');
    await put('b', 'x');
    home.denied.add(`s3:DeleteObject ${arn('a')}`);
    const answer = await home.client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } }),
    );
    expect(answer.Errors?.map(({ Key, Code }) => [Key, Code])).toEqual([['a', 'AccessDenied']]);
    expect(await home.files()).toHaveLength(1);
  });

  it('is told what is not hosted, and nothing happens', async () => {
    await put('a', 'x');
    const tagging = new PutObjectTaggingCommand({
      Bucket,
      Key: 'a',
      Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] },
    });
    expect(await codeOf(home.client.send(tagging))).toBe('NotImplemented');
    expect(await codeOf(put('b', 'x', { Tagging: 'a=b' }))).toBe('NotImplemented');
    expect(await codeOf(home.client.send(new HeadObjectCommand({ Bucket: 'unknown', Key: 'a' })))).toBe(
      'NotFound',
    );
    expect(await (await get('a')).Body?.transformToString()).toBe('x');
  });
});
