import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { MachineName } from '#shared/domain/outbox.ts';
import type { FunctionSpec } from './function.ts';
import type { FunctionId } from './function-specs.ts';
import { counted } from './log-alarms.ts';
import type { Names } from './names.ts';
import type { Region } from './regions.ts';
import type { RegionStack } from './stack.ts';

type Watched = {
  region: Region;
  names: Names;
  specs: Record<FunctionId, FunctionSpec>;
  functions: Record<FunctionId, IFunction & { logGroup: ILogGroup }>;
  machines: Record<MachineName, StateMachine>;
  api: HttpApi;
  /** Announces uploaded documents. */
  newDocument: IRule;
};

/** One alarm for each way in which a region can get stuck. All of them write to the operator. */
export const alarms = (stack: RegionStack, watched: Watched): void => {
  const topic = operatorTopic(stack, watched);
  const raise = alarmFor(stack, topic);
  functionAlarms(watched, raise);
  machineAlarms(watched, raise);
  silenceAlarms(watched, raise);
  logAlarms(watched, raise);
  raise('ServerErrors', {
    harm: 'Visitors get error answers from the public address.',
    runbook: 'ServerErrors',
    metric: watched.api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
    threshold: 5,
  });
};

/** What an alarm must say before it may exist. */
type AlarmSpec = {
  /** What people suffer while it lasts. */
  harm: string;
  /** A heading in infra/RUNBOOK.md; a test checks that it is there. */
  runbook: string;
  metric: IMetric;
  /** Raised at this value or above, in each of `periods` periods (1 when absent). */
  threshold: number;
  periods?: number;
  /** Raised when the value is below the threshold instead, or when there is no value at all. */
  whenBelow?: true;
};

type Raise = (id: string, spec: AlarmSpec) => void;

const fiveMinutes = Duration.minutes(5);

const operatorTopic = (stack: RegionStack, { region, names }: Watched): ITopic => {
  const topic = new Topic(stack, 'Alarms', {
    topicName: `${names.prefix}-alarms`,
    displayName: `Irikteu ${region.code}`,
    enforceSSL: true,
  });
  // A topic with a policy of its own (here: only over TLS) no longer admits its account by default.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(region.operatorMail));
  return topic;
};

const alarmFor =
  (stack: RegionStack, topic: ITopic): Raise =>
  (id, { harm, runbook, metric, threshold, periods = 1, whenBelow = false }) => {
    const alarm = new Alarm(stack, `${id}Alarm`, {
      alarmName: `${stack.stackName}-${id}`,
      alarmDescription: `${harm} What to do: infra/RUNBOOK.md, ${runbook}.`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: whenBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  };

const functionAlarms = ({ specs, functions }: Watched, raise: Raise): void => {
  for (const spec of Object.values<FunctionSpec & { id: string }>(specs)) {
    const lambda = Object.entries(functions).find(([id]) => id === spec.id)?.[1];
    if (!lambda) throw new Error(`${spec.id} has no function.`);
    raise(`${spec.id}Errors`, {
      harm: spec.harm,
      runbook: 'FunctionErrors',
      metric: lambda.metricErrors({ period: fiveMinutes, statistic: Stats.SUM }),
      threshold: 1,
    });
    raise(`${spec.id}Throttled`, {
      harm: `${spec.harm} The account's concurrency is used up.`,
      runbook: 'FunctionThrottled',
      metric: lambda.metricThrottles({ period: fiveMinutes, statistic: Stats.SUM }),
      threshold: 1,
    });
  }
};

const silenceAlarms = ({ functions, newDocument }: Watched, raise: Raise): void => {
  const sum = { period: fiveMinutes, statistic: Stats.SUM };
  raise('SweepSilent', {
    harm: 'Nothing notices a round that has stopped, because the sweep does not run.',
    runbook: 'SweepSilent',
    metric: functions.Sweep.metricInvocations({ period: Duration.minutes(15), statistic: Stats.SUM }),
    threshold: 1,
    whenBelow: true,
  });
  raise('OutboxSilent', {
    harm: 'Letters and workflow signals wait, because the outbox is not looked at.',
    runbook: 'OutboxSilent',
    metric: functions.Outbox.metricInvocations({ period: Duration.minutes(15), statistic: Stats.SUM }),
    threshold: 1,
    whenBelow: true,
  });
  raise('DocumentsDropped', {
    harm: 'An uploaded document will not appear in its application by itself.',
    runbook: 'DocumentsDropped',
    metric: functions.Documents.metric('AsyncEventsDropped', sum),
    threshold: 1,
  });
  raise('DocumentsNotAnnounced', {
    harm: 'Uploaded documents are not looked at, because EventBridge cannot call the function.',
    runbook: 'DocumentsDropped',
    metric: new Metric({
      namespace: 'AWS/Events',
      metricName: 'FailedInvocations',
      dimensionsMap: { RuleName: newDocument.ruleName },
      ...sum,
    }),
    threshold: 1,
  });
};

/** Whatever ends an execution badly: the sweep starts the next one. */
const machineAlarms = ({ machines }: Watched, raise: Raise): void => {
  const watched = [
    { id: 'Round', of: machines['selection-round'], harm: 'A round has stopped moving' },
    { id: 'Offer', of: machines.offer, harm: 'An offer has stopped moving' },
    { id: 'Onboarding', of: machines.onboarding, harm: 'Nobody is reminded of a checklist any more' },
  ];
  const sum = { period: fiveMinutes, statistic: Stats.SUM };
  for (const { id, of, harm } of watched) {
    const alarm = { harm: `${harm} until the sweep starts it again.`, runbook: `${id}Stopped`, threshold: 1 };
    raise(`${id}Failed`, { ...alarm, metric: of.metricFailed(sum) });
    raise(`${id}TimedOut`, { ...alarm, metric: of.metricTimedOut(sum) });
    raise(`${id}Aborted`, { ...alarm, metric: of.metricAborted(sum) });
  }
};

const logAlarms = ({ names, functions }: Watched, raise: Raise): void => {
  for (const { code, sources, id, harm, runbook, threshold } of counted) {
    for (const source of sources) {
      functions[source].logGroup.addMetricFilter(`${id}Count`, {
        filterPattern: FilterPattern.stringValue('$.code', '=', code),
        metricNamespace: names.metrics,
        metricName: code,
        metricValue: '1',
        defaultValue: 0,
      });
    }
    raise(id, {
      harm,
      runbook,
      metric: new Metric({
        namespace: names.metrics,
        metricName: code,
        period: fiveMinutes,
        statistic: Stats.SUM,
      }),
      threshold,
    });
  }
};
