/** What one voter says of some candidates, or several voters alike. */
export type RankedBallot<Id extends string> = {
  /** A smaller number is a better place, the same number the same place; who has none stands below all that have one. */
  ranks: ReadonlyMap<Id, number>;
  /** Whom the voter compares with nobody, because of a conflict of interest. */
  without?: ReadonlySet<Id>;
  /** How many voters say so; one where it is absent. */
  voters?: number;
};

/** How often one of two was placed above the other, and the other above it; equal places and pairs that a voter does not compare are in neither. */
export type Link = { won: number; lost: number };

/** Each pair of candidates, in the order of their ids. */
export type Pairwise<Id extends string> = {
  ids: readonly Id[];
  /** By the places of two ids: how often the first was placed above the second. */
  above: readonly (readonly number[])[];
  /** How many voters compared them, also those to whom they are equal. */
  compared: readonly (readonly number[])[];
};

/** Counts ballots pair by pair: all that the rules of this folder read of them. */
export const pairwise = <Id extends string>(
  candidates: readonly Id[],
  ballots: readonly RankedBallot<Id>[],
): Pairwise<Id> => {
  const ids = [...new Set(candidates)].toSorted();
  const above = ids.map(() => ids.map(() => 0));
  const compared = ids.map(() => ids.map(() => 0));
  for (const ballot of ballots) {
    const { voters = 1 } = ballot;
    for (const [one, other, side] of comparisonsIn(ids, ballot)) {
      add(compared[one], other, voters);
      if (side < 0) add(above[one], other, voters);
    }
  }
  return { ids, above, compared };
};

/** By the places of two ids, whom a ballot compares; below 0 where it puts the first above the second. */
function* comparisonsIn<Id extends string>(
  ids: readonly Id[],
  { ranks, without }: RankedBallot<Id>,
): Generator<[one: number, other: number, side: number]> {
  const places = ids.flatMap((id, place): [number, number][] =>
    without?.has(id) ? [] : [[place, ranks.get(id) ?? Infinity]],
  );
  for (const [one, rank] of places) {
    // Two without a rank are equal, not a difference of two infinities.
    for (const [other, beside] of places)
      if (one !== other) yield [one, other, rank < beside ? -1 : Number(rank > beside)];
  }
}

const add = (row: number[] | undefined, place: number, voters: number): void => {
  if (row) row[place] = (row[place] ?? 0) + voters;
};

export const cell = (table: readonly (readonly number[])[], row: number, column: number): number =>
  table[row]?.[column] ?? 0;

export const linkOf = ({ above }: Pick<Pairwise<string>, 'above'>, one: number, other: number): Link => ({
  won: cell(above, one, other),
  lost: cell(above, other, one),
});
