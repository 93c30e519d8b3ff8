import type { Frame } from '#infra/local/step-functions/execution.ts';
import { type Json, type JsonObject, textOf } from '#infra/local/step-functions/json.ts';
import type { State, StateOf } from '#infra/local/step-functions/language.ts';
import { itemsOf, limitsOf } from '#infra/local/step-functions/states/children.ts';
import { render } from '#infra/local/step-functions/templates.ts';
import type { Handled, Turn } from '#infra/local/step-functions/turn.ts';

/** What AWS tells about the way through a state, from what its history says and what a Map was given. */
export const inspectionOf = (
  input: Json,
  turns: readonly Turn[],
  limits: JsonObject,
  variables: JsonObject,
): JsonObject => {
  const events = turns.flatMap((turn) => turn.events);
  const detail = (types: readonly string[], field: string): Json | undefined => {
    const event = events.findLast(({ type }) => types.includes(type));
    return event?.details[field];
  };
  const given = detail(['TaskScheduled'], 'parameters') ?? detail(['LambdaFunctionScheduled'], 'input');
  const result = detail(['TaskSucceeded', 'LambdaFunctionSucceeded'], 'output');
  const handled = turns.findLast((turn) => turn.handled !== undefined)?.handled;
  return {
    input: textOf(input),
    ...(given === undefined ? {} : { afterArguments: given }),
    ...(result === undefined ? {} : { result }),
    ...limits,
    ...(Object.keys(variables).length === 0 ? {} : { variables: textOf(variables) }),
    ...errorDetailsOf(handled),
  };
};

const errorDetailsOf = (handled: Handled | undefined): JsonObject => {
  if (handled?.by?.kind === 'catcher') return { errorDetails: { catchIndex: handled.by.index } };
  if (handled?.by?.kind !== 'retrier') return {};
  const { index, delaySeconds } = handled.by;
  return { errorDetails: { retryIndex: index, retryBackoffIntervalSeconds: delaySeconds } };
};

/** What a Map was given; for a Parallel, the arguments of its branches. Empty for any other state. */
export const givenToLines = async (turn: Turn, frame: Frame, state: State): Promise<JsonObject> => {
  if (state.Type === 'Map') return givenToMap(turn, frame, state);
  const branch = [...turn.execution.frames.values()].find(({ parent }) => parent === frame.id);
  return state.Type === 'Parallel' && state.Arguments !== undefined && branch
    ? { afterArguments: textOf(branch.input) }
    : {};
};

const givenToMap = async (turn: Turn, frame: Frame, state: StateOf<'Map'>): Promise<JsonObject> => {
  const { concurrency, count, percentage } = await limitsOf(turn, frame, state);
  const template = state.ItemSelector;
  const selected: Json[] = [];
  for (const [Index, Value] of template === undefined ? [] : (await itemsOf(turn, frame, state)).entries()) {
    const field = { location: 'ItemSelector', template: template ?? null };
    selected.push(await render(turn, frame, field, { item: { Index, Value } }));
  }
  return {
    maxConcurrency: concurrency,
    ...(count === undefined ? {} : { toleratedFailureCount: count }),
    ...(percentage === undefined ? {} : { toleratedFailurePercentage: percentage }),
    ...(template === undefined ? {} : { afterItemSelector: textOf(selected) }),
  };
};
