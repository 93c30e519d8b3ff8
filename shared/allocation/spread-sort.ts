import { add, at } from '#shared/allocation/numbers.ts';

/** Sorts one stretch of numbers, least first. */
export type SpreadSort = (from: number, to: number) => void;

/** More numbers in one drawer than this are compared by the runtime's own sort. */
const heap = 16;

/**
 * For stretches that are spread about evenly between their ends, as scores are: each number goes where it would stand if they were, into one
 * of as many drawers, and what shares a drawer is put in order by inserting it (distributive partitioning: Dobosiewicz 1978). Where too many
 * share one, all are compared instead.
 * @param longest stretch that there is
 */
export const spreadSort = (keys: Float64Array, longest: number): SpreadSort => {
  const apart = new Float64Array(longest);
  const drawer = new Int32Array(longest);
  const next = new Int32Array(longest + 1);

  /** @returns how many share the fullest drawer */
  const choose = (from: number, size: number): number => {
    let [least, most] = [Infinity, -Infinity];
    for (let index = from; index < from + size; index += 1) {
      const key = keys[index] ?? 0;
      if (key < least) least = key;
      if (key > most) most = key;
    }
    const share = (size - 1) / (most - least || 1);
    next.fill(0, 0, size + 1);
    let fullest = 0;
    for (let index = 0; index < size; index += 1) {
      const chosen = Math.trunc(((keys[from + index] ?? 0) - least) * share);
      drawer[index] = chosen;
      add(next, chosen + 1, 1);
      fullest = Math.max(fullest, at(next, chosen + 1));
    }
    return fullest;
  };

  return (from, to) => {
    const size = to - from;
    if (size < 2) return;
    if (choose(from, size) > heap) {
      keys.subarray(from, to).sort();
      return;
    }
    for (let index = 1; index < size; index += 1) add(next, index, at(next, index - 1));
    for (let index = 0; index < size; index += 1) {
      const chosen = at(drawer, index);
      apart[at(next, chosen)] = keys[from + index] ?? 0;
      add(next, chosen, 1);
    }
    for (let index = 0; index < size; index += 1) {
      const key = apart[index] ?? 0;
      let place = from + index;
      for (; place > from && (keys[place - 1] ?? 0) > key; place -= 1) keys[place] = keys[place - 1] ?? 0;
      keys[place] = key;
    }
  };
};
