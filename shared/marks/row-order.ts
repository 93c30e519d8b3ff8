import { correlationOf, errorOf, type Pair, ranksOf, widened } from '#shared/marks/relation.ts';

/**
 * Bounds are ours, from simulated marks (test/shared/marks/alarms.test.ts). The errors are so many that ten offsets with ten beginnings each
 * say nothing by accident once in thousands of files.
 */
const bounds = {
  rows: 10,
  /** Different marks, below which an order may be accident. */
  different: 6,
  /** Standard errors of an order, and how much of it there must be. */
  orderErrors: 5,
  trend: 0.5,
  falls: 0.75,
  /** Rows away that are tried. */
  farthest: 5,
  movedErrors: 4,
  apartErrors: 2.5,
  /** The fewest rows that moved together, and parts into which a file is cut to find where they begin. */
  fewestMoved: 30,
  cuts: 10,
} as const;

/**
 * How marks follow the order in which they stand, −1 to 1; undefined where they do not. They rise or fall throughout, or on the whole, or
 * in stretches that were sorted each by itself. Marks of one room or school after the other differ and do not follow their order so.
 */
export const orderIn = (marks: readonly number[]): number | undefined => {
  const steps = marks.slice(1).map((mark, place) => mark - (marks[place] ?? mark));
  const rises = steps.filter((step) => step > 0).length;
  const falls = steps.filter((step) => step < 0).length;
  if (new Set(marks).size < bounds.different) return undefined;
  const correlation = correlationOf(ranksOf(marks), [...marks.keys()]);
  if (rises === 0 || falls === 0) return correlation;
  if (marks.length < bounds.rows) return undefined;
  const isTrend =
    Math.abs(correlation) >= bounds.trend &&
    Math.abs(correlation) * Math.sqrt(marks.length - 1) >= bounds.orderErrors;
  // By accident rises outnumber falls by nothing, with the variance (n + 1)/3 (Moore and Wallis 1943).
  const isStretches =
    Math.abs(rises - falls) >= bounds.orderErrors * Math.sqrt((marks.length + 1) / 3) &&
    Math.max(rises, falls) >= bounds.falls * (rises + falls);
  if (isTrend) return correlation;
  return isStretches ? (rises - falls) / (rises + falls) : undefined;
};

export type Moved = { rows: number; correlation: number; aligned: number };

/**
 * Whether marks go with what the application some rows away has elsewhere, and not with their own: throughout, or from some row on to the
 * end, as where a cell was inserted.
 * @param pairs in the order in which the marks stand
 */
export const movedBeside = (pairs: readonly Pair[]): Moved | undefined => {
  const here = Float64Array.from(ranksOf(pairs.map(([mark]) => mark)));
  const there = Float64Array.from(ranksOf(pairs.map(([, other]) => other)));
  let found: (Moved & { errors: number }) | undefined;
  for (let cut = 0; cut < bounds.cuts; cut += 1) {
    const from = Math.floor((cut * pairs.length) / bounds.cuts);
    if (pairs.length - from < bounds.fewestMoved) break;
    const aligned = correlationAt(here, there, { from, by: 0 });
    for (const by of offsets) {
      const correlation = correlationAt(here, there, { from, by });
      const error = errorOf(pairs.length - from - Math.max(0, -by));
      const errors = widened(correlation) / error;
      const apart = (widened(correlation) - widened(aligned)) / (error * Math.SQRT2);
      if (errors < bounds.movedErrors || apart < bounds.apartErrors) continue;
      if (!found || errors > found.errors) found = { rows: Math.abs(by), correlation, aligned, errors };
    }
  }
  return found && { rows: found.rows, correlation: found.correlation, aligned: found.aligned };
};

const offsets = Array.from({ length: bounds.farthest }, (_, index) => [index + 1, -(index + 1)]).flat();

/** Of what stands from a row on with what stands some rows before it; 0 where one side is constant. */
const correlationAt = (
  here: Float64Array,
  there: Float64Array,
  { from, by }: { from: number; by: number },
): number => {
  let [rows, sumHere, sumThere, both, squaresHere, squaresThere] = [0, 0, 0, 0, 0, 0];
  for (let place = from; place < here.length; place += 1) {
    const [a, b] = [here[place], there[place - by]];
    if (a === undefined || b === undefined) continue;
    rows += 1;
    sumHere += a;
    sumThere += b;
    both += a * b;
    squaresHere += a * a;
    squaresThere += b * b;
  }
  const [ownHere, ownThere] = [
    squaresHere - (sumHere * sumHere) / rows,
    squaresThere - (sumThere * sumThere) / rows,
  ];
  const common = both - (sumHere * sumThere) / rows;
  return ownHere > 0 && ownThere > 0 ? common / Math.sqrt(ownHere * ownThere) : 0;
};
