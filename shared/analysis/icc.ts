import { fQuantile } from '#shared/analysis/f-distribution.ts';
import { type Rating, type RatingTable, tableOf } from '#shared/analysis/ratings.ts';
import { beyondRounding, rounded } from '#shared/analysis/rounding.ts';
import { square } from '#shared/analysis/square.ts';
import type { Variances } from '#shared/analysis/variances.ts';

export type Interval = readonly [low: number, high: number];

/** Agreement of absolute scores: of one rater, and of the mean of `raters`. */
export type Icc = {
  single: number;
  mean: number;
  /** 95 %; absent where it cannot be told. */
  singleInterval?: Interval;
  meanInterval?: Interval;
  applications: number;
  raters: number;
};

/**
 * ICC(2,1) and ICC(2,k), two-way random effects, absolute agreement (Shrout and Fleiss 1979), of the applications that every
 * rater scored, with the intervals of McGraw and Wong (1996, table 7):
 *
 *     ICC(2,1) = (MS_R − MS_E) / (MS_R + (k − 1)·MS_E + k·(MS_C − MS_E)/n)
 *     ICC(2,k) = (MS_R − MS_E) / (MS_R + (MS_C − MS_E)/n)
 *
 * Of few applications that raters order against each other what stands below the line may vanish or turn negative, and a quotient of two negative
 * numbers would call that agreement: it is the least there is. Nothing here is below −1.
 * @returns undefined where fewer than two applications were scored by all of at least two raters, or no score differs
 */
export const crossedIcc = (table: RatingTable): Icc | undefined => {
  const k = table.raters.length;
  const complete = table.applications.flatMap((_, item) => {
    const [from, to] = [table.first[item] ?? 0, table.first[item + 1] ?? 0];
    return to - from === k ? [table.score.subarray(from, to)] : [];
  });
  const n = complete.length;
  if (n < 2 || k < 2) return undefined;
  const { rows, columns, error } = meanSquares(complete, n, k);
  if (rows === 0 && columns === 0 && error === 0) return undefined;
  const whole = {
    single: rows + (k - 1) * error + (k * (columns - error)) / n,
    mean: rows + (columns - error) / n,
  };
  const single = agreement(rows - error, whole.single);
  const mean = agreement(rows - error, whole.mean);
  const isTold = error > 0 && whole.single > 0 && whole.mean > 0;
  const interval = isTold ? singleInterval({ rows, columns, error }, { single, n, k }) : undefined;
  return {
    single,
    mean,
    applications: n,
    raters: k,
    ...(interval && {
      singleInterval: interval,
      meanInterval: [stepUp(interval[0], k), stepUp(interval[1], k)],
    }),
  };
};

/**
 * The same of some applications, by those who scored all of them: of anchors, which everybody was to score (ANCHORS 5.4). Whoever came or went
 * meanwhile is left out, and an application that nobody scored.
 */
export const anchoredIcc = (ratings: readonly Rating[], anchors: ReadonlySet<string>): Icc | undefined => {
  const own = ratings.filter(({ application }) => anchors.has(application));
  const scored = new Set(own.map(({ application }) => application)).size;
  const byRater = Map.groupBy(own, ({ rater }) => rater);
  return crossedIcc(tableOf(own.filter(({ rater }) => byRater.get(rater)?.length === scored)));
};

/**
 * The same for a sparse design, from its variance components: σ_θ²/(σ_θ² + (σ_β² + σ²)/k). On a complete table it is ICC(2,k).
 * @returns undefined where the components are not known or all are 0
 */
export const sparseIcc = (
  { application, rater, residual, freedom }: Variances,
  k: number,
): number | undefined => {
  const whole = application + (rater + residual) / k;
  return freedom > 0 && whole > 0 ? application / whole : undefined;
};

