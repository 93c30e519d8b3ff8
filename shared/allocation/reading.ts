import * as z from 'zod';
import { type Allocation, allocate } from '#shared/allocation/allocate.ts';
import { Instance } from '#shared/allocation/instance.ts';
import { type Proof, verify } from '#shared/allocation/verify.ts';
import { type JsonText, readJson } from '#shared/domain/json-text.ts';
import { schemaFaults } from '#shared/domain/schema-faults.ts';
import { byteOrderMark } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Reads an instance as JSON text and allocates it. @returns every fault with JSON pointer, line and column */
export const allocateText = (
  text: string,
): Result<{ instance: Instance; allocation: Allocation }, Fault[]> => {
  const read = readText(text, Instance);
  if (!read.ok) return read;
  const instance = read.value.value;
  const allocation = allocate(instance);
  return allocation.ok
    ? ok({ instance, allocation: allocation.value })
    : refuse(placed(allocation.error, read.value.json));
};

/** What the answer of `--json` holds, or as much of it as somebody wants to have checked. */
const Claimed = z.object({ matches: z.record(z.string(), z.string().nullable()) });

/** Reads the matches of an allocation that somebody claims to be one of the instance, and checks them. */
export const verifyText = (instance: Instance, text: string): Result<Proof, Fault[]> => {
  const read = readText(text, Claimed);
  if (!read.ok) return read;
  const proof = verify(instance, read.value.value.matches);
  return proof.ok ? proof : refuse(placed(proof.error, read.value.json));
};

const readText = <T>(text: string, schema: z.ZodType<T>): Result<{ value: T; json: JsonText }, Fault[]> => {
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

const placed = (faults: readonly Fault[], json: JsonText): Fault[] =>
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
