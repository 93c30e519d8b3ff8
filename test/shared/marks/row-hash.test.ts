import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashedText, isHashOf, rowHashOf } from '#shared/marks/row-hash.ts';
import { aNumber } from '#test/builders/marks.ts';
import { bound, examinedRows, testRows, told, withColumn } from './marks-scene.ts';

const number = aNumber(7);
const row = { number, criterion: 'test', mark: 61.5 };

const toldOf = (mark: string, hash: string): string[] =>
  told(examinedRows([{ number, criterion: 'test', mark, max: 100, row_hash: hash }]));

describe('the hash of a row', () => {
  it('is what any program makes of number, criterion and mark', () => {
    const sha256 = createHash('sha256').update(`${number};test;61.5`).digest('hex');

    expect(hashedText(row)).toBe(`${number};test;61.5`);
    expect(rowHashOf(row)).toBe(sha256.slice(0, 12));
    expect(isHashOf(sha256, row)).toBe(true);
    expect(isHashOf(sha256.slice(0, 12).toUpperCase(), row)).toBe(true);
    expect(isHashOf(sha256.slice(0, 11), row)).toBe(false);
    expect(isHashOf(`${sha256}0`, row)).toBe(false);
    expect(isHashOf('', row)).toBe(false);
  });

  it('is the same for a mark that a table shows with zeros, and another one for who did not come', () => {
    expect(toldOf('61,50', rowHashOf(row))).toEqual(['sum sum']);
    expect(toldOf('absent', rowHashOf({ ...row, mark: undefined }))).toEqual([]);
    expect(toldOf('absent', rowHashOf({ ...row, mark: 0 }))).toEqual(['2 row_hash hash']);
  });

  it('is asked for where the round file asks for it, beside or in the place of another check', () => {
    const rows = testRows([61.5, 48, 77]);
    const hashed = withColumn(rows, 'row_hash', (index) =>
      rowHashOf({ number: aNumber(index), criterion: 'test', mark: [61.5, 48, 77][index] }),
    );

    expect(told(examinedRows(rows, { rowHash: true }))).toEqual(['row_hash hash-needed']);
    expect(told(examinedRows(hashed, { rowHash: true }))).toEqual([]);
    expect(told(examinedRows(bound(hashed), { rowHash: true }))).toEqual([]);
  });

  it('must stand in every row of a file that has some', () => {
    const rows = withColumn(testRows([61.5, 48]), 'row_hash', (index) =>
      index === 0 ? rowHashOf({ number: aNumber(0), criterion: 'test', mark: 61.5 }) : '',
    );

    expect(told(examinedRows(rows))).toEqual(['3 row_hash hash']);
  });
});

describe('a check column that nobody filled in', () => {
  it('is none: the list has all of them, and one is enough', () => {
    const empty = withColumn(
      withColumn(testRows([61.5, 48]), 'mark_again', () => ''),
      'row_hash',
      () => '',
    );

    expect(told(examinedRows(bound(empty)))).toEqual([]);
    expect(told(examinedRows(empty, { plain: true }))).toEqual(['check-needed']);
  });
});
