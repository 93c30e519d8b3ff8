import type { Invocation } from '#infra/local/ports.ts';
import { type Frame, stateOf } from '#infra/local/step-functions/execution.ts';
import { exitOf, guarded, handleError, leave } from '#infra/local/step-functions/flow.ts';
import { isTooLarge, type Json, type JsonObject, textOf } from '#infra/local/step-functions/json.ts';
import type { StateOf } from '#infra/local/step-functions/language.ts';
import { namesOf, resourceOf } from '#infra/local/step-functions/resources.ts';
import { errorDetails, StateError, tooLarge } from '#infra/local/step-functions/state-error.ts';
import { change, payload, record, setTimer, type Turn } from '#infra/local/step-functions/turn.ts';

/** What comes back from outside to a line that waits for it. Whoever calls has checked that the line still waits. */

const taskOf = (turn: Turn, frame: Frame): StateOf<'Task'> => {
  const state = stateOf(turn.execution, frame);
  if (state.Type !== 'Task') throw new Error(`'${frame.state}' is no Task`);
  return state;
};

/** What `lambda:invoke` answers around the payload. */
const envelope = (returned: Json): JsonObject => ({
  ExecutedVersion: '$LATEST',
  Payload: returned,
  SdkHttpMetadata: { HttpStatusCode: 200 },
  SdkResponseMetadata: {},
  StatusCode: 200,
});

/** As the Lambda home answers, and with any other error that keeps a function from being run. */
export type Answered =
  | Exclude<Invocation, { outcome: 'refused' }>
  | { outcome: 'refused'; error: string; message: string };

/** A function has returned, failed, or could not be run at all. */
export const invoked = async (turn: Turn, frame: Frame, invocation: Answered): Promise<void> => {
  const { Resource } = taskOf(turn, frame);
  const resource = resourceOf(Resource);
  if (invocation.outcome === 'failed') {
    const { payload: reason } = invocation;
    await failed(turn, frame, new StateError(reason.errorType, JSON.stringify(reason)));
    return;
  }
  if (invocation.outcome === 'refused') {
    await failed(turn, frame, new StateError(`Lambda.${invocation.error}`, invocation.message));
    return;
  }
  const returned = jsonOf(invocation.payload);
  const result = resource.kind === 'lambda-function' ? returned : envelope(returned);
  if (isTooLarge(textOf(result))) {
    await failed(turn, frame, tooLarge(resource.kind === 'lambda-function' ? Resource : 'lambda', false));
    return;
  }
  if (resource.kind === 'lambda-invoke' && resource.callback) {
    submitted(turn, frame, result, { kind: 'submitted' });
    return;
  }
  await succeeded(turn, frame, result);
};

/** A payload as JSON carries it: what a function returns may hold dates, or nothing at all. */
const jsonOf = (value: unknown): Json => JSON.parse(JSON.stringify(value) ?? 'null');

/** The task came to a result: its function's, its token's or its nested execution's. */
export const succeeded = async (turn: Turn, frame: Frame, result: Json): Promise<void> => {
  const state = taskOf(turn, frame);
  if (resourceOf(state.Resource).kind === 'lambda-function') {
    record(turn, frame, 'LambdaFunctionSucceeded', payload('output', result));
  } else {
    record(turn, frame, 'TaskSucceeded', { ...namesOf(state.Resource), ...payload('output', result) });
  }
  await guarded(turn, frame, () => leave(turn, frame, exitOf(state, result, { result })));
};

export const failed = async (turn: Turn, frame: Frame, error: StateError): Promise<void> => {
  recordEnd(turn, frame, 'Failed', error);
  await handleError(turn, frame, error);
};

/** TimeoutSeconds or HeartbeatSeconds have passed. */
export const timedOut = async (turn: Turn, frame: Frame, kind: 'timeout' | 'heartbeat'): Promise<void> => {
  const error = new StateError(
    'States.Timeout',
    '',
    kind === 'heartbeat' ? { alias: 'States.HeartbeatTimeout' } : {},
  );
  recordEnd(turn, frame, 'TimedOut', error);
  await handleError(turn, frame, error);
};

const recordEnd = (turn: Turn, frame: Frame, how: 'Failed' | 'TimedOut', error: StateError): void => {
  const { Resource } = taskOf(turn, frame);
  if (resourceOf(Resource).kind === 'lambda-function') {
    record(turn, frame, `LambdaFunction${how}`, errorDetails(error));
  } else {
    record(turn, frame, `Task${how}`, { ...namesOf(Resource), ...errorDetails(error) });
  }
};

export const heartbeat = (turn: Turn, frame: Frame): void => {
  const { doing } = frame;
  if (!('token' in doing) || doing.heartbeatSeconds === undefined) return;
  setTimer(turn, frame, 'heartbeat', turn.now + doing.heartbeatSeconds * 1000);
};

/** The nested execution was started, or could not be. */
export const nestedStarted = async (turn: Turn, frame: Frame, child: NestedStart): Promise<void> => {
  const state = taskOf(turn, frame);
  if ('error' in child) {
    await failed(turn, frame, new StateError(child.error, child.cause));
    return;
  }
  const started = { ExecutionArn: child.arn, StartDate: child.startedAt };
  const resource = resourceOf(state.Resource);
  if (resource.kind !== 'start-execution' || !(resource.wait || resource.callback)) {
    await succeeded(turn, frame, started);
    return;
  }
  submitted(
    turn,
    frame,
    started,
    resource.wait ? { kind: 'nested', child: child.arn } : { kind: 'submitted' },
  );
};

/** The request was answered; what is waited for is a token, or the end of a nested execution. */
const submitted = (
  turn: Turn,
  frame: Frame,
  answer: Json,
  waits: { kind: 'submitted' } | { kind: 'nested'; child: string },
): void => {
  const { doing } = frame;
  if (!('token' in doing)) return;
  const { token, heartbeatSeconds } = doing;
  record(turn, frame, 'TaskSubmitted', {
    ...namesOf(taskOf(turn, frame).Resource),
    ...payload('output', answer),
  });
  change(turn, frame, {
    ...waits,
    token,
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
  });
};

export type NestedStart = { arn: string; startedAt: number } | { error: string; cause: string };
