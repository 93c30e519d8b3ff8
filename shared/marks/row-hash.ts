import { sha256Of } from '#shared/domain/hash.ts';
import { absent, type MarkRow } from '#shared/marks/row.ts';

/** So many hexadecimal digits are enough: who moved marks by mistake meets the same ones once in 281 million million rows. */
const fewestDigits = 12;

/** What is hashed of a row, as `KZ19-TEST-0001;test;61.5`: decimals with a point and without zeros at the end, in UTF-8. */
export const hashedText = ({
  number,
  criterion,
  mark,
}: Pick<MarkRow, 'number' | 'criterion' | 'mark'>): string => `${number};${criterion};${mark ?? absent}`;

/** The hash of a row as lists that we hand out describe it: the first twelve digits of SHA-256. */
export const rowHashOf = (row: Pick<MarkRow, 'number' | 'criterion' | 'mark'>): string =>
  sha256Of(hashedText(row)).slice(0, fewestDigits);

/** Whether what the other organisation's program wrote beside a mark is the hash of this very row; all 64 digits are as good as twelve. */
export const isHashOf = (given: string, row: Pick<MarkRow, 'number' | 'criterion' | 'mark'>): boolean => {
  const digits = given.toLowerCase();
  return digits.length >= fewestDigits && sha256Of(hashedText(row)).startsWith(digits);
};
