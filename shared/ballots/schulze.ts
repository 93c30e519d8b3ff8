import { type Link, linkOf, type Pairwise } from './pairwise.ts';
import { type Compare, comparisons, type Measure } from './strength.ts';

/**
 * The Schulze method (M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
 * method, Social Choice and Welfare 36 (2011) 267–303). A path is as strong as its weakest link; one stands before another where its
 * strongest path to it is stronger than the strongest path back.
 * @returns by the places of two ids, whether the first stands before the second: transitive, and nobody before themselves; between some
 * pairs it may decide nothing
 */
export const schulze = (counted: Pairwise<string>, measure: Measure = 'winning-votes'): boolean[][] => {
  const compare = comparisons[measure];
  const paths = strongestPaths(counted, compare);
  return paths.map((row, one) =>
    row.map((to, other) => {
      const back = paths[other]?.[one];
      return one !== other && back !== undefined && compare(to, back) > 0;
    }),
  );
};

/** By Floyd and Warshall: after each step the strongest paths by way of those that were looked at. */
const strongestPaths = (counted: Pairwise<string>, compare: Compare): Link[][] => {
  const paths = counted.ids.map((_, one) => counted.ids.map((_other, other) => linkOf(counted, one, other)));
  for (const [via, onward] of paths.entries()) {
    for (const row of paths) {
      const toVia = row[via];
      if (toVia && row !== onward)
        row.forEach((direct, to) => (row[to] = stronger(direct, toVia, onward[to], compare)));
    }
  }
  return paths;
};

/** The direct path, or the one around where its weaker part is stronger than that. */
const stronger = (direct: Link, toVia: Link, rest: Link | undefined, compare: Compare): Link => {
  if (!rest) return direct;
  const around = compare(toVia, rest) <= 0 ? toVia : rest;
  return compare(around, direct) > 0 ? around : direct;
};
