import type { AlarmState } from '#infra/local/alarms/alarms.ts';
import type { Metrics } from '#infra/local/alarms/metrics.ts';
import type { Mail } from '#infra/local/mail/mail.ts';
import type { Invocation } from '#infra/local/ports.ts';
import type { Listed } from '#infra/local/step-functions/api/listing.ts';
import type { MetricFilterDescription } from '#infra/local/template/alerting.ts';

/** Counts an invocation as Lambda's metrics do. */
export const countInvocation = (
  metrics: Metrics,
  functionName: string,
  { outcome, ...rest }: Invocation,
): void => {
  metrics.count('AWS/Lambda', 'Invocations', functionName);
  if (outcome === 'failed') metrics.count('AWS/Lambda', 'Errors', functionName);
  if ('error' in rest && rest.error === 'TooManyRequestsException') {
    metrics.count('AWS/Lambda', 'Throttles', functionName);
  }
};

/** Counts lines of functions' logs by the metric filters of the template. Lines come in pieces of any size. */
export const logCounter = (metrics: Metrics, filters: readonly MetricFilterDescription[]) => {
  const known = filters.map((filter) => ({ filter, text: `"code":"${filter.code}"` }));
  return (logGroup: string, output: string): void => {
    for (const { filter, text } of known) {
      if (filter.logGroup === logGroup && output.includes(text))
        metrics.count(filter.namespace, filter.metric);
    }
  };
};

const endings: Readonly<Record<string, string>> = {
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/** Counts executions that ended badly since it was last asked; those of before the start do not count. */
export const executionCounter = (metrics: Metrics, executions: () => readonly Listed[]) => {
  const badlyEnded = (): Listed[] => executions().filter(({ status }) => endings[status] !== undefined);
  const counted = new Set(badlyEnded().map(({ arn }) => arn));
  return (): void => {
    for (const { arn, machine, status } of badlyEnded()) {
      if (counted.has(arn)) continue;
      counted.add(arn);
      metrics.count('AWS/States', endings[status] ?? '', machine);
    }
  };
};

type Post = { region: string; from: string; to: readonly string[]; now: () => number };

/** A letter to the operator about an alarm, through the home's own mail. */
export const alarmLetter = (
  { name, harm, raised }: AlarmState,
  { region, from, to, now }: Post,
): Parameters<Mail['handle']>[0] => ({
  method: 'POST',
  url: '/v2/email/outbound-emails',
  headers: {},
  caller: { kind: 'operator' },
  body: Buffer.from(
    JSON.stringify({
      FromEmailAddress: from,
      Destination: { ToAddresses: to },
      Content: {
        Simple: {
          Subject: { Data: `Irikteu ${region}: ${raised ? 'ALARM' : 'over'}: ${name}` },
          Body: {
            Text: { Data: `${harm}\n\n${raised ? 'Raised' : 'Over'} at ${new Date(now()).toISOString()}.\n` },
          },
          Headers: [
            { Name: 'X-Irikteu-Letter', Value: `alarm/${name}/${now()}` },
            { Name: 'X-Irikteu-Template', Value: 'alarm' },
          ],
        },
      },
    }),
  ),
});
