import * as z from 'zod';
import type { Throttle } from '#infra/local/http-api/throttle.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { type Alerting, alertingOf } from '#infra/local/template/alerting.ts';
import type { Stack } from '#infra/local/template/assembly.ts';
import * as properties from '#infra/local/template/properties.ts';
import { type All, type Resource, resolveStacks } from '#infra/local/template/scope.ts';

type Named = { logicalId: string; name: string; arn: string };

export type FunctionDescription = Named & {
  /** Folder of the bundle. */
  code: string;
  /** `index.handler`: file without extension, then the export. */
  handler: string;
  /** Name of its role. */
  role: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  environment: Readonly<Record<string, string>>;
  /** Tries after the first of an asynchronous invocation. */
  retries: number;
  logGroup: string;
};
export type TableDescription = Named & properties.TableProperties;
type BucketDescription = Named & properties.BucketProperties;
/** `role` is the name of its role, by which policies are found. */
type MachineDescription = Named & { definition: unknown; role: string; roleArn: string };
/** `$default`, or a method (`ANY`) and a path with `{name}` and `{name+}`. */
export type RouteDescription = { routeKey: string; functionArn: string; timeoutMilliseconds: number };
export type ScheduleDescription = {
  name: string;
  /** A rule needs the function's permission, a scheduler's schedule a role. */
  via: 'rule' | 'scheduler';
  /** Of the rule or the schedule. */
  arn: string;
  /** Name of the role that a scheduler's schedule calls with. */
  role?: string;
  expression: string;
  timeZone: string;
  functionArn: string;
  input: unknown;
};
/** Whom a rule calls, with what instead of the event, and how often again when that fails. */
type RuleTarget = {
  functionArn: string;
  input?: unknown;
  retries: number;
  longestAgeMilliseconds: number;
};
type RuleDescription = {
  name: string;
  arn: string;
  pattern: Readonly<Record<string, unknown>>;
  targets: readonly RuleTarget[];
};

/** Everything of the templates that the home hosts, with every reference resolved. */
export type Description = {
  awsRegion: string;
  account: string;
  functions: readonly FunctionDescription[];
  tables: readonly TableDescription[];
  buckets: readonly BucketDescription[];
  machines: readonly MachineDescription[];
  /** The HTTP API's name in alarms, who of other origins may use it, and how much it lets through. */
  api: { id: string; cors?: properties.CorsProperties; throttle?: Throttle };
  routes: readonly RouteDescription[];
  schedules: readonly ScheduleDescription[];
  rules: readonly RuleDescription[];
  /** Statements of each role, by the role's name. */
  policies: ReadonlyMap<string, readonly properties.Statement[]>;
  /** Alias of an encryption key, by the key's ARN. */
  keyAliases: ReadonlyMap<string, string>;
  keys: readonly (Named & { KeyUsage: string })[];
  /** Who may invoke a function besides roles: function ARN or name, service principal, and for which source. */
  admissions: readonly { functionName: string; principal: string; sourceArn?: string | undefined }[];
} & Alerting;

/**
 * The typed view of the stacks.
 * @throws HomeFault naming the resource whose properties cannot be hosted
 */
export const describe = (stacks: readonly Stack[], origin: string): Description => {
  const resources = resolveStacks(stacks, origin);
  const all = <T>(types: readonly string[], schema: z.ZodType<T>): (Resource & { of: T })[] => {
    const read = (resource: Resource) => ({ ...resource, of: parse(schema, resource) });
    return resources.filter(({ type }) => types.includes(type)).map(read);
  };
  const [first] = stacks;
  return {
    awsRegion: first?.awsRegion ?? '',
    account: first?.account ?? '',
    functions: functionsOf(stacks, all),
    tables: all(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'], properties.TableProperties).map(
      named,
    ),
    buckets: all(['AWS::S3::Bucket'], properties.BucketProperties).map(named),
    machines: all(['AWS::StepFunctions::StateMachine'], properties.MachineProperties).map(machineOf),
    api: apiOf(all),
    routes: routesOf(all),
    schedules: schedulesOf(all),
    rules: all(['AWS::Events::Rule'], properties.RuleProperties).flatMap(({ logicalId: name, arn, of }) =>
      of.EventPattern && of.State === 'ENABLED'
        ? [{ name, arn, pattern: of.EventPattern, targets: of.Targets.map(ruleTarget) }]
        : [],
    ),
    policies: policiesOf(all),
    keyAliases: new Map(
      all(['AWS::KMS::Alias'], properties.AliasProperties).map(({ of }) => [of.TargetKeyId, of.AliasName]),
    ),
    keys: all(['AWS::KMS::Key'], properties.KeyProperties).map(named),
    ...alertingOf(all),
    admissions: all(['AWS::Lambda::Permission'], properties.PermissionProperties).map(({ of }) => ({
      functionName: of.FunctionName,
      principal: of.Principal,
      sourceArn: of.SourceArn,
    })),
  };
};

const parse = <T>(schema: z.ZodType<T>, { type, logicalId, stack, properties: found }: Resource): T => {
  const parsed = schema.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new HomeFault(
    `This home cannot host ${type} ${logicalId} in ${stack}: ${z.prettifyError(parsed.error)}`,
    exitCodes.unhostable,
  );
};

