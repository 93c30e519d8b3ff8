import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Fault } from '#shared/errors.ts';

/** The columns of a file of marks, in the order in which the list for the other organisation has them. */
export const markColumns = ['number', 'criterion', 'mark', 'max'] as const;
/** Said a second time, from where the marks were made: they show marks that moved against their numbers. A file has at least one of them. */
export const bindingColumns = ['number_again', 'mark_again', 'row_hash'] as const;
/** By rank as well, where the other organisation can. */
export const checkColumns = [...bindingColumns, 'rank'] as const;
export type Column = (typeof markColumns)[number] | (typeof checkColumns)[number];

/** What the other organisation writes for somebody who did not sit the test. */
export const absent = 'absent';

/** One row: the mark of one application at one criterion; undefined for who did not sit it. */
export type MarkRow = {
  line: number;
  number: ApplicationNumber;
  criterion: string;
  mark: number | undefined;
  numberAgain?: string;
  markAgain?: number | undefined;
  /** As it was typed. */
  rowHash?: string;
  rank?: number;
};

/** @param line of the file, counted from 1 */
export const fault = (place: string, message: string, line?: number, facts?: Fault['facts']): Fault => ({
  place,
  message: `marks.fault.${message}`,
  ...(line !== undefined && { line }),
  ...(facts && { facts }),
});

/** Undefined for who did not sit the test. */
export type Mark = number | undefined | 'unreadable';

/** A decimal comma is as good as a point; what could be a separator of thousands is no mark. */
export const markIn = (text: string): Mark => {
  if (text === absent) return undefined;
  return /^-?\d{1,4}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : 'unreadable';
};
