import { type Execution, type Frame, frameOf, variablesOf } from './execution.ts';
import type { Outcome, Scope } from './expressions/evaluate.ts';
import { isObject, type Json, type JsonObject, textOf } from './json.ts';
import { expressionPattern } from './language.ts';
import { StateError } from './state-error.ts';
import type { Turn } from './turn.ts';

/** What an expression sees beyond input and context: at most one of them, depending on the field. */
export type Seen = {
  result?: Json;
  errorOutput?: Json;
  token?: string;
  item?: { Index: number; Value: Json };
};

/**
 * A template with its expressions evaluated.
 * @param location the field, as histories name it: `Output`, then `Output/result`, `Output/list[0]`
 * @throws StateError (States.QueryEvaluationError) naming expression and place
 */
export const render = async (
  turn: Turn,
  frame: Frame,
  field: { location: string; template: Json },
  seen: Seen = {},
): Promise<Json> => {
  let scope: Scope | undefined;
  const walk = async (template: Json, location: string): Promise<Json> => {
    if (typeof template === 'string') {
      const text = expressionPattern.exec(template)?.[1]?.trim();
      if (text === undefined) return template;
      scope ??= scopeOf(turn, frame, seen);
      return valueOf(await turn.evaluate(text, scope), { frame, text, location });
    }
    if (Array.isArray(template)) {
      const items: Json[] = [];
      for (const [index, item] of template.entries()) items.push(await walk(item, `${location}[${index}]`));
      return items;
    }
    if (!isObject(template)) return template;
    const entries: [string, Json][] = [];
    for (const [key, value] of Object.entries(template)) {
      entries.push([key, await walk(value, `${location}/${key}`)]);
    }
    return Object.fromEntries(entries);
  };
  return walk(field.template, field.location);
};

type Expected = { number: number; boolean: boolean; string: string; array: Json[]; object: JsonObject };

/** As `render`, for a field that must come to one type. */
export const renderAs = async <T extends keyof Expected>(
  turn: Turn,
  frame: Frame,
  field: { location: string; template: Json; type: T },
  seen: Seen = {},
): Promise<Expected[T]> => {
  const value = await render(turn, frame, field, seen);
  if (is(value, field.type)) return value;
  const text = typeof field.template === 'string' ? expressionPattern.exec(field.template)?.[1]?.trim() : '';
  throw evaluationError(
    frame,
    `The JSONata expression '${text ?? ''}' specified for the field '${field.location}' returned an unexpected ` +
      `result type. Expected '${field.type}', but was '${typeName(value)}' for value: ${textOf(value)}`,
    field.location,
  );
};

const is = <T extends keyof Expected>(value: Json, type: T): value is Expected[T] => typeName(value) === type;

const typeName = (value: Json): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** The words that AWS puts before each cause, so that the state and the event are found. */
export const evaluationError = (frame: Frame, sentence: string, location?: string): StateError =>
  new StateError('States.QueryEvaluationError', explain(frame, sentence), {
    evaluation: location === undefined ? {} : { location },
  });

export const explain = (frame: Frame, sentence: string): string =>
  `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered}). ${sentence}`;

const valueOf = (outcome: Outcome, at: { frame: Frame; text: string; location: string }): Json => {
  if (outcome.kind === 'value') return outcome.value;
  const what = `The JSONata expression '${at.text}' specified for the field '${at.location}'`;
  const why = {
    nothing: 'returned nothing (undefined).',
    unsupported: 'returned an unsupported result type.',
    threw: `threw an error during evaluation. ${outcome.kind === 'threw' ? outcome.message : ''}`,
  }[outcome.kind];
  throw evaluationError(at.frame, `${what} ${why}`, at.location);
};

const scopeOf = (turn: Turn, frame: Frame, seen: Seen): Scope => ({
  now: turn.now,
  variables: variablesOf(turn.execution, frame),
  states: {
    input: frame.input,
    // Made when an expression looks at it, which few do.
    get context() {
      return contextOf(turn.execution, frame, seen);
    },
    ...(seen.result === undefined ? {} : { result: seen.result }),
    ...(seen.errorOutput === undefined ? {} : { errorOutput: seen.errorOutput }),
  },
});

/** `$states.context`, the context object of AWS. */
const contextOf = (execution: Execution, frame: Frame, seen: Seen): JsonObject => {
  const item = seen.item ?? itemOf(execution, frame);
  return {
    ...(execution.context ?? ownContextOf(execution, frame)),
    ...(seen.token === undefined ? {} : { Task: { Token: seen.token } }),
    ...(item ? { Map: { Item: item } } : {}),
  };
};

const ownContextOf = (execution: Execution, frame: Frame): JsonObject => ({
  Execution: {
    Id: execution.arn,
    Input: execution.input,
    Name: execution.name,
    RoleArn: execution.machine.roleArn,
    StartTime: new Date(execution.startedAt).toISOString(),
    RedriveCount: 0,
  },
  StateMachine: { Id: execution.machine.arn, Name: execution.machine.name },
  State: {
    Name: frame.state,
    EnteredTime: new Date(frame.enteredAt).toISOString(),
    RetryCount: frame.retries.reduce((sum, count) => sum + count, 0),
  },
});

const itemOf = (execution: Execution, frame: Frame): { Index: number; Value: Json } | undefined => {
  if (frame.item !== undefined) return { Index: frame.index, Value: frame.item };
  return frame.parent === undefined ? undefined : itemOf(execution, frameOf(execution, frame.parent));
};
