import { Instance, readInstance } from '#shared/assignment/instance.ts';
import { placedIn, readJsonDocument } from '#shared/domain/json-document.ts';
import type { Fault } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

/** Reads an instance as JSON text. @returns every fault with JSON pointer, line and column */
export const readInstanceText = (text: string): Result<Instance, Fault[]> => {
  const read = readJsonDocument(text, Instance);
  if (!read.ok) return read;
  const instance = readInstance(read.value.value);
  return instance.ok ? instance : refuse(placedIn(read.value.json, instance.error));
};
