import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Names } from './names.ts';
import type { RegionStack } from './stack.ts';

/**
 * Uploaded files: browsers put them under `quarantine/` with a presigned POST, in slices under `slices/`; a function moves them to `clean/`,
 * or to `held/` until they are scanned. Papers that the program draws lie under `papers/`, and what crosses between
 * regions under `packets/`; what staff bring of another region under `brought/`. Each new object is announced on EventBridge.
 */
export const documentsBucket = (scope: RegionStack, names: Names, key: IKey): Bucket => {
  const logs: unknown = accessLogs(scope, names.accessLogsBucket);
  if (!isBucket(logs)) throw new Error('There is no bucket for access logs.');
  const bucket = new Bucket(scope, 'Documents', {
    ...closed,
    bucketName: names.documentsBucket,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    // One data key for many objects: fewer calls to KMS, the same protection.
    bucketKeyEnabled: true,
    versioned: true,
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 'documents/',
    // Whoever has a signed form may post with it; this lets the page that did so hear whether the slice arrived.
    cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], maxAge: 3600 }],
    lifecycleRules: [
      {
        id: 'forget-slices',
        prefix: 'slices/',
        // Long enough to come back the next evening with the same file.
        expiration: Duration.days(2),
        noncurrentVersionExpiration: Duration.days(1),
      },
      {
        id: 'forget-brought',
        prefix: 'brought/',
        // Read when somebody names it, within the hour as a rule.
        expiration: Duration.days(2),
        noncurrentVersionExpiration: Duration.days(1),
      },
      {
        id: 'forget-quarantine',
        prefix: 'quarantine/',
        // What is left there was never looked at, or its removal was cut off and nobody asked for it again.
        expiration: Duration.days(365),
        noncurrentVersionExpiration: Duration.days(7),
        abortIncompleteMultipartUploadAfter: Duration.days(2),
      },
      // An erased document is gone for good 30 days later (law 94-V, art. 18 and 25).
      ...['held', 'clean', 'papers', 'packets'].map((area) => ({
        id: `erasure-ends-${area}`,
        prefix: `${area}/`,
        noncurrentVersionExpiration: Duration.days(30),
        expiredObjectDeleteMarker: true,
      })),
    ],
  });
  announceNewObjects(bucket);
  return bucket;
};

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};

const accessLogs = (scope: Construct, bucketName: string): Bucket => {
  const bucket = new Bucket(scope, 'AccessLogs', {
    ...closed,
    bucketName,
    // S3 cannot write access logs into a bucket with a key of ours.
    encryption: BucketEncryption.S3_MANAGED,
    versioned: true,
    lifecycleRules: [
      { id: 'one-year', expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(1) },
    ],
  });
  acknowledge(
    bucket,
    'AwsSolutions-S1',
    'This bucket receives the access logs; logging into itself would grow without end.',
  );
  return bucket;
};

/** CDK's Bucket does not fit its own IBucket where an absent property may not be undefined. */
const isBucket = (thing: unknown): thing is IBucket => thing instanceof Bucket;

/** Set on the resource itself: CDK's own switch deploys a helper function with wide permissions. */
const announceNewObjects = (bucket: Bucket): void => {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) throw new Error('The documents bucket has no resource.');
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
};
