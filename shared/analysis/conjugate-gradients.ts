/** A symmetric, positive semidefinite system whose right side it can reach. */
type System = {
  size: number;
  /** Of the matrix; where it is 0 the unknown is left at 0. */
  diagonal: Float64Array;
  right: Float64Array;
  times: (v: Float64Array, out: Float64Array) => void;
};

/** Where to begin, and when to end: the residual's norm, weighted by the diagonal, as a share of the right side's. */
type Course = { tolerance: number; start?: Float64Array };

/**
 * x of A·x = b by conjugate gradients, preconditioned with the diagonal (Hestenes and Stiefel 1952): of a
 * singular matrix's solutions the one without a part that A does not see, when it begins without. The order of every sum is fixed.
 * @throws RangeError when the tolerance is not reached in ten steps for each unknown
 */
export const conjugateGradients = (
  { size, diagonal, right, times }: System,
  { tolerance, start }: Course,
): Float64Array => {
  const x = start?.slice() ?? new Float64Array(size);
  const image = new Float64Array(size);
  if (start) times(start, image);
  const residual = right.slice();
  go(residual, -1, image);
  const scaled = scaledBy(diagonal, residual, new Float64Array(size));
  const direction = scaled.slice();
  let norm = dot(residual, scaled);
  const goal = dot(right, scaledBy(diagonal, right, image)) * tolerance * tolerance;
  for (let step = 0; norm > goal; step += 1) {
    if (step > 10 * size) throw new RangeError('The severities did not settle.');
    times(direction, image);
    const curve = dot(direction, image);
    // The matrix does not see what is left: rounding.
    if (!(curve > 0)) break;
    const length = norm / curve;
    go(x, length, direction);
    go(residual, -length, image);
    scaledBy(diagonal, residual, scaled);
    const next = dot(residual, scaled);
    for (let k = 0; k < size; k += 1) direction[k] = (scaled[k] ?? 0) + (next / norm) * (direction[k] ?? 0);
    norm = next;
  }
  return x;
};

/** v + by·way, in place. */
const go = (v: Float64Array, by: number, way: Float64Array): void => {
  for (let k = 0; k < v.length; k += 1) v[k] = (v[k] ?? 0) + by * (way[k] ?? 0);
};

export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k += 1) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
};

const scaledBy = (diagonal: Float64Array, v: Float64Array, out: Float64Array): Float64Array => {
  for (let k = 0; k < v.length; k += 1) {
    const by = diagonal[k] ?? 0;
    out[k] = by > 0 ? (v[k] ?? 0) / by : 0;
  }
  return out;
};
