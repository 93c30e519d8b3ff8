import { describe, expect, it } from 'vitest';
import { Instant } from '#shared/domain/time.ts';
import { offsetAt } from '#shared/domain/zone.ts';
import { staleZones, timeZones } from '#shared/domain/zone-data.ts';

const change = Instant.parse('2024-02-29T19:00:00.000Z');

/** Before 2024a the clocks of both stayed. */
const of2023 = (zone: string, instant: Instant): string =>
  ['Asia/Almaty', 'Asia/Qostanay'].includes(zone) ? '+06:00' : offsetAt(zone, instant);

/** Qostanay got a zone of its own in 2018h. */
const of2018 = (zone: string, instant: Instant): string => {
  if (zone === 'Asia/Qostanay') throw new RangeError(`Invalid time zone specified: ${zone}`);
  return offsetAt(zone, instant);
};

/** As a table that forgot history would say. */
const alwaysFive = (): string => '+05:00';

describe('the time-zone data of a runtime', () => {
  it('are new enough here', () => {
    expect(staleZones()).toEqual([]);
  });

  it('are too old where Almaty and Qostanay stay at UTC+6', () => {
    expect(staleZones(of2023)).toEqual(['Asia/Almaty', 'Asia/Qostanay']);
  });

  it('are too old where a zone is not known at all', () => {
    expect(staleZones(of2018)).toEqual(['Asia/Qostanay']);
  });

  it('are wrong as well where the change is taken for older than it is', () => {
    expect(staleZones(alwaysFive)).toEqual(['Asia/Almaty', 'Asia/Qostanay']);
  });

  it('put the change at midnight between February and March, in every zone that moved', () => {
    for (const zone of timeZones) {
      expect(offsetAt(zone, change), zone).toBe('+05:00');
    }
    expect(offsetAt('Asia/Almaty', Instant.parse('2024-02-29T17:59:59.999Z'))).toBe('+06:00');
  });
});
