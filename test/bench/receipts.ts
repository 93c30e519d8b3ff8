import { keepReceipts, receiptFrom } from '#functions/commands/receipt-keeping.ts';
import { composeResults } from '#shared/bundle/compose.ts';
import type { Openings } from '#shared/bundle/format.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { openingsKey, type Papers } from '#shared/ports/papers.ts';
import { aGatheredRound } from '#test/builders/results.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { constant, heading, inTurn, record } from './harness.ts';

const people = 10_000;
const goal = 'ratio at most 0.1';

/** What a receipt takes of whoever downloads the own one, beside computing it from all leaves of the round. */
export const run = async (): Promise<void> => {
  heading(`Receipts (final results of ${people.toLocaleString('en')} people)`);
  const papers = aWorld().papers;
  const gathered = aGatheredRound(
    Array.from({ length: people }, (_, index) => ({
      scoring: index % 4,
      interview: Math.floor(index / 4) % 4,
      wishes: ['MAT-001', 'MAT-002', 'MAT-003'],
    })),
  );
  const openings = { format: 1, ...composeResults(gathered) } satisfies Openings;
  const { roundId, decision, stage } = openings.statement;
  const about = { roundId, decision, stage };
  const bytes = new TextEncoder().encode(canonicalJson(openings));
  await papers.put({ key: openingsKey(roundId, stage, decision), bytes, mediaType: 'application/json' });
  const receiptParts = await keepReceipts(papers, about);
  const ids = openings.leaves.map(({ applicationId }) => applicationId);
  const read = counting(papers);
  let who = 0;
  const asked = async (published: typeof about & { receiptParts?: number }): Promise<number> => {
    who += 1;
    const id = ids[(who * 7919) % ids.length];
    if (!id) throw new Error('Nobody applied.');
    const start = performance.now();
    if (!(await receiptFrom(read.papers, published, id))) throw new Error('There is no receipt.');
    return performance.now() - start;
  };
  const [ours, figure] = await inTurn(
    9,
    () => asked({ ...about, receiptParts }),
    () => asked(about),
  );
  record({
    section: '4 requests',
    what: 'a receipt found, from where receipts are kept',
    unit: 'ms',
    ours,
    against: { what: 'the same from all leaves', figure },
    goal,
  });
  const bytesOf = async (published: Parameters<typeof asked>[0]): Promise<number> => {
    read.reset();
    await asked(published);
    return read.bytes();
  };
  record({
    section: '4 requests',
    what: 'what is read for a receipt',
    unit: 'bytes',
    ours: constant(await bytesOf({ ...about, receiptParts })),
    against: { what: 'the same from all leaves', figure: constant(await bytesOf(about)) },
    goal,
  });
};

const counting = (papers: Papers) => {
  let bytes = 0;
  return {
    bytes: () => bytes,
    reset: () => {
      bytes = 0;
    },
    papers: {
      read: async (key: string) => {
        const found = await papers.read(key);
        bytes += found?.length ?? 0;
        return found;
      },
    },
  };
};
