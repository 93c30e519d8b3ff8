import { none, type Sides } from '#shared/allocation/market.ts';
import { add, at } from '#shared/allocation/numbers.ts';

/**
 * Who is held at each vacancy: one bit for each place of its ranking. A vacancy that has turned somebody away turns away
 * everyone at a worse place for ever, so its `limit` only falls, and finding the lowest place that is held costs no more in
 * all than the rankings are long.
 */
export type Seats = {
  /** How many each vacancy held at first. */
  people: Int32Array;
  /** Whether the vacancy has not turned away this place or a better one. */
  admits: (vacancy: number, place: number) => boolean;
  hold: (vacancy: number, place: number) => void;
  /** Lets so many of the worst places go, and turns them away from now on. The vacancy must hold as many. */
  release: (vacancy: number, people: number, letGo: (place: number) => void) => void;
  /** The worst place that is held, or `none`. */
  last: (vacancy: number) => number;
};

/** @param held each applicant's choice, of which no vacancy may have more than `most` */
export const seatsHeld = (sides: Sides, most: Int32Array, held: Int32Array): Seats => {
  const { limit, firstWord, size } = wordsOf(sides);
  const words = new Int32Array(size);
  const people = new Int32Array(limit.length);
  const hold = (vacancy: number, place: number): void => {
    const index = at(firstWord, vacancy) + (place >> 5);
    words[index] = at(words, index) | (1 << (place & 31));
  };
  const last = (vacancy: number): number => {
    const first = at(firstWord, vacancy);
    let index = first + ((at(limit, vacancy) - 1) >> 5);
    while (index >= first && words[index] === 0) index -= 1;
    return index < first ? none : ((index - first) << 5) + 31 - Math.clz32(at(words, index));
  };
  for (const choice of held) {
    if (choice === none) continue;
    const vacancy = at(sides.choiceVacancy, choice);
    hold(vacancy, at(sides.choicePlace, choice));
    add(people, vacancy, 1);
  }
  for (let vacancy = 0; vacancy < limit.length; vacancy += 1) {
    if (people[vacancy] === most[vacancy]) limit[vacancy] = last(vacancy) + 1;
  }
  return {
    people,
    admits: (vacancy, place) => place < at(limit, vacancy),
    hold,
    release: (vacancy, many, letGo) => {
      const first = at(firstWord, vacancy);
      let place = at(limit, vacancy);
      for (let index = first + ((place - 1) >> 5), gone = 0; gone < many; index -= 1) {
        let bits = at(words, index);
        for (; bits !== 0 && gone < many; gone += 1) {
          const highest = 31 - Math.clz32(bits);
          bits &= ~(1 << highest);
          place = ((index - first) << 5) + highest;
          letGo(place);
        }
        words[index] = bits;
      }
      limit[vacancy] = place;
    },
    last,
  };
};

/** Of each vacancy how many places it has, and which word the first of them is in. */
const wordsOf = ({ rankingStart, capacity }: Sides) => {
  const limit = new Int32Array(capacity.length);
  const firstWord = new Int32Array(capacity.length);
  let size = 0;
  for (let vacancy = 0; vacancy < capacity.length; vacancy += 1) {
    const places = at(rankingStart, vacancy + 1) - at(rankingStart, vacancy);
    limit[vacancy] = places;
    firstWord[vacancy] = size;
    size += (places + 31) >> 5;
  }
  return { limit, firstWord, size };
};
