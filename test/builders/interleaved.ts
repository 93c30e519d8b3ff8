import { chanceOf } from '#shared/chance.ts';
import type { MemoryRecords } from '#test/builders/memory-records.ts';

/** What waits for its turn at the store. */
const reads = ['find', 'list', 'claimed', 'views', 'commit'] as const;

/**
 * Runs several pieces of work on the same records, each of whose reads and commits waits for a turn; whose turn it is, is drawn. The same
 * seed is the same order, so that an order in which something goes wrong can be run again.
 */
export const interleaved = async (
  records: MemoryRecords,
  seed: string,
  work: readonly (() => Promise<unknown>)[],
): Promise<PromiseSettledResult<unknown>[]> => {
  const chance = chanceOf(`interleaved ${seed}`);
  const waiting: (() => void)[] = [];
  const kept = { ...records };
  const turn = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    await promise;
  };
  for (const name of reads) {
    const own: (...asked: never[]) => unknown = kept[name];
    Object.assign(records, {
      [name]: async (...asked: never[]) => {
        await turn();
        return await own(...asked);
      },
    });
  }
  const going = { on: true };
  const all = Promise.allSettled(work.map((piece) => piece())).finally(() => {
    going.on = false;
  });
  while (going.on) {
    // Everybody goes on until they ask the store again.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    waiting.splice(chance.below(Math.max(1, waiting.length)), 1)[0]?.();
  }
  Object.assign(records, kept);
  return await all;
};
