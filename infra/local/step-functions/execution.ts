import type { Json, JsonObject } from './json.ts';
import type { Flow, State } from './language.ts';
import type { Program } from './program.ts';
import type { StateError } from './state-error.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What a line of an execution is busy with; each kind says what wakes it. */
type Doing =
  /** About to enter `state`. */
  | { kind: 'entering' }
  /** Entered; the work of the state is about to begin again after a retry's delay. */
  | { kind: 'beginning' }
  | { kind: 'waiting'; until: number }
  | { kind: 'retrying'; until: number }
  /** A function runs. Cut by a stop of the home, it surfaces as a Lambda service error. */
  | ({ kind: 'invoking' } & TaskInHand)
  /** Its function has returned, its token has not come back. */
  | ({ kind: 'submitted' } & TaskInHand)
  /** Another execution is being started, under a name that makes starting it twice harmless. */
  | ({ kind: 'starting'; machineArn: string; name: string; input: string; waits?: boolean } & TaskInHand)
  | ({ kind: 'nested'; child: string } & TaskInHand)
  | { kind: 'children'; items?: Json[]; concurrency: number; tolerated?: number }
  | { kind: 'succeeded'; output: Json }
  | { kind: 'failed' };

export type TaskInHand = { token: string; heartbeatSeconds?: number };

/**
 * One line of control: the machine itself (0), a branch of a Parallel, an iteration of a Map. Inner lines see the
 * variables of outer ones, which cannot change while they run.
 */
export type Frame = {
  id: number;
  parent: number | undefined;
  /** Which branch or iteration of its parent. */
  index: number;
  state: string;
  /** What enters, or entered, `state`. */
  input: Json;
  variables: JsonObject;
  /** The last history event of this line: previousEventId of the next. */
  previous: number;
  /** The event of entering `state`, and the one before it. */
  entered: number;
  enteredPrevious: number;
  enteredAt: number;
  /** Since when it does what it does. */
  since: number;
  /** How often each retrier of the state was used. */
  retries: number[];
  /** The value of a Map's item, for `$states.context.Map`. */
  item?: Json;
  doing: Doing;
};

export type Execution = {
  id: number;
  arn: string;
  name: string;
  machine: { arn: string; name: string; logicalId: string; roleArn: string };
  program: Program;
  input: Json;
  startedAt: number;
  lastEvent: number;
  lastFrame: number;
  frames: Map<number, Frame>;
  /** Stands for `$states.context` of a state under test. */
  context?: JsonObject;
};

export type TimerKind = 'wait' | 'retry' | 'timeout' | 'heartbeat' | 'execution';

export type HistoryEvent = { id: number; previous: number; at: number; type: string; details: JsonObject };

/** What the world must do once the transition is on disk. */
export type Effect =
  | { kind: 'invoke'; frame: number; token: string; functionName: string; payload: Json }
  | {
      kind: 'start';
      frame: number;
      token: string;
      machineArn: string;
      name: string;
      input: string;
      /** For the end of what is started, not only for its start. */
      waits: boolean;
    };

export type Ending = { status: Exclude<Status, 'RUNNING'>; output?: Json; error?: StateError };

export const frameOf = (execution: Execution, id: number): Frame => {
  const frame = execution.frames.get(id);
  if (!frame) throw new Error(`execution ${execution.arn} has no line ${id}`);
  return frame;
};

export const childrenOf = (execution: Execution, frame: Frame): Frame[] =>
  [...execution.frames.values()].filter(({ parent }) => parent === frame.id);

/** The states among which a line moves: found by walking down from the machine. */
const flowOf = (execution: Execution, frame: Frame): Flow => {
  if (frame.parent === undefined) return execution.program.definition;
  const outer = stateOf(execution, frameOf(execution, frame.parent));
  const flow =
    outer.Type === 'Parallel' ? outer.Branches[frame.index] : outer.Type === 'Map' && outer.ItemProcessor;
  if (!flow) throw new Error(`execution ${execution.arn}: line ${frame.id} belongs to no branch`);
  return flow;
};

export const stateOf = (execution: Execution, frame: Frame): State => {
  const state = flowOf(execution, frame).States[frame.state];
  if (!state) throw new Error(`execution ${execution.arn}: no state '${frame.state}'`);
  return state;
};

/** Variables as a line sees them: its own over those of the lines around it. */
export const variablesOf = (execution: Execution, frame: Frame): JsonObject =>
  frame.parent === undefined
    ? frame.variables
    : { ...variablesOf(execution, frameOf(execution, frame.parent)), ...frame.variables };

/** `…:stateMachine:NAME` and a name of an execution make `…:execution:NAME:EXECUTION`. */
export const executionArn = (machineArn: string, name: string): string =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
