import { beaconDue, chains } from '#shared/domain/beacon.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';
import { instantOf, readInstant } from '#shared/domain/time.ts';

/** The value comes out once nobody can hand anything in any more, and from a chain whose time it is. */
export const beaconRules = ({ ties, call }: Readable): Broken[] => {
  const rule = ties?.beacon;
  const closesAt = call && readInstant(call.closesAt);
  if (!rule || !closesAt) return [];
  const path = ['ties', 'beacon'];
  const { at } = beaconDue(rule, closesAt);
  const realSince = instantOf(new Date(chains.quicknet.genesis * 1000));
  return [
    ...(rule.hoursAfterCall * 60 > (call.graceMinutes ?? 0)
      ? []
      : [{ path: [...path, 'hoursAfterCall'], message: 'round-file.beacon-grace' }]),
    ...(rule.chain === 'rehearsal' && at >= realSince
      ? [{ path: [...path, 'chain'], message: 'round-file.beacon-rehearsal' }]
      : []),
    ...(rule.chain === 'quicknet' && closesAt < realSince
      ? [{ path: [...path, 'chain'], message: 'round-file.beacon-early' }]
      : []),
  ];
};
