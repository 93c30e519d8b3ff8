import { byteOrderMark } from '#shared/domain/utf8.ts';

/**
 * A table as CSV that spreadsheets of Kazakhstan open as a table: semicolons, a decimal comma (3.5 would become the third of May),
 * UTF-8 with its mark, CRLF (RFC 4180). Our own readers take both. A text that a spreadsheet would take for a formula gets an apostrophe before it, so that nothing which somebody typed is run.
 */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string =>
  byteOrderMark + rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('');

const cellOf = (value: string | number): string => {
  if (typeof value === 'number') return String(value).replace('.', ',');
  const text = startsFormula.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Also after spaces, which some programs take away, and in full-width letters. */
const startsFormula = /^\s*[=+\-@\t\r＝＋－＠]/;