const named = <T extends object>({ logicalId, name, arn, of }: Resource & { of: T }): Named & T => ({
  ...of,
  logicalId,
  name,
  arn,
});

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const functionsOf = (stacks: readonly Stack[], all: All): FunctionDescription[] => {
  const configs = all(['AWS::Lambda::EventInvokeConfig'], properties.InvokeConfigProperties);
  const assets = new Map(stacks.flatMap((stack) => [...stack.assets]));
  return all(['AWS::Lambda::Function'], properties.FunctionProperties).map(
    ({ logicalId, name, arn, of, stack }) => {
      const code = assets.get(of.Code.S3Key);
      if (code === undefined) {
        throw new HomeFault(
          `The bundle of ${logicalId} in ${stack} was not synthesized.`,
          exitCodes.unhostable,
        );
      }
      return {
        logicalId,
        name,
        arn,
        code,
        handler: of.Handler,
        role: lastPart(of.Role),
        timeoutSeconds: of.Timeout,
        memoryMegabytes: of.MemorySize,
        environment: of.Environment?.Variables ?? {},
        retries: configs.find((config) => config.of.FunctionName === name)?.of.MaximumRetryAttempts ?? 2,
        logGroup: of.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      };
    },
  );
};

const machineOf = ({
  logicalId,
  name,
  arn,
  stack,
  of,
}: Resource & { of: z.infer<typeof properties.MachineProperties> }): MachineDescription => {
  const text = of.DefinitionString ?? JSON.stringify(of.Definition ?? {});
  const filled = text.replaceAll(
    /\$\{(\w+)\}/g,
    (whole, key: string) => of.DefinitionSubstitutions[key] ?? whole,
  );
  try {
    const definition: unknown = JSON.parse(filled);
    return { logicalId, name, arn, definition, roleArn: of.RoleArn, role: lastPart(of.RoleArn) };
  } catch (error) {
    throw new HomeFault(
      `The definition of ${logicalId} in ${stack} is not JSON: ${String(error)}`,
      exitCodes.unhostable,
    );
  }
};

const apiOf = (all: All): Description['api'] => {
  const [api] = all(['AWS::ApiGatewayV2::Api'], properties.ApiProperties);
  const [stage] = all(['AWS::ApiGatewayV2::Stage'], properties.StageProperties);
  const { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit } =
    stage?.of.DefaultRouteSettings ?? {};
  const cors = api?.of.CorsConfiguration;
  return {
    id: api?.ref ?? '',
    ...(cors && { cors }),
    ...(rateLimit !== undefined && burstLimit !== undefined && { throttle: { rateLimit, burstLimit } }),
  };
};

const routesOf = (all: All): RouteDescription[] => {
  const integrations = new Map(
    all(['AWS::ApiGatewayV2::Integration'], properties.IntegrationProperties).map(({ ref, of }) => [ref, of]),
  );
  return all(['AWS::ApiGatewayV2::Route'], properties.RouteProperties).map(({ logicalId, stack, of }) => {
    const integration = integrations.get(lastPart(of.Target));
    if (!integration) {
      throw new HomeFault(
        `The route ${logicalId} in ${stack} leads to no integration.`,
        exitCodes.unhostable,
      );
    }
    const [functionArn = ''] = /arn:aws:lambda:[^/]+/.exec(integration.IntegrationUri) ?? [];
    return { routeKey: of.RouteKey, functionArn, timeoutMilliseconds: integration.TimeoutInMillis };
  });
};

/** EventBridge's rules with a schedule, and the Scheduler's schedules. */
const schedulesOf = (all: All): ScheduleDescription[] => [
  ...all(['AWS::Events::Rule'], properties.RuleProperties).flatMap(({ logicalId: name, arn, of }) =>
    of.State === 'ENABLED'
      ? of.Targets.flatMap(({ Arn, Input }, index) =>
          of.ScheduleExpression === undefined
            ? []
            : [
                {
                  name: index === 0 ? name : `${name}#${index}`,
                  via: 'rule' as const,
                  arn,
                  expression: of.ScheduleExpression,
                  timeZone: 'UTC',
                  functionArn: Arn,
                  input: inputOf(Input),
                },
              ],
        )
      : [],
  ),
  ...all(['AWS::Scheduler::Schedule'], properties.ScheduleProperties).flatMap(
    ({ logicalId: name, arn, of }) =>
      of.State === 'ENABLED'
        ? [
            {
              name,
              via: 'scheduler' as const,
              arn,
              role: lastPart(of.Target.RoleArn),
              expression: of.ScheduleExpression,
              timeZone: of.ScheduleExpressionTimezone,
              functionArn: of.Target.Arn,
              input: inputOf(of.Target.Input),
            },
          ]
        : [],
  ),
];

const ruleTarget = ({ Arn, Input, RetryPolicy }: properties.Target): RuleTarget => ({
  functionArn: Arn,
  ...(Input !== undefined && { input: inputOf(Input) }),
  retries: RetryPolicy.MaximumRetryAttempts,
  longestAgeMilliseconds: RetryPolicy.MaximumEventAgeInSeconds * 1000,
});

const inputOf = (text: string | undefined): unknown => (text === undefined ? {} : JSON.parse(text));

const policiesOf = (all: All): Map<string, properties.Statement[]> => {
  const separate = all(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'], properties.PolicyProperties);
  return new Map(
    all(['AWS::IAM::Role'], properties.RoleProperties).map(({ name, of }) => [
      name,
      [
        ...of.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
        ...separate
          .filter((policy) => policy.of.Roles.includes(name) || of.ManagedPolicyArns.includes(policy.ref))
          .flatMap((policy) => policy.of.PolicyDocument.Statement),
      ],
    ]),
  );
};
