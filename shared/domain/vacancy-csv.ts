import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import { type CsvRow, readCsvTable } from '#shared/domain/csv-table.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { Incentive, maxPosts, SchoolType, type Vacancy } from '#shared/domain/vacancy.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The columns of a vacancy register, in the order in which the template has them. */
export const vacancyColumns = [
  'code',
  'school_kk',
  'school_ru',
  'school_type',
  'district',
  'locality',
  'subject',
  'language',
  'hours',
  'posts',
  'incentives',
] as const;
type Column = (typeof vacancyColumns)[number];

export const csvLimits = { characters: 4_000_000, rows: 5_000, cell: 200, faults: 200 } as const;

/**
 * Reads a vacancy register from CSV with a header row: comma or semicolon (the header decides), quotes, a byte order
 * mark. Incentives are separated by `|`. Answers every fault with its line and column name, at most 200 of them and then how
 * many more there are.
 */
export const readVacancies = (text: string): Result<Vacancy[], Fault[]> => {
  if (text.length > csvLimits.characters) {
    return refuse([fault('', 'too-large', 1, { limit: csvLimits.characters })]);
  }
  const table = readCsvTable(text);
  if (!table.ok) return refuse([fault('', table.error.reason, table.error.line)]);
  const [header, ...rows] = table.value;
  if (!header) return refuse([fault('', 'empty', 1)]);
  const wrongHeader = headerFaults(header.cells);
  if (wrongHeader.length > 0) return refuse(wrongHeader);
  if (rows.length === 0) return refuse([fault('', 'empty', header.line + 1)]);
  if (rows.length > csvLimits.rows) return refuse([fault('', 'too-many-rows', 1, { limit: csvLimits.rows })]);
  return readRows(header.cells.map(nameOf), rows);
};

const nameOf = (cell: string): string => cell.toLowerCase();

const headerFaults = (header: readonly string[]): Fault[] => {
  const names = header.map(nameOf);
  const known: readonly string[] = vacancyColumns;
  return [
    ...known
      .filter((name) => !names.includes(name))
      .map((name) => fault(name, 'missing-column', 1, { name })),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => fault(name, 'unknown-column', 1, { name })),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => fault(name, 'doubled-column', 1, { name })),
  ];
};

const readRows = (header: readonly string[], rows: readonly CsvRow[]): Result<Vacancy[], Fault[]> => {
  const faults = doubledCodes(header, rows);
  const vacancies: Vacancy[] = [];
  for (const row of rows) {
    const read = readRow(header, row);
    if (read.ok) vacancies.push(read.value);
    else faults.push(...read.error);
  }
  if (faults.length === 0) return ok(vacancies);
  const shown = faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, csvLimits.faults);
  const more = faults.length - shown.length;
  return refuse(more > 0 ? [...shown, fault('', 'more-faults', shown.at(-1)?.line ?? 1, { more })] : shown);
};

const doubledCodes = (header: readonly string[], rows: readonly CsvRow[]): Fault[] => {
  const lines = new Map<string, number>();
  return rows.flatMap(({ cells, line }) => {
    const code = cells[header.indexOf('code')] ?? '';
    const first = lines.get(code);
    if (first === undefined) lines.set(code, line);
    return first === undefined || code === '' ? [] : [fault('code', 'doubled-code', line, { code, first })];
  });
};

const readRow = (header: readonly string[], { cells, line }: CsvRow): Result<Vacancy, Fault[]> => {
  if (cells.length !== header.length) {
    return refuse([fault('', 'cell-count', line, { expected: header.length, found: cells.length })]);
  }
  const faults: Fault[] = [];
  const note = (column: Column, message: string, facts?: Fault['facts']): undefined => {
    faults.push(fault(column, message, line, facts));
  };
  const cell = (column: Column): string => cells[header.indexOf(column)] ?? '';
  const vacancy = {
    code: codeIn(cell('code'), note),
    school: schoolIn(cell, note),
    schoolType: optionIn('school_type', cell('school_type'), SchoolType.options, note),
    district: textIn('district', cell('district'), note),
    locality: textIn('locality', cell('locality'), note),
    subject: optionIn('subject', cell('subject'), Subject.options, note),
    language: optionIn('language', cell('language'), InstructionLanguage.options, note),
    hours: numberIn('hours', cell('hours'), { minimum: 1, maximum: 36, whole: false }, note),
    posts: numberIn('posts', cell('posts'), { minimum: 1, maximum: maxPosts, whole: true }, note),
    incentives: incentivesIn(cell('incentives'), note),
  };
  return complete(vacancy) && faults.length === 0 ? ok(vacancy) : refuse(faults);
};

type Note = (column: Column, message: string, facts?: Fault['facts']) => undefined;

type Unfinished = { [K in keyof Vacancy]: Vacancy[K] | undefined };

const complete = (vacancy: Unfinished): vacancy is Vacancy =>
  Object.values(vacancy).every((value) => value !== undefined);

const codeIn = (text: string, note: Note) => {
  const parsed = VacancyCode.safeParse(text);
  return parsed.success ? parsed.data : note('code', text === '' ? 'missing' : 'code');
};

/** One name serves for both languages where a school has only one. */
const schoolIn = (cell: (column: Column) => string, note: Note): Vacancy['school'] | undefined => {
  const kk = cell('school_kk') || cell('school_ru');
  const ru = cell('school_ru') || cell('school_kk');
  if (kk === '') return note('school_kk', 'missing');
  const names = { kk: textIn('school_kk', kk, note), ru: textIn('school_ru', ru, note) };
  return names.kk !== undefined && names.ru !== undefined ? { kk: names.kk, ru: names.ru } : undefined;
};

/** A cell that a spreadsheet would run as a formula is refused: registers are opened in spreadsheets (OWASP, CSV injection). */
const textIn = (column: Column, text: string, note: Note): string | undefined => {
  if (text === '') return note(column, 'missing');
  if (text.length > csvLimits.cell) return note(column, 'too-long', { limit: csvLimits.cell });
  if (/^[=+\-@\t\r|]/.test(text)) return note(column, 'formula');
  if (/\p{Cc}/u.test(text)) return note(column, 'control-character');
  return text.normalize('NFC');
};

const optionIn = <T extends string>(
  column: Column,
  text: string,
  options: readonly T[],
  note: Note,
): T | undefined =>
  options.find((option) => option === text.toLowerCase()) ??
  note(column, text === '' ? 'missing' : 'option', text === '' ? undefined : { options: options.join(', ') });

type Range = { minimum: number; maximum: number; whole: boolean };

/** A decimal comma is as good as a point. */
const numberIn = (column: Column, text: string, range: Range, note: Note): number | undefined => {
  if (text === '') return note(column, 'missing');
  const { minimum, maximum, whole } = range;
  const value = Number(text.replace(',', '.'));
  const shaped = (whole ? /^\d{1,4}$/ : /^\d{1,3}([.,]\d{1,2})?$/).test(text);
  return shaped && value >= minimum && value <= maximum
    ? value
    : note(column, whole ? 'whole-number' : 'number', { minimum, maximum });
};

const incentivesIn = (text: string, note: Note): Incentive[] | undefined => {
  const names = text === '' ? [] : text.split('|').map((name) => name.trim());
  const incentives = names.map((name) => optionIn('incentives', name, Incentive.options, note));
  const known = incentives.filter((incentive) => incentive !== undefined);
  return known.length === names.length ? [...new Set(known)].toSorted() : undefined;
};

const fault = (place: string, message: string, line: number, facts?: Fault['facts']): Fault => ({
  place,
  message: `vacancies.${message}`,
  line,
  ...(facts && { facts }),
});
