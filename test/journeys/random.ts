import { createHash } from 'node:crypto';

/** Chance that can be repeated: the same seed gives the same numbers from 0 to 1. */
export const seeded = (seed: string): (() => number) => {
  let turn = 0;
  return () => {
    turn += 1;
    return createHash('sha256').update(`${seed} ${turn}`).digest().readUInt32BE(0) / 0x1_0000_0000;
  };
};
