import type { RatingTable } from '#shared/analysis/ratings.ts';
import { square } from '#shared/analysis/square.ts';

/** How far the ratings of one application lie apart. */
export type Dispersion = {
  ratings: number;
  /** Highest less lowest, in points. */
  range: number;
  /** Of the ratings, about their mean, over n − 1; 0 for a single one. */
  standardDeviation: number;
  /** The range is more than the round file allows: one more rater is asked. */
  needsAnother: boolean;
};

/** The rubric's lowest and highest possible raw score, and the percent of their distance beyond which two scores differ too much. */
export type Apart = { lowest: number; highest: number; percent: number };

const millionths = (value: number): number => Math.round(value * 1_000_000);

/** For each application, in the table's order. */
export const dispersionOf = (
  { applications, first, score }: RatingTable,
  { lowest, highest, percent }: Apart,
): Dispersion[] =>
  applications.map((_, item) => {
    const given = score.subarray(first[item] ?? 0, first[item + 1] ?? 0);
    const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
    const squares = given.reduce((sum, value) => sum + square(value - mean), 0);
    const range = Math.max(...given) - Math.min(...given);
    return {
      ratings: given.length,
      range,
      standardDeviation: given.length < 2 ? 0 : Math.sqrt(squares / (given.length - 1)),
      // In whole millionths, so that "exactly so much" is not lost in the last digit of a difference.
      needsAnother: millionths(range) * 100 > millionths(percent * (highest - lowest)),
    };
  });
