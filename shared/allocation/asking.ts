import { at } from '#shared/allocation/numbers.ts';

/** Applicants who are to ask, one bit each: they do so in the order of their numbers, in which their choices lie in memory. */
export type Asking = {
  add: (applicant: number) => void;
  /** Everybody who is to ask does so once. @returns whether there was anybody */
  all: (ask: (applicant: number) => void) => boolean;
};

export const everybodyAsks = (applicants: number): Asking => {
  const words = new Int32Array((applicants + 31) >> 5).fill(-1);
  const beyond = applicants & 31;
  if (beyond !== 0) words[words.length - 1] = (1 << beyond) - 1;
  return {
    add: (applicant) => {
      words[applicant >> 5] = at(words, applicant >> 5) | (1 << (applicant & 31));
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
  };
};
