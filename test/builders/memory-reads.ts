import type { ReadLog } from '#shared/ports/records.ts';

type Read = Awaited<ReturnType<ReadLog['newest']>>[number];

/** The log of reads in memory. */
export const memoryReadLog = (): ReadLog => {
  const reads: Read[] = [];
  return {
    add: async (read) => {
      reads.push(read);
    },
    of: async (owner) =>
      reads
        .filter((read) => read.owner === owner)
        .map(({ reader, what, at }) => ({ reader, what, at }))
        .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    newest: async (limit) => reads.toReversed().slice(0, limit),
  };
};
