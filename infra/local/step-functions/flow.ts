import { endExecution } from './endings.ts';
import { type Frame, stateOf } from './execution.ts';
import { isTooLarge, type Json, type JsonObject, textOf } from './json.ts';
import type { Catcher, Retrier, State } from './language.ts';
import { errorDetails, errorOutput, matches, StateError, tooLarge, tooMuch } from './state-error.ts';
import { render, type Seen } from './templates.ts';
import { append, change, payloadOf, record, release, removeChildren, setTimer, type Turn } from './turn.ts';
import { isTooMuch, withAssigned } from './variables.ts';

/** Where a state goes on to, and what it writes on the way: of the state itself, a choice or a catcher. */
export type Exit = {
  next: string | undefined;
  assign?: JsonObject | undefined;
  output?: Json | undefined;
  /** What leaves when there is no Output. */
  otherwise: Json;
  seen: Seen;
};

/** A state's own way out. */
export const exitOf = (state: State, otherwise: Json, seen: Seen = {}): Exit => ({
  next: 'Next' in state ? state.Next : undefined,
  assign: 'Assign' in state ? state.Assign : undefined,
  output: 'Output' in state ? state.Output : undefined,
  otherwise,
  seen,
});

/**
 * Leaves a state. Assign and Output both see the variables as they were before.
 * @throws StateError when one of them cannot be evaluated or is too large
 */
export const leave = async (turn: Turn, frame: Frame, exit: Exit): Promise<void> => {
  const state = stateOf(turn.execution, frame);
  const assigned: JsonObject = {};
  for (const [name, template] of Object.entries(exit.assign ?? {})) {
    assigned[name] = await render(turn, frame, { location: `Assign/${name}`, template }, exit.seen);
  }
  const output =
    exit.output === undefined
      ? exit.otherwise
      : await render(turn, frame, { location: 'Output', template: exit.output }, exit.seen);
  const text = textOf(output);
  const names = Object.keys(assigned);
  if (isTooLarge(text) || (names.length > 0 && isTooLarge(textOf(assigned)))) {
    throw tooLarge(frame.state, true);
  }
  const variables = names.length > 0 ? withAssigned(frame.variables, assigned) : frame.variables;
  if (names.length > 0 && isTooMuch(turn.execution, frame, variables)) throw tooMuch(frame.state);
  const assignedVariables = Object.fromEntries(
    Object.entries(assigned).map(([name, value]) => [name, textOf(value)]),
  );
  release(turn, frame);
  record(turn, frame, `${state.Type}StateExited`, {
    name: frame.state,
    ...payloadOf('output', text),
    ...(names.length > 0 ? { assignedVariables, assignedVariablesDetails: { truncated: false } } : {}),
  });
  frame.variables = variables;
  goOn(turn, frame, exit.next, output);
};

const goOn = (turn: Turn, frame: Frame, next: string | undefined, output: Json): void => {
  removeChildren(turn, frame);
  if (next !== undefined) {
    frame.state = next;
    frame.input = output;
    frame.retries = [];
    change(turn, frame, { kind: 'entering' });
    return;
  }
  if (frame.parent === undefined) {
    endExecution(turn, { status: 'SUCCEEDED', output }, frame.previous);
    return;
  }
  // Nobody sees them any more.
  frame.variables = {};
  change(turn, frame, { kind: 'succeeded', output });
  turn.finished.push({ frame });
};

/** A failure of the state itself goes to its retriers and catchers; anything else is a fault of this program. */
export const guarded = async (turn: Turn, frame: Frame, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    await handleError(turn, frame, error);
  }
};

/** What becomes of a state that failed: tried again, caught, or the end of its line. */
export const handleError = async (turn: Turn, frame: Frame, error: StateError): Promise<void> => {
  const state = stateOf(turn.execution, frame);
  release(turn, frame);
  turn.handled = { error };
  if (error.evaluation) recordEvaluationFailure(turn, frame, error);
  removeChildren(turn, frame);
  if ('Retry' in state && retry(turn, frame, state.Retry ?? [], error)) return;
  if (state.Type === 'Map' || state.Type === 'Parallel') record(turn, frame, `${state.Type}StateFailed`);
  const catchers = 'Catch' in state ? (state.Catch ?? []) : [];
  const index = catchers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const catcher = catchers[index];
  if (!catcher) {
    failLine(turn, frame, error);
    return;
  }
  turn.handled = { error, by: { kind: 'catcher', index } };
  await leaveThrough(turn, frame, catcher, error);
};

const leaveThrough = async (turn: Turn, frame: Frame, catcher: Catcher, error: StateError): Promise<void> => {
  const caught = errorOutput(error);
  try {
    await leave(turn, frame, {
      next: catcher.Next,
      assign: catcher.Assign,
      output: catcher.Output,
      otherwise: caught,
      seen: { errorOutput: caught },
    });
  } catch (failure) {
    if (!(failure instanceof StateError)) throw failure;
    if (failure.evaluation) recordEvaluationFailure(turn, frame, failure);
    failLine(turn, frame, failure);
  }
};

/** AWS hangs this event on the one before the state was entered, save in a Wait and once something has happened. */
const recordEvaluationFailure = (turn: Turn, frame: Frame, error: StateError): void => {
  const isFirst = frame.previous === frame.entered && stateOf(turn.execution, frame).Type !== 'Wait';
  frame.previous = append(turn, 'EvaluationFailed', isFirst ? frame.enteredPrevious : frame.previous, {
    ...errorDetails(error),
    ...error.evaluation,
    state: frame.state,
  });
  turn.changed.add(frame.id);
};

/** The first retrier for this error decides; when it is used up, no later one is asked. */
const retry = (turn: Turn, frame: Frame, retriers: Retrier[], error: StateError): boolean => {
  const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const retrier = retriers[index];
  if (!retrier) return false;
  const used = frame.retries[index] ?? 0;
  if (used >= (retrier.MaxAttempts ?? 3)) return false;
  frame.retries = retriers.map((_, other) => (frame.retries[other] ?? 0) + (other === index ? 1 : 0));
  const delaySeconds = delayOf(retrier, used, turn.chance);
  const until = turn.now + delaySeconds * 1000;
  turn.handled = { error, by: { kind: 'retrier', index, delaySeconds } };
  setTimer(turn, frame, 'retry', until);
  change(turn, frame, { kind: 'retrying', until });
  return true;
};

/** Seconds before the next attempt: interval × rate^used, at most the limit; FULL jitter takes a part of it by chance. */
const delayOf = (retrier: Retrier, used: number, chance: () => number): number => {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const delay = Math.min(grown, retrier.MaxDelaySeconds ?? 31_622_400);
  return retrier.JitterStrategy === 'FULL' ? delay * chance() : delay;
};

/** A line ends badly: the machine's own ends the execution, an inner one is reported to the state around it. */
export const failLine = (turn: Turn, frame: Frame, error: StateError): void => {
  release(turn, frame);
  if (frame.parent === undefined) {
    endExecution(turn, { status: 'FAILED', error }, frame.previous);
    return;
  }
  turn.finished.push({ frame, error });
};
