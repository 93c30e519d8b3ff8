import { cutExecution, endExecution } from './endings.ts';
import { type Execution, type Frame, stateOf, type TimerKind } from './execution.ts';
import { exitOf, guarded, leave } from './flow.ts';
import { isTooLarge, type Json, textOf } from './json.ts';
import { StateError, tooLarge } from './state-error.ts';
import { lineFinished, map, parallel } from './states/children.ts';
import { choice, fail, pass, wait } from './states/plain.ts';
import { task } from './states/task.ts';
import {
  type Answered,
  failed,
  heartbeat,
  invoked,
  type NestedStart,
  nestedStarted,
  succeeded,
  timedOut,
} from './states/task-answers.ts';
import {
  change,
  HistoryFull,
  openTurn,
  payloadOf,
  record,
  setTimer,
  type Turn,
  type TurnTools,
} from './turn.ts';

/** What can happen to an execution. `frame` and `token` say which task of which line is meant; too late is ignored. */
export type Stimulus =
  | { kind: 'proceed' }
  /** Due, and still in the table as it was when it became due. */
  | { kind: 'timer'; timer: TimerKind; frame: number; at: number }
  | { kind: 'invoked'; frame: number; token: string; invocation: Answered }
  | { kind: 'nested-started'; frame: number; token: string; child: NestedStart }
  | { kind: 'task-succeeded'; frame: number; token: string; output: Json }
  | { kind: 'task-failed'; frame: number; token: string; error: StateError }
  | { kind: 'heartbeat'; frame: number; token: string }
  | { kind: 'stop'; error: StateError }
  /** It cannot go on, through a fault of this program: it fails with States.Runtime. */
  | { kind: 'broken'; reason: string };

/** Lines that can go on by themselves. */
export const readyFrame = (execution: Execution): Frame | undefined => {
  for (const frame of execution.frames.values()) {
    if (frame.doing.kind === 'entering' || frame.doing.kind === 'beginning') return frame;
  }
  return undefined;
};

/** Works out one transition. Answers undefined when the stimulus means nothing any more. */
export const transition = async (
  execution: Execution,
  stimulus: Stimulus,
  tools: TurnTools,
): Promise<Turn | undefined> => {
  const turn = openTurn(execution, tools);
  return (await advance(turn, stimulus)) ? turn : undefined;
};

/**
 * As `transition`, and then on, in the same turn, through the states that need nobody: what is worked out together is
 * written together, and nothing of it is seen before.
 * @param mayGoOn asked before each further transition
 */
export const transitions = async (
  execution: Execution,
  stimulus: Stimulus,
  tools: () => TurnTools,
  mayGoOn: () => boolean,
): Promise<Turn | undefined> => {
  const turn = await transition(execution, stimulus, tools());
  if (!turn) return undefined;
  while (!turn.ending && readyFrame(execution) && mayGoOn()) {
    turn.now = tools().now;
    await advance(turn, { kind: 'proceed' });
  }
  return turn;
};

const advance = async (turn: Turn, stimulus: Stimulus): Promise<boolean> => {
  try {
    const happened = await react(turn, stimulus);
    for (let line = turn.finished.shift(); line; line = turn.finished.shift()) {
      await lineFinished(turn, line.frame, line.error);
    }
    return happened;
  } catch (error) {
    if (!(error instanceof HistoryFull)) throw error;
    const cause = 'The execution reached the maximum number of history events (25000).';
    endExecution(
      turn,
      { status: 'FAILED', error: new StateError('States.Runtime', cause) },
      turn.execution.lastEvent,
    );
    return true;
  }
};

const react = async (turn: Turn, stimulus: Stimulus): Promise<boolean> => {
  switch (stimulus.kind) {
    case 'proceed':
      return proceed(turn);
    case 'timer':
      return timer(turn, stimulus);
    case 'stop':
      cutExecution(turn, { status: 'ABORTED', error: stimulus.error });
      return true;
    case 'broken':
      // Not cut line by line as a stop is: what is broken may be a line.
      endExecution(
        turn,
        { status: 'FAILED', error: new StateError('States.Runtime', stimulus.reason) },
        turn.execution.lastEvent,
      );
      return true;
    default:
      return answer(turn, stimulus);
  }
};

const proceed = async (turn: Turn): Promise<boolean> => {
  const frame = readyFrame(turn.execution);
  if (!frame) return false;
  await guarded(turn, frame, async () => {
    if (frame.doing.kind === 'entering') enter(turn, frame);
    await begin(turn, frame);
  });
  return true;
};

const enter = (turn: Turn, frame: Frame): void => {
  const { Type } = stateOf(turn.execution, frame);
  const input = textOf(frame.input);
  frame.enteredAt = turn.now;
  frame.enteredPrevious = frame.previous;
  frame.entered = record(turn, frame, `${Type}StateEntered`, {
    name: frame.state,
    ...payloadOf('input', input),
  });
  change(turn, frame, { kind: 'beginning' });
  if (isTooLarge(input)) throw tooLarge(frame.state, true);
};

const begin = (turn: Turn, frame: Frame): Promise<void> => {
  const state = stateOf(turn.execution, frame);
  switch (state.Type) {
    case 'Pass':
    case 'Succeed':
      return pass(turn, frame, state);
    case 'Choice':
      return choice(turn, frame, state);
    case 'Fail':
      return fail(turn, frame, state);
    case 'Wait':
      return wait(turn, frame, state);
    case 'Task':
      return task(turn, frame, state);
    case 'Parallel':
      return parallel(turn, frame, state);
    case 'Map':
      return map(turn, frame, state);
  }
};

const timer = async (turn: Turn, due: Extract<Stimulus, { kind: 'timer' }>): Promise<boolean> => {
  if (due.timer === 'execution') {
    cutExecution(turn, { status: 'TIMED_OUT', error: new StateError('States.Timeout', undefined) });
    return true;
  }
  const frame = turn.execution.frames.get(due.frame);
  if (!frame) return false;
  const { doing } = frame;
  if (due.timer === 'wait' && doing.kind === 'waiting') {
    await guarded(turn, frame, () => leave(turn, frame, exitOf(stateOf(turn.execution, frame), frame.input)));
    return true;
  }
  if (due.timer === 'retry' && doing.kind === 'retrying') {
    setTimer(turn, frame, 'retry', undefined);
    change(turn, frame, { kind: 'beginning' });
    return true;
  }
  if ((due.timer === 'timeout' || due.timer === 'heartbeat') && 'token' in doing) {
    await timedOut(turn, frame, due.timer);
    return true;
  }
  return false;
};

type Answer = Exclude<Stimulus, { kind: 'proceed' | 'timer' | 'stop' | 'broken' }>;

const answer = async (turn: Turn, stimulus: Answer): Promise<boolean> => {
  const frame = turn.execution.frames.get(stimulus.frame);
  if (!frame || !('token' in frame.doing) || frame.doing.token !== stimulus.token) return false;
  switch (stimulus.kind) {
    case 'invoked':
      if (frame.doing.kind !== 'invoking') return false;
      await invoked(turn, frame, stimulus.invocation);
      return true;
    case 'nested-started':
      if (frame.doing.kind !== 'starting') return false;
      await nestedStarted(turn, frame, stimulus.child);
      return true;
    case 'task-succeeded':
      await succeeded(turn, frame, stimulus.output);
      return true;
    case 'task-failed':
      await failed(turn, frame, stimulus.error);
      return true;
    case 'heartbeat':
      heartbeat(turn, frame);
      return true;
  }
};
