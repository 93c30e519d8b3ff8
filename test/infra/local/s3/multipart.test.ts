import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketName as Bucket, codeOf, startS3, type TestS3 } from './harness.ts';

let home: TestS3;
beforeEach(async () => {
  home = await startS3();
});
afterEach(() => home.close());

const Key = 'quarantine/a/portfolio';
const mebibyte = 1024 * 1024;
const first = Buffer.alloc(5 * mebibyte, 'a');
const last = Buffer.from('the end');

const begin = async () => {
  const { UploadId } = await home.client.send(
    new CreateMultipartUploadCommand({
      Bucket,
      Key,
      ContentType: 'application/pdf',
      Metadata: { kind: 'portfolio' },
    }),
  );
  return UploadId ?? '';
};
const part = async (UploadId: string, PartNumber: number, Body: Buffer) => {
  const { ETag } = await home.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
};
const complete = (UploadId: string, Parts: { PartNumber: number; ETag: string | undefined }[]) =>
  home.client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
const stored = () => home.client.send(new GetObjectCommand({ Bucket, Key }));

describe('a document in parts', () => {
  it('becomes one object when it is completed, also over a restart, and is told once', async () => {
    const id = await begin();
    const parts = [await part(id, 1, first)];
    home = await home.reopen();
    parts.push(await part(id, 2, last));
    const listed = await home.client.send(new ListPartsCommand({ Bucket, Key, UploadId: id }));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, first.length],
      [2, last.length],
    ]);
    expect(await codeOf(stored())).toBe('NoSuchKey');
    await complete(id, parts);
    const { Body, ETag, ContentType, Metadata } = await stored();
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(Buffer.concat([first, last]))).toBe(
      true,
    );
    const joined = createHash('md5')
      .update(Buffer.concat([md5(first), md5(last)]))
      .digest('hex');
    expect({ ETag, ContentType, Metadata }).toEqual({
      ETag: `"${joined}-2"`,
      ContentType: 'application/pdf',
      Metadata: { kind: 'portfolio' },
    });
    expect(home.events.map(({ detail }) => detail.reason)).toEqual(['CompleteMultipartUpload']);
    expect(await home.files()).toHaveLength(1);
  });

  it('is completed again with the same answer when the first answer was lost', async () => {
    const id = await begin();
    const parts = [await part(id, 1, last)];
    const { ETag } = await complete(id, parts);
    const again = await complete(id, parts);
    expect(again.ETag).toBe(ETag);
    expect(home.events).toHaveLength(1);
  });

  it('takes a part that a browser puts to a presigned address, once more when the line was bad', async () => {
    const id = await begin();
    const command = new UploadPartCommand({ Bucket, Key, UploadId: id, PartNumber: 1 });
    const url = await getSignedUrl(home.client, command, { expiresIn: 600 });
    expect((await fetch(url, { method: 'PUT', body: 'half' })).status).toBe(200);
    const { headers } = await fetch(url, { method: 'PUT', body: 'whole' });
    await complete(id, [{ PartNumber: 1, ETag: headers.get('etag') ?? '' }]);
    expect(await (await stored()).Body?.transformToString()).toBe('whole');
  });

  it('is refused when its parts are missing, changed, out of order or too small', async () => {
    const id = await begin();
    const one = await part(id, 1, last);
    const two = await part(id, 2, last);
    expect(await codeOf(complete(id, [one, two]))).toBe('EntityTooSmall');
    expect(await codeOf(complete(id, [two, one]))).toBe('InvalidPartOrder');
    expect(await codeOf(complete(id, [one, { PartNumber: 3, ETag: one.ETag }]))).toBe('InvalidPart');
    expect(await codeOf(complete(id, [{ PartNumber: 1, ETag: '"0"' }]))).toBe('InvalidPart');
    expect(await codeOf(part(id, 10_001, last))).toBe('InvalidArgument');
    expect(await codeOf(stored())).toBe('NoSuchKey');
    expect(home.events).toEqual([]);
  });

  it('leaves nothing when it is aborted', async () => {
    const id = await begin();
    await part(id, 1, last);
    await home.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: id }));
    expect(await home.files()).toEqual([]);
    expect(await codeOf(part(id, 2, last))).toBe('NoSuchUpload');
  });

  it('cannot be finished by guessing or under another key', async () => {
    const id = await begin();
    const parts = [await part(id, 1, last)];
    for (const UploadId of ['../../objects', 'a', '00000000-0000-4000-8000-000000000000']) {
      expect(await codeOf(complete(UploadId, parts))).toBe('NoSuchUpload');
    }
    const other = new UploadPartCommand({ Bucket, Key: 'clean/a', UploadId: id, PartNumber: 1, Body: last });
    expect(await codeOf(home.client.send(other))).toBe('NoSuchUpload');
  });
});
