/**
 * "Object Created" events as EventBridge gives them (Amazon S3 User Guide, "EventBridge event message structure"). An event
 * is written down before its object appears and forgotten when it has been taken, so an upload that was
 * acknowledged is told also when the home is killed in between. As on AWS it may be told twice.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { HomeClock, HomeLog } from '#infra/local/ports.ts';
import { makeFolder, type OpenTemporary, writeDurably } from './disk.ts';
import type { ObjectFacts } from './object-file.ts';
import type { ObjectStore } from './store.ts';

const ObjectCreated = z.object({
  version: z.literal('0'),
  id: z.string(),
  'detail-type': z.literal('Object Created'),
  source: z.literal('aws.s3'),
  account: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.object({
    version: z.literal('0'),
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), size: z.int(), etag: z.string(), sequencer: z.string() }),
    'request-id': z.string(),
    requester: z.string(),
    reason: z.enum(['PutObject', 'POST Object', 'CopyObject', 'CompleteMultipartUpload']),
  }),
});
export type ObjectCreated = z.infer<typeof ObjectCreated>;
export type CreationReason = ObjectCreated['detail']['reason'];

/** Taking an event ends when it is safe elsewhere; a promise that rejects is asked again. */
export type OnObjectCreated = (event: ObjectCreated) => void | Promise<void>;

/** How often an event is told again, and how old it may be then: EventBridge's RetryPolicy. */
export type Patience = { retries: number; longestAgeMilliseconds: number };

/** An event that is written down: it is told when the object is there, or dropped when it will not be. */
type Prepared = { tell: () => void; drop: () => Promise<void> };

export type Notifications = {
  /** Writes the event down before the object appears. */
  prepare: (facts: ObjectFacts, reason: CreationReason) => Promise<Prepared>;
  /** Tells what a stopped home had not told. */
  recover: () => Promise<void>;
  close: () => void;
};

export type NotificationOptions = {
  folder: string;
  bucket: string;
  account: string;
  region: string;
  store: ObjectStore;
  clock: HomeClock;
  onObjectCreated: OnObjectCreated;
  patienceOf?: ((event: ObjectCreated) => Patience) | undefined;
  /** It was told for the last time until the next start: the event stays written down. */
  onGivenUp?: ((event: ObjectCreated) => void) | undefined;
  log: HomeLog;
  openTemporary: OpenTemporary;
};

/** 15 s, then doubled up to a quarter of an hour. */
const firstPause = 15_000;
const longestPause = 15 * 60_000;
/** EventBridge's own, for a rule that says nothing. */
const usualPatience: Patience = { retries: 185, longestAgeMilliseconds: 24 * 3_600_000 };

export const openNotifications = async (options: NotificationOptions): Promise<Notifications> => {
  const { folder, clock, log } = options;
  const pending = join(folder, 'events');
  const temporary = join(folder, 'incoming');
  await makeFolder(pending);
  const waiting = new Set<() => void>();
  let closed = false;

  const giveUp = (event: ObjectCreated, reason: string): void => {
    log('S3_EVENT_GIVEN_UP', 'An upload could not be told to its function; it is told at the next start.', {
      bucket: options.bucket,
      event: event.id,
      reason,
    });
    options.onGivenUp?.(event);
  };

  const tell = async (event: ObjectCreated, retry = 0): Promise<void> => {
    try {
      await options.onObjectCreated(event);
      await rm(join(pending, `${event.id}.json`), { force: true });
    } catch (error) {
      if (closed) return;
      const reason = error instanceof Error ? error.name : 'unknown';
      if (isOver(options, event, retry + 1)) return giveUp(event, reason);
      log('S3_EVENT_NOT_TAKEN', 'An upload could not be told to its function; it is told again.', {
        bucket: options.bucket,
        reason,
      });
      const cancel = clock.at(clock.now() + Math.min(firstPause * 2 ** retry, longestPause), () => {
        waiting.delete(cancel);
        void tell(event, retry + 1);
      });
      waiting.add(cancel);
    }
  };

  return {
    prepare: async (facts, reason) => {
      const event = eventOf(options, facts, reason);
      const content = JSON.stringify(event);
      const { openTemporary } = options;
      await writeDurably({ temporary, folder: pending, name: `${event.id}.json`, content, openTemporary });
      return {
        tell: () => void tell(event),
        drop: () => rm(join(pending, `${event.id}.json`), { force: true }),
      };
    },
    recover: async () => {
      for (const name of await readdir(pending)) {
        const event = ObjectCreated.safeParse(JSON.parse(await readFile(join(pending, name), 'utf8'))).data;
        const stored = event && (await options.store.facts(event.detail.object.key));
        // The write was cut before the object appeared, or the object was replaced since: nothing to tell.
        if (event && stored?.writeId === event.id) void tell(event);
        else await rm(join(pending, name), { force: true });
      }
    },
    close: () => {
      closed = true;
      for (const cancel of waiting) cancel();
    },
  };
};

const isOver = ({ patienceOf, clock }: NotificationOptions, event: ObjectCreated, retry: number): boolean => {
  const { retries, longestAgeMilliseconds } = patienceOf?.(event) ?? usualPatience;
  return retry > retries || clock.now() - Date.parse(event.time) > longestAgeMilliseconds;
};

const eventOf = (
  options: NotificationOptions,
  facts: ObjectFacts,
  reason: CreationReason,
): ObjectCreated => ({
  version: '0',
  id: facts.writeId,
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: options.account,
  // EventBridge gives whole seconds.
  time: new Date(facts.lastModified).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  region: options.region,
  resources: [`arn:aws:s3:::${options.bucket}`],
  detail: {
    version: '0',
    bucket: { name: options.bucket },
    object: {
      key: facts.key,
      size: facts.size,
      etag: facts.etag,
      sequencer: facts.lastModified.toString(16).toUpperCase().padStart(18, '0'),
    },
    'request-id': facts.writeId,
    requester: options.account,
    reason,
  },
});
