/*
 * Typed arrays are read through these two, because an index may always be out of range for the compiler. Every array of numbers here
 * is an Int32Array, so that both stay as fast as the bare access.
 */

/** The number at an index that is known to exist. */
export const at = (numbers: Int32Array, index: number): number => numbers[index] ?? 0;

export const add = (numbers: Int32Array, index: number, more: number): void => {
  numbers[index] = at(numbers, index) + more;
};

/** Turns counts at 1, 2, … into where each list starts: running sums in place. */
export const sumUp = (counts: Int32Array): Int32Array => {
  for (let index = 1; index < counts.length; index += 1) add(counts, index, at(counts, index - 1));
  return counts;
};
