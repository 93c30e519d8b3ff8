import { describe, expect, it } from 'vitest';
import { at, listAt, resourcesOf, templatesOf, textAt } from '#test/infra/aws/stacks.ts';

const { data, round } = templatesOf('KZ-19');
const tables = resourcesOf(data, 'AWS::DynamoDB::GlobalTable');
const buckets = resourcesOf(data, 'AWS::S3::Bucket');
const keys = resourcesOf(data, 'AWS::KMS::Key');

const indexAsText = (index: unknown): string => {
  const names = listAt(index, 'KeySchema').map((key) => at(key, 'AttributeName'));
  return `${textAt(index, 'IndexName')}: ${names.join(', ')}, ${textAt(index, 'Projection', 'ProjectionType')}`;
};

describe('what a region must never lose', () => {
  it('is two tables, a bucket for documents, a bucket for its access logs, three keys, and one that signs', () => {
    expect(tables.map(([id]) => id).toSorted()).toEqual(['Persons', 'Records']);
    expect(buckets.map(([id]) => id).toSorted()).toEqual(['AccessLogs', 'Documents']);
    expect(keys.map(([id]) => id).toSorted()).toEqual([
      'DocumentsKey',
      'PersonsKey',
      'RecordsKey',
      'ResultsKey',
    ]);
  });

  it.for([...tables, ...buckets, ...keys])(
    'keeps %s when its stack is deleted or replaces it',
    ([, resource]) => {
      expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    },
  );

  it.for(tables)('restores any second of the last 35 days of %s, and lets nobody delete it', ([, table]) => {
    const [replica] = listAt(table.Properties, 'Replicas');

    expect(at(replica, 'PointInTimeRecoverySpecification')).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 35,
    });
    expect(at(replica, 'DeletionProtectionEnabled')).toBe(true);
  });

  it.for(tables)('encrypts %s with its own key, and forgets items by ttl', ([id, table]) => {
    const [replica] = listAt(table.Properties, 'Replicas');

    expect(at(replica, 'SSESpecification', 'KMSMasterKeyId', 'Fn::GetAtt', 0)).toBe(`${id}Key`);
    expect(at(table.Properties, 'SSESpecification', 'SSEEnabled')).toBe(true);
    expect(table.Properties['TimeToLiveSpecification']).toEqual({ AttributeName: 'ttl', Enabled: true });
  });

  it('finds records by two sparse indexes, and persons by none', () => {
    const indexes = Object.fromEntries(
      tables.map(([id, table]) => [id, listAt(table.Properties, 'GlobalSecondaryIndexes').map(indexAsText)]),
    );

    expect(indexes).toEqual({
      Records: ['list: listKey, listSort, ALL', 'owner: ownerKey, ownerSort, ALL'],
      Persons: [],
    });
  });

  it.for(keys.filter(([id]) => id !== 'ResultsKey'))('renews %s every year', ([, key]) => {
    expect(key.Properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
  });

  it('signs results with a key of P-256, as every browser can check', () => {
    const [, key] = keys.find(([id]) => id === 'ResultsKey') ?? [];

    expect(key?.Properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  });

  it.for(buckets)('shows nothing of %s to the public, and keeps former versions', ([, bucket]) => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it.for(buckets)('speaks with %s only over TLS', ([id]) => {
    const policies = resourcesOf(data, 'AWS::S3::BucketPolicy').filter(
      ([, policy]) => at(policy.Properties, 'Bucket', 'Ref') === id,
    );
    const denied = policies.flatMap(([, policy]) =>
      listAt(policy.Properties, 'PolicyDocument', 'Statement').filter((one) => at(one, 'Effect') === 'Deny'),
    );

    expect(denied).toContainEqual(
      expect.objectContaining({ Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  it('encrypts documents with a key of their own, logs who fetched them, and announces new ones', () => {
    const documents = Object.fromEntries(buckets)['Documents']?.Properties;

    expect(at(documents, 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0)).toMatchObject({
      ServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        KMSMasterKeyID: { 'Fn::GetAtt': ['DocumentsKey', 'Arn'] },
      },
    });
    expect(at(documents, 'LoggingConfiguration', 'DestinationBucketName')).toEqual({ Ref: 'AccessLogs' });
    expect(documents?.['NotificationConfiguration']).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  it('lets a page of any address hear whether its slice arrived, and read nothing', () => {
    const cors = at(Object.fromEntries(buckets)['Documents']?.Properties, 'CorsConfiguration', 'CorsRules');

    expect(cors).toEqual([{ AllowedMethods: ['POST'], AllowedOrigins: ['*'], MaxAge: 3600 }]);
  });

  it('forgets slices and what was left in quarantine, and versions of erased documents', () => {
    const rules = at(Object.fromEntries(buckets)['Documents']?.Properties, 'LifecycleConfiguration', 'Rules');

    expect(rules).toContainEqual(expect.objectContaining({ Prefix: 'quarantine/', ExpirationInDays: 365 }));
    for (const Prefix of ['slices/', 'brought/']) {
      expect(rules).toContainEqual(expect.objectContaining({ Prefix, ExpirationInDays: 2 }));
    }
    for (const Prefix of ['held/', 'clean/']) {
      expect(rules).toContainEqual(
        expect.objectContaining({ Prefix, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
      );
    }
  });

  it('is not tied to what runs: neither stack imports a value of the other', () => {
    expect(JSON.stringify(round)).not.toContain('Fn::ImportValue');
    expect(data).not.toHaveProperty('Outputs');
  });
});
