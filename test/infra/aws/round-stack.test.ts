import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionEntries } from '#infra/build/functions.ts';
import {
  asText,
  at,
  listAt,
  type Resource,
  resourcesOf,
  templatesOf,
  textAt,
} from '#test/infra/aws/stacks.ts';
import { machines } from '#workflows/index.ts';

const { round } = templatesOf('KZ-19');
const functions = resourcesOf(round, 'AWS::Lambda::Function');
const byId = Object.fromEntries(functions);
const variables = (id: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(at(byId[id]?.Properties, 'Environment', 'Variables') ?? {}));

/** Codes that one function logs and an alarm counts. */
const oneSource = [
  'CHAIN_CUT',
  'CHECKS_OLD',
  'GATE_SIGNAL_LOST',
  'GATE_WAITING_LONG',
  'INVARIANT_BROKEN',
  'OUTBOX_ROW_FAILED',
  'OUTBOX_ROW_OLD',
  'STATE_IMPOSSIBLE',
  'TIME_ZONES_OLD',
];

/** An alarm's description: the harm, and the heading of the runbook. */
const parts = (alarm: Resource) =>
  /^(.+[.)]) What to do: infra\/RUNBOOK\.md, (\w+)\.$/.exec(asText(alarm.Properties['AlarmDescription']));

describe('every function of a region', () => {
  it('is deployed from its own bundle, none is left out', () => {
    const deployed = functions.map(([, { Properties }]) => asText(Properties['FunctionName']));

    expect(deployed.toSorted()).toEqual(
      Object.keys(functionEntries)
        .map((name) => `irikteu-kz-19-${name}`)
        .toSorted(),
    );
  });

  it.for(functions)('%s runs on Node 24 and arm64, is traced, and ends in time', ([, { Properties }]) => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      Handler: 'index.handler',
    });
    expect(Properties['Timeout']).toBeGreaterThanOrEqual(20);
    expect(Properties['Timeout']).toBeLessThanOrEqual(300);
  });

  it.for(['Web', 'Api'])('%s answers before the HTTP API gives up after 30 seconds', (id) => {
    expect(byId[id]?.Properties['Timeout']).toBeLessThan(30);
  });

  it.for(functions)('%s logs into its own group, for a year', ([, { Properties }]) => {
    const group = round.Resources[asText(at(Properties, 'LoggingConfig', 'LogGroup', 'Ref'))]?.Properties;

    expect(group).toMatchObject({
      LogGroupName: `/aws/lambda/${asText(Properties['FunctionName'])}`,
      RetentionInDays: 365,
    });
  });

  it('is told only what it needs to know', () => {
    const told = Object.fromEntries(functions.map(([id]) => [id, Object.keys(variables(id)).toSorted()]));

    const step = ['RECORDS_TABLE', 'REGION_CODE'];
    expect(told).toMatchObject({ ReadRound: step, CloseCall: step, AssignRaters: step, OpenGate: step });
    expect(Object.keys(told).filter((id) => told[id]?.includes('PERSONS_TABLE'))).toEqual([
      'Web',
      'Api',
      'Outbox',
      'Invite',
      'PrepareScreening',
      'GatherMinutes',
    ]);
    expect(Object.keys(told).filter((id) => told[id]?.includes('SELECTION_ROUND_ARN'))).toEqual([
      'Outbox',
      'Sweep',
    ]);
  });

  it('finds tables, bucket and machine under the names that the stacks give them', () => {
    const { data } = templatesOf('KZ-19');
    const names = resourcesOf(data, 'AWS::DynamoDB::GlobalTable').map(
      ([, table]) => table.Properties['TableName'],
    );
    const documents = asText(data.Resources['Documents']?.Properties['BucketName']);
    const machine = round.Resources['SelectionRound']?.Properties['StateMachineName'];

    const web = variables('Web');
    expect(names).toEqual(expect.arrayContaining([web['RECORDS_TABLE'], web['PERSONS_TABLE']]));
    expect(asText(web['DOCUMENTS_BUCKET'])).toBe(documents);
    expect(byId['Outbox']?.Properties['FunctionName']).toBe(web['OUTBOX_FUNCTION']);
    const outbox = variables('Outbox');
    expect(asText(outbox['SELECTION_ROUND_ARN']).endsWith(`:stateMachine:${asText(machine)}`)).toBe(true);
  });
});

