import { Declined } from './committer.ts';
import { type Execution, executionArn, type Frame } from './execution.ts';
import { parseJson } from './json.ts';
import type { Machines } from './machines.ts';
import type { ExecutionRow, Parent } from './rows.ts';
import type { Store } from './store.ts';
import { append, openTurn, payload, setTimer, type Turn, type TurnTools } from './turn.ts';

export type StartRequest = {
  machineArn: string;
  name: string;
  /** JSON, checked by the caller. */
  input: string;
  parent?: Parent | undefined;
};

export type Started = { id: number; arn: string; startedAt: number; turn?: Turn };

/**
 * Writes a new execution, about to enter its first state; to be called inside a transaction. Asking again with the
 * same name and input while it runs answers the one that runs.
 * @throws Declined (StateMachineDoesNotExist, ExecutionAlreadyExists)
 */
export const writeStart = (
  store: Store,
  machines: Machines,
  request: StartRequest,
  tools: TurnTools,
): Started => {
  const machine = machines.find(request.machineArn);
  if (!machine) {
    throw new Declined('StateMachineDoesNotExist', `State Machine Does Not Exist: '${request.machineArn}'`);
  }
  const arn = executionArn(machine.arn, request.name);
  const known = store.executionByArn(arn);
  if (known) return again(known, request);
  const id = store.insert({
    arn,
    name: request.name,
    machine: machine.arn,
    definition: machine.definition,
    input: request.input,
    startedAt: tools.now,
    parent: request.parent,
  });
  const program = machines.program(machine.definition);
  const input = parseJson(request.input);
  const root = rootFrame(program.definition.StartAt, input, tools.now);
  const execution: Execution = {
    id,
    arn,
    name: request.name,
    machine,
    program,
    input,
    startedAt: tools.now,
    lastEvent: 0,
    lastFrame: 0,
    frames: new Map([[0, root]]),
  };
  const turn = openTurn(execution, tools);
  append(turn, 'ExecutionStarted', 0, { ...payload('input', input), roleArn: machine.roleArn });
  turn.changed.add(root.id);
  if (machine.timeoutSeconds !== undefined) {
    setTimer(turn, root, 'execution', tools.now + machine.timeoutSeconds * 1000);
  }
  store.write(turn);
  return { id, arn, startedAt: tools.now, turn };
};

/** A task that starts an execution again after a stop of the home gets its own, though it may have ended meanwhile. */
const again = (known: ExecutionRow, request: StartRequest): Started => {
  const isOwn = request.parent !== undefined && request.parent.token === known.parent?.token;
  if (isOwn || (known.status === 'RUNNING' && known.input === request.input)) return known;
  throw new Declined('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
};

/** The line of the machine itself, about to enter its first state. */
export const rootFrame = (state: string, input: Frame['input'], now: number): Frame => ({
  id: 0,
  parent: undefined,
  index: 0,
  state,
  input,
  variables: {},
  previous: 0,
  entered: 0,
  enteredPrevious: 0,
  enteredAt: now,
  since: now,
  retries: [],
  doing: { kind: 'entering' },
});
