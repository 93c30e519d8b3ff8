import { isSimple } from './expressions/simple.ts';
import { innerFlows, statesOf } from './flows.ts';
import { isObject } from './json.ts';
import { type Definition, expressionPattern, type Flow, type State } from './language.ts';

/** One thing that stands in the way of hosting a machine: where, and why. */
export type Fault = { path: string; message: string };

/** What a definition of the right shape still gets wrong: language, names, targets, expressions. */
export const faultsIn = (definition: Definition): Fault[] => [
  ...languageFaults(definition.QueryLanguage ?? 'JSONPath', definition),
  ...flowFaults(definition),
  ...repeatedNames(definition),
];

/** One state by itself, whose neighbours are not there: as TestState takes it. */
export const faultsOfState = (name: string, state: State): Fault[] => [
  ...languageFaults(state.QueryLanguage ?? 'JSONPath', { StartAt: name, States: { [name]: state } }),
  ...[...stateFaults(state), ...expressionFaults(state)].map((message) => ({
    path: `state '${name}'`,
    message,
  })),
  ...innerFlows(state).flatMap(flowFaults),
];

const languageFaults = (language: string, flow: Flow): Fault[] =>
  statesOf(flow)
    .filter(([, state]) => (state.QueryLanguage ?? language) !== 'JSONata')
    .map(([name]) => ({
      path: `state '${name}'`,
      message: 'is in JSONPath; only JSONata is hosted (QueryLanguage: "JSONata")',
    }));

const repeatedNames = (flow: Flow): Fault[] => {
  const names = statesOf(flow).map(([name]) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    path: `state '${name}'`,
    message: 'has the same name as another state of this machine',
  }));
};

const flowFaults = (flow: Flow): Fault[] => {
  const states = Object.entries(flow.States);
  const reached = reachedFrom(flow);
  return [
    ...(flow.StartAt in flow.States
      ? []
      : [{ path: 'StartAt', message: `there is no state '${flow.StartAt}'` }]),
    ...states
      .filter(([name]) => !reached.has(name) && flow.StartAt in flow.States)
      .map(([name]) => ({ path: `state '${name}'`, message: 'cannot be reached' })),
    ...states.flatMap(([name, state]) =>
      [...targetFaults(flow, state), ...stateFaults(state), ...expressionFaults(state)].map((message) => ({
        path: `state '${name}'`,
        message,
      })),
    ),
    ...states.flatMap(([, state]) => innerFlows(state).flatMap(flowFaults)),
  ];
};

const targetsOf = (state: State): string[] => [
  ...('Next' in state && state.Next !== undefined ? [state.Next] : []),
  ...('Default' in state && state.Default !== undefined ? [state.Default] : []),
  ...('Choices' in state ? state.Choices.map(({ Next }) => Next) : []),
  ...('Catch' in state ? (state.Catch ?? []).map(({ Next }) => Next) : []),
];

const reachedFrom = (flow: Flow): Set<string> => {
  const reached = new Set<string>();
  const open = [flow.StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = flow.States[name];
    if (reached.has(name) || !state) continue;
    reached.add(name);
    open.push(...targetsOf(state));
  }
  return reached;
};

const targetFaults = (flow: Flow, state: State): string[] => [
  ...targetsOf(state)
    .filter((target) => !(target in flow.States))
    .map((target) => `leads to '${target}', which does not exist here`),
  ...('End' in state || 'Next' in state || !['Choice', 'Succeed', 'Fail'].includes(state.Type)
    ? endFaults('Next' in state ? state.Next : undefined, 'End' in state ? state.End : undefined)
    : []),
];

const endFaults = (next: string | undefined, end: boolean | undefined): string[] =>
  (next === undefined) === (end === true) ? [] : ['needs either Next or End: true'];

const stateFaults = (state: State): string[] => {
  const names = 'Assign' in state ? Object.keys(state.Assign ?? {}) : [];
  return [
    ...(names.includes('states') ? ["assigns 'states', which is reserved"] : []),
    ...(state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined)
      ? ['needs either Seconds or Timestamp']
      : []),
    ...('Retry' in state ? handlerFaults(state.Retry ?? []) : []),
    ...('Catch' in state ? handlerFaults(state.Catch ?? []) : []),
  ];
};

const handlerFaults = (handlers: { ErrorEquals: string[] }[]): string[] =>
  handlers.flatMap(({ ErrorEquals }, index) =>
    ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index < handlers.length - 1)
      ? ['States.ALL must stand alone, in the last Retry or Catch']
      : [],
  );

const expressionFaults = (state: State): string[] => {
  const { ...fields }: Record<string, unknown> = state;
  for (const name of ['Branches', 'ItemProcessor', 'Comment']) delete fields[name];
  return expressionsIn(fields).flatMap((text) => {
    try {
      isSimple(text);
      return [];
    } catch (error) {
      const reason =
        isObject(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
      return [`the expression '${text}' is not JSONata: ${reason}`];
    }
  });
};

const expressionsIn = (value: unknown): string[] => {
  if (typeof value === 'string') {
    const inside = expressionPattern.exec(value)?.[1];
    return inside === undefined ? [] : [inside.trim()];
  }
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  return isObject(value) ? Object.values(value).flatMap(expressionsIn) : [];
};
