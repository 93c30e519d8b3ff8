import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRatings } from '#shared/analysis/ratings-csv.ts';
import { readCsvTable } from '#shared/domain/csv-table.ts';
import { csvText } from '#shared/domain/csv-text.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import { readMarks } from '#shared/marks/reading.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';

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

  it('has numbers with a decimal comma, and our own readers take them back', () => {
    const ratings = csvText([
      ['application', 'rater', 'score'],
      ['A1', 'R1', 3.5],
      ['A1', 'R2', -0.0625],
    ]);
    const criterion = importedCriteria(aFileWithMarks().rubric.criteria).find(({ code }) => code === 'test');
    if (!criterion) throw new Error('The test is marked from outside.');
    const number = 'KZ19-0000-0001';
    const marks = csvText([
      ['number', 'criterion', 'mark', 'max', 'mark_again'],
      [number, 'test', 63.25, 100, 63.25],
    ]);

    expect(linesOf(ratings).slice(1, 3)).toEqual(['A1;R1;3,5', 'A1;R2;-0,0625']);
    expect(readRatings(ratings)).toMatchObject({ value: { ratings: [{ score: 3.5 }, { score: -0.0625 }] } });
    expect(readMarks(new TextEncoder().encode(marks), [criterion])).toMatchObject({
      value: [{ number, mark: 63.25, markAgain: 63.25 }],
    });
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
