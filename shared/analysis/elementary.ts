/*
 * Logarithm and exponential from additions, multiplications and divisions, which IEEE 754 rounds exactly: the language leaves the
 * last digits of Math.log and Math.exp to each engine, and the same ratings must give the same bytes everywhere. Of Math
 * only floor, round, abs, min, max and sqrt are used in this folder; engines round the square root as IEEE 754 does.
 */

/** ln 2 in two parts: the first has 32 zero bits at its end, so that its multiples are exact. */
const ln2 = { high: 0.6931471803691238, low: 1.9082149292705877e-10 };

/** @param x greater than 0 and finite */
export const ln = (x: number): number => {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa >= 1.5; mantissa /= 2) exponent += 1;
  for (; mantissa < 0.75; mantissa *= 2) exponent -= 1;
  // ln m = 2 artanh s with s = (m − 1)/(m + 1), |s| ≤ 0.2: fifteen terms are below the last digit.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let k = 31; k >= 3; k -= 2) sum = square * (sum + 1 / k);
  return exponent * ln2.high + (exponent * ln2.low + 2 * s * (1 + sum));
};

/** @param x between −700 and 700 */
export const exp = (x: number): number => {
  const halvings = Math.round(x / (ln2.high + ln2.low));
  const rest = x - halvings * ln2.high - halvings * ln2.low;
  let sum = 1;
  for (let k = 18; k >= 1; k -= 1) sum = 1 + (sum * rest) / k;
  let power = 1;
  for (let k = Math.abs(halvings); k > 0; k -= 1) power *= 2;
  return halvings < 0 ? sum / power : sum * power;
};

/** The logarithm of the gamma function for x > 0: Stirling's series from 10 on, and down from there by Γ(x + 1) = x·Γ(x). */
export const lnGamma = (x: number): number => {
  let shift = 1;
  let at = x;
  for (; at < 10; at += 1) shift *= at;
  const square = 1 / (at * at);
  const series = [
    -3617 / 122_400,
    1 / 156,
    -691 / 360_360,
    1 / 1188,
    -1 / 1680,
    1 / 1260,
    -1 / 360,
    1 / 12,
  ].reduce((sum, term) => sum * square + term, 0);
  // ½ ln 2π
  return (at - 0.5) * ln(at) - at + 0.9189385332046728 + series / at - ln(shift);
};
