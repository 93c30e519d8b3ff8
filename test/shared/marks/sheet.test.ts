import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readWorkbook, sheetLimits } from '#shared/marks/sheet.ts';
import { aNumber, aWorkbook } from '#test/builders/marks.ts';
import { examined, numbers, told } from './marks-scene.ts';

const row = (line: number, ...cells: string[]): string => `<row r="${line}">${cells.join('')}</row>`;
const text = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (at: string, value: string): string => `<c r="${at}"><v>${value}</v></c>`;

const header = row(
  1,
  text('A1', 'number'),
  text('B1', 'criterion'),
  text('C1', 'mark'),
  text('D1', 'max'),
  text('E1', 'number_again'),
);

/** The texts of each row, with a mark before those that the file computes. */
const cells = (bytes: Uint8Array) => {
  const read = readWorkbook(bytes);
  return read.ok
    ? read.value.map(({ line, cells: own }) => [
        line,
        ...own.map((cell) => (cell.formula ? `=${cell.text}` : cell.text)),
      ])
    : read.error;
};

const whole = (xml: string): Uint8Array => zipSync({ 'xl/worksheets/sheet1.xml': strToU8(xml) });

/** A sheet of a megabyte, packed to a thousandth, that claims to hold so many bytes. */
const claiming = (bytes: number): Uint8Array => {
  const packed = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(1_000_000) });
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const directory = view.getUint32(packed.length - 6, true);
  view.setUint32(directory + 24, bytes, true);
  return packed;
};

describe('a workbook', () => {
  it('is read as a spreadsheet shows it: shared and rich texts, gaps, numbers as they were typed', () => {
    const texts = [
      '<si><t>абв &amp; где</t></si>',
      '<si><r><t>А</t></r><r><rPr><b/></rPr><t>бай</t></r><rPh><t>фон</t></rPh></si>',
    ];
    const sheet = [
      row(2, '<c r="A2" t="s"><v>0</v></c>', '<c r="C2" t="s"><v>1</v></c>'),
      row(3),
      row(5, number('A5', '72.299999999999997'), number('B5', '1E1'), '<c r="D5" t="str"><v>x</v></c>'),
    ].join('');

    expect(cells(aWorkbook([sheet], texts))).toEqual([
      [2, 'абв & где', '', 'Абай'],
      [5, '72.3', '10', '', 'x'],
    ]);
  });

  it('tells which cells it computes', () => {
    const sheet = row(1, '<c r="A1"><f>SUM(B1:B9)</f><v>81</v></c>', '<c r="B1"><f>A1</f></c>');

    expect(cells(aWorkbook([sheet]))).toEqual([[1, '=81', '=']]);
  });

  it('with prefixed names is the same', () => {
    const sheet = '<x:row xmlns:x="urn:x" r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>';

    expect(cells(aWorkbook([sheet]))).toEqual([[1, '7']]);
  });

  it('may have empty sheets, and one that holds something', () => {
    expect(cells(aWorkbook(['', row(1, number('A1', '1'))]))).toEqual([[1, '1']]);
    expect(cells(aWorkbook(['', '']))).toEqual([]);
    expect(cells(aWorkbook([row(1, number('A1', '1')), row(9, number('B9', '2'))]))).toBe('sheets');
  });

  it('that does not close, or has a document type, is broken', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>';

    expect(cells(whole('<worksheet><row><c><v>1</v></c></row>'))).toBe('broken');
    expect(cells(whole(`${bomb}<worksheet><row r="1"><c r="A1"><v>&c;</v></c></row></worksheet>`))).toBe(
      'broken',
    );
    expect(cells(whole('<worksheet><row r="1"><c r="A1"><v>&c;</v></c></row></worksheet>'))).toBe('broken');
    expect(cells(zipSync({ 'word/document.xml': strToU8('<a/>') }))).toBe('broken');
    expect(cells(strToU8('PK\u0003\u0004 and nothing more'))).toBe('broken');
  });

  it('that would unpack to more than its limit is not unpacked', () => {
    expect(cells(claiming(sheetLimits.bytes + 1))).toBe('too-large');
  });

  it('that lies about how much it unpacks to gets no more memory than it claimed', () => {
    expect(cells(claiming(100))).toBe('broken');
  });

  it('with a cell far to the right is too large', () => {
    expect(cells(aWorkbook([row(1, number('ZZ1', '1'))]))).toBe('too-large');
  });
});

describe('a workbook of marks', () => {
  it('is a file of marks', () => {
    const sheet =
      header +
      row(
        2,
        text('A2', aNumber(0)),
        text('B2', 'test'),
        number('C2', '61.5'),
        number('D2', '100'),
        text('E2', aNumber(0)),
      ) +
      row(
        3,
        text('A3', aNumber(1)),
        text('B3', 'test'),
        text('C3', 'absent'),
        number('D3', '100'),
        text('E3', aNumber(1)),
      );

    const answer = examined(aWorkbook([sheet]), { totals: { count: '2', sum: '61.5' }, scored: numbers(2) });
    expect(told(answer)).toEqual([]);
    expect(answer.ok && answer.value.brought).toMatchObject({ count: 2, sum: 61.5 });
  });

  it('names computed cells, and marks of too many decimals, with row and column', () => {
    const sheet =
      header +
      row(
        2,
        text('A2', aNumber(0)),
        text('B2', 'test'),
        '<c r="C2"><f>B9</f><v>61</v></c>',
        number('D2', '100'),
      ) +
      row(3, text('A3', aNumber(1)), text('B3', 'test'), number('C3', '61.123'), number('D3', '100'));

    const answer = examined(aWorkbook([sheet]), { totals: { count: '2', sum: '1' }, scored: numbers(2) });
    expect(answer.ok ? [] : answer.error).toMatchObject([
      { line: 2, column: 3, message: 'marks.fault.formula' },
      { line: 3, column: 3, message: 'marks.fault.mark' },
    ]);
  });
});
