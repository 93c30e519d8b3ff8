import { normalBelow } from '#shared/analysis/normal.ts';

/**
 * Expected ranks, ER_i = 1 + Σ_{k≠i} P(θ_k > θ_i) (Laird and Louis 1989; Heyard et al. 2022, doi 10.1080/2330443X.2022.2086190), with
 * each θ normal about its score and apart from the others: P = Φ((y_k − y_i)/√(SE_k² + SE_i²)). Two that are equal and exact share
 * a rank. 1 is best; all of them sum to n(n + 1)/2. Every pair is looked at: seconds for ten thousand.
 */
export const expectedRanks = (scores: Float64Array, errors: Float64Array): Float64Array => {
  const ranks = new Float64Array(scores.length).fill(1);
  for (let item = 0; item < scores.length; item += 1) {
    for (let other = item + 1; other < scores.length; other += 1) {
      const better = beats(scores[other] ?? 0, scores[item] ?? 0, squares(errors[other], errors[item]));
      ranks[item] = (ranks[item] ?? 0) + better;
      ranks[other] = (ranks[other] ?? 0) + 1 - better;
    }
  }
  return ranks;
};

const squares = (a = 0, b = 0): number => a * a + b * b;

const beats = (one: number, other: number, variance: number): number => {
  if (variance > 0) return normalBelow((one - other) / Math.sqrt(variance));
  return one === other ? 0.5 : Number(one > other);
};
