import { afterEach, describe, expect, it, vi } from 'vitest';
import { log } from '#functions/log.ts';
import { warnOfOldZones } from '#functions/sweep/zones.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the sweep, in a runtime', () => {
  it('with old time-zone data, says so for the alarm', () => {
    const said = vi.spyOn(log, 'error').mockReturnValue(undefined);

    warnOfOldZones(['Asia/Almaty', 'Asia/Qostanay']);
    expect(said).toHaveBeenCalledWith('TIME_ZONES_OLD', {
      count: 2,
      step: 'sweep',
      reason: 'Asia/Almaty Asia/Qostanay',
    });
  });

  it('with those of today, says nothing', () => {
    const said = vi.spyOn(log, 'error').mockReturnValue(undefined);

    warnOfOldZones();
    expect(said).not.toHaveBeenCalled();
  });
});
