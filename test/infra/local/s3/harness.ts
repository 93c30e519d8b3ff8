import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Caller, HomeClock } from '#infra/local/ports.ts';
import type { BucketOptions } from '#infra/local/s3/bucket.ts';
import { openPrivate } from '#infra/local/s3/disk.ts';
import type { ObjectCreated } from '#infra/local/s3/notifications.ts';
import { openS3, type S3, type S3Options } from '#infra/local/s3/s3.ts';
import { listen } from '#test/infra/local/signature/listen.ts';

export const bucketName = 'documents';
const accessKeyId = 'HOMEWEB';
const secretAccessKey = 'a-secret-of-the-web-function';

/** A clock that is moved by hand, and that still calls back. */
export const handClock = (start = Date.now()) => {
  let now = start;
  const waiting = new Set<{ instant: number; callback: () => void }>();
  const clock: HomeClock = {
    now: () => now,
    at: (instant, callback) => {
      const entry = { instant, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
  };
  const advance = (milliseconds: number): void => {
    now += milliseconds;
    for (const entry of waiting) {
      if (entry.instant > now) continue;
      waiting.delete(entry);
      entry.callback();
    }
  };
  return { clock, advance };
};

export type TestS3 = {
  s3: S3;
  client: S3Client;
  endpoint: string;
  folder: string;
  events: ObjectCreated[];
  logged: string[];
  /** What the callers are denied, as `action resource`. */
  denied: Set<string>;
  advance: (milliseconds: number) => void;
  /** Every file below the folder of the bucket that holds bytes of somebody. */
  files: () => Promise<string[]>;
  /** Closes the home without ceremony and opens it again on the same folder, with other options. */
  reopen: (more?: Partial<S3Options>) => Promise<TestS3>;
  close: () => Promise<void>;
};

export const startS3 = async (
  more: Partial<S3Options> = {},
  bucket: Partial<BucketOptions> = {},
): Promise<TestS3> => {
  const folder = more.folder ?? (await mkdtemp(join(tmpdir(), 'irikteu-s3-')));
  const events: ObjectCreated[] = [];
  const logged: string[] = [];
  const denied = new Set<string>();
  const { clock, advance } = handClock();
  const options: S3Options = {
    folder,
    buckets: [{ name: bucketName, notify: true, ...bucket }],
    clock,
    secretOf: (id) => (id === accessKeyId ? secretAccessKey : undefined),
    callerOf: (): Caller => ({ kind: 'function', logicalId: 'Web' }),
    authorize: (_caller, action, resource) => {
      if (denied.has(`${action} ${resource}`))
        throw new Error(`Web has no grant for ${action} on ${resource}`);
    },
    onObjectCreated: (event) => void events.push(event),
    log: (code) => void logged.push(code),
    account: '000000000000',
    region: 'eu-central-1',
    ...more,
  };
  const s3 = await openS3(options);
  const { endpoint, close } = await listen((request, response) =>
    request.headers['x-test-door'] === 'service' || request.headers['user-agent']?.startsWith('aws-sdk')
      ? s3.handle(request, response)
      : s3.handleBrowser(request, response),
  );
  const client = new S3Client({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: 1,
  });
  const stop = async () => {
    s3.close();
    client.destroy();
    await close();
  };
  return {
    s3,
    client,
    endpoint,
    folder,
    events,
    logged,
    denied,
    advance,
    files: () => filesIn(join(folder, bucketName)),
    reopen: async (again = {}) => {
      await stop();
      return startS3({ ...again, folder }, bucket);
    },
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('events/'));
};

/** The S3 error code of a call that is refused, or what it answered. */
export const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof S3ServiceException) return error.name;
    throw error;
  }
};

export const xmlCode = (text: string): string | undefined => /<Code>(\w+)<\/Code>/.exec(text)?.[1];

/** A disk on which only so many bytes fit in one file. */
export const smallDisk =
  (room: number): typeof openPrivate =>
  async (path) => {
    const file: FileHandle = await openPrivate(path);
    const write = file.writeFile.bind(file);
    let written = 0;
    file.writeFile = async (data, options) => {
      if (data instanceof Uint8Array) written += data.length;
      if (written > room) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return write(data, options);
    };
    return file;
  };

/** Sends part of an upload and hangs up. */
export const hangUpAfter = (
  url: string,
  options: { method: string; headers: Record<string, string | number>; bytes: Buffer },
) =>
  new Promise<void>((resolve) => {
    const sending = httpRequest(url, { method: options.method, headers: options.headers });
    sending.on('error', () => resolve());
    sending.on('close', () => resolve());
    sending.write(options.bytes, () => setTimeout(() => sending.destroy(), 50));
  });
