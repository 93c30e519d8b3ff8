/** What the home knows of a bucket of the template. */
import type { Notifications } from './notifications.ts';
import type { ObjectStore } from './store.ts';
import type { Uploads } from './uploads.ts';

/** One rule of a bucket's CORS configuration, as CloudFormation spells it in lower case. */
export type CorsRule = {
  allowedOrigins: readonly string[];
  allowedMethods: readonly string[];
  allowedHeaders?: readonly string[];
  exposedHeaders?: readonly string[];
  /** Seconds. */
  maxAge?: number;
};

/** One rule of a bucket's lifecycle configuration: what is forgotten by itself. */
export type LifecycleRule = { prefix: string; expireAfterDays?: number; abortUploadsAfterDays?: number };

export type BucketOptions = {
  name: string;
  /** Whether "Object Created" events are told. */
  notify?: boolean;
  cors?: readonly CorsRule[];
  /** The customer key of the bucket's encryption: callers then need its grants as on AWS. Nothing is encrypted with it here. */
  encryption?: { keyArn: string; context: Readonly<Record<string, string>> };
  lifecycle?: readonly LifecycleRule[];
};

export type Bucket = {
  options: BucketOptions;
  store: ObjectStore;
  uploads: Uploads;
  /** Only where the bucket tells. */
  notifications: Notifications | undefined;
};
