import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { indexNames } from './names.ts';

/** A key of ours for data at rest, renewed every year, kept when the stack goes. */
export const dataKey = (
  scope: Construct,
  id: string,
  { alias, description }: { alias: string; description: string },
): Key =>
  new Key(scope, id, {
    alias,
    description,
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
    policy: new PolicyDocument({ statements: [byAccount()] }),
  });

/**
 * The region's key for bundles of results: P-256, never outside the key service. It cannot renew itself; a new one takes over its
 * alias, and old bundles hold the public key that they were signed with.
 */
export const signingKey = (
  scope: Construct,
  id: string,
  { alias, description }: { alias: string; description: string },
): Key =>
  new Key(scope, id, {
    alias,
    description,
    keySpec: KeySpec.ECC_NIST_P256,
    keyUsage: KeyUsage.SIGN_VERIFY,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
    policy: new PolicyDocument({ statements: [byAccount(['GetPublicKey', 'Sign', 'Verify'])] }),
  });

/**
 * The account may administer the key and let its roles use it; each action named, as everywhere. A role still needs
 * its own grant.
 */
const byAccount = (uses: readonly string[] = use): PolicyStatement =>
  new PolicyStatement({
    principals: [new AccountRootPrincipal()],
    resources: ['*'],
    actions: [...administration, ...uses].map((action) => `kms:${action}`),
  });

const administration = [
  'CancelKeyDeletion',
  'CreateAlias',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
];

/** CreateGrant: DynamoDB keeps access to the key of its table by a grant that the table's creator makes. */
const use = ['CreateGrant', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'];

/** Events, snapshots, claims, outbox and gates (DESIGN 3.1): no personal data, two sparse indexes for lists. */
export const recordsTable = (scope: Construct, name: string, key: IKey): TableV2 =>
  new TableV2(scope, 'Records', {
    ...kept(name, key),
    globalSecondaryIndexes: indexNames.map((indexName) => ({
      indexName,
      partitionKey: { name: `${indexName}Key`, type: AttributeType.STRING },
      sortKey: { name: `${indexName}Sort`, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    })),
  });

/** Everything that a person typed, profiles, sessions, codes and passkeys (DESIGN 3.2). */
export const personsTable = (scope: Construct, name: string, key: IKey): TableV2 =>
  new TableV2(scope, 'Persons', kept(name, key));

/** Any second of the last 35 days can be restored, and no stack operation deletes the table. */
const kept = (tableName: string, key: IKey): TablePropsV2 => ({
  tableName,
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  timeToLiveAttribute: 'ttl',
  billing: Billing.onDemand(),
  encryption: TableEncryptionV2.customerManagedKey(key),
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
});
