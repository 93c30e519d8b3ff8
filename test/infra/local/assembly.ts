import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Properties = Record<string, unknown>;
export type Resources = Record<string, { Type: string; Properties?: Properties }>;

/** A new folder of this test's own. */
export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'irikteu-home-'));

const sdk = (name: string): string =>
  JSON.stringify(createRequire(import.meta.url).resolve(`@aws-sdk/${name}`));

/** A function that counts visits in the table, with the SDK as the real ones use it. */
const countingCode = `
const { DynamoDBClient, UpdateItemCommand } = require(${sdk('client-dynamodb')});
const client = new DynamoDBClient();
exports.handler = async (event) => {
  const { Attributes } = await client.send(new UpdateItemCommand({
    TableName: process.env.RECORDS_TABLE,
    Key: { pk: { S: 'VISITS' }, sk: { S: event.rawPath ?? 'schedule' } },
    UpdateExpression: 'ADD visits :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
    ReturnValues: 'ALL_NEW',
  }));
  return { statusCode: 200, body: JSON.stringify({ visits: Number(Attributes.visits.N), at: new Date().toISOString() }) };
};
`;

/** A function that takes its time and then writes a letter. */
export const writingCode = `
const { SESv2Client, SendEmailCommand } = require(${sdk('client-sesv2')});
const client = new SESv2Client();
exports.handler = async () => {
  console.log('begun');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await client.send(new SendEmailCommand({
    FromEmailAddress: 'almaty@irikteu.example',
    Destination: { ToAddresses: ['aliya@applicant.example'] },
    Content: { Simple: { Subject: { Data: 'Received' }, Body: { Text: { Data: 'Received.' } } } },
  }));
};
`;

const policy = (action: string, resource: unknown) => ({
  PolicyName: 'Grants',
  PolicyDocument: {
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  },
});

/** A small region: one function behind every route and one schedule, one table. */
export const aRegion = (
  grant = 'dynamodb:UpdateItem',
  on: unknown = { 'Fn::GetAtt': ['Records', 'Arn'] },
): Resources => ({
  Records: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      TableName: 'region-records',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    },
  },
  WebRole: { Type: 'AWS::IAM::Role', Properties: { Policies: [policy(grant, on)] } },
  Web: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'region-web',
      Handler: 'index.handler',
      Code: { S3Bucket: 'assets', S3Key: 'web.zip' },
      Role: { 'Fn::GetAtt': ['WebRole', 'Arn'] },
      Timeout: 20,
      MemorySize: 256,
      Environment: {
        Variables: {
          RECORDS_TABLE: { Ref: 'Records' },
          PUBLIC_ORIGIN: { 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] },
        },
      },
    },
  },
  HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Pages: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'HttpApi' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Web', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Everything: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'HttpApi' },
      RouteKey: '$default',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Pages' }]] },
    },
  },
  AdmitApi: {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: { 'Fn::GetAtt': ['Web', 'Arn'] }, Principal: 'apigateway.amazonaws.com' },
  },
  EveryMinute: {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Id: 'Web', Arn: { 'Fn::GetAtt': ['Web', 'Arn'] }, Input: '{"sweep":"all"}' }],
    },
  },
  AdmitEvents: {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: { 'Fn::GetAtt': ['Web', 'Arn'] }, Principal: 'events.amazonaws.com' },
  },
});

type Parts = { resources?: Resources; code?: string; more?: Properties };

/** Writes a cloud assembly as CDK does and answers its folder. */
export const anAssembly = ({ resources = aRegion(), code = countingCode, more = {} }: Parts = {}): string => {
  const folder = aFolder();
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  mkdirSync(join(folder, 'asset.web'));
  write('asset.web/index.js', code);
  write('asset.web/package.json', { type: 'commonjs' });
  write('region.template.json', { Resources: resources, ...more });
  write('region.assets.json', {
    files: { web: { source: { path: 'asset.web' }, destinations: { here: { objectKey: 'web.zip' } } } },
  });
  write('manifest.json', {
    artifacts: {
      'region.assets': { type: 'cdk:asset-manifest', properties: { file: 'region.assets.json' } },
      region: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/eu-central-1',
        properties: { templateFile: 'region.template.json' },
        dependencies: ['region.assets'],
      },
    },
  });
  return folder;
};
