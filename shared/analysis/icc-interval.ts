import { exp, ln } from '#shared/analysis/elementary.ts';
import { student } from '#shared/analysis/estimates.ts';
import { type Interval, sparseIcc } from '#shared/analysis/icc.ts';
import { type RatingTable, ratingsOf } from '#shared/analysis/ratings.ts';
import { square } from '#shared/analysis/square.ts';
import type { Variances } from '#shared/analysis/variances.ts';

/**
 * A 95 % interval of the ICC of a sparse table, by the delta method. The variance components of Henderson's method 3 are sums of three
 * quadratic forms, whose variances under the normal model are known exactly for any pattern of ratings (Searle, Casella and McCulloch 1992,
 * Variance Components, section 5.4 and appendix S.3):
 *
 *     Var(SSE) = 2σ⁴f      Var(R(β)) = 2(σ_β⁴·tr S² + 2σ_β²σ²·tr S + σ⁴(m − c))      Var(R(θ)) = 2(σ_θ⁴·tr C² + 2σ_θ²σ²·tr C + σ⁴(n − c))
 *     Cov(R(β), R(θ)) = 2σ⁴(Σ 1/(n_i n_j) − c),   SSE beside either 0
 *
 * S and C are the equations of raters and of applications with the others eliminated. The step is taken on the scale ln(1 + k·σ_θ²/(σ_β² + σ²)), where on a complete
 * table the logarithm of an F ratio stands, with Student's quantile for as many degrees of freedom as the error below the line has (Satterthwaite 1946), so that few raters
 * widen it. Nothing is drawn and only +, −, ×, ÷ and the square root are used: the same ratings give the same bytes.
 * @param k ratings of an application
 * @returns undefined where the ICC itself is not told, or without any error
 */
export const sparseInterval = (table: RatingTable, variances: Variances, k: number): Interval | undefined => {
  const { application, rater, residual } = variances;
  const error = rater + residual;
  const value = sparseIcc(variances, k);
  if (value === undefined || !(error > 0)) return undefined;
  const spread = spreadsOf(table, variances);
  if (!spread) return undefined;
  const whole = error + k * application;
  const [byApplication, byError] = [k / whole, 1 / whole - 1 / error];
  const variance =
    square(byApplication) * spread.application +
    square(byError) * spread.error +
    2 * byApplication * byError * spread.both;
  const reach = student((2 * square(error)) / spread.error) * Math.sqrt(Math.max(0, variance));
  const end = (off: number): number =>
    Math.max(0, 1 - exp(Math.max(-700, Math.min(0, -ln(whole / error) - off))));
  return [Math.min(value, end(-reach)), Math.max(value, end(reach))];
};

type Spreads = { application: number; error: number; both: number };

/** How much σ_θ² and σ_β² + σ² vary as they are estimated, and together. */
const spreadsOf = (
  table: RatingTable,
  { application, rater, residual, freedom }: Variances,
): Spreads | undefined => {
  const [count, n, m] = [table.score.length, table.applications.length, table.raters.length];
  // Of the connected groups: N − n − m + c degrees of freedom are left.
  const groups = freedom - count + n + m;
  const [a, b] = [count - n, count - m];
  if (!(a > 0 && b > 0)) return undefined;
  const { squaredS, squaredC, shared } = tracesOf(table);
  const noise = square(residual);
  const ofResidual = (2 * noise) / freedom;
  const [forRaters, forApplications] = [m - groups, n - groups];
  const raters = 2 * (square(rater) * squaredS + 2 * rater * residual * a + noise * forRaters);
  const applications =
    2 * (square(application) * squaredC + 2 * application * residual * b + noise * forApplications);
  const left = 1 - forRaters / a;
  return {
    application: (applications + square(forApplications) * ofResidual) / square(b),
    error: raters / square(a) + square(left) * ofResidual,
    both: (2 * noise * (shared - groups)) / (a * b) - (forApplications * left * ofResidual) / b,
  };
};

/** tr S², tr C², and Σ 1/(n_i n_j) over the ratings. */
const tracesOf = (table: RatingTable): { squaredS: number; squaredC: number; shared: number } => {
  const counts = ratingsOf(table);
  const { first, rater } = table;
  const own = new Float64Array(counts.length);
  let [squaredC, shared] = [0, 0];
  for (let item = 0; item + 1 < first.length; item += 1) {
    const [from, to] = [first[item] ?? 0, first[item + 1] ?? 0];
    const size = to - from;
    let shares = 0;
    for (let place = from; place < to; place += 1) {
      const by = rater[place] ?? 0;
      own[by] = (own[by] ?? 0) + 1 - 1 / size;
      shares += 1 / (counts[by] ?? 1);
    }
    squaredC += square(size) - 2 * size * shares;
    shared += shares / size;
  }
  const beside = besideEachOther(table, counts);
  const squaredS = own.reduce((sum, value) => sum + square(value), 0) + beside.squaredS;
  return { squaredS, squaredC: squaredC + beside.squaredC, shared };
};

/** What pairs of raters add who scored applications in common; of C also each rater with themselves. */
const besideEachOther = (table: RatingTable, counts: Int32Array): { squaredS: number; squaredC: number } => {
  const { starts, items } = itemsOf(table, counts);
  const common: Common = {
    ratings: new Float64Array(counts.length),
    shares: new Float64Array(counts.length),
  };
  let [squaredS, squaredC] = [0, 0];
  for (const [by, own] of counts.entries()) {
    for (const other of meetings(table, items.subarray(starts[by], starts[by + 1]), common)) {
      if (other !== by) squaredS += square(common.shares[other] ?? 0);
      squaredC += square(common.ratings[other] ?? 0) / (own * (counts[other] ?? 1));
      common.ratings[other] = 0;
      common.shares[other] = 0;
    }
  }
  return { squaredS, squaredC };
};

/** With each rater: how many applications in common, and Σ 1/n of those. */
type Common = { ratings: Float64Array; shares: Float64Array };

/** Counts for everybody who scored one of these applications. @returns who that is */
const meetings = (
  { first, rater }: RatingTable,
  items: Int32Array,
  { ratings, shares }: Common,
): number[] => {
  const met: number[] = [];
  for (const item of items) {
    const [from, to] = [first[item] ?? 0, first[item + 1] ?? 0];
    for (const other of rater.subarray(from, to)) {
      const before = ratings[other] ?? 0;
      if (before === 0) met.push(other);
      ratings[other] = before + 1;
      shares[other] = (shares[other] ?? 0) + 1 / (to - from);
    }
  }
  return met;
};

/** The applications of each rater, one after another. */
const itemsOf = (
  { first, rater }: RatingTable,
  counts: Int32Array,
): { starts: Int32Array; items: Int32Array } => {
  const starts = new Int32Array(counts.length + 1);
  counts.forEach((count, by) => {
    starts[by + 1] = (starts[by] ?? 0) + count;
  });
  const next = starts.slice();
  const items = new Int32Array(rater.length);
  for (let item = 0; item + 1 < first.length; item += 1) {
    for (let place = first[item] ?? 0; place < (first[item + 1] ?? 0); place += 1) {
      const by = rater[place] ?? 0;
      items[next[by] ?? 0] = item;
      next[by] = (next[by] ?? 0) + 1;
    }
  }
  return { starts, items };
};
