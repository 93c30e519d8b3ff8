import { none } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';

/**
 * Who waits for each vacancy while people come and go: one bit for each place of its list, and one bit above for each 32 of them that
 * are not all empty, so that the next who waits is found in a few steps wherever they stand.
 */
export type Waiting = {
  enter: (vacancy: number, place: number) => void;
  leave: (vacancy: number, place: number) => void;
  /** The first place from `from` on that waits, or `none`. */
  next: (vacancy: number, from: number) => number;
};

/** @param start where each vacancy's list starts, end to end, and after the last one their whole length */
export const nobodyWaits = (start: Int32Array): Waiting => {
  const vacancies = start.length - 1;
  const firstWord = new Int32Array(vacancies + 1);
  const firstAbove = new Int32Array(vacancies + 1);
  for (let vacancy = 0; vacancy < vacancies; vacancy += 1) {
    const words = wordsFor(at(start, vacancy + 1) - at(start, vacancy));
    firstWord[vacancy + 1] = at(firstWord, vacancy) + words;
    firstAbove[vacancy + 1] = at(firstAbove, vacancy) + wordsFor(words);
  }
  const words = new Int32Array(at(firstWord, vacancies));
  const above = new Int32Array(at(firstAbove, vacancies));
  return {
    enter: (vacancy, place) => {
      setBit(words, at(firstWord, vacancy), place);
      setBit(above, at(firstAbove, vacancy), place >> 5);
    },
    leave: (vacancy, place) => {
      const word = at(firstWord, vacancy) + (place >> 5);
      words[word] = at(words, word) & ~bit(place);
      if (words[word] !== 0) return;
      const over = at(firstAbove, vacancy) + (place >> 10);
      above[over] = at(above, over) & ~bit(place >> 5);
    },
    next: (vacancy, from) => {
      const first = at(firstWord, vacancy);
      const size = at(firstWord, vacancy + 1) - first;
      if (from >> 5 >= size) return none;
      const here = at(words, first + (from >> 5)) & (none << from);
      if (here !== 0) return (from & ~31) + lowest(here);
      const word = nextBit(above, at(firstAbove, vacancy), { from: (from >> 5) + 1, size });
      return word === none ? none : (word << 5) + lowest(at(words, first + word));
    },
  };
};

const wordsFor = (bits: number): number => (bits + 31) >> 5;

/** Shifting looks at the last five bits of a number alone: the bit of a place within its word. */
const bit = (place: number): number => 1 << place;

const setBit = (words: Int32Array, first: number, place: number): void => {
  words[first + (place >> 5)] = at(words, first + (place >> 5)) | bit(place);
};

const lowest = (word: number): number => 31 - Math.clz32(word & -word);

/** The first bit from `from` on, of `size` bits that begin at the word `first`; or `none`. */
const nextBit = (
  words: Int32Array,
  first: number,
  { from, size }: { from: number; size: number },
): number => {
  if (from >= size) return none;
  let word = from >> 5;
  let found = at(words, first + word) & (none << from);
  for (const end = wordsFor(size); found === 0; found = at(words, first + word)) {
    word += 1;
    if (word === end) return none;
  }
  return (word << 5) + lowest(found);
};
