import { evaluate, patternOf } from '#infra/local/permissions/evaluate.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import type { Description, ScheduleDescription } from '#infra/local/template/description.ts';

type Call = { what: string; functionArn: string; principal: string; sourceArn: string };

/**
 * Checks that every function admits the services that are to call it, as AWS::Lambda::Permission does for a service and
 * a source, and that the roles of schedules may call theirs.
 * @throws HomeFault naming what could not call what; on AWS it would fail silently
 */
export const checkAdmissions = (description: Description): void => {
  const { admissions, schedules } = description;
  for (const { what, functionArn, principal, sourceArn } of callsOf(description)) {
    const target = functionOf(description, functionArn, what);
    const admitted = admissions.some(
      (admission) =>
        admission.principal === principal &&
        [target.arn, target.name].includes(admission.functionName) &&
        (admission.sourceArn === undefined || patternOf(admission.sourceArn).test(sourceArn)),
    );
    if (!admitted) {
      throw missing(
        `${what} may not call ${target.logicalId}: an AWS::Lambda::Permission for ${sourceArn} is missing`,
      );
    }
  }
  for (const schedule of schedules.filter(({ via }) => via === 'scheduler')) checkRole(description, schedule);
};

const callsOf = ({ routes, rules, schedules, api, awsRegion, account }: Description): Call[] => [
  ...routes.map(({ routeKey, functionArn }) => ({
    what: `the route ${routeKey}`,
    functionArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: `arn:aws:execute-api:${awsRegion}:${account}:${api.id}/$default/${pathOf(routeKey)}`,
  })),
  ...rules.flatMap(({ name, arn, targets }) =>
    targets.map(({ functionArn }) => ({
      what: `the rule ${name}`,
      functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: arn,
    })),
  ),
  ...schedules
    .filter(({ via }) => via === 'rule')
    .map(({ name, functionArn, arn }) => ({
      what: `the schedule ${name}`,
      functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: arn,
    })),
];

/** A route in the source ARN of its call: `ANY /api/{proxy+}` is `ANY/api/{proxy+}`, `$default` stands alone. */
const pathOf = (routeKey: string): string => routeKey.replace(' ', '');

const checkRole = (description: Description, { name, role, functionArn }: ScheduleDescription): void => {
  const what = `the schedule ${name}`;
  const target = functionOf(description, functionArn, what);
  const statements = description.policies.get(role ?? '') ?? [];
  const verdict = evaluate(statements, { action: 'lambda:InvokeFunction', resource: functionArn });
  if (verdict !== 'allowed') {
    throw missing(`${what} may not call ${target.logicalId}: its role is not allowed lambda:InvokeFunction`);
  }
};

const functionOf = ({ functions }: Description, arn: string, what: string) => {
  const target = functions.find((one) => one.arn === arn);
  if (!target) throw missing(`${what} leads to ${arn}, which is no function of the template`);
  return target;
};

const missing = (problem: string): HomeFault =>
  new HomeFault(`The template would not work: ${problem}.`, exitCodes.unhostable);
