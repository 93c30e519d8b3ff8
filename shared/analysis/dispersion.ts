import type { RatingTable } from '#shared/analysis/ratings.ts';
import { square } from '#shared/analysis/square.ts';

/** How far the ratings of one application lie apart, in points. */
export type Dispersion = {
  ratings: number;
  lowest: number;
  highest: number;
  /** Highest less lowest. */
  range: number;
  /** Of the ratings, about their mean, over n − 1; undefined for a single one. */
  standardDeviation: number | undefined;
};

/** For each application, in the table's order. */
export const dispersionOf = ({ applications, first, score }: RatingTable): Dispersion[] =>
  applications.map((_, item) => {
    const given = score.subarray(first[item] ?? 0, first[item + 1] ?? 0);
    const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
    const squares = given.reduce((sum, value) => sum + square(value - mean), 0);
    const lowest = given.reduce((least, value) => Math.min(least, value), Infinity);
    const highest = given.reduce((most, value) => Math.max(most, value), -Infinity);
    return {
      ratings: given.length,
      lowest,
      highest,
      range: highest - lowest,
      standardDeviation: given.length < 2 ? undefined : Math.sqrt(squares / (given.length - 1)),
    };
  });

/** The rubric's lowest and highest possible raw score, and the percent of their distance beyond which two scores differ too much. */
export type Apart = { lowest: number; highest: number; percent: number };

const millionths = (value: number): number => Math.round(value * 1_000_000);

/** The range is more than the round file allows: one more rater is asked. */
export const isTooFar = (
  { range }: Pick<Dispersion, 'range'>,
  { lowest, highest, percent }: Apart,
): boolean =>
  // In whole millionths, so that "exactly so much" is not lost in the last digit of a difference.
  millionths(range) * 100 > millionths(percent * (highest - lowest));
