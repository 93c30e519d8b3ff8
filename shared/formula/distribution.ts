import type { Cell } from '#shared/formula/evaluate.ts';
import { gatherings } from '#shared/formula/gathering.ts';

/** Values from `from` on until `to`, which only the last part has in it. */
type Part = { from: number; to: number; count: number };

/** How the numbers lie that a formula came to. */
export type NumberSpread = {
  of: 'number';
  count: number;
  missing: number;
  least: number;
  most: number;
  mean: number;
  median: number;
  /** Undefined for a single value. */
  deviation: number | undefined;
  /** Ten parts as wide as each other; one where all values are equal. */
  parts: readonly Part[];
};

export type Distribution =
  | NumberSpread
  | { of: 'truth'; yes: number; no: number; missing: number }
  | { of: 'nothing'; missing: number };

/** How values lie; those that are missing are counted apart. */
export const distributionOf = (cells: readonly Cell[]): Distribution => {
  const numbers = cells.filter((cell) => typeof cell === 'number').toSorted((a, b) => a - b);
  const truths = cells.filter((cell) => typeof cell === 'boolean');
  const missing = cells.length - numbers.length - truths.length;
  if (truths.length > 0) {
    const yes = truths.filter(Boolean).length;
    return { of: 'truth', yes, no: truths.length - yes, missing };
  }
  const [least, most] = [numbers[0], numbers.at(-1)];
  const [mean, median] = [gatherings['avg']?.(numbers), gatherings['median']?.(numbers)];
  if (least === undefined || most === undefined || mean === undefined || median === undefined) {
    return { of: 'nothing', missing };
  }
  const deviation = gatherings['stddev']?.(numbers);
  const parts = partsOf(numbers, least, most);
  return { of: 'number', count: numbers.length, missing, least, most, mean, median, deviation, parts };
};

const tenths = 10;

const partsOf = (numbers: readonly number[], least: number, most: number): Part[] => {
  const width = (most - least) / tenths;
  // Equal, or so near each other that a tenth of it is nothing.
  if (!(width > 0) || !Number.isFinite(width)) return [{ from: least, to: most, count: numbers.length }];
  const counts = Array.from({ length: tenths }, () => 0);
  for (const value of numbers) {
    const tenth = Math.min(tenths - 1, Math.floor((value - least) / width));
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  return counts.map((count, tenth) => ({
    from: least + tenth * width,
    to: tenth === tenths - 1 ? most : least + (tenth + 1) * width,
    count,
  }));
};
