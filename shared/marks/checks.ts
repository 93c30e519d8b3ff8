import { endsOf } from '#shared/domain/rubric.ts';
import type { Fault } from '#shared/errors.ts';
import {
  type ControlTotals,
  type Expectation,
  type MarksByNumber,
  sumOf,
} from '#shared/marks/expectation.ts';
import { ranksIn } from '#shared/marks/ranks.ts';
import { bindingColumns, fault, type MarkRow } from '#shared/marks/row.ts';
import { isHashOf } from '#shared/marks/row-hash.ts';
import { compareColumns } from '#shared/marks/shifts.ts';

/** What makes a file of marks one that nobody may import, each with its row and column. */
export const checkMarks = (
  rows: readonly MarkRow[],
  expected: Expectation,
  totals: ControlTotals,
): Fault[] => [
  ...totalFaults(rows, totals),
  ...numberFaults(rows, expected),
  ...unboundFaults(rows, expected),
  ...checkFaults(rows),
  ...[...byCriterion(rows)].flatMap(([code, own]) => rankFaults(code, own, expected)),
  ...[...byCriterion(rows)].flatMap(([code, own]) => movedAgainst(own, expected.standing.get(code))),
];

/** The rows of each criterion that a file has marks of, in the order of the file. */
export const byCriterion = (rows: readonly MarkRow[]): Map<string, MarkRow[]> =>
  Map.groupBy(rows, ({ criterion }) => criterion);

/** What was found is not told: the totals are to come from the other organisation and not from here. */
const totalFaults = (rows: readonly MarkRow[], { count, sum }: ControlTotals): Fault[] => [
  ...(count === rows.length ? [] : [fault('count', 'count')]),
  ...(Math.round(sum * 100) === Math.round(sumOf(rows.map(({ mark }) => mark)) * 100)
    ? []
    : [fault('sum', 'sum')]),
];

/** Numbers that nobody has, that come twice, and that are missing: a file holds a criterion whole or not at all. */
const numberFaults = (rows: readonly MarkRow[], { scored, gone }: Expectation): Fault[] => {
  const first = new Map<string, number>();
  const wrong = rows.flatMap(({ number, criterion, line }) => {
    const key = `${criterion} ${number}`;
    const before = first.get(key);
    first.set(key, before ?? line);
    if (!scored.has(number) && !gone.has(number))
      return [fault('number', 'unknown-number', line, { number })];
    return before === undefined ? [] : [fault('number', 'doubled', line, { number, first: before })];
  });
  const missing = [...byCriterion(rows).keys()].flatMap((criterion) =>
    [...scored]
      .filter((number) => !first.has(`${criterion} ${number}`))
      .toSorted()
      .map((number) => fault('number', 'missing', undefined, { number, criterion })),
  );
  return [...wrong, ...missing];
};

/**
 * A file of four columns says nothing of whether each mark stands beside its own number: count and sum are right also where all of them
 * moved (ANCHORS F2). So it is refused, the first one as well.
 */
const unboundFaults = (rows: readonly MarkRow[], { rowHash }: Expectation): Fault[] => {
  const checks = boundBy(rows);
  if (rowHash && !checks.includes('row_hash')) return [fault('row_hash', 'hash-needed')];
  return checks.length > 0 ? [] : [fault('', 'check-needed')];
};

/** The columns that a file has by which its marks are bound to their numbers. */
export const boundBy = (rows: readonly MarkRow[]): (typeof bindingColumns)[number][] => {
  const has = {
    number_again: rows.some(({ numberAgain }) => numberAgain !== undefined),
    mark_again: rows.some((row) => 'markAgain' in row),
    row_hash: rows.some((row) => row.rowHash !== undefined),
  };
  return bindingColumns.filter((name) => has[name]);
};

/** Rows whose second number or second mark says something else than the first. */
const checkFaults = (rows: readonly MarkRow[]): Fault[] => {
  const pairs = [
    {
      place: 'number_again',
      given: rows.some(({ numberAgain }) => numberAgain !== undefined),
      values: rows.map(({ number }): unknown => number),
      checks: rows.map(({ numberAgain }): unknown => numberAgain),
    },
    {
      place: 'mark_again',
      given: rows.some((row) => 'markAgain' in row),
      values: rows.map(({ mark }): unknown => mark),
      checks: rows.map(({ markAgain }): unknown => markAgain),
    },
  ];
  const hashed = rows.flatMap((row) =>
    row.rowHash === undefined || isHashOf(row.rowHash, row) ? [] : [fault('row_hash', 'hash', row.line)],
  );
  return [
    ...pairs.flatMap(({ place, given, values, checks }) =>
      given ? differences(rows, place, compareColumns(values, checks)) : [],
    ),
    ...hashed,
  ];
};

const differences = (
  rows: readonly MarkRow[],
  place: string,
  { shifts, single }: ReturnType<typeof compareColumns>,
): Fault[] => {
  const lineOf = (row: number): number => rows[row]?.line ?? 0;
  return [
    ...shifts.map(({ from, to, by }) =>
      fault(place, by > 0 ? 'moved-down' : 'moved-up', lineOf(from), {
        last: lineOf(to),
        rows: Math.abs(by),
      }),
    ),
    ...single.map((row) => fault(place, 'differs', lineOf(row))),
  ];
};

const rankFaults = (code: string, rows: readonly MarkRow[], { criteria }: Expectation): Fault[] => {
  const criterion = criteria.find((one) => one.code === code);
  const { least, most } = criterion ? endsOf(criterion) : { least: 0, most: 0 };
  const marks = rows.map(({ mark }) => mark);
  const block = ranksIn(marks, most - Math.max(0, least) + 1);
  return [...(block ? [rankFault(rows, block)] : []), ...againstRank(rows)];
};

const rankFault = (
  rows: readonly MarkRow[],
  { from, to, ranks }: { from: number; to: number; ranks: number },
) => fault('mark', 'ranks', rows[from]?.line, { last: rows[to]?.line ?? 0, ranks });

/** The first row whose mark is higher than that of somebody who ranks before it. */
const againstRank = (rows: readonly MarkRow[]): Fault[] => {
  const ranked = rows
    .flatMap(({ rank, mark, line }) =>
      rank === undefined || mark === undefined ? [] : [{ rank, mark, line }],
    )
    .toSorted((a, b) => a.rank - b.rank || b.mark - a.mark);
  const wrong = ranked.findIndex((row, index) => row.mark > (ranked[index - 1]?.mark ?? Infinity));
  const [before, row] = [ranked[wrong - 1], ranked[wrong]];
  return row && before ? [fault('rank', 'against-rank', row.line, { other: before.line })] : [];
};

/** Marks that stand a row away from where the import that counts now has them (ANCHORS F2). */
const movedAgainst = (rows: readonly MarkRow[], standing: MarksByNumber | undefined): Fault[] => {
  if (!standing) return [];
  const marks = rows.map(({ mark }) => mark ?? null);
  const before = rows.map(({ number }) => standing.get(number));
  const { shifts } = compareColumns<number | null | undefined>(marks, before);
  const long = shifts.filter(({ from, to }) => to - from + 1 >= fewestMoved);
  return long.map(({ from, to, by }) =>
    fault('mark', by > 0 ? 'moved-down-before' : 'moved-up-before', rows[from]?.line, {
      last: rows[to]?.line ?? 0,
      rows: Math.abs(by),
    }),
  );
};

/** A correction may change fewer rows to what their neighbours had. */
const fewestMoved = 8;
