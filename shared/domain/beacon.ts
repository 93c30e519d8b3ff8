import { hexToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { sha256Of, sha256OfBytes } from '#shared/domain/hash.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { provenance } from '#shared/domain/provenance.ts';
import { addSeconds, Instant, instantOf } from '#shared/domain/time.ts';

/** A public beacon: a network that signs the number of each round when its time comes, and nobody knows the signature before. */
type Chain = {
  /** SHA-256 over what follows, its first group and its name: by it drand names a chain. */
  hash: string;
  /** On the curve's group G2, compressed, as hexadecimal. */
  publicKey: string;
  /** Unix seconds of round 1. */
  genesis: number;
  /** Seconds between two rounds. */
  period: number;
  /** Where a value is published: addresses that end with the number of the round. */
  sources: readonly string[];
};

/**
 * The chains that count, pinned here: whoever could name another key could choose the value.
 *
 * `quicknet` is that of the League of Entropy, as drand/drand-client has it in `lib/defaults.ts` and drand announced it on
 * 16 October 2023 (drand/website, `docs/blog/2023-10-16-quicknet-is-live.md`). The key of `rehearsal` everybody knows
 * (`infra/rehearsal/beacon.ts`): it serves rehearsals of rounds before the real one began, and a round file of a
 * later call that names it is refused.
 */
export const chains = {
  quicknet: {
    hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    publicKey:
      '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
    genesis: 1_692_803_367,
    period: 3,
    sources: ['https://api.drand.sh', 'https://api2.drand.sh', 'https://drand.cloudflare.com'],
  },
  rehearsal: {
    hash: '6664b0b9da14323a934ac41e14f1085a525b42196e76dd3cdae7e16f73628dd8',
    publicKey:
      '909c7d87996165bdb162ef4f0b85606c435c67c6f17bd3e0ff0f16326f28877b64b342cea81567ce9a885112b0f9b92a060390cb18e3ac214dfdf6c98ab25c54c06f0a93b56b696b85420c752e93b5d2d4d3b59c4cfce558a5f418ee911a6e40',
    genesis: 1_640_995_200,
    period: 3,
    sources: [],
  },
} as const satisfies Record<string, Chain>;

export const ChainName = z.enum(['quicknet', 'rehearsal']);
export type ChainName = z.infer<typeof ChainName>;

/** That draws wait for a value of a beacon, and for which one: the file says it before anybody can know the value. */
export const BeaconRule = z.strictObject({
  chain: ChainName,
  /** The first value counts that comes out so long after the end of the call, extensions included, or later. */
  hoursAfterCall: z.int().min(1).max(720),
  /** So long after its time the committee may decide to draw without it; never where this is absent. */
  withoutAfterHours: z.int().min(24).max(720).optional(),
  ...provenance,
});
export type BeaconRule = z.infer<typeof BeaconRule>;

/** A value as it counts in a draw. Randomness is not kept: it follows from the signature. */
export const BeaconValue = z.strictObject({
  chain: ChainName,
  round: z.int().min(1),
  /** On the curve's group G1, compressed, as lower-case hexadecimal. */
  signature: z.string().regex(/^[0-9a-f]{96}$/),
});
export type BeaconValue = z.infer<typeof BeaconValue>;

/** What the draws of a round come from, where its file names a beacon. */
export const DrawBasis = z.strictObject({
  /** SHA-256 over the receipts of everyone who submitted. */
  receipts: Sha256,
  /** When the call ended: the round of the beacon follows from it. */
  callClosedAt: Instant,
  /** Absent where the committee decided to draw without one. */
  beacon: BeaconValue.optional(),
});
export type DrawBasis = z.infer<typeof DrawBasis>;

/** The value that counts: its number, and when it comes out. */
export type BeaconDue = { chain: ChainName; round: number; at: Instant };

/** Which value counts for a call that ended at a moment. Until then, and some time after, nobody can know it. */
export const beaconDue = (
  { chain, hoursAfterCall }: Pick<BeaconRule, 'chain' | 'hoursAfterCall'>,
  callClosedAt: Instant,
): BeaconDue => {
  const { genesis, period } = chains[chain];
  const seconds = new Date(addSeconds(callClosedAt, hoursAfterCall * 3600)).getTime() / 1000;
  const round = Math.max(0, Math.ceil((seconds - genesis) / period)) + 1;
  return { chain, round, at: beaconTime({ chain, round }) };
};

/** When a value comes out. */
export const beaconTime = ({ chain, round }: Pick<BeaconValue, 'chain' | 'round'>): Instant => {
  const { genesis, period } = chains[chain];
  return instantOf(new Date((genesis + (round - 1) * period) * 1000));
};

/** When the committee may decide to draw without the value; undefined where the file never lets it. */
export const waivableAt = ({ withoutAfterHours }: BeaconRule, due: BeaconDue): Instant | undefined =>
  withoutAfterHours === undefined ? undefined : addSeconds(due.at, withoutAfterHours * 3600);

/** Where the value can be read, the first address first; none for the chain of rehearsals. */
export const addressesOf = ({ chain, round }: Pick<BeaconValue, 'chain' | 'round'>): string[] =>
  chains[chain].sources.map((source) => `${source}/${chains[chain].hash}/public/${round}`);

/** What a signature is worth as chance: its SHA-256, as the beacon publishes it beside it. */
export const randomnessOf = ({ signature }: Pick<BeaconValue, 'signature'>): Sha256 =>
  sha256OfBytes(hexToBytes(signature));

/**
 * The seed of the draws: SHA-256 over the hexadecimal of both, receipts first. Applicants settle the one before anybody can know the
 * other, so that neither they nor the beacon's operators settle it alone; without a value it is that of the receipts.
 */
export const seedFrom = ({ receipts, beacon }: DrawBasis): Sha256 =>
  beacon ? sha256Of(receipts + randomnessOf(beacon)) : receipts;
