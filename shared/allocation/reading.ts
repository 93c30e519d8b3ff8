import * as z from 'zod';
import { type Allocation, allocate } from '#shared/allocation/allocate.ts';
import { Instance } from '#shared/allocation/instance.ts';
import { type Proof, verify } from '#shared/allocation/verify.ts';
import { placedIn, readJsonDocument } from '#shared/domain/json-document.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Reads an instance as JSON text and allocates it. @returns every fault with JSON pointer, line and column */
export const allocateText = (
  text: string,
): Result<{ instance: Instance; allocation: Allocation }, Fault[]> => {
  const read = readJsonDocument(text, Instance);
  if (!read.ok) return read;
  const instance = read.value.value;
  const allocation = allocate(instance);
  return allocation.ok
    ? ok({ instance, allocation: allocation.value })
    : refuse(placedIn(read.value.json, allocation.error));
};

/** What the answer of `--json` holds, or as much of it as somebody wants to have checked. */
const Claimed = z.object({ matches: z.record(z.string(), z.string().nullable()) });

/** Reads the matches of an allocation that somebody claims to be one of the instance, and checks them. */
export const verifyText = (instance: Instance, text: string): Result<Proof, Fault[]> => {
  const read = readJsonDocument(text, Claimed);
  if (!read.ok) return read;
  const proof = verify(instance, read.value.value.matches);
  return proof.ok ? proof : refuse(placedIn(read.value.json, proof.error));
};
