import { none, type Sides } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';

/**
 * Who is held at each vacancy: one bit for each place of its ranking. A vacancy that has turned somebody away turns away
 * everyone at a worse place for ever, so its `limit` only falls, and finding the lowest place that is held costs no more in
 * all than the rankings are long.
 */
export type Seats = {
  /** Places from here on are turned away. */
  limit: Int32Array;
  hold: (vacancy: number, place: number) => void;
  /** Lets the worst place go, and turns it away from now on. The vacancy must hold somebody. */
  release: (vacancy: number) => number;
  /** The worst place that is held, or `none`. */
  last: (vacancy: number) => number;
};

export const emptySeats = ({ rankingStart, capacity }: Sides): Seats => {
  const vacancies = capacity.length;
  const limit = new Int32Array(vacancies);
  const firstWord = new Int32Array(vacancies + 1);
  for (let vacancy = 0; vacancy < vacancies; vacancy += 1) {
    limit[vacancy] = at(rankingStart, vacancy + 1) - at(rankingStart, vacancy);
    firstWord[vacancy + 1] = at(firstWord, vacancy) + ((at(limit, vacancy) + 31) >> 5);
  }
  const words = new Int32Array(at(firstWord, vacancies));
  const last = (vacancy: number): number => {
    const first = at(firstWord, vacancy);
    let index = first + ((at(limit, vacancy) - 1) >> 5);
    while (index >= first && words[index] === 0) index -= 1;
    return index < first ? none : ((index - first) << 5) + 31 - Math.clz32(at(words, index));
  };
  return {
    limit,
    hold: (vacancy, place) => {
      const index = at(firstWord, vacancy) + (place >> 5);
      words[index] = at(words, index) | (1 << (place & 31));
    },
    release: (vacancy) => {
      const place = last(vacancy);
      const index = at(firstWord, vacancy) + (place >> 5);
      words[index] = at(words, index) & ~(1 << (place & 31));
      limit[vacancy] = place;
      return place;
    },
    last,
  };
};
