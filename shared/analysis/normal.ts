import { exp } from '#shared/analysis/elementary.ts';

/**
 * The probability that a standard normal number is below x: Marsaglia's series (2004, Journal of Statistical Software 11(4)), whose terms
 * are all of one sign, so that nothing cancels. Absolute error below 1e-15; beyond ±8 it is 0 or 1.
 */
export const normalBelow = (x: number): number => {
  if (x < -8) return 0;
  if (x > 8) return 1;
  const square = x * x;
  let [sum, term, before] = [x, x, 0];
  for (let odd = 3; sum !== before; odd += 2) {
    before = sum;
    term *= square / odd;
    sum += term;
  }
  // 1/√(2π)
  return 0.5 + sum * 0.3989422804014327 * exp(-square / 2);
};

/** The number of standard deviations around 0 that hold so much of a normal distribution, found by halving. @param level 0 to below 1 */
export const normalReach = (level: number): number => {
  let [low, high] = [0, 8];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (2 * normalBelow(middle) - 1 < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};
