import { at } from '#shared/allocation/numbers.ts';

/** Numbers of which the least is always known: each change plays its games of a tournament anew. */
export type Earliest = {
  set: (index: number, value: number) => void;
  /** `never` where all are. */
  least: () => number;
};

/** After every number that counts. */
export const never = 0x7fffffff;

/** @param size how many there are, at least one; each is `never` at first */
export const allNever = (size: number): Earliest => {
  const games = new Int32Array(2 * size).fill(never);
  return {
    set: (index, value) => {
      games[size + index] = value;
      for (let game = (size + index) >> 1; game > 0; game >>= 1) {
        games[game] = Math.min(at(games, 2 * game), at(games, 2 * game + 1));
      }
    },
    least: () => at(games, 1),
  };
};
