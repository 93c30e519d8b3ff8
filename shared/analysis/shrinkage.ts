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
  const groups = freeGroups(system.diagonal, connection);
  const found = { ratio: residual / rater, residual, rater };
  return size > denseRaters ? approached({ system, free }, found, groups) : settled(system, found, groups);
};

type Found = { ratio: number; residual: number; rater: number };

/** The solution step by step. */
const approached = (
  { system, free }: { system: SeveritySystem; free: Float64Array },
  { ratio, residual }: Found,
  groups: readonly FreeGroup[],
): { severity: Float64Array; variance: Float64Array } => {
  const { size, right } = system;
  const diagonal = system.diagonal.map((value) => value + ratio);
  const times = (v: Float64Array, out: Float64Array): void => {
    system.times(v, out);
    for (let k = 0; k < size; k += 1) out[k] = (out[k] ?? 0) + ratio * (v[k] ?? 0);
    for (const { members, weight } of groups) {
      const share = (weight * members.reduce((sum, k) => sum + (v[k] ?? 0), 0)) / members.length;
      for (const k of members) out[k] = (out[k] ?? 0) + share;
    }
  };
  // Nearly the answer: each severity shrunk as if the others stayed.
  const start = free.map((value, k) => (value * (system.diagonal[k] ?? 0)) / (diagonal[k] ?? 1));
  const severity = conjugateGradients({ size, diagonal, right, times }, { tolerance: exactly, start });
  return { severity, variance: diagonal.map((value) => residual / value) };
};

/** The direct solution; the variance σ_β² of a group's sum is put in as it is known. */
const settled = (
  system: SeveritySystem,
  { ratio, residual, rater }: Found,
  groups: readonly FreeGroup[],
): { severity: Float64Array; variance: Float64Array } => {
  const { size } = system;
  const matrix = system.dense();
  for (let k = 0; k < size; k += 1) matrix[k * size + k] = (matrix[k * size + k] ?? 0) + ratio;
  const known = new Float64Array(size);
  for (const { members, weight } of groups) {
    for (const row of members) {
      for (const column of members) {
        matrix[row * size + column] = (matrix[row * size + column] ?? 0) + weight / members.length;
      }
      known[row] = (rater - residual / (ratio + weight)) / members.length;
    }
  }
  const factor = factorOf(matrix, size);
  const variance = inverseDiagonal(factor).map((value, k) => value * residual + (known[k] ?? 0));
  return { severity: solved(factor, system.right), variance };
};

/**
 * A group in which everybody has scored something that somebody else scored as well. Its severities sum to 0, however little they are
 * shrunk; S says nothing of their sum, so with a small λ that sum alone would lose its digits, and take steps of its own. It is therefore given a
 * weight, which leaves the severities as they are.
 */
type FreeGroup = { members: readonly number[]; weight: number };

const freeGroups = (diagonal: Float64Array, { groups, groupOf }: Connection): FreeGroup[] => {
  const members: number[][] = Array.from({ length: groups }, () => []);
  groupOf.forEach((group, rater) => members[group]?.push(rater));
  return members
    .filter((group) => group.every((rater) => (diagonal[rater] ?? 0) > 0))
    .map((group) => ({
      members: group,
      weight: group.reduce((sum, rater) => sum + (diagonal[rater] ?? 0), 0) / group.length,
    }));
};
