import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const Bucket = 'documents';
const program = join(import.meta.dirname, 'killed-home.process.ts');
let folder: string;
let child: ChildProcess;

const start = async (): Promise<S3Client> => {
  child = spawn(process.execPath, [program, join(folder, 's3'), join(folder, 'taken')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The home did not start.')));
  const [port]: unknown[] = await Promise.race([once(child.stdout ?? child, 'data'), ended]);
  ended.catch(() => undefined);
  return new S3Client({
    endpoint: `http://127.0.0.1:${String(port).trim()}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'A', secretAccessKey: 'a-secret' },
    forcePathStyle: true,
    maxAttempts: 1,
  });
};

const kill = async (): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'irikteu-crash-'));
  await writeFile(join(folder, 'taken'), '');
});
afterEach(async () => {
  await kill();
  await rm(folder, { recursive: true, force: true });
});

/** Uploads until the home is gone; answers the keys that were acknowledged, with what they hold. */
const uploadUntilGone = async (client: S3Client, round: number): Promise<Map<string, Buffer>> => {
  const acknowledged = new Map<string, Buffer>();
  const one = async (line: number): Promise<void> => {
    for (let index = 0; ; index += 1) {
      // Two lines write new keys, two replace their own.
      const Key = `quarantine/${round}/${line}/${line < 2 ? index : index % 3}`;
      const Body = randomBytes(1 + Math.floor(Math.random() * 200_000));
      try {
        await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      } catch {
        // Whether this one is there is open; it replaced one that was acknowledged, or is new.
        acknowledged.delete(Key);
        return;
      }
      acknowledged.set(Key, Body);
    }
  };
  await Promise.all([0, 1, 2, 3].map(one));
  return acknowledged;
};

describe('a home that is killed at any moment', () => {
  it('has every document that it acknowledged, none by halves, and tells of each', async () => {
    const acknowledged = new Map<string, Buffer>();
    for (let round = 0; round < 4; round += 1) {
      const client = await start();
      const uploading = uploadUntilGone(client, round);
      await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 300));
      await kill();
      for (const [key, bytes] of await uploading) acknowledged.set(key, bytes);
    }
    const client = await start();
    expect(await readdir(join(folder, 's3', Bucket, 'incoming'))).toEqual([]);
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key = '', ETag } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      expect(`"${createHash('md5').update(bytes).digest('hex')}"`).toBe(ETag);
      expect(acknowledged.get(Key)?.equals(bytes) ?? true).toBe(true);
    }
    expect(acknowledged.size).toBeGreaterThan(0);
    expect([...acknowledged.keys()].filter((key) => !Contents.some(({ Key }) => Key === key))).toEqual([]);
    const untold = async () => {
      const told = new Set((await readFile(join(folder, 'taken'), 'utf8')).split('\n'));
      return Contents.filter(({ Key = '' }) => !told.has(Key));
    };
    await expect.poll(untold).toEqual([]);
  });
});
