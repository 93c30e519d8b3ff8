import { CreateMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketOptions } from '#infra/local/s3/from-template.ts';
import { bucketName as Bucket, startS3, type TestS3 } from './harness.ts';

const day = 24 * 60 * 60 * 1000;
const lifecycle = [{ prefix: 'quarantine/', expireAfterDays: 30, abortUploadsAfterDays: 2 }];
let home: TestS3;
beforeEach(async () => {
  home = await startS3({ signatureTime: Date.now }, { lifecycle });
});
afterEach(() => home.close());

const put = (Key: string) => home.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
const kept = async () => (await home.files()).length;
/** Time passes as it does: a day at a time, with a moment for the work of each midnight. */
const pass = async (days: number): Promise<void> => {
  for (let passed = 0; passed < days; passed += 1) {
    home.advance(day);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
};

describe('a bucket whose rules forget', () => {
  it('forgets old files under the prefix, and nothing else', async () => {
    await put('quarantine/old');
    await put('clean/old');
    await pass(20);
    await put('quarantine/new');
    await pass(9);
    expect(await kept()).toBe(3);
    await pass(2);
    await expect.poll(kept).toBe(2);
    await expect.poll(() => home.logged).toEqual(['S3_FORGOTTEN']);
  });

  it('does not forget a file that was replaced', async () => {
    await put('quarantine/a');
    await pass(25);
    await put('quarantine/a');
    await pass(10);
    expect(await kept()).toBe(1);
  });

  it('forgets an upload in parts that nobody finished', async () => {
    await home.client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'quarantine/parts' }));
    await home.client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'clean/parts' }));
    await pass(4);
    await expect.poll(kept).toBe(1);
  });

  it('forgets after a restart what became old while the home was down', async () => {
    await put('quarantine/a');
    home = await home.reopen();
    home.advance(40 * day);
    await expect.poll(kept).toBe(0);
  });
});

describe('a bucket of the template', () => {
  const keyArn = 'arn:aws:kms:eu-central-1:000000000000:key/Persons';
  const keys = { awsRegion: 'eu-central-1', aliases: new Map([[keyArn, 'alias/persons']]) };

  it('is hosted with its notifications, origins, rules and key', () => {
    const properties = {
      BucketName: 'documents',
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      CorsConfiguration: {
        CorsRules: [{ AllowedOrigins: ['https://*.example'], AllowedMethods: ['PUT'], MaxAge: 5 }],
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'a',
            Status: 'Enabled',
            Prefix: 'q/',
            ExpirationInDays: 3,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
          { Id: 'b', Status: 'Enabled', Prefix: 'c/', NoncurrentVersionExpiration: { NoncurrentDays: 3 } },
          { Id: 'c', Status: 'Disabled', ExpirationInDays: 1 },
        ],
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } },
        ],
      },
    };
    expect(bucketOptions('documents', properties, keys)).toEqual({
      name: 'documents',
      notify: true,
      cors: [
        {
          allowedOrigins: ['https://*.example'],
          allowedMethods: ['PUT'],
          allowedHeaders: [],
          exposedHeaders: [],
          maxAge: 5,
        },
      ],
      lifecycle: [{ prefix: 'q/', expireAfterDays: 3, abortUploadsAfterDays: 1 }, { prefix: 'c/' }],
      encryption: {
        keyArn,
        context: {
          'kms:ViaService': 's3.eu-central-1.amazonaws.com',
          'kms:ResourceAliases': 'alias/persons',
        },
      },
    });
  });

  it('is refused when it asks for a rule that would be forgotten silently', () => {
    const rule = { Status: 'Enabled', ExpirationDate: '2030-01-01' };
    expect(() => bucketOptions('documents', { LifecycleConfiguration: { Rules: [rule] } }, keys)).toThrow(
      /cannot host the bucket documents/,
    );
  });
});
