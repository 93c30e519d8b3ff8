import { inUnits } from '#shared/analysis/rounding.ts';

/** 95 % of a normal distribution lies within so many standard deviations. */
const z95 = 1.959963984540054;

/** The ranks that an application may have, best first. */
export type RankInterval = { best: Int32Array; worst: Int32Array };

/**
 * Ranks by score, rounded to four decimals first: highest is 1, and equal ones share a rank and the next is skipped (1, 2,
 * 2, 4).
 * @returns each one's rank, and the order from best to worst, equal ones as they came
 */
export const rank = (scores: Float64Array): { ranks: Int32Array; order: Int32Array } => {
  const units = scores.map(inUnits);
  const order = descending(units);
  const ranks = new Int32Array(scores.length);
  let shared = 1;
  for (let place = 0; place < order.length; place += 1) {
    const item = order[place] ?? 0;
    const before = order[place - 1] ?? item;
    if (units[before] !== units[item]) shared = place + 1;
    ranks[item] = shared;
  }
  return { ranks, order };
};

/**
 * Who is surely better and who surely worse, by intervals (score ± `reach` × SE; 95 % where none is given) that do not touch: the rank is at best one
 * more than those surely better, at worst those not surely worse. Wider than a test of each pair, so that a tie is rather
 * seen too often than too seldom.
 */
export const rankIntervals = (
  scores: Float64Array,
  errors: Float64Array,
  reach: number = z95,
): RankInterval => {
  // Rounded as ranks are, so that equal scores without any error touch though their last bits differ.
  const lower = scores.map((score, item) => inUnits(score - reach * (errors[item] ?? 0)));
  const upper = scores.map((score, item) => inUnits(score + reach * (errors[item] ?? 0)));
  const [lowers, uppers] = [lower.toSorted(), upper.toSorted()];
  return {
    best: Int32Array.from(upper, (value) => 1 + lowers.length - countUpTo(lowers, value)),
    worst: Int32Array.from(lower, (value) => uppers.length - countBelow(uppers, value)),
  };
};

/** The applications that chance may have put on either side of a line after so many places (ANCHORS 5.3, near the line). */
export const tieGroup = ({ best, worst }: RankInterval, places: number): number[] =>
  Array.from(best.keys()).filter((item) => (best[item] ?? 0) <= places && (worst[item] ?? 0) > places);

/** How many of ascending numbers are below a bound. */
const countBelow = (sorted: Float64Array, bound: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
};

const countUpTo = (sorted: Float64Array, bound: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
};

const digitBits = 11;

/** Places by descending whole number, equal ones as they came: a radix sort, since a million are compared often. */
const descending = (units: Float64Array): Int32Array => {
  let least = Infinity;
  let most = -Infinity;
  for (let item = 0; item < units.length; item += 1) {
    least = Math.min(least, units[item] ?? 0);
    most = Math.max(most, units[item] ?? 0);
  }
  let order = new Int32Array(units.length);
  const keys = new Uint32Array(units.length);
  for (let item = 0; item < order.length; item += 1) {
    order[item] = item;
    keys[item] = most - (units[item] ?? 0);
  }
  if (!(most - least < 2 ** 32)) return order.toSorted((a, b) => (units[b] ?? 0) - (units[a] ?? 0) || a - b);
  let other = new Int32Array(order.length);
  for (let shift = 0; shift < 32 && (most - least) / 2 ** shift >= 1; shift += digitBits) {
    byDigit(keys, shift, order, other);
    [order, other] = [other, order];
  }
  return order;
};

/** Puts the places into the order of one digit of their keys, equal ones as they came. */
const byDigit = (keys: Uint32Array, shift: number, from: Int32Array, to: Int32Array): void => {
  const mask = 2 ** digitBits - 1;
  const next = new Int32Array(mask + 2);
  for (let item = 0; item < keys.length; item += 1) {
    const digit = (((keys[item] ?? 0) >>> shift) & mask) + 1;
    next[digit] = (next[digit] ?? 0) + 1;
  }
  for (let digit = 0; digit <= mask; digit += 1)
    next[digit + 1] = (next[digit + 1] ?? 0) + (next[digit] ?? 0);
  for (let place = 0; place < from.length; place += 1) {
    const item = from[place] ?? 0;
    const digit = ((keys[item] ?? 0) >>> shift) & mask;
    const free = next[digit] ?? 0;
    to[free] = item;
    next[digit] = free + 1;
  }
};
