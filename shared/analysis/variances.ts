import type { Connection } from '#shared/analysis/graph.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { beyondRounding } from '#shared/analysis/rounding.ts';
import { square } from '#shared/analysis/square.ts';
import type { Tally } from '#shared/analysis/tally.ts';

/** How much scores vary, in squared points: between applications, between raters, and for no known reason. */
export type Variances = {
  application: number;
  rater: number;
  residual: number;
  /** What the residual was estimated from; at 0 it is not known, and raters count as equally severe. */
  freedom: number;
};

/**
 * The variance components by the method of fitting constants (Henderson 1953, Biometrics 9:226–252, method 3), which needs no
 * iteration, is unbiased for any pattern of ratings, and on a complete table gives the estimates of the analysis of
 * variance, where REML gives them too. With N ratings of n applications by m raters in c connected groups:
 *
 *     SSE = SS within applications − R(β),    R(β) = b′S⁻b
 *     σ²   = SSE / (N − n − m + c)
 *     σ_β² = (R(β) − σ²(m − c)) / (N − n)
 *     σ_θ² = (SS within raters − SSE − σ²(n − c)) / (N − m)
 *
 * What comes out below 0 is 0. Where raters do not differ (σ_β² = 0), σ² is the variance within applications.
 * @param explained R(β): what the raters explain of the sum of squares within applications
 */
export const variancesOf = (
  table: RatingTable,
  { tally, explained }: { tally: Tally; explained: number },
  { groups }: Connection,
): Variances => {
  const [count, items, raters] = [table.score.length, table.applications.length, table.raters.length];
  const { within } = tally;
  const freedom = count - items - raters + groups;
  // Less than this is what rounding leaves of a perfect fit.
  const left = within - explained > 1e-13 * within ? within - explained : 0;
  const residual = freedom > 0 ? left / freedom : 0;
  const rater = freedom > 0 ? (explained - residual * (raters - groups)) / (count - items) : 0;
  const application =
    freedom > 0 && count > raters
      ? (withinRaters(table, tally) - left - residual * (items - groups)) / (count - raters)
      : 0;
  const differ = rater > 0;
  return {
    application: Math.max(0, application),
    rater: differ ? rater : 0,
    residual: differ || count === items ? residual : within / (count - items),
    freedom: Math.max(0, freedom),
  };
};

const withinRaters = ({ rater, score }: RatingTable, { sums, counts }: Tally): number => {
  const means = sums.map((sum, by) => sum / (counts[by] ?? 1));
  let squares = 0;
  let size = 0;
  for (let place = 0; place < score.length; place += 1) {
    const given = score[place] ?? 0;
    squares += square(given - (means[rater[place] ?? 0] ?? 0));
    size += square(given);
  }
  return beyondRounding(squares, size);
};
