import type * as z from 'zod';
import { type JsonText, readJson } from '#shared/domain/json-text.ts';
import { schemaFaults } from '#shared/domain/schema-faults.ts';
import { byteOrderMark } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Reads JSON text of one shape. @returns every fault with JSON pointer, line and column */
export const readJsonDocument = <T>(
  text: string,
  schema: z.ZodType<T>,
): Result<{ value: T; json: JsonText }, Fault[]> => {
  if (text.startsWith(byteOrderMark)) {
    return refuse([{ place: '', message: 'round-file.byte-order-mark', line: 1, column: 1 }]);
  }
  const json = readJson(text);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value.value);
  return parsed.success
    ? ok({ value: parsed.data, json: json.value })
    : refuse(schemaFaults(parsed.error.issues, json.value));
};

/** Adds line and column to faults whose place is a JSON pointer. */
export const placedIn = (json: JsonText, faults: readonly Fault[]): Fault[] =>
  faults.map((fault) => Object.assign({}, fault, json.placeOf(pathOf(fault.place, json.value))));

/** The steps of a JSON pointer (RFC 6901); those into lists as numbers. */
const pathOf = (pointer: string, value: unknown): (string | number)[] => {
  let here = value;
  return pointer
    .split('/')
    .slice(1)
    .map((written) => {
      const name = written.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(here) ? Number(name) : name;
      here = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
      return step;
    });
};
