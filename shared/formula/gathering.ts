/*
 * What is made of the values of several raters. Values are taken in the order of their size, so that the order of raters changes
 * nothing, not even the last bit of a sum; who gave no value is in none of it.
 */

type Gather = (sorted: readonly number[]) => number | undefined;

const sum: Gather = (values) =>
  values.length === 0 ? undefined : values.reduce((all, value) => all + value, 0);

const mean: Gather = (values) => {
  const all = sum(values);
  return all === undefined ? undefined : all / values.length;
};

const least: Gather = (values) => values[0];
const most: Gather = (values) => values.at(-1);

const median: Gather = (values) => {
  const [low, high] = [values[Math.ceil(values.length / 2) - 1], values[Math.floor(values.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
};

const spread: Gather = (values) => {
  const [low, high] = [least(values), most(values)];
  return low === undefined || high === undefined ? undefined : high - low;
};

/** Of a sample, over n − 1: one value says nothing of how far they lie apart. */
const variance: Gather = (values) => {
  const middle = mean(values);
  if (middle === undefined || values.length < 2) return undefined;
  // Equal values differ by nothing, also where their mean is off by a bit.
  if (spread(values) === 0) return 0;
  const squares = values.map((value) => (value - middle) * (value - middle)).toSorted((a, b) => a - b);
  return (sum(squares) ?? 0) / (values.length - 1);
};

const deviation: Gather = (values) => {
  const found = variance(values);
  return found === undefined ? undefined : Math.sqrt(found);
};

/** By the name that formulas have for them. */
export const gatherings: Readonly<Record<string, Gather>> = {
  sum,
  avg: mean,
  median,
  min: least,
  max: most,
  spread,
  var: variance,
  stddev: deviation,
};

/** Each value as often as its weight says; nothing where the weights sum to 0. */
export const weightedMean = (
  pairs: readonly (readonly [value: number, weight: number])[],
): number | undefined => {
  const sorted = pairs.toSorted(([a, v], [b, w]) => a - b || v - w);
  const weight = sorted.reduce((all, [, one]) => all + one, 0);
  return weight === 0 ? undefined : sorted.reduce((all, [value, one]) => all + value * one, 0) / weight;
};
