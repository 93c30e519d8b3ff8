import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/domain/hash.ts';
import { editionsOf, failed, offersOf } from '#test/builders/editions.ts';
import { aKey, wishable } from '#test/builders/results.ts';

const key = aKey();

describe('offers by editions, whatever happens', () => {
  const anyTurn = fc.record({
    who: fc.nat({ max: 5 }),
    does: fc.constantFrom(
      ...([
        'accept',
        'decline',
        'lapse',
        'withdraw',
        'accept-conditionally',
        'add-post',
        'exchange',
        'correct',
      ] as const),
    ),
  });
  const anyPoints = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 });

  it('hold, alone and with their files, and so does every receipt', async () => {
    let corrected = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPoints, { minLength: 2, maxLength: 3 }),
        fc.array(anyTurn, { maxLength: 12 }),
        fc.nat({ max: 12 }),
        async (all, story, when) => {
          const editions = editionsOf(all, key, wishable);
          const one = offersOf(editions, story.toSpliced(when, 0, { who: 0, does: 'correct' }), key);
          const files = editions.files.map(({ text }) => text);
          expect(await failed(one.text)).toEqual([]);
          expect(await failed(one.text, files)).toEqual([]);
          for (const receipt of one.receipts) {
            expect(await failed(one.text, files, canonicalJson(receipt))).toEqual([]);
          }
          corrected += one.statement.offers?.steps.filter(({ type }) => type === 'reranked').length ?? 0;
        },
      ),
      { numRuns: process.env['SOAK'] ? 1000 : 40 },
    );
    expect(corrected).toBeGreaterThan(10);
  });
});
