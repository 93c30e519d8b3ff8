import { factorOf, inverseDiagonal, solved } from '#shared/analysis/cholesky.ts';
import { conjugateGradients } from '#shared/analysis/conjugate-gradients.ts';
import type { Connection } from '#shared/analysis/graph.ts';
import type { SeveritySystem } from '#shared/analysis/severity-system.ts';
import type { Variances } from '#shared/analysis/variances.ts';

/** Up to here a dense matrix is small and exact; above, it would be slow. */
const denseRaters = 300;

const exactly = 1e-11;

/** Severities as if they were fixed; only their differences within a group have a meaning, so each group sums to 0. */
export const unshrunken = (
  system: SeveritySystem,
  { groupOf, groups }: Connection,
  tolerance: number,
): Float64Array => {
  if (system.size > denseRaters) return conjugateGradients(system, { tolerance });
  const { size } = system;
  const matrix = system.dense();
  const right = system.right.slice();
  const grounded = new Set<number>();
  groupOf.forEach((group, rater) => {
    if (grounded.has(group)) return;
    grounded.add(group);
    for (let k = 0; k < size; k += 1) {
      matrix[rater * size + k] = 0;
      matrix[k * size + rater] = 0;
    }
    matrix[rater * size + rater] = 1;
    right[rater] = 0;
  });
  const free = solved(factorOf(matrix, size), right);
  const sums = new Float64Array(groups);
  const counts = new Float64Array(groups);
  groupOf.forEach((group, rater) => {
    sums[group] = (sums[group] ?? 0) + (free[rater] ?? 0);
    counts[group] = (counts[group] ?? 0) + 1;
  });
  return free.map((value, rater) => {
    const group = groupOf[rater] ?? 0;
    return value - (sums[group] ?? 0) / (counts[group] ?? 1);
  });
};

/** Severities shrunk towards 0, with the variance of what they miss. */
export const shrunken = (
  { system, free }: { system: SeveritySystem; free: Float64Array },
  { residual, rater }: Variances,
  connection: Connection,
): { severity: Float64Array; variance: Float64Array } => {
  const { size } = system;
  if (!(rater > 0)) return { severity: new Float64Array(size), variance: new Float64Array(size) };
  // Without any residual nothing is shrunk, and only what cannot be told within a group is not known.
  if (!(residual > 0))
    return { severity: unshrunken(system, connection, exactly), variance: new Float64Array(size) };
  const ratio = residual / rater;
  if (size > denseRaters) {
    const diagonal = system.diagonal.map((value) => value + ratio);
    const times = (v: Float64Array, out: Float64Array): void => {
      system.times(v, out);
      for (let k = 0; k < size; k += 1) out[k] = (out[k] ?? 0) + ratio * (v[k] ?? 0);
    };
    // Nearly the answer: each severity shrunk as if the others stayed.
    const start = free.map((value, k) => (value * (system.diagonal[k] ?? 0)) / (diagonal[k] ?? 1));
    const course = { tolerance: exactly, start };
    const severity = conjugateGradients({ size, diagonal, right: system.right, times }, course);
    return { severity, variance: diagonal.map((value) => residual / value) };
  }
  return settled(system, { ratio, residual, rater }, connection);
};

/**
 * The direct solution. Severities that are free sum to 0 within each group, however little they are shrunk; S says nothing of
 * their sum, so with a small λ that sum alone would lose its digits. It is therefore given a weight of its own, which leaves the
 * severities as they are, and its variance σ_β² is put in as it is known.
 */
const settled = (
  system: SeveritySystem,
  { ratio, residual, rater }: { ratio: number; residual: number; rater: number },
  connection: Connection,
): { severity: Float64Array; variance: Float64Array } => {
  const { size, diagonal } = system;
  const matrix = system.dense();
  for (let k = 0; k < size; k += 1) matrix[k * size + k] = (matrix[k * size + k] ?? 0) + ratio;
  const known = new Float64Array(size);
  for (const group of freeGroups(diagonal, connection)) {
    const weight = group.reduce((sum, k) => sum + (diagonal[k] ?? 0), 0) / group.length;
    for (const row of group) {
      for (const column of group) {
        matrix[row * size + column] = (matrix[row * size + column] ?? 0) + weight / group.length;
      }
      known[row] = (rater - residual / (ratio + weight)) / group.length;
    }
  }
  const factor = factorOf(matrix, size);
  const variance = inverseDiagonal(factor).map((value, k) => value * residual + (known[k] ?? 0));
  return { severity: solved(factor, system.right), variance };
};

/** The groups in which everybody has scored something that somebody else scored as well. */
const freeGroups = (diagonal: Float64Array, { groups, groupOf }: Connection): number[][] => {
  const members: number[][] = Array.from({ length: groups }, () => []);
  groupOf.forEach((group, rater) => members[group]?.push(rater));
  return members.filter((group) => group.every((rater) => (diagonal[rater] ?? 0) > 0));
};
