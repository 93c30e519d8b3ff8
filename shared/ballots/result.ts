import { type Borda, borda } from './borda.ts';
import { linkOf, type Pairwise, pairwise, type RankedBallot } from './pairwise.ts';
import { schulze } from './schulze.ts';
import { smithSet } from './smith.ts';

export type Placed<Id extends string> = {
  id: Id;
  /** 1 and one more for each that stands before it. */
  place: number;
  /** From which the rule does not tell it apart, in the order of ids. */
  level: readonly Id[];
  /** How many of the others more voters place below it than above it, and above it than below it. */
  beats: number;
  beatenBy: number;
  borda: Borda;
};

/** What ballots come to. */
export type BallotResult<Id extends string> = {
  /** How many ballots were counted. */
  ballots: number;
  counted: Pairwise<Id>;
  /** Best first; those of one place in the order of ids. */
  order: readonly Placed<Id>[];
  /** Of whom nobody outside beats any: one, or several in a draw or a circle. */
  smith: readonly Id[];
  /** Whether the strength of a majority by margins would place anybody otherwise. */
  measured: 'alike' | 'otherwise';
};

/** Aggregates ballots by the Schulze method with winning votes. The order of candidates and ballots has no effect. */
export const resultOf = <Id extends string>(
  candidates: readonly Id[],
  ballots: readonly RankedBallot<Id>[],
): BallotResult<Id> => {
  const counted = pairwise(candidates, ballots);
  const { ids } = counted;
  const before = schulze(counted);
  const margins = schulze(counted, 'margin');
  const points = borda(counted);
  const placed = ids.map((id, one): Placed<Id> => {
    const links = ids.map((_, other) => linkOf(counted, one, other));
    return {
      id,
      place: 1 + before.filter((row) => row[one]).length,
      level: ids.filter((_, other) => other !== one && !before[one]?.[other] && !before[other]?.[one]),
      beats: links.filter(({ won, lost }) => won > lost).length,
      beatenBy: links.filter(({ won, lost }) => won < lost).length,
      borda: points[one] ?? { points: undefined, place: 1 },
    };
  });
  const isAlike = before.every((row, one) => row.every((is, other) => is === margins[one]?.[other]));
  return {
    ballots: ballots.reduce((all, { voters = 1 }) => all + voters, 0),
    counted,
    order: placed.toSorted((a, b) => a.place - b.place),
    smith: smithSet(counted),
    measured: isAlike ? 'alike' : 'otherwise',
  };
};
