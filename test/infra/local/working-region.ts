import { createRequire } from 'node:module';
import { anAssembly, aRegion, type Resources } from '#test/infra/local/assembly.ts';

const sdk = (name: string): string =>
  JSON.stringify(createRequire(import.meta.url).resolve(`@aws-sdk/${name}`));

/**
 * A function that uses every service of a home, in an order in which a copy of one moment must show it: first an item, then an
 * execution, then a document, then a letter. The machine's steps are its own too.
 */
const code = `
const { DynamoDBClient, PutItemCommand, GetItemCommand, TransactWriteItemsCommand } = require(${sdk('client-dynamodb')});
const { SFNClient, StartExecutionCommand, SendTaskSuccessCommand } = require(${sdk('client-sfn')});
const { S3Client, PutObjectCommand } = require(${sdk('client-s3')});
const { SESv2Client, SendEmailCommand } = require(${sdk('client-sesv2')});
const [tables, machines, documents, letters] =
  [new DynamoDBClient(), new SFNClient(), new S3Client({ forcePathStyle: true }), new SESv2Client()];
const { RECORDS_TABLE: TableName, MACHINE: stateMachineArn, BUCKET: Bucket } = process.env;
const key = (pk, sk) => ({ pk: { S: pk }, sk: { S: sk } });
const put = (pk, sk, more = {}) => tables.send(new PutItemCommand({ TableName, Item: { ...key(pk, sk), ...more } }));

const find = async (pk, sk) =>
  (await tables.send(new GetItemCommand({ TableName, Key: key(pk, sk), ConsistentRead: true }))).Item;
/** Whoever comes second, the one who asks or the one who decides, finds what the first has stored. */
const tell = async (n, question) => {
  const item = await find('DECISION', n);
  if (item === undefined || question === undefined) return;
  const output = JSON.stringify({ decision: item.decision.S });
  try {
    await machines.send(new SendTaskSuccessCommand({ taskToken: question.token.S, output }));
  } catch (error) {
    // Told before, or asked again under another token, which then finds the decision.
    if (error.name !== 'TaskTimedOut' && error.name !== 'TaskDoesNotExist') throw error;
  }
};

const start = async (n) => {
  await put('APPLICATION', n);
  await machines.send(new StartExecutionCommand({ stateMachineArn, name: n, input: JSON.stringify({ n }) }));
};
const write = (n, to) => letters.send(new SendEmailCommand({
  FromEmailAddress: 'almaty@irikteu.example',
  Destination: { ToAddresses: [to] },
  Content: { Simple: {
    Subject: { Data: 'Received ' + n }, Body: { Text: { Data: 'Received.' } },
    Headers: [{ Name: 'X-Irikteu-Letter', Value: 'received/' + n }],
  } },
}));
/** Once, however often the step is run: the mark and the count are one transaction. */
const effect = async (step, n) => {
  try {
    await tables.send(new TransactWriteItemsCommand({ TransactItems: [
      { Put: { TableName, Item: key('DONE', step + '#' + n), ConditionExpression: 'attribute_not_exists(pk)' } },
      { Update: { TableName, Key: key('EFFECTS', step), UpdateExpression: 'ADD done :one', ExpressionAttributeValues: { ':one': { N: '1' } } } },
    ] }));
  } catch (error) {
    if (error.CancellationReasons?.[0]?.Code !== 'ConditionalCheckFailed') throw error;
  }
};
const routes = {
  apply: async (n) => {
    await start(n);
    await documents.send(new PutObjectCommand({ Bucket, Key: 'diploma/' + n, Body: 'diploma of ' + n }));
    await write(n, 'aliya@applicant.example');
  },
  start,
  write: (n, to) => write(n, to + '@applicant.example'),
  asked: async (n) => ({ asked: (await find('TOKEN', n)) !== undefined }),
  decide: async (n, decision) => {
    await put('DECISION', n, { decision: { S: decision } });
    await tell(n, await find('TOKEN', n));
  },
};

exports.handler = async (event) => {
  if (event.step !== undefined) await effect(event.step, event.n);
  if (event.step === 'ask') {
    const token = { S: event.token };
    await put('TOKEN', event.n, { token });
    await tell(event.n, { token });
  }
  if (event.step !== undefined) return {};
  const [, route, n, more] = (event.rawPath ?? '').split('/');
  const body = routes[route] === undefined ? {} : await routes[route](n, more);
  return { statusCode: 200, body: JSON.stringify(body ?? {}) };
};
`;

const retrying = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1_000_000, MaxDelaySeconds: 1 },
];

const step = (name: string, next: object, more = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {
    FunctionName: 'region-web',
    Payload: { step: name, n: '{% $states.context.Execution.Name %}' },
  },
  Retry: retrying,
  ...more,
  ...next,
});

/** Asks a person, waits for the answer, then for an hour that somebody set, then closes. */
const machine = (waitSeconds: number) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: step(
      'ask',
      { Next: 'WaitForDeadline' },
      {
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: 'region-web',
          Payload: {
            step: 'ask',
            n: '{% $states.context.Execution.Name %}',
            token: '{% $states.context.Task.Token %}',
          },
        },
        Assign: { decision: '{% $states.result.decision %}' },
      },
    ),
    WaitForDeadline: { Type: 'Wait', Seconds: waitSeconds, Next: 'Close' },
    Close: step('close', { End: true, Output: { decision: '{% $decision %}' } }),
  },
});

type Options = {
  waitSeconds?: number;
  /** Of the table. */
  index?: object;
};

/** A region with a table, a bucket, a machine that waits for people and for time, and letters. */
const aWorkingRegion = ({ waitSeconds = 1, index }: Options = {}): Resources => {
  const plain = aRegion('*', '*');
  const { Web: web = { Type: '' }, Records: records = { Type: '' } } = plain;
  return {
    ...plain,
    Documents: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'region-documents',
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'a-key' } },
          ],
        },
      },
    },
    RoundRole: { Type: 'AWS::IAM::Role', Properties: plain['WebRole']?.Properties ?? {} },
    Round: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'region-round',
        RoleArn: { 'Fn::GetAtt': ['RoundRole', 'Arn'] },
        Definition: machine(waitSeconds),
      },
    },
    Web: {
      ...web,
      Properties: {
        ...web.Properties,
        Environment: {
          Variables: {
            RECORDS_TABLE: { Ref: 'Records' },
            MACHINE: { Ref: 'Round' },
            BUCKET: { Ref: 'Documents' },
            MAIL_FROM: 'almaty@irikteu.example',
          },
        },
      },
    },
    ...(index && {
      Records: {
        ...records,
        Properties: { ...records.Properties, GlobalSecondaryIndexes: [index] },
      },
    }),
  };
};

export const aWorkingAssembly = (options: Options = {}): string =>
  anAssembly({ resources: aWorkingRegion(options), code });
