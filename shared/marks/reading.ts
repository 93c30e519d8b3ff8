import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { readCsvTable } from '#shared/domain/csv-table.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { endsOf } from '#shared/domain/rubric.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import {
  absent,
  type Column,
  checkColumns,
  fault,
  type Mark,
  type MarkRow,
  markColumns,
  markIn,
} from '#shared/marks/row.ts';
import { isWorkbook, readWorkbook, type SheetRow, sheetLimits } from '#shared/marks/sheet.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * Reads the rows of a file of marks, CSV in UTF-8 (comma or semicolon, the header decides) or XLSX, each cell on its own. Marks have a
 * decimal point or comma and at most two decimals. A computed cell is a fault, also where it shows a number: its value is
 * that of another moment. Names and other columns are faults too, so that nobody sends them. A check column that nobody filled in is none.
 * @param criteria those that are marked from outside
 */
export const readMarks = (
  bytes: Uint8Array,
  criteria: readonly RubricCriterion[],
): Result<MarkRow[], Fault[]> => {
  const table = isWorkbook(bytes) ? workbookRows(bytes) : csvRows(bytes);
  if (!table.ok) return table;
  const [header, ...rows] = withoutEmptyChecks(table.value);
  if (!header || rows.length === 0) return refuse([fault('', 'empty', 1)]);
  if (rows.length >= sheetLimits.rows) {
    return refuse([fault('', 'too-many-rows', undefined, { limit: sheetLimits.rows - 1 })]);
  }
  const names = header.cells.map(({ text }) => text.toLowerCase());
  const wrong = headerFaults(names, header.line);
  if (wrong.length > 0) return refuse(wrong);
  const faults: Fault[] = [];
  const read = rows.flatMap((row) => readRow(names, row, { criteria, faults }) ?? []);
  return faults.length > 0 ? refuse(faults) : ok(read);
};

const workbookRows = (bytes: Uint8Array): Result<SheetRow[], Fault[]> => {
  const read = readWorkbook(bytes);
  return read.ok ? read : refuse([fault('', read.error, undefined, { limit: sheetLimits.bytes })]);
};

const csvRows = (bytes: Uint8Array): Result<SheetRow[], Fault[]> => {
  const text = readUtf8(bytes);
  if (text === undefined) return refuse([fault('', 'not-utf8')]);
  const table = readCsvTable(text);
  if (!table.ok) return refuse([fault('', 'broken', table.error.line)]);
  return ok(
    table.value.map(({ line, cells }) => ({
      line,
      cells: cells.map((cell) => ({ text: cell, formula: /^[=@]/.test(cell) })),
    })),
  );
};

/** The list to be marked has columns for every check, of which the other organisation fills in what it can. */
const withoutEmptyChecks = (table: readonly SheetRow[]): readonly SheetRow[] => {
  const [header, ...rows] = table;
  if (!header || rows.length === 0) return table;
  const left = new Set(
    header.cells.flatMap(({ text }, place) => {
      const isCheck = checkColumns.some((name) => name === text.toLowerCase());
      return isCheck && rows.every(({ cells }) => (cells[place]?.text ?? '') === '') ? [place] : [];
    }),
  );
  if (left.size === 0) return table;
  return table.map(({ line, cells }) => ({ line, cells: cells.filter((_cell, place) => !left.has(place)) }));
};

const headerFaults = (names: readonly string[], line: number): Fault[] => {
  const known = new Set<string>([...markColumns, ...checkColumns]);
  const missing = markColumns.filter((name) => !names.includes(name));
  return [
    ...missing.map((name) => fault(name, 'missing-column', line, { name })),
    ...names.flatMap((name, index) => {
      const column = index + 1;
      if (!known.has(name)) return { ...fault('', 'unknown-column', line), column };
      return names.indexOf(name) === index
        ? []
        : { ...fault(name, 'doubled-column', line, { name }), column };
    }),
  ];
};

type Reading = { criteria: readonly RubricCriterion[]; faults: Fault[] };

const readRow = (
  names: readonly string[],
  { line, cells }: SheetRow,
  { criteria, faults }: Reading,
): MarkRow | undefined => {
  const before = faults.length;
  const textOf = (name: Column): string => cells[names.indexOf(name)]?.text ?? '';
  const note = (place: Column | '', message: string, facts?: Fault['facts']): undefined => {
    const at = names.indexOf(place);
    faults.push({ ...fault(place, message, line, facts), ...(at >= 0 && { column: at + 1 }) });
  };
  faults.push(...shapeFaults(names, { line, cells }));
  const number = ApplicationNumber.safeParse(textOf('number'));
  const criterion = criteria.find(({ code }) => code === textOf('criterion'));
  if (!number.success) note('number', textOf('number') === '' ? 'empty-cell' : 'number');
  if (!criterion) note('criterion', 'criterion', { options: criteria.map(({ code }) => code).join(', ') });
  const mark = markIn(textOf('mark'));
  if (mark === 'unreadable') note('mark', textOf('mark') === '' ? 'empty-cell' : 'mark', { absent });
  if (criterion) rangeFaults(criterion, { mark, max: textOf('max') }, note);
  const checks = checksIn(textOf, names, note);
  if (faults.length > before || !number.success || !criterion || mark === 'unreadable') return undefined;
  return { line, number: number.data, criterion: criterion.code, mark, ...checks };
};

/** Cells beyond the header, and cells that the file computes. */
const shapeFaults = (names: readonly string[], { line, cells }: SheetRow): Fault[] => {
  const beyond = cells.slice(names.length).some(({ text }) => text !== '');
  const computed = cells.flatMap(({ formula }, index) =>
    formula ? [{ ...fault(names[index] ?? '', 'formula', line), column: index + 1 }] : [],
  );
  return [
    ...(beyond ? [fault('', 'cell-count', line, { expected: names.length, found: cells.length })] : []),
    ...computed,
  ];
};

type Note = (place: Column | '', message: string, facts?: Fault['facts']) => undefined;

/** The highest mark that the file claims must be the round file's: marks of another test have another one. */
const rangeFaults = (
  criterion: RubricCriterion,
  { mark, max }: { mark: Mark; max: string },
  note: Note,
): void => {
  const { least, most } = endsOf(criterion);
  if (markIn(max) !== most) note('max', 'max', { most });
  if (typeof mark === 'number' && (mark < least || mark > most)) note('mark', 'range', { least, most });
};

type Checks = Pick<MarkRow, 'numberAgain' | 'markAgain' | 'rowHash' | 'rank'>;

const checksIn = (textOf: (name: Column) => string, names: readonly string[], note: Note): Checks => {
  const checks: Checks = {};
  if (names.includes('number_again')) checks.numberAgain = textOf('number_again');
  if (names.includes('mark_again')) {
    const again = markIn(textOf('mark_again'));
    if (again === 'unreadable') note('mark_again', 'mark', { absent });
    else checks.markAgain = again;
  }
  if (names.includes('row_hash')) checks.rowHash = textOf('row_hash');
  if (names.includes('rank') && textOf('rank') !== '') {
    const rank = Number(textOf('rank'));
    if (Number.isInteger(rank) && rank > 0) checks.rank = rank;
    else note('rank', 'rank');
  }
  return checks;
};