describe('the public address', () => {
  it('sends JSON to the API and everything else to the pages', () => {
    const targets = resourcesOf(round, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const integration = asText(Properties['Target']).replace(/^integrations\/<(.*)>$/, '$1');
      return [Properties['RouteKey'], asText(round.Resources[integration]?.Properties['IntegrationUri'])];
    });

    expect(Object.fromEntries(targets)).toEqual({
      'ANY /api/{proxy+}': '<Api.Arn>',
      'GET /openapi.json': '<Api.Arn>',
      'GET /schemas/{proxy+}': '<Api.Arn>',
      $default: '<Web.Arn>',
    });
  });

  it('is throttled, and its log holds neither addresses nor paths', () => {
    const [, stage] = resourcesOf(round, 'AWS::ApiGatewayV2::Stage')[0] ?? [];

    expect(stage?.Properties['DefaultRouteSettings']).toEqual({
      ThrottlingBurstLimit: 400,
      ThrottlingRateLimit: 200,
    });
    const format: string = asText(at(stage?.Properties, 'AccessLogSettings', 'Format'));
    expect(Object.keys(JSON.parse(format))).toContain('requestId');
    expect(format).not.toMatch(/sourceIp|userAgent|\$context\.path|identity/);
  });

  it('is what the pages take for their own', () => {
    const web = variables('Web');

    expect(web['PUBLIC_ORIGIN']).toEqual({ 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] });
  });
});

describe('the selection round', () => {
  const machine = round.Resources['SelectionRound']?.Properties ?? {};

  it('is deployed as the data that it is, with every step filled in by its function', () => {
    const definition = JSON.parse(asText(machine['DefinitionString']));

    expect(definition).toEqual(JSON.parse(JSON.stringify(machines['selection-round'])));
    expect(machine['DefinitionSubstitutions']).toEqual({
      ReadRound: { 'Fn::GetAtt': ['ReadRound', 'Arn'] },
      CloseCall: { 'Fn::GetAtt': ['CloseCall', 'Arn'] },
      PrepareScreening: { 'Fn::GetAtt': ['PrepareScreening', 'Arn'] },
      AssignRaters: { 'Fn::GetAtt': ['AssignRaters', 'Arn'] },
      OpenGate: { 'Fn::GetAtt': ['OpenGate', 'Arn'] },
      GatherMinutes: { 'Fn::GetAtt': ['GatherMinutes', 'Arn'] },
      Papers: { 'Fn::GetAtt': ['Papers', 'Arn'] },
      RecordMinutes: { 'Fn::GetAtt': ['RecordMinutes', 'Arn'] },
    });
  });

  it('is a standard workflow, traced, with every event logged but not the data in it', () => {
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });
});

describe('what happens by the clock or by an event', () => {
  const rules = Object.fromEntries(
    resourcesOf(round, 'AWS::Events::Rule').map(([id, { Properties }]) => [id, Properties]),
  );

  it('looks at the outbox every minute, at rounds every five, at held files every ten, at invariants every night', () => {
    const schedules = Object.entries(rules)
      .filter(([, rule]) => rule['ScheduleExpression'])
      .map(([, rule]) => [
        rule['ScheduleExpression'],
        asText(at(rule, 'Targets', 0, 'Arn')),
        at(rule, 'Targets', 0, 'Input'),
      ]);

    expect(schedules).toEqual([
      ['rate(1 minute)', '<Outbox.Arn>', '{"outbox":"left-over"}'],
      ['rate(5 minutes)', '<Sweep.Arn>', '{"sweep":"rounds"}'],
      ['rate(10 minutes)', '<Documents.Arn>', '{"documents":"held"}'],
      ['cron(0 21 * * ? *)', '<Sweep.Arn>', '{"sweep":"invariants"}'],
    ]);
  });

  it('calls Documents for what arrives in quarantine, and not for what is moved out of it', () => {
    const rule = rules['NewDocument'];

    expect(rule?.['EventPattern']).toMatchObject({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: 'quarantine/' }] } },
    });
    expect(asText(at(rule, 'Targets', 0, 'Arn'))).toBe('<Documents.Arn>');
  });
});

