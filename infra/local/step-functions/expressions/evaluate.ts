import jsonata from 'jsonata';
import type { Json, JsonObject } from '#infra/local/step-functions/json.ts';
import { addedFunctions } from './functions.ts';

/** What an expression sees: `$states`, the variables, and the time as `$now()` and `$millis()` tell it. */
export type Scope = { states: JsonObject; variables: JsonObject; now: number };

/** What came of an expression. `unsupported` is a function, which is no JSON. */
export type Outcome =
  | { kind: 'value'; value: Json }
  | { kind: 'nothing' }
  | { kind: 'unsupported' }
  | { kind: 'threw'; message: string };

/**
 * Bounds of one evaluation: milliseconds of processor time, so that a busy machine fails no expression (kept by the
 * thread's watchdog); depth of recursion and length of sequences, so that memory stays small.
 */
export type Limits = { milliseconds: number; depth: number; items: number };

const compiled = new Map<string, jsonata.Expression>();

const expressionOf = (text: string, limits: Limits): jsonata.Expression => {
  const known = compiled.get(text);
  if (known) return known;
  const expression = jsonata(text, { stack: limits.depth, sequence: limits.items });
  compiled.set(text, expression);
  return expression;
};

const nowInWords = jsonata('$fromMillis($instant, $picture, $timezone)');

/** Evaluates once. Never rejects: what goes wrong in an expression is an outcome. */
export const evaluateHere = async (text: string, scope: Scope, limits: Limits): Promise<Outcome> => {
  try {
    const result: unknown = await expressionOf(text, limits).evaluate(undefined, {
      ...addedFunctions,
      now: (picture?: string, timezone?: string) =>
        nowInWords.evaluate(undefined, { instant: scope.now, picture, timezone }),
      millis: () => scope.now,
      ...scope.variables,
      states: scope.states,
    });
    return result === undefined ? { kind: 'nothing' } : plain(result);
  } catch (error) {
    return { kind: 'threw', message: messageOf(error) };
  }
};

const messageOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null || !('message' in error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${typeof error.message === 'string' ? error.message : 'unknown error'}`;
};

const isFunction = (value: object): boolean => '_jsonata_lambda' in value || '_jsonata_function' in value;

/** A copy without the marks that JSONata puts on arrays, or `unsupported` when there is a function anywhere. */
const plain = (result: unknown): Outcome => {
  let supported = true;
  const copy = (value: unknown): Json => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || isFunction(value)) {
      supported = false;
      return null;
    }
    if (Array.isArray(value)) return Array.from(value, copy);
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return Object.fromEntries(entries.map(([key, entry]): [string, Json] => [key, copy(entry)]));
  };
  const value = copy(result);
  return supported ? { kind: 'value', value } : { kind: 'unsupported' };
};
