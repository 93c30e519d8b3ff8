import { childrenOf, type Ending, type Frame, frameOf, stateOf } from './execution.ts';
import type { JsonObject } from './json.ts';
import { errorDetails } from './state-error.ts';
import { append, HistoryFull, payload, release, removeChildren, setTimer, type Turn } from './turn.ts';

const endingEvents = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

/** Ends the execution: its last event, no line, no timer, no token that could still be answered. */
export const endExecution = (turn: Turn, ending: Ending, previous: number): void => {
  const root = frameOf(turn.execution, 0);
  removeChildren(turn, root);
  release(turn, root);
  setTimer(turn, root, 'execution', undefined);
  turn.execution.frames.delete(0);
  turn.changed.delete(0);
  turn.gone.add(0);
  append(turn, endingEvents[ending.status], previous, detailsOf(ending));
  turn.effects = [];
  turn.finished = [];
  turn.ending = ending;
};

const detailsOf = (ending: Ending): JsonObject => {
  if (ending.error) return errorDetails(ending.error);
  return ending.output === undefined ? {} : payload('output', ending.output);
};

/** Stops what runs, from the inside out, then the execution: StopExecution and the machine's own TimeoutSeconds. */
export const cutExecution = (turn: Turn, ending: Ending): void => {
  const root = frameOf(turn.execution, 0);
  let last = root.previous;
  try {
    last = abortLine(turn, root, last);
  } catch (error) {
    // No room to say what was cut; that it was cut still has its place.
    if (!(error instanceof HistoryFull)) throw error;
    last = turn.execution.lastEvent;
  }
  endExecution(turn, ending, last);
};

/**
 * Records that the open states of a line were cut.
 * @returns the last event written, or `previous`
 */
export const abortLine = (turn: Turn, frame: Frame, previous: number): number => {
  let last = previous;
  const { Type } = stateOf(turn.execution, frame);
  for (const child of childrenOf(turn.execution, frame)) {
    if (isOpen(child)) last = abortLine(turn, child, child.previous);
    if (isOpen(child) && Type === 'Map') {
      last = append(turn, 'MapIterationAborted', last, { name: frame.state, index: child.index });
    }
  }
  const isEntered = frame.doing.kind !== 'entering' && Type !== 'Fail';
  return isEntered && isOpen(frame) ? append(turn, `${Type}StateAborted`, frame.previous) : last;
};

export const isOpen = (frame: Frame): boolean =>
  frame.doing.kind !== 'succeeded' && frame.doing.kind !== 'failed';
