import { cell, type Pairwise } from './pairwise.ts';

/**
 * The Smith set: as few candidates as can be, each of whom more voters place above anybody outside than the other way round. A single one is
 * the Condorcet winner; several are in a draw, or beat one another in a circle. In the order of ids.
 */
export const smithSet = <Id extends string>({ ids, above }: Pairwise<Id>): Id[] => {
  // Who comes to everybody by steps that no majority is against.
  const reaches = ids.map((_, one) =>
    ids.map((_other, other) => cell(above, one, other) >= cell(above, other, one)),
  );
  for (const [via, onward] of reaches.entries()) {
    for (const row of reaches) {
      if (row[via]) onward.forEach((isReached, to) => (row[to] ||= isReached));
    }
  }
  return ids.filter((_, one) => reaches[one]?.every(Boolean));
};
