import { log } from '#functions/log.ts';
import { staleZones } from '#shared/domain/zone-data.ts';

/** Says so at every run, for an alarm to count, while this runtime's clocks of Kazakhstan are wrong. */
export const warnOfOldZones = (stale: readonly string[] = staleZones()): void => {
  if (stale.length > 0)
    log.error('TIME_ZONES_OLD', { count: stale.length, step: 'sweep', reason: stale.join(' ') });
};
