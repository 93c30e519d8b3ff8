/**
 * The part of S3 that the product uses, durable in a folder. Objects appear whole or not at all, signatures and policies
 * are checked as S3 checks them, and each call needs the grants that it would need on AWS. Path style only. There are
 * no versions (what is deleted is gone at once), no tags, no access lists; a call that is not hosted answers NotImplemented.
 * Encryption headers are accepted and ignored: personal data at rest relies on an encrypted disk.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Authorize, Caller, HomeClock, HomeLog } from '#infra/local/ports.ts';
import { decodePath, MalformedUrl, splitUrl } from '#infra/local/signature/canonical.ts';
import { type SecretOf, verifyRequest } from '#infra/local/signature/verify.ts';
import type { Bucket, BucketOptions } from './bucket.ts';
import { type Call, type Demand, headerReader, metadataOf, placeOf, queryMap } from './call.ts';
import { allowOrigin, answerPreflight } from './cors.ts';
import { makeFolder, type OpenTemporary, openPrivate } from './disk.ts';
import { S3Error } from './errors.ts';
import { answerError } from './failure.ts';
import { startForgetting } from './lifecycle.ts';
import { type NotificationOptions, type OnObjectCreated, openNotifications } from './notifications.ts';
import { postObject } from './post-object.ts';
import { handlerOf } from './routes.ts';
import { openStore } from './store.ts';
import { openUploads } from './uploads.ts';

export type S3Options = {
  folder: string;
  buckets: readonly BucketOptions[];
  clock: HomeClock;
  secretOf: SecretOf;
  /** Whose key it is; asked only for keys whose signature was right. */
  callerOf: (accessKeyId: string) => Caller;
  authorize: Authorize;
  onObjectCreated: OnObjectCreated;
  patienceOf?: NotificationOptions['patienceOf'];
  onGivenUp?: NotificationOptions['onGivenUp'];
  log: HomeLog;
  /** Of the events. */
  account: string;
  region: string;
  /** The clock of signatures and expiries, when it is not the home's (rehearsal). */
  signatureTime?: () => number;
  /** Host and port as browsers see them, where a proxy in front of the home gives requests another Host. */
  browserHost?: string;
  openTemporary?: OpenTemporary;
};

export type S3 = {
  /** Answers a request of the internal endpoint. Never rejects. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Answers a browser on the public port: presigned addresses, signed forms and preflights. Never rejects. */
  handleBrowser: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Whether a path on the public port is S3's: it begins with a bucket's name. */
  owns: (url: string) => boolean;
  close: () => void;
};

export const openS3 = async (options: S3Options): Promise<S3> => {
  const buckets = new Map<string, Bucket>();
  for (const bucket of options.buckets) buckets.set(bucket.name, await openBucket(options, bucket));
  for (const { notifications } of buckets.values()) await notifications?.recover();
  const stopForgetting = startForgetting([...buckets.values()], options.clock, options.log);
  const answer = answering(options, buckets);
  return {
    handle: (request, response) => answer(request, response, 'service'),
    handleBrowser: (request, response) => answer(request, response, 'browser'),
    owns: (url) => buckets.has(url.split(/[/?]/, 2)[1] ?? ''),
    close: () => {
      stopForgetting();
      for (const { notifications } of buckets.values()) notifications?.close();
    },
  };
};

const openBucket = async (options: S3Options, bucket: BucketOptions): Promise<Bucket> => {
  const { clock, log, account, region, onObjectCreated, openTemporary = openPrivate } = options;
  const { name } = bucket;
  const folder = join(options.folder, name);
  await makeFolder(folder);
  const { store, leftovers } = await openStore(folder, openTemporary);
  const uploads = await openUploads(folder, openTemporary);
  if (leftovers > 0) {
    log('S3_LEFTOVERS_REMOVED', 'Uploads that were never finished are gone.', {
      bucket: name,
      leftovers,
    });
  }
  const notifications = bucket.notify
    ? await openNotifications({
        folder,
        bucket: name,
        account,
        region,
        store,
        clock,
        onObjectCreated,
        patienceOf: options.patienceOf,
        onGivenUp: options.onGivenUp,
        log,
        openTemporary,
      })
    : undefined;
  return { options: bucket, store, uploads, notifications };
};

