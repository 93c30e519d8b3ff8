import { readFileSync } from 'node:fs';
import { expect, describe as group, it } from 'vitest';
import { checkAdmissions } from '#infra/local/admissions.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { describe } from '#infra/local/template/description.ts';
import { resourceTypes } from '#infra/local/template/resource-types.ts';
import { anAssembly, aRegion, type Resources } from '#test/infra/local/assembly.ts';

const read = (resources: Resources, more = {}) =>
  describe(readAssembly(anAssembly({ resources, more })), 'http://localhost:3000');

group('the view of the synthesized stacks', () => {
  it('holds the function with its environment resolved, its role and its bundle', () => {
    const { functions, policies } = read(aRegion());

    expect(functions).toEqual([
      expect.objectContaining({
        logicalId: 'Web',
        name: 'region-web',
        timeoutSeconds: 20,
        memoryMegabytes: 256,
        retries: 2,
        environment: { RECORDS_TABLE: 'region-records', PUBLIC_ORIGIN: 'http://localhost:3000' },
        code: expect.stringMatching(/asset\.web$/),
      }),
    ]);
    expect(policies.get(functions[0]?.role ?? '')).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:UpdateItem'],
        Resource: ['arn:aws:dynamodb:eu-central-1:000000000000:table/region-records'],
      },
    ]);
  });

  it('leads the route and the schedule to the function', () => {
    const { routes, schedules, functions } = read(aRegion());

    expect(routes).toEqual([
      { routeKey: '$default', functionArn: functions[0]?.arn, timeoutMilliseconds: 30_000 },
    ]);
    expect(schedules).toEqual([
      expect.objectContaining({ name: 'EveryMinute', expression: 'rate(1 minute)', input: { sweep: 'all' } }),
    ]);
  });

  it('names every resource whose type is not hosted', () => {
    const resources = {
      ...aRegion(),
      Queue: { Type: 'AWS::MSK::Cluster' },
      Cache: { Type: 'AWS::ElastiCache::CacheCluster' },
    };

    expect(() => read(resources)).toThrow(
      /cannot host AWS::MSK::Cluster \(Queue in region\), AWS::ElastiCache::CacheCluster \(Cache in region\)/,
    );
  });

  it('refuses a property that would be silently ignored', () => {
    const { Records, ...others } = aRegion();
    const streaming = {
      Records: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: { ...Records?.Properties, StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
      },
    };

    expect(() => read({ ...others, ...streaming })).toThrow(
      /does not host StreamSpecification of .* Records/,
    );
  });

  it.for([
    ['Records', 'LocalSecondaryIndexes', []],
    ['Web', 'ReservedConcurrentExecutions', 5],
    ['WebRole', 'PermissionsBoundary', 'arn:aws:iam::000000000000:policy/bound'],
    ['EveryMinute', 'EventBusName', 'other'],
  ] as const)('refuses what it does not know: %s with %s', ([logicalId, property, value]) => {
    const resources = aRegion();
    const changed = resources[logicalId];
    if (!changed) throw new Error(`${logicalId} is not in the region.`);
    const Properties = { ...changed.Properties, [property]: value };

    expect(() => read({ ...resources, [logicalId]: { ...changed, Properties } })).toThrow(
      `does not host ${property} of ${changed.Type} ${logicalId}`,
    );
  });

  it.for([
    ['AWS::Lambda::EventInvokeConfig', { FunctionName: 'region-web', DestinationConfig: {} }],
    ['AWS::S3::Bucket', { ObjectLockEnabled: true }],
    ['AWS::S3::Bucket', { ReplicationConfiguration: {} }],
    ['AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [] } }],
    ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Arn: 'a', InputPath: '$.x' }] }],
    ['AWS::Events::Rule', { EventPattern: {}, Targets: [{ Arn: 'a', InputTransformer: {} }] }],
    ['AWS::Events::Rule', { EventPattern: {}, Targets: [{ Arn: 'a', DeadLetterConfig: {} }] }],
    ['AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 day)', StartDate: '2027-01-01T00:00:00Z' }],
  ] as const)('refuses a %s that says more than is hosted: %o', ([Type, Properties]) => {
    expect(() => read({ ...aRegion(), Extra: { Type, Properties } })).toThrow(/not host/);
  });

  it('knows how much the stage lets through, and who of other origins may use the API', () => {
    const stage = {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'HttpApi' },
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
      },
    };
    const open = {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: ['https://map.example'] } },
    };

    const { api } = read({ ...aRegion(), HttpApi: open, Stage: stage });

    expect(api).toMatchObject({
      throttle: { rateLimit: 200, burstLimit: 400 },
      cors: { AllowOrigins: ['https://map.example'], AllowCredentials: false },
    });
    expect(read(aRegion()).api).not.toHaveProperty('throttle');
  });

  it('refuses a policy that it could not evaluate', () => {
    const statement = { Effect: 'Allow', NotAction: 's3:*', Resource: '*' };
    const Policy = {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [], PolicyDocument: { Statement: [statement] } },
    };

    expect(() => read({ ...aRegion(), Policy })).toThrow(/NotAction is not evaluated by this home/);
  });

  it.for(['Allow', 'Deny'])('refuses a policy whose condition it could not judge: %s', (Effect) => {
    const Condition = { NumericLessThan: { 's3:max-keys': '10' } };
    const statement = { Effect, Action: 's3:*', Resource: '*', Condition };
    const Policy = {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [], PolicyDocument: { Statement: [statement] } },
    };

    expect(() => read({ ...aRegion(), Policy })).toThrow(/condition operator that is not evaluated/);
  });

  it('that imports what no stack exports is refused by name', () => {
    const Bucket = {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: { 'Fn::ImportValue': 'name-of-web' } },
    };

    expect(() => read({ ...aRegion(), Bucket })).toThrow(
      'The template of region imports name-of-web, which no earlier stack exports.',
    );
  });

  it('leaves out a resource whose condition does not hold', () => {
    const Extra = { Type: 'AWS::S3::Bucket', Condition: 'InEurope', Properties: { BucketName: 'extra' } };
    const resources: Resources = { ...aRegion(), Extra };
    const more = { Conditions: { InEurope: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } } };

    expect(read(resources, more).buckets).toEqual([]);
  });
});

