import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Names } from './names.ts';
import type { RegionStack } from './stack.ts';

/** What happens by the clock. A schedule only triggers; deadlines are compared where they are written. */
export const callOnSchedule = (
  stack: RegionStack,
  { Outbox, Sweep, Documents }: { Outbox: IFunction; Sweep: IFunction; Documents: IFunction },
): void => {
  schedule(stack, 'EveryMinute', {
    description: 'Delivers what was left in the outbox.',
    when: Schedule.rate(Duration.minutes(1)),
    target: Outbox,
    input: { outbox: 'left-over' },
  });
  schedule(stack, 'EveryFiveMinutes', {
    description: 'Starts again rounds whose execution is missing.',
    when: Schedule.rate(Duration.minutes(5)),
    target: Sweep,
    input: { sweep: 'rounds' },
  });
  schedule(stack, 'EveryTenMinutes', {
    description: 'Scans again what is held because the scanner was down.',
    when: Schedule.rate(Duration.minutes(10)),
    target: Documents,
    input: { documents: 'held' },
  });
  schedule(stack, 'EveryNight', {
    description:
      'Checks every record, every round and all chains, and signs an anchor: 02:00 in Kazakhstan (UTC+5).',
    when: Schedule.cron({ hour: '21', minute: '0' }),
    target: Sweep,
    input: { sweep: 'invariants' },
  });
};

/** Each new object under `quarantine/` is measured, hashed and recorded. */
export const callOnNewDocuments = (stack: RegionStack, names: Names, documents: IFunction): Rule =>
  new Rule(stack, 'NewDocument', {
    description: 'A document was uploaded.',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [names.documentsBucket] },
        object: { key: [{ prefix: 'quarantine/' }] },
      },
    },
    targets: [new LambdaFunction(documents, { retryAttempts: 10, maxEventAge: Duration.hours(6) })],
  });

/** What GuardDuty found in a file that is held, where the region has files scanned. */
export const callOnScannedDocuments = (stack: RegionStack, names: Names, documents: IFunction): Rule =>
  new Rule(stack, 'ScannedDocument', {
    description: 'A document was scanned for malware.',
    eventPattern: {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Malware Protection Object Scan Result'],
      detail: { s3ObjectDetails: { bucketName: [names.documentsBucket], objectKey: [{ prefix: 'held/' }] } },
    },
    targets: [new LambdaFunction(documents, { retryAttempts: 10, maxEventAge: Duration.hours(6) })],
  });

type Scheduled = { description: string; when: Schedule; target: IFunction; input: Record<string, string> };

/** No second delivery: the next time comes anyway. */
const schedule = (stack: RegionStack, id: string, { description, when, target, input }: Scheduled): Rule =>
  new Rule(stack, id, {
    description,
    schedule: when,
    targets: [new LambdaFunction(target, { event: RuleTargetInput.fromObject(input), retryAttempts: 0 })],
  });
