import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/**
 * The only places where a policy may say more than one resource, each with its reason. No action is ever a wildcard.
 * A statement with any other wildcard fails the synthesis.
 */
const reviewed: readonly { ends: RegExp; reason: string }[] = [
  {
    ends: /:key\/\*$/,
    reason:
      'Keys have no predictable name. The condition kms:ResourceAliases narrows the statement to one key of this region, kms:ViaService, where data is encrypted, to the service that stores them.',
  },
  {
    ends: /\/brought\/\*$/,
    reason: 'Signed files of other regions, named after round and form; they are forgotten after two days.',
  },
  {
    ends: /\/(slices|quarantine|held)\/\*$/,
    reason:
      'Objects are named after application and document; the folder is what a function may touch, nothing beside it.',
  },
  {
    ends: /\/clean\/\*$/,
    reason:
      'Objects are named after application and document; the folder is what a function may touch, nothing beside it.',
  },
  {
    ends: /\/erased\/\*$/,
    reason: 'The list of erasures is the names of its objects: ids of people and applications.',
  },
  {
    ends: /\/packets\/\*$/,
    reason:
      'Packets are named after round and list; the folder is what a function may touch, nothing beside it.',
  },
  {
    ends: /\/papers\/\*(\.json)?$/,
    reason:
      'Papers are named after round and paper; the folder is what a function may touch, nothing beside it.',
  },
  {
    ends: /\/papers\/checks\/\*$/,
    reason: 'Anchors are numbered, and what they are over is named after its hash; no paper lies there.',
  },
  {
    ends: /:rule\/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3\*$/,
    reason:
      'GuardDuty names the rule that it manages itself and lets nobody choose the name; only it may touch such a rule.',
  },
  {
    ends: /:execution:irikteu-[a-z0-9-]+:\*$/,
    reason: 'Executions are named after round and attempt; all of them belong to this one machine.',
  },
];

/** CDK and the services need `*` here: these actions know no resource. */
export const unnamedResource = {
  tracing:
    'X-Ray has no resources to name: xray:PutTraceSegments and xray:PutTelemetryRecords only accept *.',
  logDelivery:
    'Step Functions sets up its own log delivery with actions that only accept *, and X-Ray has no resources to name.',
} as const;

/** Lets reviewed wildcards of a role's statements stand; throws for any that is not on the list. */
export const acknowledgeWildcards = (role: IConstruct, statements: readonly PolicyStatement[]): void => {
  const resources = statements.flatMap((statement) => statement.resources);
  for (const resource of new Set(resources.filter((one) => one.includes('*')))) {
    const review = reviewed.find(({ ends }) => ends.test(resource));
    if (!review) throw new Error(`${role.node.path}: nobody reviewed the wildcard ${resource}.`);
    acknowledge(role, `AwsSolutions-IAM5[Resource::${asFinding(resource)}]`, review.reason);
  }
};

export const acknowledgeUnnamed = (role: IConstruct, reason: string): void => {
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', reason);
};

/** As cdk-nag spells an ARN with pseudo parameters. */
const asFinding = (arn: string): string => arn.replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
