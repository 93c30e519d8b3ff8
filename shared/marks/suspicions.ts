import { square } from '#shared/analysis/square.ts';
import type { RowSuspicion } from '#shared/domain/marks.ts';
import type { DigitFound } from '#shared/marks/digits.ts';
import { correlationOf, errorOf, meanOf, type Pair, ranksOf, widened } from '#shared/marks/relation.ts';
import { movedBeside, orderIn } from '#shared/marks/row-order.ts';
import { compareColumns } from '#shared/marks/shifts.ts';

/**
 * What is odd about marks and may still be right: a person decides about it and says why. Bounds are ours, wide enough that files which
 * are right seldom meet them.
 */
export type Suspicion =
  /** Many have the very same mark. */
  | { kind: 'spike'; mark: number; percent: number }
  /** The mean moved against what it is compared with; all in points of the criterion. */
  | { kind: 'mean-moved'; mean: number; expected: number }
  /** Who was good elsewhere is bad here. */
  | { kind: 'reversed'; correlation: number }
  /** Who is good elsewhere is neither good nor bad here, as where marks came to other people. */
  | { kind: 'unrelated'; correlation: number }
  /** The marks rise or fall with the order of the numbers, as where one column was sorted alone. */
  | { kind: 'sorted' }
  /** They are those that count now, some rows away: one of the two files was moved. */
  | { kind: 'moved'; rows: number }
  /** All marks are in the lowest tenth of the scale. */
  | { kind: 'low'; most: number }
  | DigitFound
  | RowSuspicion;

const bounds = {
  /** Fewer marks say little. */
  rows: 10,
  spikePercent: 40,
  /** Standard deviations of what the mean is compared with: the same marks before. */
  meanMoved: 0.75,
  /** Of another test, which may well be easier or harder; on another scale it would be further away. */
  otherMean: 2.5,
  correlation: -0.5,
  /** Standard errors below nothing. */
  negativeErrors: 2.58,
  /**
   * What tests and judgements of the same people are related by at least; where they are, one comparison in twenty is found odd. (Structured
   * interviews and tests of ability: 0.18 as measured, Roth and Huffcutt 2013.)
   */
  related: 0.2,
  unrelatedErrors: 1.645,
  lowest: 0.1,
  moved: 8,
} as const;

export const spikeIn = (marks: readonly number[]): Suspicion[] => {
  if (marks.length < bounds.rows) return [];
  const counts = Map.groupBy(marks, (mark) => mark);
  return [...counts].flatMap(([mark, same]): Suspicion[] => {
    const percent = Math.round((100 * same.length) / marks.length);
    return percent >= bounds.spikePercent ? [{ kind: 'spike', mark, percent }] : [];
  });
};

/** @param marks in the order of the application numbers, which are drawn by lot and say nothing of anybody */
export const sortedIn = (marks: readonly number[]): Suspicion[] =>
  orderIn(marks) === undefined ? [] : [{ kind: 'sorted' }];

/** @param marks in the order of the file's rows */
export const rankedIn = (marks: readonly number[]): RowSuspicion[] => {
  const correlation = orderIn(marks);
  return correlation === undefined ? [] : [{ kind: 'ranked', correlation: rounded(correlation) }];
};

/** @param pairs in the order in which the marks stand */
export const movedBesideIn = (pairs: readonly Pair[]): RowSuspicion[] => {
  const moved = movedBeside(pairs);
  if (!moved) return [];
  const { rows, correlation, aligned } = moved;
  return [{ kind: 'moved-beside', rows, correlation: rounded(correlation), aligned: rounded(aligned) }];
};

/**
 * Marks that count now, some rows lower or higher in the order of the numbers. A correction may change fewer to what their neighbours had.
 * @param before what counts now, in the same order
 */
export const movedIn = (
  marks: readonly (number | null)[],
  before: readonly (number | null)[],
): Suspicion[] => {
  const longest = compareColumns(marks, before)
    .shifts.filter(({ from, to }) => to - from + 1 >= bounds.moved)
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  return longest ? [{ kind: 'moved', rows: Math.abs(longest.by) }] : [];
};

export const lowIn = (
  marks: readonly number[],
  { least, most }: { least: number; most: number },
): Suspicion[] => {
  const highest = Math.max(...marks);
  const limit = least + (most - least) * bounds.lowest;
  return marks.length >= bounds.rows && highest <= limit ? [{ kind: 'low', most: highest }] : [];
};

/** @param pairs the mark here and, in points of the same scale, what the same application has elsewhere */
export const comparedWith = (pairs: readonly Pair[], against: 'before' | 'other'): Suspicion[] => {
  if (pairs.length < bounds.rows) return [];
  const [here, there] = [pairs.map(([mark]) => mark), pairs.map(([, other]) => other)];
  const [mean, expected] = [meanOf(here), meanOf(there)];
  const spread = Math.sqrt(meanOf(there.map((mark) => square(mark - expected))));
  const correlation = correlationOf(ranksOf(here), ranksOf(there));
  const farthest = against === 'before' ? bounds.meanMoved : bounds.otherMean;
  return [
    ...(Math.abs(mean - expected) > farthest * spread && spread > 0
      ? [{ kind: 'mean-moved', mean: rounded(mean), expected: rounded(expected) } as const]
      : []),
    ...relationIn(correlation, pairs.length),
  ];
};

const relationIn = (correlation: number, pairs: number): Suspicion[] => {
  const [value, error] = [widened(correlation), errorOf(pairs)];
  const found = { correlation: rounded(correlation) };
  if (correlation <= bounds.correlation || value + bounds.negativeErrors * error < 0)
    return [{ kind: 'reversed', ...found }];
  return value + bounds.unrelatedErrors * error < widened(bounds.related)
    ? [{ kind: 'unrelated', ...found }]
    : [];
};

const rounded = (value: number): number => Math.round(value * 100) / 100;
