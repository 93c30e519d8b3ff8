import type { Connection } from '#shared/analysis/graph.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { beyondRounding } from '#shared/analysis/rounding.ts';
import { square } from '#shared/analysis/square.ts';

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
export const variancesOf = (table: RatingTable, explained: number, { groups }: Connection): Variances => {
  const [count, items, raters] = [table.score.length, table.applications.length, table.raters.length];
  const within = withinApplications(table);
  const freedom = count - items - raters + groups;
  // Less than this is what rounding leaves of a perfect fit.
  const left = within - explained > 1e-13 * within ? within - explained : 0;
  const residual = freedom > 0 ? left / freedom : 0;
  const rater = freedom > 0 ? (explained - residual * (raters - groups)) / (count - items) : 0;
  const application =
    freedom > 0 && count > raters
      ? (withinRaters(table) - left - residual * (items - groups)) / (count - raters)
      : 0;
  const differ = rater > 0;
  return {
    application: Math.max(0, application),
    rater: differ ? rater : 0,
    residual: differ || count === items ? residual : within / (count - items),
    freedom: Math.max(0, freedom),
  };
};

/** Sums of squares are taken about means that were found first: nothing cancels. */
const withinApplications = ({ first, score }: RatingTable): number => {
  let squares = 0;
  let size = 0;
  for (let item = 0; item + 1 < first.length; item += 1) {
    const from = first[item] ?? 0;
    const to = first[item + 1] ?? 0;
    let sum = 0;
    for (let place = from; place < to; place += 1) sum += score[place] ?? 0;
    const mean = sum / (to - from);
    for (let place = from; place < to; place += 1) squares += square((score[place] ?? 0) - mean);
    size += (to - from) * square(mean);
  }
  return beyondRounding(squares, size);
};

const withinRaters = ({ raters, rater, score }: RatingTable): number => {
  const sums = new Float64Array(raters.length);
  const counts = new Float64Array(raters.length);
  for (let place = 0; place < score.length; place += 1) {
    const by = rater[place] ?? 0;
    sums[by] = (sums[by] ?? 0) + (score[place] ?? 0);
    counts[by] = (counts[by] ?? 0) + 1;
  }
  let squares = 0;
  let size = 0;
  for (let place = 0; place < score.length; place += 1) {
    const by = rater[place] ?? 0;
    squares += square((score[place] ?? 0) - (sums[by] ?? 0) / (counts[by] ?? 1));
    size += square(score[place] ?? 0);
  }
  return beyondRounding(squares, size);
};
