import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Chance that anybody can repeat: equal seeds give equal numbers, on any machine and in any language. */
export type Chance = {
  /** A whole number from 0 to `bound` − 1, each as likely as the others; `bound` is at most 2^32. */
  below: (bound: number) => number;
  /** Puts numbers into a new order, in place (Fisher and Yates, from the last place to the first). @returns them */
  shuffle: (numbers: Int32Array) => Int32Array;
};

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c), whose four words of
 * state are the first sixteen bytes of the SHA-256 of the seed in UTF-8, each word with its lowest byte first. For
 * draws that must be fair and repeatable; not for secrets.
 */
export const chanceOf = (seed: string): Chance => {
  const next = xoshiro(new DataView(sha256(utf8ToBytes(seed)).buffer));
  const below = (bound: number): number => {
    // The numbers from `fair` on would make the small answers likelier: they are drawn again.
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let drawn = next();
    while (drawn >= fair) drawn = next();
    return drawn % bound;
  };
  const shuffle = (numbers: Int32Array): Int32Array => {
    for (let last = numbers.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      const moved = numbers[last] ?? 0;
      numbers[last] = numbers[other] ?? 0;
      numbers[other] = moved;
    }
    return numbers;
  };
  return { below, shuffle };
};

/** @returns the generator's next 32 bits each time, as a number from 0 to 2^32 − 1 */
const xoshiro = (seed: DataView): (() => number) => {
  let a = seed.getInt32(0, true);
  let b = seed.getInt32(4, true);
  let c = seed.getInt32(8, true);
  let d = seed.getInt32(12, true);
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
};

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
