import { square } from '#shared/analysis/square.ts';
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
  /** The marks rise or fall with the order of the numbers, as where one column was sorted alone. */
  | { kind: 'sorted' }
  /** They are those that count now, some rows away: one of the two files was moved. */
  | { kind: 'moved'; rows: number }
  /** All marks are in the lowest tenth of the scale. */
  | { kind: 'low'; most: number };

const bounds = {
  /** Fewer marks say little. */
  rows: 10,
  spikePercent: 40,
  /** Standard deviations of what the mean is compared with. */
  meanMoved: 0.75,
  correlation: -0.5,
  /** Different marks, below which an order may be accident. */
  different: 6,
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

/** @param marks in the order of the application numbers */
export const sortedIn = (marks: readonly number[]): Suspicion[] =>
  new Set(marks).size >= bounds.different && (isRising(marks) || isRising(marks.toReversed()))
    ? [{ kind: 'sorted' }]
    : [];

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
export const comparedWith = (pairs: readonly (readonly [here: number, there: number])[]): Suspicion[] => {
  if (pairs.length < bounds.rows) return [];
  const [here, there] = [pairs.map(([mark]) => mark), pairs.map(([, other]) => other)];
  const [mean, expected] = [meanOf(here), meanOf(there)];
  const spread = Math.sqrt(meanOf(there.map((mark) => square(mark - expected))));
  const correlation = correlationOf(ranksOf(here), ranksOf(there));
  return [
    ...(Math.abs(mean - expected) > bounds.meanMoved * spread && spread > 0
      ? [{ kind: 'mean-moved', mean: rounded(mean), expected: rounded(expected) } as const]
      : []),
    ...(correlation <= bounds.correlation
      ? [{ kind: 'reversed', correlation: rounded(correlation) } as const]
      : []),
  ];
};

const isRising = (values: readonly number[]): boolean =>
  values.every((value, index) => {
    const before = values[index - 1];
    return before === undefined || before <= value;
  });

const rounded = (value: number): number => Math.round(value * 100) / 100;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Places in the order of size; equal ones share the mean of theirs. */
const ranksOf = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b);
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [place, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, place);
    last.set(value, place);
  }
  return values.map((value) => ((first.get(value) ?? 0) + (last.get(value) ?? 0)) / 2);
};

/** Pearson's, of ranks: Spearman's. 0 where one side is constant. */
const correlationOf = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ownA, ownB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, (b[index] ?? 0) - meanB];
    both += fromA * fromB;
    ownA += square(fromA);
    ownB += square(fromB);
  }
  return ownA > 0 && ownB > 0 ? both / Math.sqrt(ownA * ownB) : 0;
};
