import type { HomeClock } from '#infra/local/ports.ts';
import { readPayload, type TestStateRequest } from '#infra/local/step-functions/api/requests.ts';
import { type Effect, type Execution, type Frame, frameOf } from '#infra/local/step-functions/execution.ts';
import { exitOf, guarded, handleError, leave } from '#infra/local/step-functions/flow.ts';
import { type Json, type JsonObject, textOf } from '#infra/local/step-functions/json.ts';
import type { Machines } from '#infra/local/step-functions/machines.ts';
import { errorDetails, StateError } from '#infra/local/step-functions/state-error.ts';
import { thresholdExceeded } from '#infra/local/step-functions/states/children.ts';
import { type Stimulus, transition } from '#infra/local/step-functions/transition.ts';
import { openTurn, type Turn, type TurnTools } from '#infra/local/step-functions/turn.ts';
import { executionFor } from './execution-for.ts';
import { givenToLines, inspectionOf } from './inspection.ts';
import { readSubject, type Subject } from './subject.ts';

/** What a test needs of the engine. Nothing of it is written. */
export type Lab = {
  tools: () => TurnTools;
  perform: (execution: Execution, effect: Effect) => Promise<Stimulus>;
  clock: HomeClock;
  machines: Machines;
};

/** AWS gives a test no longer than five minutes. */
const patienceMilliseconds = 300_000;

/**
 * The TestState API: one state, run by the same interpreter as a whole machine, with a mocked result where it has one.
 * @throws ApiError (InvalidDefinition, InvalidExecutionInput, ValidationException)
 */
export const testState = async (lab: Lab, request: TestStateRequest): Promise<JsonObject> => {
  const subject = readSubject(request);
  const input = readPayload(request.input ?? '{}', 'input', 'InvalidExecutionInput');
  const execution = executionFor(lab.machines, { subject, request, input, now: lab.clock.now() });
  const root = frameOf(execution, 0);
  const trial: Trial = { lab, subject, execution, root, turns: [] };
  await react(trial, { kind: 'proceed' });
  const limits = await limitsOf(trial);
  if (request.mock !== undefined) await conclude(trial, request);
  else await goThrough(trial);
  return {
    ...outcomeOf(trial),
    ...(request.inspectionLevel === undefined || request.inspectionLevel === 'INFO'
      ? {}
      : { inspectionData: inspectionOf(input, trial.turns, limits, root.variables) }),
  };
};

type Trial = { lab: Lab; subject: Subject; execution: Execution; root: Frame; turns: Turn[] };

const react = async ({ lab, execution, turns }: Trial, stimulus: Stimulus): Promise<void> => {
  const turn = await transition(execution, stimulus, lab.tools());
  if (turn) turns.push(turn);
};

const limitsOf = async ({ lab, subject, execution, root }: Trial): Promise<JsonObject> =>
  root.doing.kind === 'children' ? givenToLines(openTurn(execution, lab.tools()), root, subject.state) : {};

/** The mock stands for what the task, the iterations or the branches would have come to. */
const conclude = async (trial: Trial, request: TestStateRequest): Promise<void> => {
  const { doing } = trial.root;
  const { result, errorOutput } = request.mock ?? {};
  const error = errorOutput && new StateError(errorOutput.error, errorOutput.cause, { isTerminal: false });
  const output = result === undefined ? null : readPayload(result, 'mock.result', 'ValidationException');
  if ('token' in doing) {
    const { token } = doing;
    const told = error
      ? ({ kind: 'task-failed', frame: 0, token, error } as const)
      : ({ kind: 'task-succeeded', frame: 0, token, output } as const);
    await react(trial, told);
    return;
  }
  if (doing.kind !== 'children') return;
  const isBeyond =
    doing.tolerated !== undefined &&
    (request.stateConfiguration?.mapIterationFailureCount ?? 0) > doing.tolerated;
  await concludeLines(trial, error ?? (isBeyond ? thresholdExceeded() : undefined), output);
};

const concludeLines = async (trial: Trial, error: StateError | undefined, result: Json): Promise<void> => {
  const { lab, execution, root, subject, turns } = trial;
  const turn = openTurn(execution, lab.tools());
  turns.push(turn);
  if (error) await handleError(turn, root, error);
  else await guarded(turn, root, () => leave(turn, root, exitOf(subject.state, result, { result })));
};

/** Without a mock: the function runs, the nested execution starts, the wait passes. */
const goThrough = async (trial: Trial): Promise<void> => {
  const { lab, execution, root, turns } = trial;
  const [effect] = turns.flatMap((turn) => turn.effects);
  const timeout = turns.flatMap((turn) => [...turn.timers.values()]).find(({ kind }) => kind === 'timeout');
  const latest = lab.clock.now() + patienceMilliseconds;
  const until = Math.min(latest, root.doing.kind === 'waiting' ? root.doing.until : (timeout?.at ?? latest));
  const alarm = ringing(lab.clock, until);
  const told =
    effect && !isOver(trial) ? await Promise.race([lab.perform(execution, effect), alarm.rung]) : undefined;
  if (root.doing.kind === 'waiting') await alarm.rung;
  alarm.cancel();
  if (told) await react(trial, told);
  else if (until < latest && !isOver(trial)) await react(trial, timerOf(root, until));
  if (!isOver(trial)) {
    const error = new StateError('States.Timeout', 'The state took longer than the five minutes of a test.');
    const turn = openTurn(execution, lab.tools());
    turn.ending = { status: 'FAILED', error };
    turns.push(turn);
  }
};

const timerOf = ({ doing }: Frame, at: number): Stimulus => ({
  kind: 'timer',
  timer: doing.kind === 'waiting' ? 'wait' : 'timeout',
  frame: 0,
  at,
});

const ringing = (clock: HomeClock, at: number): { rung: Promise<undefined>; cancel: () => void } => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { rung: promise, cancel: clock.at(at, () => resolve(undefined)) };
};

const isOver = ({ root, turns }: Trial): boolean =>
  turns.some(({ ending }) => ending !== undefined) ||
  root.doing.kind === 'entering' ||
  root.doing.kind === 'retrying';

/** What became of the state, in the words of the API. */
const outcomeOf = ({ root, turns }: Trial): JsonObject => {
  const ending = turns.find((turn) => turn.ending !== undefined)?.ending;
  const handled = turns.findLast((turn) => turn.handled !== undefined)?.handled;
  if (ending?.error) return { status: 'FAILED', ...errorDetails(ending.error) };
  if (ending?.status === 'FAILED') return { status: 'FAILED' };
  if (ending) return { status: 'SUCCEEDED', output: textOf(ending.output ?? null) };
  if (handled && root.doing.kind === 'retrying') {
    return { status: 'RETRIABLE', ...errorDetails(handled.error) };
  }
  const onward = { output: textOf(root.input), nextState: root.state };
  return handled
    ? { status: 'CAUGHT_ERROR', ...errorDetails(handled.error), ...onward }
    : { status: 'SUCCEEDED', ...onward };
};
