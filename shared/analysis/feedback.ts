import { adjust } from '#shared/analysis/adjust.ts';
import { exp, ln } from '#shared/analysis/elementary.ts';
import {
  around,
  deviationOf,
  type Estimate,
  jackknife,
  meanEstimate,
  meanOf,
  student,
  within,
} from '#shared/analysis/estimates.ts';
import { normalReach } from '#shared/analysis/normal.ts';
import { correlation, driftOf, haloOf } from '#shared/analysis/raters.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import { spreadBeside } from '#shared/analysis/spread-beside.ts';

export type { Estimate } from '#shared/analysis/estimates.ts';

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
  /** How much of the scale the rater uses: below 1 less than the others. */
  spread?: Estimate;
  /** Correlation of the rater's scores with the mean of the others': near 1, they put applications in one order. */
  agreement?: Estimate;
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
 * the mean correlation with the interval of the jackknife, spread as in `spread-beside.ts`, agreement a correlation with Fisher's interval
 * (1921).
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
): Pick<Feedback, 'severity' | 'drift' | 'spread' | 'agreement'> => {
  const others = new Map<string, number[]>();
  for (const sheet of common) {
    if (sheet.rater !== rater)
      others.set(sheet.application, [...(others.get(sheet.application) ?? []), sheet.total]);
  }
  const pairs = own.flatMap(({ application, total }) => {
    const theirs = (others.get(application) ?? []).toSorted((a, b) => a - b);
    return theirs.length === 0 ? [] : [{ total, theirs: meanOf(theirs) }];
  });
  const differences = pairs.map(({ total, theirs }) => total - theirs);
  if (differences.length < 3) return {};
  const line = driftOf(differences.map((residual, at) => ({ at, residual })));
  const steps = differences.length - 1;
  const drift = line && around(line.slope * steps, student(differences.length - 2) * line.se * steps);
  const spread = spreadBeside(
    rater,
    common.filter(({ application }) => others.has(application)),
  );
  const agreement = agreementOf(pairs);
  return {
    severity: meanEstimate(differences),
    ...(drift && { drift }),
    ...(spread && { spread }),
    ...(agreement && { agreement }),
  };
};

/** Fisher's z: half the logarithm of (1 + r) over (1 − r) has the standard error 1/√(n − 3). */
const agreementOf = (pairs: readonly { total: number; theirs: number }[]): Estimate | undefined => {
  const value = correlation(
    pairs.map(({ total }) => total),
    pairs.map(({ theirs }) => theirs),
  );
  if (value === undefined || pairs.length < 4) return undefined;
  if (Math.abs(value) > 1 - 1e-12) return around(Math.sign(value), 0);
  const z = ln((1 + value) / (1 - value)) / 2;
  const reach = normalReach(0.95) / Math.sqrt(pairs.length - 3);
  return { value, low: tanh(z - reach), high: tanh(z + reach) };
};

const tanh = (x: number): number => 1 - 2 / (exp(2 * x) + 1);

const haloEstimate = (sheets: readonly (readonly number[])[]): Estimate | undefined => {
  const found = jackknife(sheets.length, haloOf(sheets), (left) =>
    haloOf(sheets.filter((_sheet, index) => index !== left)),
  );
  return found && within(found, -1, 1);
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