/**
 * How many raters an application needs for a reliability of the mean, by Spearman and Brown (ANCHORS 5.2): k = ρ*(1 − ρ₁)/(ρ₁(1 − ρ*)).
 * @param single the reliability of one rater
 * @returns undefined where raters do not agree at all
 */
export const ratersNeeded = (single: number, wanted: number): number | undefined =>
  single > 0 ? (wanted * (1 - single)) / (single * (1 - wanted)) : undefined;

/** As people: one at least, and no more for what rounding leaves beyond a whole number. */
export const asPeople = (needed: number): number => Math.max(1, Math.ceil(rounded(needed)));

export type Band = 'poor' | 'moderate' | 'good' | 'excellent';

/** Below .5 poor, to .75 moderate, to .9 good, above excellent (Koo and Li 2016). */
export const bandOf = (icc: number): Band => {
  if (icc < 0.5) return 'poor';
  if (icc < 0.75) return 'moderate';
  return icc <= 0.9 ? 'good' : 'excellent';
};

/**
 * The same of the ends of the interval, which Koo and Li judge by; of the value where there is none. One or two, the lower first. They are
 * compared as they are kept, with four decimals, so that pages, papers and the sandbox say the same.
 */
export const bandsOf = (icc: number, interval: Interval | null | undefined): Band[] => [
  ...new Set((interval ?? [icc]).map((value) => bandOf(rounded(value)))),
];

type MeanSquares = { rows: number; columns: number; error: number };

const meanSquares = (scores: readonly Float64Array[], n: number, k: number): MeanSquares => {
  const rowMeans = scores.map((row) => row.reduce((sum, score) => sum + score, 0) / k);
  const columnMeans = Array.from(
    { length: k },
    (_, column) => scores.reduce((sum, row) => sum + (row[column] ?? 0), 0) / n,
  );
  const grand = rowMeans.reduce((sum, mean) => sum + mean, 0) / n;
  const squares = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + square(value - grand), 0);
  const error = scores.reduce(
    (sum, row, i) =>
      sum +
      row.reduce(
        (part, score, j) => part + square(score - (rowMeans[i] ?? 0) - (columnMeans[j] ?? 0) + grand),
        0,
      ),
    0,
  );
  const size = scores.reduce((sum, row) => row.reduce((part, score) => part + square(score), sum), 0);
  return {
    rows: beyondRounding(k * squares(rowMeans), size) / (n - 1),
    columns: beyondRounding(n * squares(columnMeans), size) / (k - 1),
    error: beyondRounding(error, size) / ((n - 1) * (k - 1)),
  };
};

/** A part of a whole, −1 at least; −1 where a share of error is larger than the whole. */
const agreement = (part: number, whole: number): number => (whole > 0 ? Math.max(-1, part / whole) : -1);

const singleInterval = (
  { rows, columns, error }: MeanSquares,
  { single, n, k }: { single: number; n: number; k: number },
): Interval | undefined => {
  const f = columns / error;
  const rest = n * (1 + (k - 1) * single) - k * single;
  const freedom =
    ((k - 1) * (n - 1) * square(k * single * f + rest)) / ((n - 1) * square(k * single * f) + square(rest));
  if (!(freedom > 0)) return undefined;
  const above = fQuantile(0.975, n - 1, freedom);
  const below = fQuantile(0.975, freedom, n - 1);
  const others = k * columns + (k * n - k - n) * error;
  const low = agreement(n * (rows - above * error), above * others + n * rows);
  const high = agreement(n * (below * rows - error), others + n * below * rows);
  // Next to no freedom makes a quantile larger than any number, or so small that the interval would not hold what was found.
  return [
    Math.min(single, Number.isNaN(low) ? agreement(-n * error, others) : low),
    Math.max(single, Number.isNaN(high) ? 1 : high),
  ];
};

/** Spearman and Brown: the reliability of a mean of k. */
const stepUp = (single: number, k: number): number => agreement(k * single, 1 + (k - 1) * single);
