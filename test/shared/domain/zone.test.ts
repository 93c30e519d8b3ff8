import { describe, expect, it } from 'vitest';
import { dayAt, offsetAt } from '#shared/domain/zone.ts';
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
});
