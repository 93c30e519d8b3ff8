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

  it('refuses a policy that it could not evaluate', () => {
    const statement = { Effect: 'Allow', NotAction: 's3:*', Resource: '*' };
    const Policy = {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [], PolicyDocument: { Statement: [statement] } },
    };

    expect(() => read({ ...aRegion(), Policy })).toThrow(/NotAction is not evaluated by this home/);
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
      'the route $default may not call Web: an AWS::Lambda::Permission is missing',
    );
  });

  it('because nothing admits the schedule to its function is refused', () => {
    const { AdmitEvents: _gone, ...resources } = aRegion();

    expect(() => checkAdmissions(read(resources))).toThrow(/the schedule EveryMinute may not call Web/);
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
