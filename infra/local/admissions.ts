import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import type { Description } from '#infra/local/template/description.ts';

/**
 * Checks that every function admits the services that are to call it, as AWS::Lambda::Permission does.
 * @throws HomeFault naming what could not call what; on AWS it would fail silently
 */
export const checkAdmissions = ({ routes, rules, schedules, functions, admissions }: Description): void => {
  const calls = [
    ...routes.map(({ routeKey, functionArn }) => ({
      what: `the route ${routeKey}`,
      functionArn,
      principal: 'apigateway.amazonaws.com',
    })),
    ...rules.flatMap(({ name, functionArns }) =>
      functionArns.map((functionArn) => ({
        what: `the rule ${name}`,
        functionArn,
        principal: 'events.amazonaws.com',
      })),
    ),
    ...schedules
      .filter(({ via }) => via === 'rule')
      .map(({ name, functionArn }) => ({
        what: `the schedule ${name}`,
        functionArn,
        principal: 'events.amazonaws.com',
      })),
  ];
  for (const { what, functionArn, principal } of calls) {
    const target = functions.find(({ arn }) => arn === functionArn);
    if (!target) throw missing(`${what} leads to ${functionArn}, which is no function of the template`);
    const admitted = admissions.some(
      (admission) =>
        admission.principal === principal && [target.arn, target.name].includes(admission.functionName),
    );
    if (!admitted)
      throw missing(`${what} may not call ${target.logicalId}: an AWS::Lambda::Permission is missing`);
  }
};

const missing = (problem: string): HomeFault =>
  new HomeFault(`The template would not work: ${problem}.`, exitCodes.unhostable);
