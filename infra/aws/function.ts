import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { FunctionName } from '#infra/build/functions.ts';
import type { Names } from './names.ts';
import { type Grant, statementsOf } from './permissions.ts';
import type { Region } from './regions.ts';
import type { RegionStack } from './stack.ts';
import { acknowledgeUnnamed, acknowledgeWildcards, unnamedResource } from './wildcards.ts';

/** Where a function's code comes from: the built bundles, or a stand-in in tests of the templates. */
export type CodeOf = (name: FunctionName) => Code;

export type FunctionSpec = {
  /** Logical id in the template. */
  id: string;
  bundle: FunctionName;
  description: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  grants: readonly Grant[];
  environment: Readonly<Record<string, string>>;
  /** What people notice when it fails; the alarm says so. */
  harm: string;
  /** How often an asynchronous call is repeated after an error; none where a schedule comes again anyway. */
  retries?: 0 | 1 | 2;
};

/** Identifiers and codes only, for as long as a question about a round may come. */
export const logRetention = RetentionDays.ONE_YEAR;

/** Makes functions with our defaults: Node 24 on arm64, own role, own log group, tracing, only the named grants. */
export const roundFunction =
  (stack: RegionStack, { region, names, codeOf }: { region: Region; names: Names; codeOf: CodeOf }) =>
  (spec: FunctionSpec): LambdaFunction => {
    const logGroup = new LogGroup(stack, `${spec.id}Log`, {
      logGroupName: `/aws/lambda/${names.function(spec.bundle)}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(stack, `${spec.id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${names.function(spec.bundle)} may do.`,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const statements = spec.grants.flatMap((grant) => statementsOf(grant, { stack, region, names }));
    for (const statement of statements) role.addToPolicy(statement);
    acknowledgeWildcards(role, statements);
    acknowledgeUnnamed(role, unnamedResource.tracing);
    return new LambdaFunction(stack, spec.id, {
      functionName: names.function(spec.bundle),
      description: spec.description,
      code: codeOf(spec.bundle),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(spec.timeoutSeconds),
      memorySize: spec.memoryMegabytes,
      environment: { ...spec.environment },
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      ...(spec.retries === undefined ? {} : { retryAttempts: spec.retries }),
    });
  };
