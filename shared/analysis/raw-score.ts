/** A criterion's weight, in any unit: only the shares count. */
export type Weights = Readonly<Record<string, number>>;

/**
 * One rater's raw score of an application, y = Σ w·s / Σ w over the rubric's criteria (ANCHORS 5.1), summed in the order
 * of the weights. Undefined while a criterion has no points yet: a mean of the rest would be another scale.
 * @throws RangeError when the weights sum to nothing
 */
export const rawScore = (
  points: Readonly<Record<string, number | undefined>>,
  weights: Weights,
): number | undefined => {
  let sum = 0;
  let whole = 0;
  for (const [criterion, weight] of Object.entries(weights)) {
    const given = points[criterion];
    if (given === undefined) return undefined;
    sum += weight * given;
    whole += weight;
  }
  if (!(whole > 0)) throw new RangeError('The weights of a rubric must sum to more than nothing.');
  return sum / whole;
};
