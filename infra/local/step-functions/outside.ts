import type { Authorize, Invoke } from '#infra/local/ports.ts';
import { Declined } from './committer.ts';
import type { Effect, Execution } from './execution.ts';
import { parseJson, textOf } from './json.ts';
import type { ExecutionRow, Parent } from './rows.ts';
import type { Started, StartRequest } from './starts.ts';
import { StateError } from './state-error.ts';
import type { Answered } from './states/task-answers.ts';
import type { Stimulus } from './transition.ts';

export type World = {
  invoke: Invoke;
  authorize: Authorize | undefined;
  start: (request: StartRequest) => Promise<Started>;
};

/** Does what a transition asked of the world; what came of it is the next stimulus. Never rejects. */
export const perform = async (world: World, execution: Execution, effect: Effect): Promise<Stimulus> => {
  const { frame, token } = effect;
  if (effect.kind === 'invoke') {
    return { kind: 'invoked', frame, token, invocation: await invoke(world, execution, effect) };
  }
  return { kind: 'nested-started', frame, token, child: await startNested(world, execution, effect) };
};

const invoke = async (
  { invoke: run, authorize }: World,
  execution: Execution,
  { functionName, payload }: Extract<Effect, { kind: 'invoke' }>,
): Promise<Answered> => {
  const { logicalId } = execution.machine;
  try {
    authorize?.(
      { kind: 'state-machine', logicalId },
      'lambda:InvokeFunction',
      functionArn(execution, functionName),
    );
  } catch (error) {
    return notAllowed(error);
  }
  try {
    return await run(functionName, payload);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: 'refused', error: 'ServiceException', message };
  }
};

/** What the machine's role may not do fails the task, as on AWS, under the error that AWS gives. */
const notAllowed = (error: unknown): Answered => ({
  outcome: 'refused',
  error: 'AWSLambdaException',
  message: error instanceof Error ? error.message : String(error),
});

/** A function named without its ARN is one of the machine's own account and region. */
const functionArn = (execution: Execution, name: string): string => {
  if (name.startsWith('arn:')) return name;
  const [, partition, , region, account] = execution.machine.arn.split(':');
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
};

const startNested = async (
  { start, authorize }: World,
  execution: Execution,
  order: Extract<Effect, { kind: 'start' }>,
): Promise<Extract<Stimulus, { kind: 'nested-started' }>['child']> => {
  const { machineArn, name, input, frame, token, waits } = order;
  const { logicalId } = execution.machine;
  try {
    authorize?.({ kind: 'state-machine', logicalId }, 'states:StartExecution', machineArn);
    const parent = { execution: execution.id, frame, token, waits };
    const started = await start({ machineArn, name, input, parent });
    return { arn: started.arn, startedAt: started.startedAt };
  } catch (error) {
    const code = error instanceof Declined ? error.reason.code : 'AWSStepFunctionsException';
    const cause = error instanceof Error ? error.message : String(error);
    return {
      error: `StepFunctions.${code}${code.endsWith('Exception') ? '' : 'Exception'}`,
      cause: `${cause} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${code})`,
    };
  }
};

/** What the task that waits for a nested execution (`.sync:2`) is told when that one has ended; nothing if none does. */
export const endingForParent = (row: ExecutionRow): { execution: number; stimulus: Stimulus } | undefined =>
  row.parent === undefined || row.parent.waits === false
    ? undefined
    : { execution: row.parent.execution, stimulus: endingOf(row, row.parent) };

const endingOf = (row: ExecutionRow, { frame, token }: Parent): Stimulus => {
  const description = {
    ExecutionArn: row.arn,
    Input: parseJson(row.input),
    InputDetails: { Included: true },
    Name: row.name,
    ...(row.output === undefined ? {} : { Output: parseJson(row.output), OutputDetails: { Included: true } }),
    ...(row.error === undefined ? {} : { Error: row.error }),
    ...(row.cause === undefined ? {} : { Cause: row.cause }),
    StartDate: row.startedAt,
    StateMachineArn: row.machine,
    Status: row.status,
    StopDate: row.stoppedAt ?? row.startedAt,
  };
  if (row.status === 'SUCCEEDED') return { kind: 'task-succeeded', frame, token, output: description };
  return {
    kind: 'task-failed',
    frame,
    token,
    error: new StateError('States.TaskFailed', textOf(description)),
  };
};
