import { inUnits } from '#shared/analysis/rounding.ts';

/** 95 % of a normal distribution lies within so many standard deviations. */
export const z95 = 1.959963984540054;

/** The ranks that an application may have, best first. */
export type RankInterval = { best: Int32Array; worst: Int32Array };

type Ranks = { ranks: Int32Array; order: Int32Array };

/**
 * Ranks by score, rounded to four decimals first: highest is 1, and equal ones share a rank and the next is skipped (1, 2,
 * 2, 4).
 * @returns each one's rank, and the order from best to worst, equal ones as they came
 */
export const rank = (scores: Float64Array): Ranks => {
  const units = new Float64Array(scores.length);
  let least = Infinity;
  let most = -Infinity;
  for (let item = 0; item < units.length; item += 1) {
    const unit = inUnits(scores[item] ?? 0);
    units[item] = unit;
    if (unit < least) least = unit;
    if (unit > most) most = unit;
  }
  const span = most - least;
  const isDense = span >= 0 && span < countersEach * units.length && span < 2 ** 24;
  return isDense ? byCounting(units, { span, most }) : byComparing(units);
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

/** With so many possible values for each score, counting is still no slower than comparing. */
const countersEach = 64;

/** How many have a higher value tells everybody's rank and where the next of each value stands; nothing is compared. */
const byCounting = (units: Float64Array, { span, most }: { span: number; most: number }): Ranks => {
  const before = new Int32Array(span + 2);
  for (let item = 0; item < units.length; item += 1) {
    const next = most - (units[item] ?? 0) + 1;
    before[next] = (before[next] ?? 0) + 1;
  }
  for (let value = 1; value < before.length; value += 1)
    before[value] = (before[value] ?? 0) + (before[value - 1] ?? 0);
  const ranks = new Int32Array(units.length);
  for (let item = 0; item < units.length; item += 1)
    ranks[item] = 1 + (before[most - (units[item] ?? 0)] ?? 0);
  const order = new Int32Array(units.length);
  for (let item = 0; item < units.length; item += 1) {
    const value = most - (units[item] ?? 0);
    const place = before[value] ?? 0;
    order[place] = item;
    before[value] = place + 1;
  }
  return { ranks, order };
};

const byComparing = (units: Float64Array): Ranks => {
  const order = Int32Array.from(units.keys()).toSorted((a, b) => (units[b] ?? 0) - (units[a] ?? 0) || a - b);
  const ranks = new Int32Array(units.length);
  let shared = 1;
  for (let place = 0; place < order.length; place += 1) {
    const item = order[place] ?? 0;
    const before = order[place - 1] ?? item;
    if (units[before] !== units[item]) shared = place + 1;
    ranks[item] = shared;
  }
  return { ranks, order };
};
