import { bls12_381 } from '@noble/curves/bls12-381.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { randomnessOf } from '#shared/domain/beacon.ts';
import { hashedRound } from '#shared/domain/beacon-signature.ts';

/** The secret key of the chain of rehearsals. Everybody may know it: nothing real is drawn from that chain. */
const secretKey = hexToBytes('0d79339838cdd81e9531be58059077bc2ea0f508edaa7bae5d9c90300de70e8b');

/** A value of the chain of rehearsals, as a beacon would publish it. */
export const rehearsalValue = (round: number): { round: number; randomness: string; signature: string } => {
  const scheme = bls12_381.shortSignatures;
  const signature = scheme.Signature.toHex(scheme.sign(hashedRound(round), secretKey));
  return { round, randomness: randomnessOf({ signature }), signature };
};
