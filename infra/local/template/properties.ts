import * as z from 'zod';
import { isKnownOperator } from '#infra/local/permissions/evaluate.ts';

/** What the home reads of each hosted type's properties. Numbers may be written as text in a template. */
const count = z.coerce.number().int().nonnegative();

export const FunctionProperties = z.looseObject({
  Handler: z.string(),
  Code: z.looseObject({ S3Key: z.string() }),
  Role: z.string(),
  Timeout: count.default(3),
  MemorySize: count.default(128),
  PackageType: z.literal('Zip').default('Zip'),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional(),
});

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

export const TableProperties = z.looseObject({
  KeySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z
    .array(
      // Strict: what an index cannot do here must not be forgotten silently.
      z.strictObject({
        IndexName: z.string(),
        KeySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .default([]),
  TimeToLiveSpecification: z.looseObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  Replicas: z
    .array(z.looseObject({ SSESpecification: z.looseObject({ KMSMasterKeyId: z.string() }).optional() }))
    .max(1, 'a table in several AWS regions is not hosted')
    .default([]),
});
export type TableProperties = z.infer<typeof TableProperties>;

export const RouteProperties = z.looseObject({ ApiId: z.string(), RouteKey: z.string(), Target: z.string() });

export const IntegrationProperties = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: count.default(30_000),
});

/** Browsers of other origins may use the API; read where the template says so. */
const CorsProperties = z.strictObject({
  AllowOrigins: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowHeaders: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  AllowCredentials: z.boolean().default(false),
  MaxAge: z.coerce.number().int().optional(),
});
export type CorsProperties = z.infer<typeof CorsProperties>;

export const ApiProperties = z.looseObject({ CorsConfiguration: CorsProperties.optional() });

export const StageProperties = z.looseObject({
  DefaultRouteSettings: z
    .looseObject({
      ThrottlingRateLimit: z.coerce.number().positive().optional(),
      ThrottlingBurstLimit: count.optional(),
    })
    .optional(),
});

export const MachineProperties = z.looseObject({
  RoleArn: z.string(),
  StateMachineType: z.literal('STANDARD').default('STANDARD'),
  DefinitionString: z.string().optional(),
  Definition: z.record(z.string(), z.unknown()).optional(),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).default({}),
});

export const BucketProperties = z.looseObject({
  // Functions, queues and topics are told by no bucket here; EventBridge is.
  NotificationConfiguration: z.strictObject({ EventBridgeConfiguration: z.unknown() }).optional(),
  LifecycleConfiguration: z.looseObject({ Rules: z.array(z.record(z.string(), z.unknown())) }).optional(),
  VersioningConfiguration: z.looseObject({ Status: z.string() }).optional(),
});
export type BucketProperties = z.infer<typeof BucketProperties>;

export const KeyProperties = z.looseObject({ KeyUsage: z.string().default('ENCRYPT_DECRYPT') });
export const AliasProperties = z.looseObject({ AliasName: z.string(), TargetKeyId: z.string() });

/** Strict: an input that is reshaped, or a queue for what failed, would be forgotten silently. */
const Target = z.strictObject({
  Id: z.string().optional(),
  Arn: z.string(),
  Input: z.string().optional(),
  RoleArn: z.string().optional(),
  RetryPolicy: z
    .strictObject({
      /** EventBridge's own default. */
      MaximumRetryAttempts: count.default(185),
      MaximumEventAgeInSeconds: count.default(86_400),
    })
    .prefault({}),
});

export type Target = z.infer<typeof Target>;

export const RuleProperties = z.looseObject({
  State: z.string().default('ENABLED'),
  ScheduleExpression: z.string().optional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  Targets: z.array(Target).default([]),
});

export const ScheduleProperties = z.looseObject({
  State: z.string().default('ENABLED'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  FlexibleTimeWindow: z.strictObject({
    Mode: z.literal('OFF', { error: 'a flexible time window is not hosted' }),
  }),
  Target: Target.extend({ RoleArn: z.string() }),
});

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

export const Statement = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: z.never({ error: 'NotAction is not evaluated by this home' }).optional(),
  Resource: oneOrMore.optional(),
  NotResource: z.never({ error: 'NotResource is not evaluated by this home' }).optional(),
  Condition: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    // A Deny under a condition that cannot be judged would be skipped.
    .refine((condition) => Object.keys(condition).every(isKnownOperator), {
      error: 'a condition operator that is not evaluated by this home',
    })
    .optional(),
});
export type Statement = z.infer<typeof Statement>;

const PolicyDocument = z.looseObject({
  Statement: z.preprocess((value) => [value].flat(), z.array(Statement)),
});

export const RoleProperties = z.looseObject({
  Policies: z.array(z.looseObject({ PolicyName: z.string(), PolicyDocument })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});

export const PolicyProperties = z.looseObject({
  PolicyDocument,
  Roles: z.array(z.string()).default([]),
});

export const PermissionProperties = z.looseObject({
  FunctionName: z.string(),
  Action: z.literal(['lambda:InvokeFunction', 'lambda:*']).default('lambda:InvokeFunction'),
  Principal: z.string(),
  SourceArn: z.string().optional(),
});

export const InvokeConfigProperties = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: count.optional(),
});

/** Alarms as the stacks use them: one metric, one period, a sum. */
export const AlarmProperties = z.looseObject({
  AlarmDescription: z.string().default(''),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z
    .array(z.object({ Name: z.string(), Value: z.string() }))
    .max(1)
    .default([]),
  Statistic: z.literal('Sum'),
  Period: count,
  EvaluationPeriods: z.literal(1),
  Threshold: z.coerce.number(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
});

export const MetricFilterProperties = z.looseObject({
  /** Only lines with one code of the catalogue are counted here. */
  FilterPattern: z
    .string()
    .regex(/^\{ \$\.code = "\w+" \}$/)
    .transform((pattern) => pattern.replaceAll(/^.*"(\w+)".*$/g, '$1')),
  LogGroupName: z.string(),
  MetricTransformations: z.array(z.looseObject({ MetricName: z.string(), MetricNamespace: z.string() })),
});

export const SubscriptionProperties = z.looseObject({ Protocol: z.string(), Endpoint: z.string() });
