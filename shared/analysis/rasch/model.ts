import { exp, ln } from '#shared/analysis/elementary.ts';

/**
 * What the model says of one mark where the measures add up to φ = θ − δ − β: ln(P_k/P_k−1) = φ − τ_k. Written over by the next
 * call, so that a million marks make no garbage.
 */
export type Prediction = {
  /** What score (as a place on the scale) is expected, and its variance. */
  expected: number;
  variance: number;
  /** ln P of each score. */
  logarithm: Float64Array;
  /** By step: how likely a score at or above it is. */
  reaching: Float64Array;
};

/** Beyond this nothing is left of a probability beside the likeliest one. */
const least = -700;

/** @returns a function of φ and the steps τ */
export const predictor = (steps: number): ((at: number, tau: Float64Array) => Prediction) => {
  const found: Prediction = {
    expected: 0,
    variance: 0,
    logarithm: new Float64Array(steps + 1),
    reaching: new Float64Array(steps),
  };
  const weight = new Float64Array(steps + 1);
  return (at, tau) => {
    const { logarithm, reaching } = found;
    let most = 0;
    logarithm[0] = 0;
    for (let k = 1; k <= steps; k += 1) {
      const value = (logarithm[k - 1] ?? 0) + at - (tau[k - 1] ?? 0);
      logarithm[k] = value;
      if (value > most) most = value;
    }
    let all = 0;
    for (let k = 0; k <= steps; k += 1) {
      const below = (logarithm[k] ?? 0) - most;
      const one = below < least ? 0 : exp(below);
      weight[k] = one;
      all += one;
    }
    const scale = most + ln(all);
    for (let k = 0; k <= steps; k += 1) logarithm[k] = (logarithm[k] ?? 0) - scale;
    let [reached, mean, second] = [0, 0, 0];
    for (let k = steps; k >= 1; k -= 1) {
      reached += (weight[k] ?? 0) / all;
      reaching[k - 1] = reached;
      mean += reached;
      // Σ k²·P_k = Σ (2k − 1)·P(score ≥ k)
      second += (2 * k - 1) * reached;
    }
    found.expected = mean;
    found.variance = second - mean * mean;
    return found;
  };
};
