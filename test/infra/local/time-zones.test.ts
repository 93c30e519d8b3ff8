import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startHome } from '#infra/local/home.ts';
import { checkTimeZones } from '#infra/local/time-zones.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

/** A runtime from before the change: Almaty's clocks stay where they were. */
const anOldRuntime = (): void => {
  class Old extends Intl.DateTimeFormat {
    override formatToParts(date?: Date | number): Intl.DateTimeFormatPart[] {
      if (this.resolvedOptions().timeZone !== 'Asia/Almaty') return super.formatToParts(date);
      return [{ type: 'timeZoneName', value: 'GMT+06:00' }];
    }
  }
  vi.stubGlobal('Intl', { ...Intl, DateTimeFormat: Old });
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a home on a machine with old time-zone data', () => {
  it('does not start, says why, and touches nothing', async () => {
    anOldRuntime();
    const dataFolder = join(aFolder(), 'data');
    const start = startHome({ region: 'KZ-19', dataFolder, port: 0, rehearsal: false });

    await expect(start).rejects.toThrow(/Kazakhstan is UTC\+5 since 1 March 2024: Asia\/Almaty\./);
    await expect(start).rejects.toMatchObject({ exitCode: 69 });
    expect(existsSync(dataFolder)).toBe(false);
  });

  it('starts where the data are new', () => {
    expect(() => checkTimeZones()).not.toThrow();
  });
});
