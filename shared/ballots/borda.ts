import { cell, type Pairwise } from './pairwise.ts';

/**
 * Borda's count, beside which the Schulze method stands for comparison: how many of the others a ballot places a candidate above, half a point for
 * each that is equal. As the mean of the ballots that compare it, so that nobody loses points by the conflicts of interest of voters.
 */
export type Borda = {
  /** From 0 to the number of the others; undefined where nobody compared it with anybody. */
  points: number | undefined;
  place: number;
};

type Share = { halves: number; compared: number };

/** In the order of ids; equal means share a place, and whom nobody compared comes last. */
export const borda = ({ ids, above, compared }: Pairwise<string>): Borda[] => {
  const shares = ids.map((_, one): Share => {
    const others = [...ids.keys()].filter((other) => other !== one);
    const sum = (of: (other: number) => number): number => others.reduce((all, other) => all + of(other), 0);
    return {
      // Whoever is not below is above, or equal.
      halves: sum((other) => cell(compared, one, other) + cell(above, one, other) - cell(above, other, one)),
      compared: sum((other) => cell(compared, one, other)),
    };
  });
  return shares.map((share) => ({
    points: share.compared === 0 ? undefined : (share.halves * (ids.length - 1)) / (2 * share.compared),
    place: 1 + shares.filter((other) => isMore(other, share)).length,
  }));
};

/** In whole numbers, so that equal means are equal. */
const isMore = (one: Share, other: Share): boolean =>
  other.compared === 0 ? one.compared > 0 : one.halves * other.compared > other.halves * one.compared;
