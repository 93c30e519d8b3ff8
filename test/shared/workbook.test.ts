import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '#shared/marks/sheet.ts';
import { workbookOf } from '#shared/workbook.ts';

const isPrintable = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 && code !== 0xff_fe && code !== 0xff_ff;
};

/** What a spreadsheet would show: texts, and which of them it would compute. */
const shown = (bytes: Uint8Array) => {
  const read = readWorkbook(bytes);
  return read.ok ? read.value.map(({ cells }) => cells) : read.error;
};

describe('a workbook that is written', () => {
  it('runs nothing that somebody typed, and keeps every letter of it', () => {
    const typed = ['=HYPERLINK("http://x")', '+7 701', '-1', '@SUM(A1)', '<b>&"Ұ"', '😀'];

    expect(shown(workbookOf([typed]))).toEqual([typed.map((text) => ({ text, formula: false }))]);
  });

  it('leaves out what XML cannot hold', () => {
    expect(shown(workbookOf([['a\u0000b\u001fc\uffff']]))).toEqual([[{ text: 'abc', formula: false }]]);
  });

  it('of equal rows has equal bytes', () => {
    const rows = [
      ['Нөмір', 'Жиыны'],
      ['KZ19-0000-0001', 61.5],
    ];

    expect(workbookOf(rows)).toEqual(workbookOf(rows));
  });

  it('is read back as it was, whatever stands in it', () => {
    const cell = fc.oneof(
      fc
        .string({ unit: 'grapheme' })
        .map((text) => text.trim())
        .filter((text) => Array.from(text).every(isPrintable)),
      fc.integer({ min: -9999, max: 9999 }).map((cents) => cents / 100),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 }), (rows) => {
        const filled = rows.filter((cells) => cells.some((value) => value !== ''));
        const texts = filled.map((cells) => cells.map((value) => ({ text: String(value), formula: false })));
        expect(shown(workbookOf(rows))).toEqual(texts);
      }),
    );
  });
});
