import type { Interval } from '#shared/analysis/icc.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import type { Chance } from '#shared/chance.ts';

/** What α is held against, and on which side of it: at a bound it is above. */
export type AlphaStanding = { side: 'below' | 'above' | 'firm'; bound: number };

/**
 * By Krippendorff's customary bounds (2004, chapter 11): below .667 nothing should be concluded (ANCHORS 5.4), from .8 on one may rely on it, and between
 * them conclusions are tentative. α is compared as it is shown, with four decimals.
 */
export const alphaStanding = (alpha: number): AlphaStanding => {
  const shown = rounded(alpha);
  if (shown >= 0.8) return { side: 'firm', bound: 0.8 };
  return { side: shown < 0.667 ? 'below' : 'above', bound: 0.667 };
};

/**
 * Krippendorff's α = 1 − D_o/D_e with ordinal distance (Krippendorff 2004, Content Analysis, chapter 11); cells may be missing.
 *
 * The ordinal distance of two values, (Σ_{g from c to k} n_g − (n_c + n_k)/2)², is the square of how far their mid-ranks lie
 * apart. So both disagreements are sums of squares of mid-ranks, and a million ratings take one sort.
 * @returns undefined where fewer than two applications have two scores, or all scores are equal
 */
export const ordinalAlpha = (table: RatingTable): number | undefined => {
  const units = unitsOf(table);
  return alphaOf(units, once(units), midRanks);
};

/**
 * The same with interval distance, (c − k)²: scores that lie twice as far apart disagree four times as much, wherever on the scale they
 * lie (Krippendorff 2004, chapter 11).
 * @returns undefined as above
 */
export const intervalAlpha = (table: RatingTable): number | undefined => {
  const units = unitsOf(table);
  return alphaOf(units, once(units), aboutTheMiddle);
};

/**
 * A 95 % interval of α: applications are drawn with replacement so many times, and the middle 95 % of the αs taken. The same
 * chance gives the same interval.
 */
export const alphaInterval = (table: RatingTable, chance: Chance, draws = 1000): Interval | undefined => {
  const units = unitsOf(table);
  const alphas: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const weights = new Int32Array(units.count);
    for (let taken = 0; taken < units.count; taken += 1) {
      const unit = chance.below(units.count);
      weights[unit] = (weights[unit] ?? 0) + 1;
    }
    const alpha = alphaOf(units, weights, midRanks);
    if (alpha !== undefined) alphas.push(alpha);
  }
  const sorted = Float64Array.from(alphas).toSorted();
  const tail = Math.floor(sorted.length * 0.025);
  const [low, high] = [sorted[tail], sorted[sorted.length - 1 - tail]];
  return low === undefined || high === undefined ? undefined : [low, high];
};

/** Applications with at least two scores; a score is the place of its value among the different ones. */
type Units = { count: number; first: Int32Array; value: Int32Array; different: Float64Array };

/** For each different value where it lies, so that the square of how far two lie apart is their distance. */
type Placing = (units: Units, weights: Int32Array) => Float64Array;

const unitsOf = ({ first, score }: RatingTable): Units => {
  const different = Float64Array.from(new Set(score)).toSorted();
  const placeOf = new Map(Array.from(different, (value, place) => [value, place]));
  const starts = [0];
  const value: number[] = [];
  for (let item = 0; item + 1 < first.length; item += 1) {
    const given = score.subarray(first[item] ?? 0, first[item + 1] ?? 0);
    if (given.length < 2) continue;
    for (const each of given) value.push(placeOf.get(each) ?? 0);
    starts.push(value.length);
  }
  return {
    count: starts.length - 1,
    first: Int32Array.from(starts),
    value: Int32Array.from(value),
    different,
  };
};

const once = ({ count }: Units): Int32Array => new Int32Array(count).fill(1);

const alphaOf = (units: Units, weights: Int32Array, placing: Placing): number | undefined => {
  const { count, first, value } = units;
  if (count < 2) return undefined;
  const places = placing(units, weights);
  let [pairs, observed, sum, squares] = [0, 0, 0, 0];
  for (let unit = 0; unit < count; unit += 1) {
    const weight = weights[unit] ?? 0;
    const [from, to] = [first[unit] ?? 0, first[unit + 1] ?? 0];
    let [own, ownSquares] = [0, 0];
    for (let score = from; score < to; score += 1) {
      const place = places[value[score] ?? 0] ?? 0;
      own += place;
      ownSquares += place * place;
    }
    const size = to - from;
    pairs += weight * size;
    observed += (weight * 2 * (size * ownSquares - own * own)) / (size - 1);
    sum += weight * own;
    squares += weight * ownSquares;
  }
  const expected = (2 * (pairs * squares - sum * sum)) / (pairs - 1);
  return expected > 0 ? 1 - observed / expected : undefined;
};

/** For each value the middle of the ranks of those who gave it, about the middle of all, where squares stay small. */
const midRanks: Placing = ({ count, first, value, different }, weights) => {
  const counts = new Float64Array(different.length);
  let all = 0;
  for (let unit = 0; unit < count; unit += 1) {
    const weight = weights[unit] ?? 0;
    for (let place = first[unit] ?? 0; place < (first[unit + 1] ?? 0); place += 1) {
      const at = value[place] ?? 0;
      counts[at] = (counts[at] ?? 0) + weight;
      all += weight;
    }
  }
  let below = -all / 2;
  return counts.map((own) => {
    below += own;
    return below - own / 2;
  });
};

/** The values themselves, about the middle of those that are compared: squares stay small, and one value alone lies at 0 exactly. */
const aboutTheMiddle: Placing = ({ value, different }) => {
  let [low, high] = [different.length, -1];
  for (const place of value) [low, high] = [Math.min(low, place), Math.max(high, place)];
  const middle = ((different[low] ?? 0) + (different[high] ?? 0)) / 2;
  return different.map((own) => own - middle);
};