type Door = 'service' | 'browser';

const answering = (options: S3Options, buckets: ReadonlyMap<string, Bucket>) => {
  const signatureTime = options.signatureTime ?? options.clock.now;
  return async (request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> => {
    const requestId = randomUUID();
    response.setHeader('x-amz-request-id', requestId);
    // The SDK sets its own clock by this header.
    response.setHeader('date', new Date(signatureTime()).toUTCString());
    try {
      const bucket = bucketOf(request, buckets);
      const cors = bucket.options.cors ?? [];
      if (door === 'browser') {
        guard(response);
        if (request.method === 'OPTIONS') return answerPreflight(request, response, cors);
        allowOrigin(request, response, cors);
      }
      if (isForm(request)) return await postForm(options, { request, response, bucket });
      const call = callOf(options, { request, response, bucket }, door);
      return await handlerOf(call)(call);
    } catch (error) {
      await answerError({ request, response, requestId, log: options.log }, error);
    }
  };
};

const bucketOf = (request: IncomingMessage, buckets: ReadonlyMap<string, Bucket>): Bucket => {
  const name = placeOf(pathOf(request)).bucket;
  const bucket = buckets.get(name);
  if (!bucket) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
  return bucket;
};

const pathOf = (request: IncomingMessage): string => {
  try {
    return decodePath(splitUrl(request.url ?? '/').path);
  } catch (error) {
    if (error instanceof MalformedUrl) throw new S3Error('InvalidURI', error.message);
    throw error;
  }
};

/** A stranger's document is what it says it is, and its presigned address goes nowhere else. */
const guard = (response: ServerResponse): void => {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
};

const isForm = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && (headers['content-type'] ?? '').toLowerCase().startsWith('multipart/form-data');

type Incoming = { request: IncomingMessage; response: ServerResponse; bucket: Bucket };

const demanding =
  (authorize: Authorize) =>
  (caller: Caller): Demand =>
  (action, resource, context) => {
    try {
      authorize(caller, action, resource, context);
    } catch (error) {
      throw new S3Error('AccessDenied', error instanceof Error ? error.message : 'Access Denied');
    }
  };

const postForm = (options: S3Options, incoming: Incoming): Promise<void> => {
  const { secretOf, callerOf, clock, authorize } = options;
  const signedNow = (options.signatureTime ?? clock.now)();
  return postObject({
    ...incoming,
    secretOf,
    callerOf,
    demandOf: demanding(authorize),
    signedNow,
    now: clock.now(),
  });
};

const callOf = (options: S3Options, { request, response, bucket }: Incoming, door: Door): Call => {
  const { method = '', url = '/' } = request;
  const host = door === 'browser' ? (options.browserHost ?? request.headers.host) : request.headers.host;
  const signed = { method, url, headers: { ...request.headers, host } };
  const verified = verifyRequest(signed, options.secretOf, (options.signatureTime ?? options.clock.now)());
  if (!verified.ok) throw new S3Error(verified.code, verified.message);
  if (verified.service !== 's3') throw new S3Error('AccessDenied', 'The signature is for another service.');
  const caller = options.callerOf(verified.accessKeyId);
  const query = queryMap(splitUrl(url).query);
  const header = headerReader(request, query);
  const demand = demanding(options.authorize)(caller);
  return {
    request,
    response,
    bucket,
    key: placeOf(pathOf(request)).key,
    query,
    caller,
    payload: verified.payload,
    header,
    metadata: metadataOf(
      new Set([...Object.keys(request.headers), ...query.keys()].map((name) => name.toLowerCase())),
      header,
    ),
    demand,
    may: (action, resource) => {
      try {
        demand(action, resource);
        return true;
      } catch {
        return false;
      }
    },
    now: options.clock.now(),
  };
};
