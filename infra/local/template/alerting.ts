import * as properties from '#infra/local/template/properties.ts';
import type { All } from '#infra/local/template/scope.ts';

export type AlarmDescription = {
  name: string;
  /** What it means for people, and what to do. */
  harm: string;
  namespace: string;
  metric: string;
  /** The value of its one dimension; empty without one. */
  dimension: string;
  periodSeconds: number;
  threshold: number;
  comparison: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
};
/** Log lines with this code count as one of this metric. */
export type MetricFilterDescription = { logGroup: string; code: string; namespace: string; metric: string };

export type Alerting = {
  alarms: readonly AlarmDescription[];
  metricFilters: readonly MetricFilterDescription[];
  /** Who gets a letter about an alarm. */
  alarmMail: readonly string[];
};

/** The alarms of the template, what feeds them, and who is written to. */
export const alertingOf = (all: All): Alerting => ({
  alarms: all(['AWS::CloudWatch::Alarm'], properties.AlarmProperties).map(({ logicalId, of }) => ({
    name: logicalId,
    harm: of.AlarmDescription,
    namespace: of.Namespace,
    metric: of.MetricName,
    dimension: of.Dimensions[0]?.Value ?? '',
    periodSeconds: of.Period,
    threshold: of.Threshold,
    comparison: of.ComparisonOperator,
  })),
  metricFilters: all(['AWS::Logs::MetricFilter'], properties.MetricFilterProperties).flatMap(({ of }) =>
    of.MetricTransformations.map(({ MetricName, MetricNamespace }) => ({
      logGroup: of.LogGroupName,
      code: of.FilterPattern,
      namespace: MetricNamespace,
      metric: MetricName,
    })),
  ),
  alarmMail: all(['AWS::SNS::Subscription'], properties.SubscriptionProperties).flatMap(({ of }) =>
    of.Protocol === 'email' ? [of.Endpoint] : [],
  ),
});
