import { strToU8, zipSync } from 'fflate';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';

const ends = (most: number): RubricCriterion['scale'] => [
  { points: 0, label: { kk: 'ең аз', ru: 'наименьший', en: 'least' } },
  { points: most, label: { kk: 'ең көп', ru: 'наибольший', en: 'most' } },
];

/** A round whose test (0 to 100) and essay (0 to 20) another organisation marks; raters give points for the rest. */
export const aFileWithMarks = (over: Partial<RoundFile> = {}): RoundFile => {
  const { rubric, ...file } = aRoundFile();
  const criteria = rubric.criteria.map((criterion): RubricCriterion => {
    if (criterion.code === 'test') return { ...criterion, scale: ends(100), markedBy: 'import' };
    if (criterion.code === 'methods') {
      return { ...criterion, code: 'essay', scale: ends(20), markedBy: 'import' };
    }
    return criterion;
  });
  return { ...file, rubric: { ...rubric, criteria }, ...over };
};

/** The same where the test asks for 50 points, and the interview for 40 percent, whatever the total is. */
export const aFileWithMinimums = (over: Partial<RoundFile> = {}): RoundFile => {
  const sampled = { source: 'The test', confidence: 'unverified', verifiedOn: '2022-10-01' } as const;
  const minimums = [
    { code: 'test', atLeast: 50, ...sampled },
    { code: 'interview', atLeast: 40, ...sampled },
  ];
  return aFileWithMarks({ minimums, ...over });
};

export const fileWithMarksBytes: Uint8Array = asUpload(aFileWithMarks());

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The n-th of many application numbers, in the order of their letters. */
export const aNumber = (index: number): ApplicationNumber => {
  const digits = [3, 2, 1, 0].map((power) => letters[Math.floor(index / 32 ** power) % 32] ?? '0');
  return ApplicationNumber.parse(`KZ19-TEST-${digits.join('')}`);
};

export type Row = Readonly<Record<string, string | number>>;

const cell = (value: string | number | undefined): string =>
  typeof value === 'number' ? String(value).replace('.', ',') : (value ?? '');

/** Rows as a spreadsheet set to Kazakh saves them: semicolons, and decimal commas where a mark has decimals. */
export const marksCsv = (rows: readonly Row[]): Uint8Array => {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  return strToU8(`\uFEFF${lines.map((cells) => cells.join(';')).join('\r\n')}\r\n`);
};

/** A workbook of the sheets that are given as XML, with the texts of its table. */
export const aWorkbook = (sheets: readonly string[], texts: readonly string[] = []): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8('<workbook/>'),
    'xl/sharedStrings.xml': strToU8(
      `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${texts.join('')}</sst>`,
    ),
    ...Object.fromEntries(
      sheets.map((sheet, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
      ]),
    ),
  });
