import { describe, expect, it } from 'vitest';
import { HalfYear, halfYearAt, halfYearsBetween } from '#shared/domain/half-year.ts';
import { Instant } from '#shared/domain/time.ts';
import { at } from '#test/builders/worlds.ts';

const half = (text: string): HalfYear => HalfYear.parse(text);

describe('the half-year of a moment', () => {
  it.for([
    ['the last moment of June in Almaty', 'Asia/Almaty', '2022-06-30T17:59:59.999Z', '2022-H1'],
    ['the first of July in Almaty, still June in UTC', 'Asia/Almaty', '2022-06-30T18:00:00.000Z', '2022-H2'],
    ['the same moment in Aktau, an hour behind', 'Asia/Aqtau', '2022-06-30T18:00:00.000Z', '2022-H1'],
    ['New Year in Almaty, still December in UTC', 'Asia/Almaty', '2022-12-31T18:00:00.000Z', '2023-H1'],
    ['New Year after the clocks of Almaty changed', 'Asia/Almaty', '2024-12-31T18:59:00.000Z', '2024-H2'],
  ] as const)('is, for %s, by the calendar of the zone', ([, zone, moment, expected]) => {
    expect(halfYearAt(zone, Instant.parse(moment))).toBe(expected);
  });
});

describe('a list of half-years', () => {
  it('goes from the newest to the oldest, over the turn of a year', () => {
    expect(halfYearsBetween(half('2022-H2'), half('2024-H1'))).toEqual([
      '2024-H1',
      '2023-H2',
      '2023-H1',
      '2022-H2',
    ]);
  });

  it('of one is that one', () => {
    const one = halfYearAt('Asia/Almaty', at('2022-10-01T00:00'));

    expect(halfYearsBetween(one, one)).toEqual(['2022-H2']);
  });
});
