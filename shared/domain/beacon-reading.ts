import * as z from 'zod';
import { BeaconValue, randomnessOf } from '#shared/domain/beacon.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Characters of a text that is pasted; a value with its JSON has about 250. */
const maxPasted = 2000;

type Published = Pick<BeaconValue, 'round' | 'signature'>;

/** As relays publish it: the first interface gives the number, a later one its digits as text, and some give no randomness. */
const Json = z.object({
  round: z.union([z.int(), z.string()]),
  signature: z.string(),
  randomness: z.string().optional(),
});

/**
 * Reads a value as somebody pasted it: the JSON of the beacon, or the number of the round and the signature, which any spaces, commas
 * or lines may part. A fault says what is wrong with the text; whether it was signed is not looked at here.
 */
export const readBeaconValue = (text: string): Result<Published, Fault> => {
  const found = text.length > maxPasted ? undefined : (fromJson(text) ?? fromWords(text));
  if (!found) return fault('beacon.fault.unreadable');
  const round = /^[1-9]\d{0,14}$/.test(found.round) ? Number(found.round) : undefined;
  if (round === undefined) return fault('beacon.fault.round');
  const signature = found.signature.trim().toLowerCase();
  if (!BeaconValue.shape.signature.safeParse(signature).success) {
    return fault('beacon.fault.damaged', { count: signature.length, expected: 96 });
  }
  const { randomness } = found;
  return randomness === undefined || randomness.trim().toLowerCase() === randomnessOf({ signature })
    ? ok({ round, signature })
    : fault('beacon.fault.randomness');
};

type Found = { round: string; signature: string; randomness?: string | undefined };

const fromJson = (text: string): Found | undefined => {
  try {
    const { round, ...rest } = Json.parse(JSON.parse(text));
    return { round: String(round), ...rest };
  } catch {
    return undefined;
  }
};

const fromWords = (text: string): Found | undefined => {
  const [round, signature, ...more] = text.split(/[\s,;]+/).filter((word) => word !== '');
  return round !== undefined && /^\d+$/.test(round) && signature !== undefined && more.length === 0
    ? { round, signature }
    : undefined;
};

const fault = (message: string, facts?: Fault['facts']): Result<never, Fault> =>
  refuse({ place: 'value', message, ...(facts && { facts }) });
