import { rehearsalValue } from '#infra/rehearsal/beacon.ts';
import { type BeaconRule, type BeaconValue, beaconDue } from '#shared/domain/beacon.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

/** Six hours after the call, from the chain whose values a test can make; after two days the committee may do without. */
export const aBeaconRule: BeaconRule = {
  chain: 'rehearsal',
  hoursAfterCall: 6,
  withoutAfterHours: 48,
  source: 'a test',
  confidence: 'unverified',
  verifiedOn: '2026-11-26',
};

export const aFileWithBeacon = (rule: Partial<BeaconRule> = {}): RoundFile => {
  const { ties } = aRoundFile();
  return aRoundFile({ ties: { ...ties, beacon: { ...aBeaconRule, ...rule } } });
};

/** The value that counts for a call that ended then. */
export const awaitedValue = (callClosedAt: Instant): BeaconValue => {
  const { round } = beaconDue(aBeaconRule, callClosedAt);
  return { chain: 'rehearsal', round, signature: rehearsalValue(round).signature };
};

/** The same as the beacon publishes it, or another one. */
export const publishedText = (callClosedAt: Instant, over: object = {}): string => {
  const { round } = beaconDue(aBeaconRule, callClosedAt);
  return JSON.stringify({ ...rehearsalValue(round), ...over });
};

/** A hexadecimal text with one bit of its last digit flipped. */
export const flipped = (hex: string): string =>
  hex.slice(0, -1) + (Number.parseInt(hex.slice(-1), 16) ^ 1).toString(16);
