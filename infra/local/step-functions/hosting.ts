import type { Fault } from './checks.ts';
import { statesOf } from './flows.ts';
import { isObject } from './json.ts';
import type { Flow, State, StateOf } from './language.ts';
import { hostedResources, resourceOf } from './resources.ts';

/** What is good Amazon States Language, but nothing that this home can run. */
export const hostingFaultsIn = (flow: Flow): Fault[] =>
  statesOf(flow).flatMap(([name, state]) =>
    hostingFaultsOf(state).map((message) => ({ path: `state '${name}'`, message })),
  );

/** Of a state alone, without those inside it. */
const hostingFaultsOf = (state: State): string[] => {
  if (state.Type === 'Task') return resourceFaults(state.Resource, state.Arguments);
  return state.Type === 'Map' ? distributedFaults(state) : [];
};

const distributedFaults = (state: StateOf<'Map'>): string[] => {
  const { Mode, ExecutionType } = state.ItemProcessor.ProcessorConfig ?? {};
  const fields = (['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'] as const).filter(
    (field) => state[field] !== undefined,
  );
  return [
    ...(Mode === 'DISTRIBUTED' || ExecutionType !== undefined
      ? ['is a Distributed Map; only inline Maps are hosted (ProcessorConfig: { Mode: "INLINE" })']
      : []),
    ...fields.map((field) => `the field ${field} belongs to a Distributed Map; only inline Maps are hosted`),
  ];
};

const argumentNames = {
  'lambda-invoke': ['FunctionName', 'Payload'],
  'start-execution': ['StateMachineArn', 'Input', 'Name'],
} as const;

const resourceFaults = (arn: string, given: unknown): string[] => {
  const resource = resourceOf(arn);
  if (resource.kind === 'unhosted')
    return [`the resource ${arn} is not hosted; hosted are ${hostedResources.join(', ')}`];
  if (resource.kind === 'lambda-function' || !isObject(given)) return [];
  const [required, ...others] = argumentNames[resource.kind];
  return [
    ...(required in given ? [] : [`Arguments lacks ${required}`]),
    ...Object.keys(given)
      .filter((name) => name !== required && !others.some((other) => other === name))
      .map((name) => `the argument ${name} of ${arn} is not hosted`),
  ];
};
