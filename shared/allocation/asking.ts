import { at } from '#shared/allocation/numbers.ts';

/** Who is to ask, applicants or vacancies, one bit each: they do so in the order of their numbers, in which their lists lie in memory. */
export type Asking = {
  add: (one: number) => void;
  /** Everybody who is to ask does so once. @returns whether there was anybody */
  all: (ask: (one: number) => void) => boolean;
};

export const everybodyAsks = (size: number): Asking => {
  const words = new Int32Array((size + 31) >> 5).fill(-1);
  const beyond = size & 31;
  if (beyond !== 0) words[words.length - 1] = (1 << beyond) - 1;
  return askingIn(words);
};

export const nobodyAsks = (size: number): Asking => askingIn(new Int32Array((size + 31) >> 5));

const askingIn = (words: Int32Array): Asking => ({
  add: (one) => {
    words[one >> 5] = at(words, one >> 5) | (1 << (one & 31));
  },
  all: (ask) => {
    let found = false;
    for (let word = 0; word < words.length; word += 1) {
      let bits = at(words, word);
      if (bits === 0) continue;
      found = true;
      words[word] = 0;
      for (; bits !== 0; bits &= bits - 1) ask((word << 5) + 31 - Math.clz32(bits & -bits));
    }
    return found;
  },
});
