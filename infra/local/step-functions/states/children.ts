import { abortLine, isOpen } from '#infra/local/step-functions/endings.ts';
import { childrenOf, type Frame, stateOf } from '#infra/local/step-functions/execution.ts';
import { exitOf, handleError, leave } from '#infra/local/step-functions/flow.ts';
import { type Json, textOf } from '#infra/local/step-functions/json.ts';
import type { StateOf } from '#infra/local/step-functions/language.ts';
import { StateError } from '#infra/local/step-functions/state-error.ts';
import { evaluationError, render, renderAs } from '#infra/local/step-functions/templates.ts';
import { addFrame, append, change, record, type Turn } from '#infra/local/step-functions/turn.ts';
import { argumentsOf } from './plain.ts';

/** Parallel and Map: states that wait for lines of their own. */

/** An inline Map runs no more at once, whatever its MaxConcurrency says (0: as many as there may be). */
const mostAtOnce = 40;

export const parallel = async (turn: Turn, frame: Frame, state: StateOf<'Parallel'>): Promise<void> => {
  const input = await argumentsOf(turn, frame, state.Arguments);
  record(turn, frame, 'ParallelStateStarted');
  change(turn, frame, { kind: 'children', concurrency: 0 });
  for (const [index, branch] of state.Branches.entries()) {
    startLine(turn, frame, { index, state: branch.StartAt, input, previous: frame.previous });
  }
};

export const map = async (turn: Turn, frame: Frame, state: StateOf<'Map'>): Promise<void> => {
  const items = await itemsOf(turn, frame, state);
  const limits = await limitsOf(turn, frame, state);
  const { concurrency } = limits;
  const tolerated = toleratedOf(items.length, limits);
  record(turn, frame, 'MapStateStarted', { length: items.length });
  change(turn, frame, {
    kind: 'children',
    items,
    concurrency,
    ...(tolerated === undefined ? {} : { tolerated }),
  });
  if (items.length === 0) {
    await complete(turn, frame, state, frame.previous);
    return;
  }
  const first = Math.min(concurrency || mostAtOnce, mostAtOnce, items.length);
  for (let index = 0; index < first; index += 1) await startIteration(turn, frame, index, frame.previous);
};

export type MapLimits = { concurrency: number; count: number | undefined; percentage: number | undefined };

export const limitsOf = async (turn: Turn, frame: Frame, state: StateOf<'Map'>): Promise<MapLimits> => {
  const read = async (location: string, template: Json | undefined): Promise<number | undefined> =>
    template === undefined ? undefined : renderAs(turn, frame, { location, template, type: 'number' });
  return {
    concurrency: (await read('MaxConcurrency', state.MaxConcurrency)) ?? 0,
    count: await read('ToleratedFailureCount', state.ToleratedFailureCount),
    percentage: await read('ToleratedFailurePercentage', state.ToleratedFailurePercentage),
  };
};

/**
 * How many items may fail, the smaller number where a count and a percentage are given; undefined when neither is, and
 * then the first error is the Map's own.
 * https://docs.aws.amazon.com/step-functions/latest/dg/maprun-fail-threshold.html
 */
const toleratedOf = (length: number, { count, percentage }: MapLimits): number | undefined => {
  if (count === undefined && percentage === undefined) return undefined;
  return Math.min(count ?? length, Math.floor((length * (percentage ?? 100)) / 100));
};

export const itemsOf = async (turn: Turn, frame: Frame, state: StateOf<'Map'>): Promise<Json[]> => {
  if (state.Items !== undefined) {
    return renderAs(turn, frame, { location: 'Items', template: state.Items, type: 'array' });
  }
  if (Array.isArray(frame.input)) return frame.input;
  throw evaluationError(frame, `Map state input must be an array but was: ${textOf(frame.input)}`);
};

type Line = { index: number; state: string; input: Json; previous: number; item?: Json };

const startLine = (turn: Turn, outer: Frame, line: Line): void => {
  addFrame(turn, {
    ...line,
    parent: outer.id,
    variables: {},
    entered: 0,
    enteredPrevious: 0,
    retries: [],
    doing: { kind: 'entering' },
  });
};

