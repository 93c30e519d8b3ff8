import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';

/** Points by application number; null for somebody who did not sit the test. */
export type MarksByNumber = ReadonlyMap<ApplicationNumber, number | null>;

/** What a file of marks is held against. */
export type Expectation = {
  /** The criteria that are marked from outside. */
  criteria: readonly RubricCriterion[];
  /** The applications that are scored: each needs a mark. */
  scored: ReadonlySet<ApplicationNumber>;
  /** Applications that have withdrawn since; a mark of theirs is no fault, and changes nothing. */
  gone: ReadonlySet<ApplicationNumber>;
  /** What counts now, by criterion. */
  standing: ReadonlyMap<string, MarksByNumber>;
  /** The round file asks for a hash of each row. */
  rowHash: boolean;
};

/** Control totals that the other organisation states apart from its file. */
export type ControlTotals = {
  /** Rows of the file without its header. */
  count: number;
  /** Sum of all marks, who did not sit counting as nothing. */
  sum: number;
};

/** The sum of marks of at most two decimals, without the errors of binary fractions. */
export const sumOf = (marks: readonly (number | undefined | null)[]): number =>
  marks.reduce<number>((sum, mark) => sum + Math.round((mark ?? 0) * 100), 0) / 100;
