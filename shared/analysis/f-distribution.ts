import { exp, ln, lnGamma } from '#shared/analysis/elementary.ts';

/**
 * The value that an F-distributed number with these degrees of freedom (whole or not) stays below with this probability:
 * the beta distribution's, found by halving until no number lies between.
 */
export const fQuantile = (probability: number, over: number, under: number): number => {
  let [low, high] = [0, 1];
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (betaProbability(middle, over / 2, under / 2) < probability) low = middle;
    else high = middle;
  }
  return (under * high) / (over * (1 - high));
};

/** The regularised incomplete beta function (Abramowitz and Stegun 26.5.8), on the side where its fraction is short. */
export const betaProbability = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * ln(x) + b * ln(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
};

/** The continued fraction by Lentz's method as Thompson and Barnett changed it (1986): a tiny number stands for 0. */
const fraction = (x: number, a: number, b: number): number => {
  const tiny = 1e-300;
  const notZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
};
