import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { MachineName } from '#shared/domain/outbox.ts';
import { StepName } from '#workflows/contracts.ts';
import { machines } from '#workflows/index.ts';
import { logRetention } from './function.ts';
import type { Names } from './names.ts';
import type { RegionStack } from './stack.ts';
import { acknowledgeUnnamed, unnamedResource } from './wildcards.ts';

/** Deploys every machine as the data it is; the only thing filled in is which function runs which step. */
export const deployMachines = (
  stack: RegionStack,
  names: Names,
  functions: Record<StepName, IFunction>,
): Record<MachineName, StateMachine> => {
  // Only the steps, whatever else is handed in.
  const steps = StepName.options.map((step): [StepName, string] => [step, functions[step].functionArn]);
  const role = new Role(stack, 'MachinesRole', {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
    description: `What the workflows of ${names.prefix} may do: run the steps.`,
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: steps.map(([, functionArn]) => functionArn),
    }),
  );
  acknowledgeUnnamed(role, unnamedResource.logDelivery);
  const make = (name: MachineName, id: string): StateMachine =>
    deploy(stack, names, { name, id, role, steps: stepsIn(name, steps) });
  return {
    'selection-round': make('selection-round', 'SelectionRound'),
    offer: make('offer', 'Offer'),
    onboarding: make('onboarding', 'Onboarding'),
  };
};

/** A substitution that a definition does not use is refused. */
const stepsIn = (name: MachineName, steps: readonly [StepName, string][]): [StepName, string][] => {
  const definition = JSON.stringify(machines[name]);
  return steps.filter(([step]) => definition.includes(`\${${step}}`));
};

const deploy = (
  stack: RegionStack,
  names: Names,
  { name, id, role, steps }: { name: MachineName; id: string; role: Role; steps: [StepName, string][] },
): StateMachine =>
  new StateMachine(stack, id, {
    stateMachineName: names.machine(name),
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromString(JSON.stringify(machines[name])),
    definitionSubstitutions: Object.fromEntries(steps),
    role,
    tracingEnabled: true,
    logs: {
      level: LogLevel.ALL,
      // The record holds what went in and out; a log that cannot hold a task token cannot leak one.
      includeExecutionData: false,
      destination: new LogGroup(stack, `${id}Log`, {
        logGroupName: `/aws/vendedlogs/states/${names.machine(name)}`,
        retention: logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    },
    // An execution holds nothing that the record does not hold: the sweep starts it again.
    removalPolicy: RemovalPolicy.DESTROY,
  });
