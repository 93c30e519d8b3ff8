import type { ApplicationNumber, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { markListText } from '#shared/domain/marks.ts';
import type { BroughtMarks } from '#shared/domain/marks-decisions.ts';
import type { Fault } from '#shared/errors.ts';
import { boundBy, byCriterion, checkMarks } from '#shared/marks/checks.ts';
import {
  type ControlTotals,
  type Expectation,
  type MarksByNumber,
  sumOf,
} from '#shared/marks/expectation.ts';
import { fileOrderText } from '#shared/marks/file-order.ts';
import { odditiesOf, rowOddities } from '#shared/marks/oddities.ts';
import { readMarks } from '#shared/marks/reading.ts';
import { fault, type MarkRow } from '#shared/marks/row.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Faults that are told of one file; more would not be read. */
const toldFaults = 200;

/** A file that has no fault. */
export type Examined = {
  /** Its marks as they are kept. */
  list: { text: string; sha256: Sha256 };
  /** How its rows stood; undefined where they stood by their numbers. */
  order: { text: string; sha256: Sha256 } | undefined;
  brought: Omit<BroughtMarks, 'sha256' | 'file'>;
};

/**
 * Everything that is asked of a file of marks before anybody may confirm it: its form, the totals, whose marks they are, the check
 * columns, whether marks are ranks. The order of its rows makes no difference to the marks that are kept.
 * @param totals as a person typed them
 */
export const examineMarks = (
  bytes: Uint8Array,
  {
    roundId,
    expected,
    rated,
    totals: typed,
    corrects = false,
  }: {
    roundId: RoundId;
    expected: Expectation;
    rated: ReadonlyMap<ApplicationNumber, number>;
    totals: { count: string; sum: string };
    /** Marks that stand some rows away from where they count now are no fault: those were wrong. They stay odd. */
    corrects?: boolean;
  },
): Result<Examined, Fault[]> => {
  const totals = readTotals(typed);
  const read = readMarks(bytes, expected.criteria);
  if (!totals.ok || !read.ok) {
    return refuse(told([...(totals.ok ? [] : totals.error), ...(read.ok ? [] : read.error)]));
  }
  const rows = read.value;
  const faults = checkMarks(rows, corrects ? { ...expected, standing: new Map() } : expected, totals.value);
  if (faults.length > 0) return refuse(told(faults));
  const own = byCriterion(rows);
  const marks = new Map([...own].map(([code, some]): [string, MarksByNumber] => [code, byNumber(some)]));
  const compared = { standing: expected.standing, rated };
  const oddities = odditiesOf(marks, expected.criteria, compared);
  const inRows = new Map([...own].map(([code, some]) => [code, some.flatMap(givenIn)]));
  const rowOrder = rowOddities(inRows, marks, { criteria: expected.criteria, compared });
  const order = fileOrderText(roundId, rows);
  const brought = {
    criteria: [...own.keys()].toSorted(),
    count: rows.length,
    sum: sumOf(rows.map(({ mark }) => mark)),
    suspicions: oddities.length + rowOrder.length,
    ...(rowOrder.length > 0 && { rowOrder }),
    ...(order && { order: order.sha256 }),
    checks: boundBy(rows),
  };
  return ok({ list: markListText(roundId, rows), order, brought });
};

const givenIn = ({ number, mark }: MarkRow) => (mark === undefined ? [] : [{ number, mark }]);

const byNumber = (rows: readonly MarkRow[]): MarksByNumber =>
  new Map(rows.map(({ number, mark }) => [number, mark ?? null]));

/** A sum may have its thousands apart, as people write it, and a decimal comma. */
const readTotals = ({ count, sum }: { count: string; sum: string }): Result<ControlTotals, Fault[]> => {
  const [rows, marks] = [count, sum].map((text) =>
    text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.'),
  );
  const faults = [
    ...(/^\d{1,6}$/.test(rows ?? '') ? [] : [fault('count', 'count-needed')]),
    ...(/^-?\d{1,9}(\.\d{1,2})?$/.test(marks ?? '') ? [] : [fault('sum', 'sum-needed')]),
  ];
  return faults.length > 0 ? refuse(faults) : ok({ count: Number(rows), sum: Number(marks) });
};

const told = (faults: readonly Fault[]): Fault[] => {
  const more = faults.length - toldFaults;
  return more > 0 ? [...faults.slice(0, toldFaults), fault('', 'more', undefined, { more })] : [...faults];
};
