import { dot } from '#shared/analysis/conjugate-gradients.ts';
import { type Connection, connectionOf } from '#shared/analysis/graph.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { type Run, runsOf } from '#shared/analysis/runs.ts';
import { severitySystem } from '#shared/analysis/severity-system.ts';
import { shrunken, unshrunken } from '#shared/analysis/shrinkage.ts';
import { tallyOf } from '#shared/analysis/tally.ts';
import { type Variances, variancesOf } from '#shared/analysis/variances.ts';

export type Adjustment = {
  /** By application: the mean score, the mean with each rater's severity taken away, and its standard error. */
  raw: Float64Array;
  adjusted: Float64Array;
  se: Float64Array;
  /** By rater: what the rater adds to a score (below 0 is severe, above 0 lenient), its standard error, ratings given. */
  severity: Float64Array;
  severitySe: Float64Array;
  ratings: Int32Array;
  variances: Variances;
  connection: Connection;
};

/**
 * Severity adjustment by the additive row–column model with shrunken raters (ANCHORS 5.3):
 *
 *     y_ij = μ + θ_i + β_j + ε_ij,   β_j ~ N(0, σ_β²),   ε_ij ~ N(0, σ²),   λ = σ²/σ_β²
 *     β̂_j = Σ_i (y_ij − μ − θ̂_i) / (n_j + λ),   adjusted_i = μ + θ̂_i = mean_j (y_ij − β̂_j)
 *     SE(θ̂_i)² = σ²/n_i + Σ_j Var(β̂_j)/n_i²
 *
 * Applications are fixed, so nobody's score is pulled towards the others'. Both lines together are linear equations in β̂;
 * they are solved directly for up to 300 raters, and by conjugate gradients to 11 digits beyond. Var(β̂_j) is the variance
 * of β̂_j − β_j, exact for up to 300 raters, and σ²/(Σ_i (1 − 1/n_i) + λ) beyond.
 */
export const adjust = (table: RatingTable): Adjustment => {
  const { runs, tally, system, free, variances, connection } = fitted(table);
  const { severity, variance } = shrunken({ system, free }, variances, connection);
  return {
    raw: tally.means,
    ...scoresOf(table, runs, { severity, variance, residual: variances.residual }),
    severity,
    severitySe: variance.map(Math.sqrt),
    ratings: tally.counts,
    variances,
    connection,
  };
};

/** The variances of `adjust` alone, to the last digit, without the half of its work that shrinks severities. */
export const ratingVariances = (table: RatingTable): Variances => fitted(table).variances;

/** What severities are shrunk by, from severities that are not. */
const fitted = (table: RatingTable) => {
  const connection = connectionOf(table);
  const runs = runsOf(table.first);
  const tally = tallyOf(table, runs);
  const system = severitySystem(table, tally, runs);
  const free = unshrunken(system, connection, roughly);
  const variances = variancesOf(table, { tally, explained: dot(system.right, free) }, connection);
  return { connection, runs, tally, system, free, variances };
};

/** What the raters explain errs by the square of this, so that it is as exact as the rest. */
const roughly = 1e-7;

type Judged = { severity: Float64Array; variance: Float64Array; residual: number };

type Scores = Pick<Adjustment, 'adjusted' | 'se'>;

const scoresOf = (table: RatingTable, runs: readonly Run[], judged: Judged): Scores => {
  const size = table.applications.length;
  const scores = { adjusted: new Float64Array(size), se: new Float64Array(size) };
  for (const run of runs) {
    if (run.each === 3) scoreThrees(table, run, judged, scores);
    else scoreRun(table, run, judged, scores);
  }
  return scores;
};

const scoreRun = (
  { rater, score }: RatingTable,
  { item, end, each, from }: Run,
  { severity, variance, residual }: Judged,
  { adjusted, se }: Scores,
): void => {
  for (let of = item, first = from; of < end; of += 1, first += each) {
    let sum = 0;
    let spread = 0;
    for (let place = first; place < first + each; place += 1) {
      const by = rater[place] ?? 0;
      sum += (score[place] ?? 0) - (severity[by] ?? 0);
      spread += variance[by] ?? 0;
    }
    adjusted[of] = sum / each;
    se[of] = Math.sqrt(residual / each + spread / (each * each));
  }
};

const scoreThrees = (
  { rater, score }: RatingTable,
  { item, end, from }: Run,
  { severity, variance, residual }: Judged,
  { adjusted, se }: Scores,
): void => {
  for (let of = item, first = from; of < end; of += 1, first += 3) {
    const a = rater[first] ?? 0;
    const b = rater[first + 1] ?? 0;
    const c = rater[first + 2] ?? 0;
    const x = (score[first] ?? 0) - (severity[a] ?? 0);
    const y = (score[first + 1] ?? 0) - (severity[b] ?? 0);
    const z = (score[first + 2] ?? 0) - (severity[c] ?? 0);
    adjusted[of] = (x + y + z) / 3;
    se[of] = Math.sqrt(residual / 3 + ((variance[a] ?? 0) + (variance[b] ?? 0) + (variance[c] ?? 0)) / 9);
  }
};
