import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import { byteOrderMark } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A row with its cells trimmed; lines are counted from 1. */
export type CsvRow = { cells: readonly string[]; line: number };

/** Why a text is no table: quotes that do not close, or anything else; line and column from 1. */
export type CsvFault = { reason: 'quotes' | 'broken'; line: number; column: number };

/**
 * Reads CSV as spreadsheets write it: comma or semicolon (the first line decides), quotes, a byte order mark. Empty rows are left
 * out; rows may have any number of cells.
 */
export const readCsvTable = (text: string): Result<CsvRow[], CsvFault> => {
  const table = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  try {
    const records = parse(table, {
      delimiter: (table.split('\n', 1)[0] ?? '').includes(';') ? ';' : ',',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
    return ok(WithInfo.parse(records).map(({ record, info }) => ({ cells: record, line: info.lines })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const reason = error.code.includes('QUOTE') ? 'quotes' : 'broken';
    const [line, column] = [Number(error['lines']) || 1, (Number(error['column']) || 0) + 1];
    return refuse({ reason, line, column });
  }
};

/** What the parser answers with `info`, which its types do not say. */
const WithInfo = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

type Columns = { known: readonly string[]; needed: readonly string[] };

/** What is wrong with the header of a table: a column that is needed and missing, unknown, or there twice. */
export const headerFaults = (names: readonly string[], line: number, { known, needed }: Columns): Fault[] => {
  const at = (name: string, column: number, message: string): Fault => ({
    place: name,
    message: `ratings.${message}`,
    line,
    column,
    facts: { name },
  });
  return [
    ...needed.filter((name) => !names.includes(name)).map((name) => at(name, names.length, 'missing-column')),
    ...names.flatMap((name, index) => (known.includes(name) ? [] : [at(name, index + 1, 'unknown-column')])),
    ...names.flatMap((name, index) =>
      known.includes(name) && names.indexOf(name) !== index ? [at(name, index + 1, 'doubled-column')] : [],
    ),
  ];
};
