import { describe, expect, it } from 'vitest';
import { atHour, dayAt, endOfDay, offsetAt } from '#shared/domain/zone.ts';
import { at } from '#test/builders/worlds.ts';

describe('a time zone', () => {
  it('is what it was on the day: Almaty moved to +05:00 on 1 March 2024', () => {
    expect(offsetAt('Asia/Almaty', at('2022-10-04T12:00'))).toBe('+06:00');
    expect(offsetAt('Asia/Almaty', at('2024-02-29T12:00'))).toBe('+06:00');
    expect(offsetAt('Asia/Almaty', at('2024-03-01T12:00'))).toBe('+05:00');
    expect(offsetAt('Asia/Aqtau', at('2022-10-04T12:00'))).toBe('+05:00');
  });

  it('decides which day it is', () => {
    expect(dayAt('Asia/Almaty', at('2022-10-04T17:59'))).toBe('2022-10-04');
    expect(dayAt('Asia/Almaty', at('2022-10-04T18:00'))).toBe('2022-10-05');
  });

  it('has its hours by its own clocks, also on the day that was an hour longer', () => {
    expect(endOfDay('Asia/Almaty', '2022-10-04')).toBe(at('2022-10-04T18:00'));
    expect(atHour('Asia/Almaty', '2024-02-29', 9)).toBe(at('2024-02-29T03:00'));
    expect(endOfDay('Asia/Almaty', '2024-02-29')).toBe(at('2024-02-29T19:00'));
    expect(atHour('Asia/Almaty', '2024-03-01', 9)).toBe(at('2024-03-01T04:00'));
  });
});
