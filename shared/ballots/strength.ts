import type { Link } from './pairwise.ts';

/** How strong it is that more voters place one above another than the other way round. */
export type Measure = 'winning-votes' | 'margin';

/** Above 0 where the first link is the stronger one, 0 where none is. */
export type Compare = (one: Link, other: Link) => number;

/**
 * Winning votes: any majority is stronger than a draw and a draw stronger than any minority; of two majorities the one of more voters, then
 * the one against fewer; of two minorities the one against fewer, then the one of more (Schulze 2011, section 2.1, ≻win).
 */
const byWinningVotes: Compare = (one, other) => {
  const side = sideOf(one) - sideOf(other);
  if (side !== 0 || sideOf(one) === 0) return side;
  const [first, second] = [one.won - other.won, other.lost - one.lost];
  return sideOf(one) > 0 ? first || second : second || first;
};

const sideOf = ({ won, lost }: Link): number => Math.sign(won - lost);

/** Margins: by how many voters more (≻margin). */
const byMargin: Compare = (one, other) => one.won - one.lost - (other.won - other.lost);

export const comparisons: Record<Measure, Compare> = { 'winning-votes': byWinningVotes, margin: byMargin };
