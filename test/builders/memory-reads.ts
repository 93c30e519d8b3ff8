import type { ReadLog } from '#shared/ports/records.ts';

type Read = Parameters<ReadLog['add']>[0];

/** A log of reads in memory; `all` is what it holds, oldest first. */
export type MemoryReads = ReadLog & { all: Read[] };

export const memoryReads = (): MemoryReads => {
  const all: Read[] = [];
  return {
    all,
    add: async (read) => {
      all.push(read);
    },
    of: async (owner) => all.filter((read) => read.owner === owner),
  };
};
