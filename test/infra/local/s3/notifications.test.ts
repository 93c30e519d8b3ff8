import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketName as Bucket, startS3, type TestS3 } from './harness.ts';

let home: TestS3;
beforeEach(async () => {
  home = await startS3();
});
afterEach(() => home.close());

const put = (Key: string, Body = 'bytes') => home.client.send(new PutObjectCommand({ Bucket, Key, Body }));
const keys = () => home.events.map(({ detail }) => detail.object.key);
const never = () => new Promise<void>(() => undefined);

describe('that a document arrived', () => {
  it('is told once it is durable, and not again after a restart', async () => {
    await put('quarantine/a');
    expect(keys()).toEqual(['quarantine/a']);
    home = await home.reopen();
    await put('quarantine/b');
    expect(keys()).toEqual(['quarantine/b']);
  });

  it('is told after a restart when the home was killed before anyone had taken it', async () => {
    home = await home.reopen({ onObjectCreated: never });
    await put('quarantine/a');
    home = await home.reopen();
    await expect.poll(keys).toEqual(['quarantine/a']);
  });

  it('is not told of a document that is gone or was replaced since', async () => {
    home = await home.reopen({ onObjectCreated: never });
    await put('gone');
    await put('replaced', 'one');
    await put('replaced', 'two!');
    await home.client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    home = await home.reopen();
    await expect
      .poll(() => home.events.map(({ detail }) => [detail.object.key, detail.object.size]))
      .toEqual([['replaced', 4]]);
  });

  it('is told again until it is taken', async () => {
    let refusals = 2;
    const taken: string[] = [];
    home = await home.reopen({
      onObjectCreated: async (event) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('busy');
        taken.push(event.detail.object.key);
      },
    });
    await put('quarantine/a');
    await expect.poll(() => home.logged.length).toBe(1);
    home.advance(15_000);
    await expect.poll(() => home.logged.length).toBe(2);
    home.advance(29_000);
    expect(taken).toEqual([]);
    home.advance(1_000);
    await expect.poll(() => taken).toEqual(['quarantine/a']);
  });

  it('is told no more often than its rule says, and again after a restart', async () => {
    let told = 0;
    const givenUp: string[] = [];
    home = await home.reopen({
      onObjectCreated: async () => {
        told += 1;
        throw new Error('broken');
      },
      patienceOf: () => ({ retries: 1, longestAgeMilliseconds: 3_600_000 }),
      onGivenUp: ({ detail }) => givenUp.push(detail.object.key),
    });
    await put('quarantine/a');
    await expect.poll(() => home.logged).toEqual(['S3_EVENT_NOT_TAKEN']);
    home.advance(15_000);
    await expect.poll(() => home.logged).toEqual(['S3_EVENT_NOT_TAKEN', 'S3_EVENT_GIVEN_UP']);
    home.advance(3_600_000);
    expect({ told, givenUp }).toEqual({ told: 2, givenUp: ['quarantine/a'] });
    const later: string[] = [];
    home = await home.reopen({ onObjectCreated: ({ detail }) => void later.push(detail.object.key) });
    await expect.poll(() => later).toEqual(['quarantine/a']);
  });

  it('is told no more when it is older than its rule says', async () => {
    home = await home.reopen({
      onObjectCreated: () => Promise.reject(new Error('broken')),
      patienceOf: () => ({ retries: 100, longestAgeMilliseconds: 10_000 }),
    });
    await put('quarantine/a');
    await expect.poll(() => home.logged).toEqual(['S3_EVENT_NOT_TAKEN']);
    home.advance(15_000);
    await expect.poll(() => home.logged).toEqual(['S3_EVENT_NOT_TAKEN', 'S3_EVENT_GIVEN_UP']);
  });

  it('is not told by a bucket that tells nothing', async () => {
    await home.close();
    home = await startS3({}, { notify: false });
    await put('a');
    expect(keys()).toEqual([]);
  });
});
