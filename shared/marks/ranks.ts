import { ln, lnGamma } from '#shared/analysis/elementary.ts';

/** Rows, counted from 0, whose marks are the places 1, 2, 3, … of a ranking. */
export type RankBlock = { from: number; to: number; ranks: number };

/** Honest marks do so less often than once in a million files. */
const unlikely = ln(1e-6);
/** So many low marks without a gap, each once, are a ranking also where its rows are scattered. */
const scatteredRanks = 15;
/** The share of a ranking's places that are not shared. */
const leastDifferent = 0.7;

/**
 * Whether marks are places of a ranking, in the whole column or in a part of it: rows that follow each other and hold the numbers 1 to
 * n once each, or the lowest marks of all being 1 to n, each once, with a gap above. (In 2021 the ranking of one region lay in the column
 * of scores: its best 24 candidates came out as the worst of the country, ANCHORS F1.)
 * @param marks in the order of the file
 * @param steps how many different marks the scale has, whole ones
 */
export const ranksIn = (marks: readonly (number | undefined)[], steps: number): RankBlock | undefined => {
  let longest: RankBlock | undefined;
  for (let from = 0; from < marks.length; from += 1) {
    const block = blockFrom(marks, from);
    if (block && block.ranks > (longest?.ranks ?? 0)) longest = block;
  }
  if (longest && isUnlikely(longest.ranks, { steps, rows: marks.length })) return longest;
  return scattered(marks);
};

/** The longest block from here on that holds 1 to n once each. */
const blockFrom = (marks: readonly (number | undefined)[], from: number): RankBlock | undefined => {
  const seen = new Set<number>();
  let highest = 0;
  let block: RankBlock | undefined;
  for (let place = from; place < marks.length; place += 1) {
    const mark = marks[place];
    if (mark === undefined || !Number.isInteger(mark) || mark < 1 || seen.has(mark)) break;
    seen.add(mark);
    highest = Math.max(highest, mark);
    if (highest === seen.size) block = { from, to: place, ranks: highest };
  }
  return block;
};

/** ln of rows × n! / stepsⁿ: how often a block of n in any place is a ranking by accident, were all marks as likely. */
const isUnlikely = (ranks: number, { steps, rows }: { steps: number; rows: number }): boolean =>
  ln(rows) + lnGamma(ranks + 1) - ranks * ln(steps) < unlikely;

/** Equal places are ranks as well: 1, 2, 2, 4. */
const scattered = (marks: readonly (number | undefined)[]): RankBlock | undefined => {
  const sorted = marks
    .flatMap((mark) => (mark !== undefined && mark > 0 ? [mark] : []))
    .toSorted((a, b) => a - b);
  let ranks = 0;
  while (sorted[ranks] === ranks + 1 || (ranks > 0 && sorted[ranks] === sorted[ranks - 1])) ranks += 1;
  const next = sorted[ranks];
  const highest = sorted[ranks - 1] ?? 0;
  const different = new Set(sorted.slice(0, ranks)).size;
  if (ranks < scatteredRanks || different < ranks * leastDifferent) return undefined;
  if (next !== undefined && next < ranks + 2) return undefined;
  const places = marks.flatMap((mark, place) =>
    mark !== undefined && mark > 0 && mark <= highest ? [place] : [],
  );
  return { from: places[0] ?? 0, to: places.at(-1) ?? 0, ranks };
};
