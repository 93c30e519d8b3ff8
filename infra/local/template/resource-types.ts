/**
 * What the one-machine home does with each type of resource in the synthesized templates. A type that is not
 * here stops the start. Patterns may hold {name}, {arn}, {logicalId}, {region}, {account} and {origin}.
 */
export type ResourceType = {
  /** `hosted` by a part of the home, `read` by other parts, or `nothing`, each as the sentence says. */
  does: 'hosted' | 'read' | 'nothing';
  sentence: string;
  /** The property that holds the physical name; a generated name is used where the template gives none. */
  nameProperty?: string;
  arn?: string;
  /** What `Ref` answers; the name where absent. */
  ref?: string;
  attributes?: Readonly<Record<string, string>>;
};

const arn = (service: string, rest: string): string => `arn:aws:${service}:{region}:{account}:${rest}`;

const table: ResourceType = {
  does: 'hosted',
  sentence: 'A table of the engine with its keys, indexes and TTL; expired items are swept by the home.',
  nameProperty: 'TableName',
  arn: arn('dynamodb', 'table/{name}'),
  attributes: { Arn: '{arn}', TableId: '{name}' },
};

const nothing = (sentence: string, more: Partial<ResourceType> = {}): ResourceType => ({
  does: 'nothing',
  sentence,
  ...more,
});

