import { describe, expect, it } from 'vitest';
import { type AlarmState, startAlarms } from '#infra/local/alarms/alarms.ts';
import { createMetrics } from '#infra/local/alarms/metrics.ts';
import { alarmLetter, countInvocation, executionCounter, logCounter } from '#infra/local/alarms/sources.ts';
import type { AlarmDescription } from '#infra/local/template/alerting.ts';

const minute = 60_000;

const webErrors: AlarmDescription = {
  name: 'WebErrors',
  harm: 'People see an error page instead of their application.',
  namespace: 'AWS/Lambda',
  metric: 'Errors',
  dimension: 'region-web',
  periodSeconds: 300,
  threshold: 1,
  comparison: 'GreaterThanOrEqualToThreshold',
};
const sweepSilent: AlarmDescription = {
  ...webErrors,
  name: 'SweepSilent',
  harm: 'Nothing notices a round that has stopped.',
  metric: 'Invocations',
  dimension: 'region-sweep',
  periodSeconds: 900,
  comparison: 'LessThanThreshold',
};

const watching = (alarms: readonly AlarmDescription[]) => {
  let now = Date.parse('2027-01-01T00:00:00Z');
  const told: AlarmState[] = [];
  const metrics = createMetrics(() => now);
  const { look, stop, states } = startAlarms({
    alarms,
    metrics,
    before: () => undefined,
    now: () => now,
    tell: (alarm) => void told.push(alarm),
    log: () => undefined,
  });
  stop();
  return { metrics, told, states, look, pass: (milliseconds: number) => (now += milliseconds) };
};

describe('an alarm', () => {
  it('is told once when a function fails and once when it is over', () => {
    const { metrics, told, look, pass } = watching([webErrors]);

    look();
    countInvocation(metrics, 'region-web', {
      outcome: 'failed',
      payload: { errorType: 'E', errorMessage: '' },
    });
    look();
    look();
    pass(6 * minute);
    look();

    expect(told.map(({ name, raised }) => [name, raised])).toEqual([
      ['WebErrors', true],
      ['WebErrors', false],
    ]);
  });

  it('of one function is not raised by another', () => {
    const { metrics, told, look } = watching([webErrors]);

    countInvocation(metrics, 'region-api', {
      outcome: 'failed',
      payload: { errorType: 'E', errorMessage: '' },
    });
    countInvocation(metrics, 'region-web', { outcome: 'returned', payload: null });
    look();

    expect(told).toEqual([]);
  });

  it('about something that should happen waits for a whole period', () => {
    const { states, look, pass } = watching([sweepSilent]);

    pass(14 * minute);
    look();
    const early = states().map(({ raised }) => raised);
    pass(2 * minute);
    look();

    expect({ early, late: states().map(({ raised }) => raised) }).toEqual({ early: [false], late: [true] });
  });
});

const ended = (arn: string) => ({
  arn,
  name: arn,
  machine: 'selection-round',
  status: 'FAILED' as const,
  startedAt: 0,
  waits: [],
});

describe('what is counted', () => {
  it('are log lines with a code that a metric filter names, in its log group', () => {
    const { metrics } = watching([]);
    const count = logCounter(metrics, [
      {
        logGroup: '/aws/lambda/sweep',
        code: 'INVARIANT_BROKEN',
        namespace: 'Irikteu',
        metric: 'INVARIANT_BROKEN',
      },
    ]);
    const line = '{"level":"ERROR","code":"INVARIANT_BROKEN"}\n';

    count('/aws/lambda/sweep', line);
    count('/aws/lambda/web', line);
    count('/aws/lambda/sweep', '{"code":"INVARIANTS_HELD"}\n');

    expect(metrics.sum('Irikteu', 'INVARIANT_BROKEN', { dimension: '', since: 0 })).toBe(1);
  });

  it('are executions that end badly, each once, and none of before', () => {
    const { metrics } = watching([]);
    const executions = [ended('old')];
    const count = executionCounter(metrics, () => executions);

    executions.push(ended('new'));
    count();
    count();

    expect(metrics.sum('AWS/States', 'ExecutionsFailed', { dimension: 'selection-round', since: 0 })).toBe(1);
  });
});

describe('the letter about an alarm', () => {
  it('tells the operator what people notice', () => {
    const { body } = alarmLetter(
      { name: 'WebErrors', harm: webErrors.harm, raised: true },
      { region: 'KZ-19', from: 'almaty@irikteu.example', to: ['operator@irikteu.example'], now: () => 0 },
    );

    expect(JSON.parse(body.toString())).toMatchObject({
      Destination: { ToAddresses: ['operator@irikteu.example'] },
      Content: {
        Simple: {
          Subject: { Data: 'Irikteu KZ-19: ALARM: WebErrors' },
          Body: { Text: { Data: expect.stringContaining('People see an error page') } },
        },
      },
    });
  });
});
