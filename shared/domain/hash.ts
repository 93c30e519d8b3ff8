import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Sha256 } from '#shared/domain/ids.ts';

/** JSON with sorted keys and no spaces, so that equal values have equal bytes. Undefined members are left out. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortKeys);

export const sha256Of = (text: string): Sha256 => sha256OfBytes(utf8ToBytes(text));

export const sha256OfBytes = (bytes: Uint8Array): Sha256 => Sha256.parse(bytesToHex(sha256(bytes)));

/** HMAC-SHA-256 as hex: a mark of a text that nobody can try out without the secret. */
export const hmacOf = (secret: string, text: string): string =>
  bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(text)));

/** What is in order already, as most of what was stored is, stays as it is: a copy of each costs more than all else here. */
const sortKeys = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const inOrder = Object.keys(value).every(
    (key, index, keys) => index === 0 || (keys[index - 1] ?? '') < key,
  );
  return inOrder ? value : Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