export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Lambda::Function': {
    does: 'hosted',
    sentence:
      'The bundle in worker threads, with its environment, timeout, memory, role and 6 MB of event or answer.',
    nameProperty: 'FunctionName',
    arn: arn('lambda', 'function:{name}'),
    attributes: { Arn: '{arn}' },
  },
  'AWS::Lambda::Permission': {
    does: 'read',
    sentence: 'Checked at start: a route, rule or schedule whose function does not admit it stops the start.',
  },
  'AWS::Lambda::EventInvokeConfig': {
    does: 'read',
    sentence: 'How often an asynchronous invocation is tried again; two times where absent, as on AWS.',
  },
  'AWS::ApiGatewayV2::Api': {
    does: 'hosted',
    sentence:
      'The public port, with payload format 2.0, its limits (10 MB, 10 KB of headers, 30 s) and CORS.',
    ref: '{logicalId}',
    arn: 'arn:aws:apigateway:{region}::/apis/{logicalId}',
    attributes: { ApiEndpoint: '{origin}', ApiId: '{logicalId}' },
  },
  'AWS::ApiGatewayV2::Route': {
    does: 'hosted',
    sentence: 'A route of the public port; one that names the whole path answers before a greedy one.',
    ref: '{logicalId}',
  },
  'AWS::ApiGatewayV2::Integration': {
    does: 'hosted',
    sentence: 'Leads a route to its function, within the timeout.',
    ref: '{logicalId}',
  },
  'AWS::ApiGatewayV2::Stage': {
    does: 'read',
    sentence:
      'Only the $default stage. Throttled at its rate and burst (429) outside rehearsal; no access log.',
    ref: '{logicalId}',
  },
  'AWS::StepFunctions::StateMachine': {
    does: 'hosted',
    sentence: 'Run by the durable interpreter; what it cannot run stops the start.',
    nameProperty: 'StateMachineName',
    arn: arn('states', 'stateMachine:{name}'),
    ref: '{arn}',
    attributes: { Arn: '{arn}', Name: '{name}', StateMachineRevisionId: 'INITIAL' },
  },
  'AWS::S3::Bucket': {
    does: 'hosted',
    sentence:
      'A folder of files behind the subset of S3 that is used; lifecycle rules are applied where S3 does.',
    nameProperty: 'BucketName',
    arn: 'arn:aws:s3:::{name}',
    attributes: {
      Arn: '{arn}',
      DomainName: '{name}.s3.amazonaws.com',
      RegionalDomainName: '{name}.s3.{region}.amazonaws.com',
    },
  },
  'AWS::Events::Rule': {
    does: 'hosted',
    sentence:
      'A schedule (rate or cron in UTC), or a pattern over the events of the buckets and of letters that came back.',
    nameProperty: 'Name',
    arn: arn('events', 'rule/{name}'),
    attributes: { Arn: '{arn}' },
  },
  'AWS::Scheduler::Schedule': {
    does: 'hosted',
    sentence:
      'A schedule (rate, cron or at, in its time zone); runs missed while the home was down happen once.',
    nameProperty: 'Name',
    arn: arn('scheduler', 'schedule/default/{name}'),
    attributes: { Arn: '{arn}' },
  },
  'AWS::IAM::Role': {
    does: 'read',
    sentence: 'What its function or state machine may do; each call that reaches the home is checked.',
    nameProperty: 'RoleName',
    arn: 'arn:aws:iam::{account}:role/{name}',
    attributes: { Arn: '{arn}', RoleId: '{name}' },
  },
  'AWS::IAM::Policy': {
    does: 'read',
    sentence: 'Statements of the roles that it names.',
    nameProperty: 'PolicyName',
  },
  'AWS::IAM::ManagedPolicy': {
    does: 'read',
    sentence: 'Statements of the roles that it names or that name it.',
    nameProperty: 'ManagedPolicyName',
    arn: 'arn:aws:iam::{account}:policy/{name}',
    ref: '{arn}',
  },
  'AWS::SSM::Parameter': {
    does: 'read',
    sentence: 'A value that one stack hands to another.',
    nameProperty: 'Name',
    arn: arn('ssm', 'parameter/{name}'),
  },
  'AWS::S3::BucketPolicy': nothing('Not evaluated: only the home and signed requests reach the files.'),
  'AWS::KMS::Key': {
    does: 'hosted',
    sentence:
      'One that signs is a file in the data folder that its owner alone may read. One that encrypts is none: the data folder relies on an encrypted disk.',
    ref: '{logicalId}',
    arn: arn('kms', 'key/{logicalId}'),
    attributes: { Arn: '{arn}', KeyId: '{logicalId}' },
  },
  'AWS::KMS::Alias': {
    does: 'read',
    sentence: 'The name by which a key is found, in requests and in conditions of policies.',
    nameProperty: 'AliasName',
  },
  'AWS::Logs::LogGroup': nothing('Lines that functions log go to functions.log in the data folder.', {
    nameProperty: 'LogGroupName',
    arn: arn('logs', 'log-group:{name}:*'),
    attributes: { Arn: '{arn}' },
  }),
  'AWS::Logs::MetricFilter': {
    does: 'read',
    sentence: 'Lines of a function’s log with one code are counted.',
  },
  'AWS::Logs::ResourcePolicy': nothing('Nobody else writes logs here.'),
  'AWS::CloudWatch::Alarm': {
    does: 'hosted',
    sentence:
      'Watched over one period; raised ones are on the operator’s page and, outside rehearsal, in a letter.',
    nameProperty: 'AlarmName',
    arn: arn('cloudwatch', 'alarm:{name}'),
    attributes: { Arn: '{arn}' },
  },
  'AWS::CloudWatch::Dashboard': nothing('The operator’s page stands in for it.'),
  'AWS::SNS::Topic': nothing('Only alarms use it; see the subscription.', {
    nameProperty: 'TopicName',
    arn: arn('sns', '{name}'),
    ref: '{arn}',
    attributes: { TopicArn: '{arn}', TopicName: '{name}' },
  }),
  'AWS::SNS::TopicPolicy': nothing('Only alarms use the topic.'),
  'AWS::SNS::Subscription': {
    does: 'read',
    sentence: 'An e-mail address gets the letters about alarms.',
  },
  'AWS::SQS::Queue': nothing(
    'A dead-letter queue: what it would hold is logged as DELIVERY_GIVEN_UP and counted as dropped.',
    {
      nameProperty: 'QueueName',
      arn: arn('sqs', '{name}'),
      ref: '{name}',
      attributes: { Arn: '{arn}', QueueName: '{name}' },
    },
  ),
  'AWS::SQS::QueuePolicy': nothing('Nobody sends to the dead-letter queue here.'),
  'AWS::SES::EmailIdentity': nothing('Letters leave through SMTP_URL, or stay in the outbox on disk.', {
    nameProperty: 'EmailIdentity',
  }),
  'AWS::SES::ConfigurationSet': nothing('Letters leave through SMTP_URL.', { nameProperty: 'Name' }),
  'AWS::SES::ConfigurationSetEventDestination': nothing(
    'Rules are told of each letter that the mail server refuses for good.',
  ),
  'AWS::Scheduler::ScheduleGroup': nothing('Schedules need no group here.', { nameProperty: 'Name' }),
  'AWS::GuardDuty::MalwareProtectionPlan': nothing(
    'Files are scanned by clamd where CLAMD_ADDRESS names it, and stay held where nothing scans.',
  ),
  'AWS::XRay::Group': nothing('No traces are kept.'),
  'AWS::CDK::Metadata': nothing('Tells AWS which constructs were used; nobody is told here.'),
};
