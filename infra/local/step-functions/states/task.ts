import type { Frame, TaskInHand } from '#infra/local/step-functions/execution.ts';
import { isObject, type Json, type JsonObject, textOf } from '#infra/local/step-functions/json.ts';
import type { StateOf } from '#infra/local/step-functions/language.ts';
import { namesOf, type Resource, resourceOf } from '#infra/local/step-functions/resources.ts';
import { StateError } from '#infra/local/step-functions/state-error.ts';
import { explain } from '#infra/local/step-functions/templates.ts';
import { change, record, setTimer, type Turn } from '#infra/local/step-functions/turn.ts';
import { argumentsOf, secondsOf } from './plain.ts';

type Patience = { timeoutSeconds?: number; heartbeatSeconds?: number };

/** Sets a task going: its token, timers and first events are written before anything leaves the house. */
export const task = async (turn: Turn, frame: Frame, state: StateOf<'Task'>): Promise<void> => {
  const resource = resourceOf(state.Resource);
  const token = turn.newToken();
  const isCallback = 'callback' in resource && resource.callback;
  const given = await argumentsOf(turn, frame, state.Arguments, isCallback ? token : undefined);
  const patience = await patienceOf(turn, frame, state);
  const { heartbeatSeconds } = patience;
  const inHand: TaskInHand = { token, ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }) };
  dispatch(turn, frame, { resource, arn: state.Resource, given, patience, inHand });
  if (isCallback) turn.tokens.set(token, { frame: frame.id, open: true });
  if (patience.timeoutSeconds !== undefined) {
    setTimer(turn, frame, 'timeout', turn.now + patience.timeoutSeconds * 1000);
  }
  if (heartbeatSeconds !== undefined) setTimer(turn, frame, 'heartbeat', turn.now + heartbeatSeconds * 1000);
};

const patienceOf = async (turn: Turn, frame: Frame, state: StateOf<'Task'>): Promise<Patience> => {
  const read = async (location: string, template: Json | undefined): Promise<number | undefined> => {
    if (template === undefined) return undefined;
    const seconds = await secondsOf(turn, frame, { location, template });
    if (seconds > 0) return seconds;
    throw new StateError('States.Runtime', explain(frame, `The ${location} field must be 1 or more.`));
  };
  const timeoutSeconds = await read('TimeoutSeconds', state.TimeoutSeconds);
  const heartbeatSeconds = await read('HeartbeatSeconds', state.HeartbeatSeconds);
  return {
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
  };
};

type Order = { resource: Resource; arn: string; given: Json; patience: Patience; inHand: TaskInHand };

const dispatch = (turn: Turn, frame: Frame, order: Order): void => {
  const { resource, given, inHand } = order;
  if (resource.kind === 'lambda-function') {
    const { timeoutSeconds } = order.patience;
    record(turn, frame, 'LambdaFunctionScheduled', {
      resource: resource.arn,
      input: textOf(given),
      inputDetails: { truncated: false },
      ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    });
    record(turn, frame, 'LambdaFunctionStarted');
    invoke(turn, frame, inHand, { functionName: resource.arn, payload: given });
    return;
  }
  if (!isObject(given))
    throw new StateError('States.Runtime', explain(frame, 'Arguments must be an object.'));
  schedule(turn, frame, order);
  if (resource.kind === 'lambda-invoke') {
    const functionName = textArgument(frame, given, 'FunctionName');
    invoke(turn, frame, inHand, { functionName, payload: given['Payload'] ?? {} });
    return;
  }
  if (resource.kind === 'unhosted') {
    change(turn, frame, { kind: 'submitted', ...inHand });
    return;
  }
  const start = startOrder(turn, frame, given);
  const { wait: waits } = resource;
  change(turn, frame, { kind: 'starting', ...inHand, ...start, waits });
  turn.effects.push({ kind: 'start', frame: frame.id, token: inHand.token, ...start, waits });
};

const invoke = (
  turn: Turn,
  frame: Frame,
  inHand: TaskInHand,
  call: { functionName: string; payload: Json },
): void => {
  change(turn, frame, { kind: 'invoking', ...inHand });
  turn.effects.push({ kind: 'invoke', frame: frame.id, token: inHand.token, ...call });
};

const schedule = (turn: Turn, frame: Frame, { arn, given, patience }: Order): void => {
  const names = namesOf(arn);
  record(turn, frame, 'TaskScheduled', {
    ...names,
    region: turn.execution.arn.split(':')[3] ?? '',
    parameters: textOf(given),
    ...(patience.timeoutSeconds === undefined ? {} : { timeoutInSeconds: patience.timeoutSeconds }),
    ...(patience.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: patience.heartbeatSeconds }),
  });
  record(turn, frame, 'TaskStarted', names);
};

/** The name is chosen before the start, so that a start repeated after a stop of the home starts nothing twice. */
const startOrder = (
  turn: Turn,
  frame: Frame,
  given: JsonObject,
): { machineArn: string; name: string; input: string } => {
  const input = given['Input'];
  return {
    machineArn: textArgument(frame, given, 'StateMachineArn'),
    name: given['Name'] === undefined ? turn.newToken().slice(0, 36) : textArgument(frame, given, 'Name'),
    input: typeof input === 'string' ? input : textOf(input ?? {}),
  };
};

const textArgument = (frame: Frame, given: JsonObject, name: string): string => {
  const value = given[name];
  if (typeof value === 'string') return value;
  throw new StateError('States.Runtime', explain(frame, `The argument ${name} must be a string.`));
};
