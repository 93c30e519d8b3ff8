import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { type BeaconValue, chains } from '#shared/domain/beacon.ts';

/*
 * The curve weighs more than most pages: import this file where a signature is checked, and only then (`await import`).
 */

/** The scheme bls-unchained-g1-rfc9380: signatures on G1, hashed to the curve as RFC 9380 says. */
const scheme = bls12_381.shortSignatures;
const domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** Whether a value was signed with the key of its chain. Only one signature of a round is right. */
export const isFromBeacon = ({ chain, round, signature }: BeaconValue): boolean =>
  isSignedWith(chains[chain].publicKey, { round, signature });

/** @param publicKey on G2, compressed, as hexadecimal */
export const isSignedWith = (
  publicKey: string,
  { round, signature }: Pick<BeaconValue, 'round' | 'signature'>,
): boolean => {
  const point = pointOf(signature);
  return (
    point !== undefined && scheme.verify(point, hashedRound(round), bls12_381.G2.Point.fromHex(publicKey))
  );
};

/** What is signed: the hash of the round's number, eight bytes with the highest first, as a point of the curve. */
export const hashedRound = (round: number) => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return scheme.hash(sha256(bytes), domain);
};

/** Undefined for bytes that are no point of the group that signatures are in. */
const pointOf = (signature: string) => {
  try {
    return scheme.Signature.fromBytes(hexToBytes(signature));
  } catch {
    return undefined;
  }
};
