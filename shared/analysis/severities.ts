import { adjust } from '#shared/analysis/adjust.ts';
import { type Check, gateBounds, gateOf } from '#shared/analysis/gate.ts';
import { type Rating, type RatingTable, ratingsOf, tableOf } from '#shared/analysis/ratings.ts';
import type { Variances } from '#shared/analysis/variances.ts';

export type Severities = {
  /** By rater with enough ratings: what the rater adds to a score, not rounded. Anybody else adds nothing. */
  severity: ReadonlyMap<string, number>;
  /** By application: the standard error of the mean of its scores, each less the severity of its rater. */
  error: ReadonlyMap<string, number>;
  /** Whether these severities may count in a decision. */
  checks: Check[];
  /** What all the ratings say of chance; undefined where raters with too few were left out of it. */
  variances?: Variances;
};

/**
 * Severities as they may count in a decision (ANCHORS 5.3). Of a rater with fewer than eight ratings nothing is said: the severity is 0
 * ("fully shrunk"), and what others differ from such a rater says nothing of them either. So who rated little need not be known by
 * anybody who computes this again.
 * @throws RangeError as `tableOf`
 */
export const severitiesOf = (ratings: readonly Rating[]): Severities => {
  const table = tableOf(ratings);
  const known = knownRaters(table);
  const judged = tableOf(ratings.filter(({ rater }) => known.has(rater)));
  const adjustment = adjust(judged);
  const { severity, severitySe: errors, variances } = adjustment;
  const errorOf = new Map(judged.raters.map((rater, place) => [rater, errors[place] ?? 0]));
  const unknown = Math.sqrt(variances.rater);
  return {
    severity: new Map(judged.raters.map((rater, place) => [rater, severity[place] ?? 0])),
    error: errorsOf(table, variances.residual, (rater) => errorOf.get(rater) ?? unknown),
    checks: gateOf(judged, adjustment, table),
    ...(judged.score.length === table.score.length && { variances }),
  };
};

/** Raters with ratings enough that something is said of how severe they are. */
export const knownRaters = (table: RatingTable): ReadonlySet<string> => {
  const counts = ratingsOf(table);
  return new Set(table.raters.filter((_, place) => (counts[place] ?? 0) >= gateBounds.ratings));
};

/** SE² = σ²/n + Σ Var(β̂)/n², in the order of the table. */
const errorsOf = (
  { applications, raters, first, rater }: RatingTable,
  residual: number,
  severityError: (rater: string) => number,
): Map<string, number> =>
  new Map(
    applications.map((application, item) => {
      const [from, to] = [first[item] ?? 0, first[item + 1] ?? 0];
      const count = to - from;
      let spread = 0;
      for (let place = from; place < to; place += 1) {
        const error = severityError(raters[rater[place] ?? 0] ?? '');
        spread += error * error;
      }
      return [application, Math.sqrt(residual / count + spread / (count * count))];
    }),
  );