describe('an alarm', () => {
  const alarms = resourcesOf(round, 'AWS::CloudWatch::Alarm');
  const headings = new Set(
    [...readFileSync('infra/RUNBOOK.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
  );

  it.for(alarms)('%s says what people suffer, and its page of the runbook is there', ([, alarm]) => {
    const [, harm, heading] = parts(alarm) ?? [];

    expect(harm?.length).toBeGreaterThan(20);
    expect([...headings]).toContain(heading);
    expect(alarm.Properties['AlarmActions']).toEqual([{ Ref: 'Alarms' }]);
  });

  it('leads to every page of the runbook, none is left from an alarm that is gone', () => {
    const used = new Set(alarms.map(([, alarm]) => parts(alarm)?.[2]));

    expect([...headings].filter((heading) => !used.has(heading))).toEqual([]);
  });

  it('exists for each function that fails or is throttled', () => {
    const watched = alarms
      .filter(([, { Properties }]) => Properties['Namespace'] === 'AWS/Lambda')
      .map(
        ([, { Properties }]) =>
          `${asText(Properties['MetricName'])} ${textAt(Properties, 'Dimensions', 0, 'Value', 'Ref')}`,
      );

    expect(watched).toEqual(
      expect.arrayContaining(functions.flatMap(([id]) => [`Errors ${id}`, `Throttles ${id}`])),
    );
  });

  it('exists for each other way to get stuck', () => {
    const metrics = alarms.map(([, { Properties }]) => Properties['MetricName']);

    expect(metrics).toEqual(
      expect.arrayContaining([
        'ExecutionsFailed',
        'ExecutionsTimedOut',
        'ExecutionsAborted',
        'Invocations',
        'AsyncEventsDropped',
        'FailedInvocations',
        ...oneSource,
        'OFFER_NOT_SOUND',
        'ANSWER_NOT_SOUND',
        '5xx',
      ]),
    );
  });

  it.for(['SweepSilentAlarm', 'OutboxSilentAlarm'])('%s is raised by silence', (id) => {
    expect(round.Resources[id]?.Properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('tells who deploys it where its pages are', () => {
    expect(at(round, 'Outputs', 'PagesAddress', 'Value')).toEqual({
      'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'],
    });
  });

  it('counts only codes that some function logs', () => {
    const counted = resourcesOf(round, 'AWS::Logs::MetricFilter').map(
      ([, { Properties }]) => asText(Properties['FilterPattern']).match(/\$\.code = "(\w+)"/)?.[1] ?? '',
    );

    const several = ['OFFER_NOT_SOUND', 'ANSWER_NOT_SOUND', 'OFFER_NOT_SOUND', 'ANSWER_NOT_SOUND'];
    const others = ['OFFER_NOT_SOUND', 'ANSWER_NOT_SOUND', 'ANSWER_NOT_SOUND'];
    expect(counted.toSorted()).toEqual([...oneSource, ...several, ...others].toSorted());
  });

  it('can reach the operator: CloudWatch may publish, over TLS only', () => {
    const [, policy] = resourcesOf(round, 'AWS::SNS::TopicPolicy')[0] ?? [];

    expect(listAt(policy?.Properties, 'PolicyDocument', 'Statement')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
        }),
      ]),
    );
  });
});
