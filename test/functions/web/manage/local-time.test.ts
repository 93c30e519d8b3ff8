import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { localTextOf, readLocalMoment, readLocalTime } from '#functions/web/manage/local-time.ts';
import { instantOf } from '#shared/domain/time.ts';

it.for([
  ['Asia/Almaty', '2022-10-04T18:00', '2022-10-04T12:00:00.000Z', 'before the change of zones'],
  ['Asia/Almaty', '2026-10-04T18:00', '2026-10-04T13:00:00.000Z', 'after it'],
  ['Asia/Atyrau', '2022-10-04T18:00', '2022-10-04T13:00:00.000Z', 'in the west'],
  ['Asia/Almaty', '4.10.2026 8:05', '2026-10-04T03:05:00.000Z', 'as people write it'],
  ['Asia/Almaty', '04.10.2026, 18:00', '2026-10-04T13:00:00.000Z', 'with a comma'],
  ['Asia/Almaty', '2024-02-29T23:30', '2024-02-29T18:30:00.000Z', 'in the hour that came twice: the later'],
] as const)('in %s a clock that shows %s means %s, %s', ([zone, text, instant]) => {
  expect(readLocalTime(text, zone)).toBe(instant);
});

it.for([
  '',
  'tomorrow',
  '2022-13-01T18:00',
  '2022-02-30T18:00',
  '2022-10-04',
  '2022-10-04T25:00',
  '2022-10-04T18:00Z',
  '0000-01-01T00:00',
  '31.2.2026 10:00',
  '2.13.2026 10:00',
  '1.3.27 10:00',
])('takes no “%s” for a time', (text) => {
  expect(readLocalTime(text, 'Asia/Almaty')).toBeUndefined();
});

it.for([
  ['2022-10-04T18:00:59', '2022-10-04T12:00:59.000Z'],
  ['4.10.2022 18:00:07', '2022-10-04T12:00:07.000Z'],
  [' 2022-10-04T18:00 ', '2022-10-04T12:00:00.000Z'],
  ['2022-10-04T18:00:60', undefined],
  ['2022-10-04T18:00:7', undefined],
  ['2022-10-04T18:00:07Z', undefined],
  ['18:00:07', undefined],
  ['', undefined],
] as const)('reads “%s” to the second', ([text, instant]) => {
  expect(readLocalMoment(text, 'Asia/Almaty')).toBe(instant);
  const read = readLocalMoment(text, 'Asia/Almaty');
  if (read) expect(readLocalMoment(localTextOf(read, 'Asia/Almaty', 'second'), 'Asia/Almaty')).toBe(read);
});

it('takes no seconds where a time is planned', () => {
  expect(readLocalTime('2022-10-04T18:00:59', 'Asia/Almaty')).toBeUndefined();
});

it('takes the last minute that a form can send for a time', () => {
  expect(readLocalTime('9999-12-31T23:59', 'Asia/Almaty')).toBe('9999-12-31T18:59:00.000Z');
});

it('reads back every minute that it writes, except the first of an hour that came twice', () => {
  const minutes = fc.integer({ min: 27_000_000, max: 30_000_000 });
  fc.assert(
    fc.property(minutes, (minute) => {
      const instant = instantOf(new Date(minute * 60_000));
      const again = readLocalTime(localTextOf(instant, 'Asia/Qyzylorda'), 'Asia/Qyzylorda');
      expect(again).toBe(instant);
    }),
  );
});
