import { adjust } from '#shared/analysis/adjust.ts';
import { fQuantile } from '#shared/analysis/f-distribution.ts';
import { driftOf, haloOf } from '#shared/analysis/raters.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import { square } from '#shared/analysis/square.ts';

/** An estimate with the ends of its 95 % interval. */
export type Estimate = { value: number; low: number; high: number };

/** A scorecard with its criteria's points in one order, and when it was given, in any unit that grows. */
export type Sheet = {
  application: string;
  rater: string;
  total: number;
  /** Empty where the card does not judge every criterion: nothing is told of how they go together. */
  points: readonly number[];
  at: number;
};

/** What somebody's scores say of them beside the panel; absent is what the scores cannot tell yet. */
export type Feedback = {
  scores: number;
  /** What the rater adds to a score, beside those who scored the same applications: below 0 is severe. */
  severity?: Estimate;
  /** How much milder (above 0) the rater grew from the first score to the last, in points. */
  drift?: Estimate;
  /** Mean correlation between the rater's criteria: near 1, one impression speaks in all of them. */
  halo?: Estimate;
  /** The same, on average over the others. */
  panelHalo?: number;
};

/**
 * Severity, drift and halo of one rater (ANCHORS 5.4), from the applications that this rater has scored: what others gave
 * elsewhere, which is hidden from the rater until then, is in none of it. Severity is the mean difference from those who scored the
 * same, with Student's interval, and can be redone by hand; the model's (`adjust.ts`) would carry in its error what all raters have
 * in common, which no rater of one panel can tell. Drift is the least-squares line of the differences in the order of scoring, halo
 * the mean correlation with the interval of the jackknife.
 * @param atLeast own scores without which nothing is told
 */
export const feedbackOn = (rater: string, sheets: readonly Sheet[], atLeast: number): Feedback => {
  const own = sheets
    .filter((sheet) => sheet.rater === rater)
    .toSorted((a, b) => a.at - b.at || (a.application < b.application ? -1 : 1));
  if (own.length < Math.max(3, atLeast)) return { scores: own.length };
  const mine = new Set(own.map(({ application }) => application));
  const common = sheets.filter(({ application }) => mine.has(application));
  const halo = haloEstimate(wholePoints(own));
  const panelHalo = panelHaloOf(rater, common);
  return {
    scores: own.length,
    ...besidePanel(rater, own, common),
    ...(halo && { halo }),
    ...(panelHalo !== undefined && { panelHalo }),
  };
};

const besidePanel = (
  rater: string,
  own: readonly Sheet[],
  common: readonly Sheet[],
): Pick<Feedback, 'severity' | 'drift'> => {
  const others = new Map<string, number[]>();
  for (const sheet of common) {
    if (sheet.rater !== rater)
      others.set(sheet.application, [...(others.get(sheet.application) ?? []), sheet.total]);
  }
  const differences = own.flatMap(({ application, total }) => {
    const theirs = (others.get(application) ?? []).toSorted((a, b) => a - b);
    return theirs.length === 0 ? [] : [total - meanOf(theirs)];
  });
  if (differences.length < 3) return {};
  const line = driftOf(differences.map((residual, at) => ({ at, residual })));
  const steps = differences.length - 1;
  const drift = line && around(line.slope * steps, student(differences.length - 2) * line.se * steps);
  return { severity: meanEstimate(differences), ...(drift && { drift }) };
};

/** The jackknife (Miller 1974; Efron and Tibshirani 1993, chapter 11): the spread of what comes of it without each sheet. */
const haloEstimate = (sheets: readonly (readonly number[])[]): Estimate | undefined => {
  const n = sheets.length;
  const value = haloOf(sheets);
  const without = sheets.map((_, left) => haloOf(sheets.filter((_sheet, index) => index !== left)));
  if (value === undefined || without.some((one) => one === undefined)) return undefined;
  const pseudo = without.map((one) => n * value - (n - 1) * (one ?? 0));
  const { low, high } = around(value, reachOf(pseudo));
  return { value, low: Math.max(-1, low), high: Math.min(1, high) };
};

const panelHaloOf = (rater: string, sheets: readonly Sheet[]): number | undefined => {
  const others = [...new Set(sheets.map((sheet) => sheet.rater))].filter((one) => one !== rater).toSorted();
  const found = others.flatMap(
    (other) => haloOf(wholePoints(sheets.filter((sheet) => sheet.rater === other))) ?? [],
  );
  return found.length < 2 ? undefined : meanOf(found);
};

const wholePoints = (sheets: readonly Sheet[]): (readonly number[])[] =>
  sheets.map(({ points }) => points).filter(({ length }) => length > 0);

/** The mean with Student's interval. */
const meanEstimate = (values: readonly number[]): Estimate => around(meanOf(values), reachOf(values));

/** Half of the 95 % interval of a mean. */
const reachOf = (values: readonly number[]): number =>
  student(values.length - 1) * (deviationOf(values) / Math.sqrt(values.length));

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, one) => sum + one, 0) / values.length;

const deviationOf = (values: ArrayLike<number>): number => {
  const mean = meanOf(values);
  const squares = Array.from(values).reduce((sum, one) => sum + square(one - mean), 0);
  return Math.sqrt(squares / (values.length - 1));
};

const around = (value: number, reach: number): Estimate => ({
  value,
  low: value - reach,
  high: value + reach,
});

/** The two-sided 95 % quantile of Student's t: the square root of that of F with one degree of freedom above. */
const student = (freedom: number): number =>
  freedom > 0 ? Math.sqrt(fQuantile(0.95, 1, freedom)) : Infinity;

/** How far the severities of raters with enough scores lie apart, without whose they are. */
export type SeveritySpread = { raters: number; deviation: number };

/** @returns undefined for fewer than three such raters, of whom each could tell the others' */
export const severitySpread = (sheets: readonly Sheet[], atLeast: number): SeveritySpread | undefined => {
  if (sheets.length === 0) return undefined;
  const table = tableOf(
    sheets.map(({ application, rater, total }) => ({ application, rater, score: total })),
  );
  const { severity, ratings } = adjust(table);
  const known = severity.filter((_, rater) => (ratings[rater] ?? 0) >= atLeast);
  if (known.length < 3) return undefined;
  return { raters: known.length, deviation: deviationOf(known) };
};
