import { type ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import type { Fault } from '#shared/errors.ts';
import { type Examined, examineMarks } from '#shared/marks/examination.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import { bindingColumns } from '#shared/marks/row.ts';
import type { Result } from '#shared/result.ts';
import { aFileWithMarks, aNumber, marksCsv, type Row } from '#test/builders/marks.ts';

export const roundId = RoundId.parse('R0VND000000000000000');

export const criteria = importedCriteria(aFileWithMarks().rubric.criteria);

export const numbers = (count: number): ApplicationNumber[] =>
  Array.from({ length: count }, (_, index) => aNumber(index));

const everyone = numbers(400);

/** Marks of the test in the order of the numbers. */
export const testRows = (marks: readonly number[]): Row[] =>
  marks.map((mark, index) => ({ number: aNumber(index), criterion: 'test', mark, max: 100 }));

/** The rows with one more column. */
export const withColumn = (
  rows: readonly Row[],
  name: string,
  valueAt: (index: number) => string | number,
): Row[] => rows.map((row, index) => Object.assign({}, row, { [name]: valueAt(index) }));

/** Marks that look like marks: spread over the upper half of the scale, in no order. */
export const honest = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => 45 + ((index * 37) % 51));

type Over = {
  totals?: { count: string; sum: string };
  scored?: readonly ApplicationNumber[];
  gone?: readonly ApplicationNumber[];
  standing?: ReadonlyMap<string, MarksByNumber>;
  rated?: ReadonlyMap<ApplicationNumber, number>;
  rowHash?: boolean;
  /** As the rows are: no column that binds marks to their numbers is added. */
  plain?: true;
};

/** Examines bytes against the applications that are scored. */
export const examined = (bytes: Uint8Array, over: Over & { totals: { count: string; sum: string } }) =>
  examineMarks(bytes, {
    roundId,
    rated: over.rated ?? new Map(),
    totals: over.totals,
    expected: {
      criteria,
      scored: new Set(over.scored ?? []),
      gone: new Set(over.gone ?? []),
      standing: over.standing ?? new Map(),
      rowHash: over.rowHash ?? false,
    },
  });

/** Rows with the numbers once more, as they stand beside the marks in the other organisation's own program. */
export const bound = (rows: readonly Row[]): Row[] =>
  withColumn(rows, 'number_again', (index) => rows[index]?.['number'] ?? '');

const isBound = (rows: readonly Row[]): boolean =>
  rows.some((row) => bindingColumns.some((name) => name in row));

/** Examines rows whose totals are stated rightly, whose numbers are all scored and stand there twice, unless said otherwise. */
export const examinedRows = (rows: readonly Row[], over: Over = {}): Result<Examined, Fault[]> => {
  const sum = rows.reduce((all, { mark }) => all + (typeof mark === 'number' ? mark : 0), 0);
  const totals = { count: String(rows.length), sum: String(Math.round(sum * 100) / 100) };
  const own = new Set(rows.map(({ number }) => number));
  const scored = everyone.filter((number) => own.has(number));
  const file = over.plain || isBound(rows) ? rows : bound(rows);
  return examined(marksCsv(file), { totals, scored, ...over });
};

/** Faults as `line place message`, with facts where there are some. */
export const told = (answer: Result<unknown, Fault[]>): string[] =>
  answer.ok
    ? []
    : answer.error.map(({ line = '', place, message, facts }) =>
        `${line} ${place} ${message.replace('marks.fault.', '')}${facts ? ` ${JSON.stringify(facts)}` : ''}`.trim(),
      );