group('a template that would not work on AWS', () => {
  it('because nothing admits the HTTP API to its function is refused', () => {
    const { AdmitApi: _gone, ...resources } = aRegion();

    expect(() => checkAdmissions(read(resources))).toThrow(
      /the route \$default may not call Web: an AWS::Lambda::Permission for \S+ is missing/,
    );
  });

  it('because nothing admits the schedule to its function is refused', () => {
    const { AdmitEvents: _gone, ...resources } = aRegion();

    expect(() => checkAdmissions(read(resources))).toThrow(/the schedule EveryMinute may not call Web/);
  });
});

const permission = (Principal: string, SourceArn: unknown) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: { 'Fn::GetAtt': ['Web', 'Arn'] }, Principal, SourceArn },
});

const ofApi = (rest: string) => ({
  'Fn::Join': [
    '',
    ['arn:aws:execute-api:eu-central-1:', { Ref: 'AWS::AccountId' }, ':', { Ref: 'HttpApi' }, rest],
  ],
});

group('a permission for one source', () => {
  it.for(['/*/*', '/$default/$default', '/*/$default'])('admits the route that it names: %s', (rest) => {
    const AdmitApi = permission('apigateway.amazonaws.com', ofApi(rest));

    expect(() => checkAdmissions(read({ ...aRegion(), AdmitApi }))).not.toThrow();
  });

  it.for([ofApi('/*/*/api/{proxy+}'), 'arn:aws:execute-api:eu-central-1:000000000000:another/*/*'])(
    'admits no other route or API',
    (source) => {
      const AdmitApi = permission('apigateway.amazonaws.com', source);

      expect(() => checkAdmissions(read({ ...aRegion(), AdmitApi }))).toThrow(
        /the route \$default may not call Web: an AWS::Lambda::Permission for arn:aws:execute-api/,
      );
    },
  );

  it('admits its rule and no other', () => {
    const own = permission('events.amazonaws.com', { 'Fn::GetAtt': ['EveryMinute', 'Arn'] });
    const other = permission(
      'events.amazonaws.com',
      'arn:aws:events:eu-central-1:000000000000:rule/EveryHour',
    );

    expect(() => checkAdmissions(read({ ...aRegion(), AdmitEvents: own }))).not.toThrow();
    expect(() => checkAdmissions(read({ ...aRegion(), AdmitEvents: other }))).toThrow(
      /the schedule EveryMinute may not call Web/,
    );
  });
});

const schedule = (Action: string) => ({
  CallRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        {
          PolicyName: 'Call',
          PolicyDocument: {
            Statement: { Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Web', 'Arn'] } },
          },
        },
      ],
    },
  },
  Nightly: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: { 'Fn::GetAtt': ['Web', 'Arn'] }, RoleArn: { 'Fn::GetAtt': ['CallRole', 'Arn'] } },
    },
  },
});

group('a schedule of the Scheduler', () => {
  it('calls its function when its role may, and stops the start otherwise', () => {
    expect(() => checkAdmissions(read({ ...aRegion(), ...schedule('lambda:InvokeFunction') }))).not.toThrow();
    expect(() => checkAdmissions(read({ ...aRegion(), ...schedule('lambda:GetFunction') }))).toThrow(
      'the schedule Nightly may not call Web: its role is not allowed lambda:InvokeFunction',
    );
  });
});

group('the table of resource types', () => {
  it('is in the README with the same sentences', () => {
    const readme = readFileSync('infra/local/README.md', 'utf8');
    const missing = Object.entries(resourceTypes)
      .filter(([type, { does, sentence }]) => !readme.includes(`| \`${type}\` | ${does} | ${sentence} |`))
      .map(([type]) => type);

    expect(missing).toEqual([]);
  });
});
