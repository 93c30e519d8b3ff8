import type { Execution, Frame } from './execution.ts';
import { type Json, type JsonObject, textOf } from './json.ts';

/**
 * AWS's limit for all variables of an execution together (Developer Guide, "Passing data between states with variables"), of every
 * line that has not ended. Bytes, as JSON.
 */
const mostBytes = 10 * 1024 * 1024;

/** Bytes of each variable. Sets of variables are replaced, never changed, so what stays is measured once. */
type Sizes = Readonly<Record<string, number>>;
const measured = new WeakMap<JsonObject, Sizes>();

const bytesOf = (name: string, value: Json): number =>
  Buffer.byteLength(name) + Buffer.byteLength(textOf(value));

const measure = (variables: JsonObject): Sizes =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, bytesOf(name, value)]));

const sizesOf = (variables: JsonObject): Sizes => {
  const sizes = measured.get(variables) ?? measure(variables);
  measured.set(variables, sizes);
  return sizes;
};

/** Variables with some of them assigned anew. */
export const withAssigned = (variables: JsonObject, assigned: JsonObject): JsonObject => {
  const all = { ...variables, ...assigned };
  measured.set(all, { ...sizesOf(variables), ...measure(assigned) });
  return all;
};

/** Whether an execution would hold too much if a line had these variables. */
export const isTooMuch = ({ frames }: Execution, { id }: Frame, variables: JsonObject): boolean => {
  let bytes = totalOf(variables);
  for (const frame of frames.values()) if (frame.id !== id) bytes += totalOf(frame.variables);
  return bytes > mostBytes;
};

const totalOf = (variables: JsonObject): number =>
  Object.values(sizesOf(variables)).reduce((sum, bytes) => sum + bytes, 0);
