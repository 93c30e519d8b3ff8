/** Scores are ranked by what is shown: four decimals. */
const unitsPerPoint = 10_000;

/**
 * A score in ten-thousandths, a half to the even neighbour. What is a half is judged by the double that score × 10,000
 * comes to: 0.00025 is one (2.5), 0.00015 is not (1.4999999999999998).
 */
export const inUnits = (score: number): number => {
  const exact = score * unitsPerPoint;
  if (Math.abs(exact) >= wholeFrom) return exact;
  // From there on doubles have no digits after the point, and IEEE 754 rounds a sum as is wanted here.
  return exact < 0 ? exact - wholeFrom + wholeFrom : exact + wholeFrom - wholeFrom;
};

const wholeFrom = 2 ** 52;

/**
 * Squares of differences, or 0 where they are no more than what rounding leaves of numbers that do not differ: three times 7.1 has a
 * mean of 7.1 less one bit.
 * @param squares a sum of squared differences
 * @param size the sum of the squared numbers themselves
 */
export const beyondRounding = (squares: number, size: number): number =>
  squares > 1e-26 * size ? squares : 0;

/** Rounded to four decimals, a half to even (ANCHORS 5.3: the rounding rule is declared before ranking). */
export const rounded = (score: number): number => inUnits(score) / unitsPerPoint;
