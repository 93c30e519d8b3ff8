import { describe, expect, it } from 'vitest';
import { aNumber, marksCsv } from '#test/builders/marks.ts';
import { bound, examined, examinedRows, honest, numbers, testRows, told } from './marks-scene.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file of marks', () => {
  it('that is right is kept as its marks, with what it is about and its totals', () => {
    const rows = testRows([61.5, 48, 77.25]);
    const answer = examinedRows([...rows.slice(0, 2), { ...rows[2], mark: 'absent' }]);

    expect(told(answer)).toEqual([]);
    expect(answer.ok && answer.value.brought).toEqual({
      criteria: ['test'],
      count: 3,
      sum: 109.5,
      suspicions: 0,
      checks: ['number_again'],
    });
    expect(answer.ok && answer.value.order).toBeUndefined();
    expect(answer.ok && JSON.parse(answer.value.list.text)).toMatchObject({
      marks: [{ number: aNumber(0), mark: 61.5 }, { mark: 48 }, { number: aNumber(2), mark: null }],
    });
  });

  it('may hold several criteria, commas or points, and totals as people write them', () => {
    const rows = [
      ...testRows([61.5, 48]),
      { number: aNumber(0), criterion: 'essay', mark: 12, max: 20 },
      { number: aNumber(1), criterion: 'essay', mark: 19.5, max: 20 },
    ];
    const comma = new TextEncoder().encode(
      `number,criterion,mark,max,mark_again\n${aNumber(0)},test,61.5,100,61.50\n${aNumber(1)},test,"48,00",100,48\n`,
    );
    const scored = numbers(2);

    expect(told(examinedRows(rows))).toEqual([]);
    expect(told(examined(comma, { totals: { count: ' 2 ', sum: '109,50' }, scored }))).toEqual([]);
    expect(told(examined(comma, { totals: { count: '2', sum: '1\u00a0109,5' }, scored }))).toEqual([
      'sum sum',
    ]);
  });

  it('is faulted cell by cell: formulas, numbers, other criteria, decimals, ranges, another test', () => {
    const row = { number: aNumber(0), criterion: 'test', mark: 50, max: 100 };
    const rows = [
      { ...row, mark: '=SUM(A1:A3)' },
      { ...row, number: 'KZ19-TEST-OOOO' },
      { ...row, criterion: 'achievements' },
      { ...row, mark: '61.234' },
      { ...row, mark: '1.234,5' },
      { ...row, mark: '12.May' },
      { ...row, mark: '' },
      { ...row, mark: 101 },
      { ...row, mark: 15, max: 20 },
    ];

    expect(told(examinedRows(rows))).toEqual([
      '2 mark formula',
      '2 mark mark {"absent":"absent"}',
      '3 number number',
      '4 criterion criterion {"options":"test, essay"}',
      '5 mark mark {"absent":"absent"}',
      '6 mark mark {"absent":"absent"}',
      '7 mark mark {"absent":"absent"}',
      '8 mark empty-cell {"absent":"absent"}',
      '9 mark range {"least":0,"most":100}',
      '10 max max {"most":100}',
    ]);
  });

  it('names the column of a cell, as a spreadsheet shows it', () => {
    const answer = examinedRows([{ number: aNumber(0), criterion: 'test', mark: 'x', max: 100 }]);

    expect(answer.ok ? [] : answer.error).toMatchObject([{ line: 2, column: 3, place: 'mark' }]);
  });

  it('has the columns that are needed and no other: names do not belong there', () => {
    const rows = [
      { number: aNumber(0), name: 'Абай Құнанбайұлы', criterion: 'test', mark: 50, number_again: 'x' },
    ];

    expect(told(examinedRows(rows))).toEqual(['1 max missing-column {"name":"max"}', '1  unknown-column']);
  });

  it('must have the totals that were stated, and does not tell its own', () => {
    const rows = testRows([61.5, 48]);
    const scored = numbers(2);
    const stated = (count: string, sum: string) =>
      told(examined(marksCsv(bound(rows)), { totals: { count, sum }, scored }));

    expect(stated('3', '110.5')).toEqual(['count count', 'sum sum']);
    expect(stated('', 'viele')).toEqual(['count count-needed', 'sum sum-needed']);
    expect(stated('2', '109.5')).toEqual([]);
  });

  it('names numbers that nobody has, that come twice, and that are missing', () => {
    const rows = testRows(honest(4));
    const [first] = rows;

    expect(told(examinedRows([...rows, { ...first }], { scored: [...numbers(3), aNumber(7)] }))).toEqual([
      `5 number unknown-number {"number":"${aNumber(3)}"}`,
      `6 number doubled {"number":"${aNumber(0)}","first":2}`,
      `number missing {"number":"${aNumber(7)}","criterion":"test"}`,
    ]);
  });

  it('may still have who has withdrawn since it was marked', () => {
    expect(told(examinedRows(testRows(honest(3)), { scored: numbers(2), gone: [aNumber(2)] }))).toEqual([]);
  });

  it('that is no table at all says so', () => {
    const totals = { count: '1', sum: '1' };

    expect(told(examined(bytes(''), { totals }))).toEqual(['1  empty']);
    expect(told(examined(bytes('number;criterion;mark;max\n'), { totals }))).toEqual(['1  empty']);
    expect(told(examined(bytes('"number;criterion'), { totals }))).toEqual(['1  broken']);
    expect(told(examined(new Uint8Array([0xff, 0xfe, 0x31, 0]), { totals }))).toEqual(['not-utf8']);
    expect(told(examined(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9]), { totals }))).toEqual([
      'broken {"limit":24000000}',
    ]);
  });

  it('lists at most 200 faults and says how many more there are', () => {
    const rows = testRows(Array.from({ length: 300 }, () => 101));
    const faults = told(examinedRows(rows));

    expect(faults).toHaveLength(201);
    expect(faults.at(-1)).toBe('more {"more":100}');
  });
});
