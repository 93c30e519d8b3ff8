import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { staleZones } from '#shared/domain/zone-data.ts';

/**
 * Refuses to host with clocks that are an hour off: functions run in this process and have its time-zone data.
 * @throws HomeFault naming the zones and where better data come from
 */
export const checkTimeZones = (): void => {
  const stale = staleZones();
  if (stale.length === 0) return;
  throw new HomeFault(
    `This Node's time-zone data (${process.versions['tz'] ?? 'unknown'}) do not know that Kazakhstan is UTC+5 since 1 March 2024: ${stale.join(', ')}. Deadlines would be an hour off. Start with the Node that npm ci brings, or one with tz data 2024a or newer.`,
    exitCodes.unhostable,
  );
};