/** @throws StateError when ItemSelector cannot be evaluated */
const startIteration = async (turn: Turn, outer: Frame, index: number, previous: number): Promise<void> => {
  const state = stateOf(turn.execution, outer);
  if (outer.doing.kind !== 'children' || state.Type !== 'Map') return;
  const item = outer.doing.items?.[index] ?? null;
  const started = append(turn, 'MapIterationStarted', previous, { name: outer.state, index });
  const input =
    state.ItemSelector === undefined
      ? item
      : await render(
          turn,
          outer,
          { location: 'ItemSelector', template: state.ItemSelector },
          { item: { Index: index, Value: item } },
        );
  startLine(turn, outer, { index, state: state.ItemProcessor.StartAt, input, previous: started, item });
};

/** An inner line came to its end; `error` when a bad one. */
export const lineFinished = async (turn: Turn, line: Frame, error?: StateError): Promise<void> => {
  if (line.parent === undefined) return;
  const outer = turn.execution.frames.get(line.parent);
  if (outer?.doing.kind !== 'children') return;
  const { tolerated } = outer.doing;
  const state = stateOf(turn.execution, outer);
  try {
    if (!error) {
      await lineSucceeded(turn, outer, line);
    } else if (state.Type === 'Map' && tolerated !== undefined && failuresOf(turn, outer) < tolerated) {
      await lineTolerated(turn, outer, line);
    } else {
      await lineFailed(turn, outer, line, tolerated === undefined ? error : thresholdExceeded());
    }
  } catch (failure) {
    if (!(failure instanceof StateError)) throw failure;
    await handleError(turn, outer, failure);
  }
};

export const thresholdExceeded = (): StateError =>
  new StateError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );

const failuresOf = (turn: Turn, outer: Frame): number =>
  childrenOf(turn.execution, outer).filter(({ doing }) => doing.kind === 'failed').length;

const lineSucceeded = async (turn: Turn, outer: Frame, line: Frame): Promise<void> => {
  const isMap = stateOf(turn.execution, outer).Type === 'Map';
  const previous = isMap
    ? append(turn, 'MapIterationSucceeded', line.previous, { name: outer.state, index: line.index })
    : line.previous;
  await next(turn, outer, line, previous);
};

const lineTolerated = async (turn: Turn, outer: Frame, line: Frame): Promise<void> => {
  const details = { name: outer.state, index: line.index };
  const previous = append(turn, 'MapIterationFailed', line.previous, details);
  change(turn, line, { kind: 'failed' });
  await next(turn, outer, line, previous);
};

/** Starts the next item, or completes the state when nothing is open. */
const next = async (turn: Turn, outer: Frame, line: Frame, previous: number): Promise<void> => {
  const lines = childrenOf(turn.execution, outer);
  const items = outer.doing.kind === 'children' ? outer.doing.items : undefined;
  if (items && lines.length < items.length) {
    await startIteration(turn, outer, lines.length, line.previous);
    return;
  }
  if (lines.some(isOpen)) return;
  const state = stateOf(turn.execution, outer);
  if (state.Type === 'Map' || state.Type === 'Parallel') await complete(turn, outer, state, previous);
};

const complete = async (
  turn: Turn,
  outer: Frame,
  state: StateOf<'Parallel' | 'Map'>,
  previous: number,
): Promise<void> => {
  append(turn, `${state.Type}StateSucceeded`, previous);
  outer.previous = previous;
  const result = childrenOf(turn.execution, outer)
    .toSorted((one, other) => one.index - other.index)
    .flatMap(({ doing }) => (doing.kind === 'succeeded' ? [doing.output] : []));
  await leave(turn, outer, exitOf(state, result, { result }));
};

/** One failure that counts ends the state: the other lines are cut. */
const lineFailed = async (turn: Turn, outer: Frame, line: Frame, error: StateError): Promise<void> => {
  const isMap = stateOf(turn.execution, outer).Type === 'Map';
  if (isMap) append(turn, 'MapIterationFailed', line.previous, { name: outer.state, index: line.index });
  for (const other of childrenOf(turn.execution, outer).filter(isOpen)) {
    if (other.id === line.id && isMap) continue;
    const last = abortLine(turn, other, other.previous);
    if (isMap) append(turn, 'MapIterationAborted', last, { name: outer.state, index: other.index });
  }
  outer.previous = line.previous;
  turn.changed.add(outer.id);
  await handleError(turn, outer, error);
};
