import type { RatingTable } from '#shared/analysis/ratings.ts';

/** Raters who are linked by applications that they scored in common, directly or through others. */
export type Connection = {
  /** How many groups there are; 1 is what comparing everybody needs. */
  groups: number;
  /** The group of each rater, numbered by the first rater of each. */
  groupOf: Int32Array;
};

/**
 * The connected parts of the graph of applications and raters. Between two of them severity cannot be told from quality:
 * adjusted scores compare only within one (ANCHORS 5.3).
 */
export const connectionOf = ({ raters, first, rater }: RatingTable): Connection => {
  const parent = Int32Array.from(raters, (_, place) => place);
  const rootOf = (place: number): number => {
    let root = place;
    while (parent[root] !== root) {
      // Halving the way keeps later walks short.
      const above = parent[parent[root] ?? 0] ?? 0;
      parent[root] = above;
      root = above;
    }
    return root;
  };
  let apart = raters.length;
  for (let item = 0; item + 1 < first.length && apart > 1; item += 1) {
    const to = first[item + 1] ?? 0;
    for (let place = (first[item] ?? 0) + 1; place < to; place += 1) {
      const a = rootOf(rater[place - 1] ?? 0);
      const b = rootOf(rater[place] ?? 0);
      if (a !== b) apart -= 1;
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const groupOf = new Int32Array(raters.length);
  let groups = 0;
  for (let place = 0; place < groupOf.length; place += 1) {
    const root = rootOf(place);
    if (root === place) {
      groupOf[place] = groups;
      groups += 1;
    } else groupOf[place] = groupOf[root] ?? 0;
  }
  return { groups, groupOf };
};
