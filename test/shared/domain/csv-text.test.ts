import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsvTable } from '#shared/domain/csv-table.ts';
import { csvText } from '#shared/domain/csv-text.ts';

const linesOf = (text: string): string[] => text.slice(1).split('\r\n');

/** Without what reading and writing take away or add: spaces around a text, and an apostrophe before it. */
const plain = (text: string): string => text.trim().replace(/^'/, '').trim();

describe('a table as CSV', () => {
  it('has a mark, semicolons and CRLF, and quotes what needs it', () => {
    const text = csvText([
      ['Раунд', 'Орын саны'],
      ['a;b', 438],
      ['said "so"\n', -1],
    ]);

    expect(text).toBe('\uFEFFРаунд;Орын саны\r\n"a;b";438\r\n"said ""so""\n";-1\r\n');
  });

  it.for(['=1+1', '+7 701', '-2', '@SUM(A1)', '\t=1', '  =1', '＝1'])(
    'lets no spreadsheet run %j',
    (typed) => {
      expect(linesOf(csvText([[typed]]))[0]).toBe(`'${typed}`);
    },
  );

  it('is read back as it was, whatever was typed, but for the apostrophe', () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => /\S/.test(text));
    fc.assert(
      fc.property(cell, cell, (first, second) => {
        const read = readCsvTable(
          csvText([
            ['a;b', 'c'],
            [first, second],
          ]),
        );

        const cells = read.ok ? (read.value[1]?.cells ?? []) : [];
        expect(cells.map(plain)).toEqual([first, second].map(plain));
        for (const text of cells) expect(text).not.toMatch(/^[=+\-@]/);
      }),
    );
  });
});
