import { describe, expect, it } from 'vitest';
import type { ResultReceipt } from '#shared/bundle/format.ts';
import { partOf, receiptParts } from '#shared/bundle/receipt-parts.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { named } from '#test/builders/rated.ts';
import { aGatheredRound, aKey, published } from '#test/builders/results.ts';

const [receipt] = published(aGatheredRound([{ scoring: 1, interview: 1, wishes: [] }]), aKey()).receipts;

const receiptsOfMany = (people: number): ResultReceipt[] =>
  Array.from({ length: people }, (_, index) => {
    if (!receipt) throw new Error('Nobody has a receipt.');
    const applicationId = ApplicationId.parse(named('APP', index));
    return { ...receipt, leaf: { ...receipt.leaf, applicationId } };
  });

describe('receipts', () => {
  it.for([1, 64, 65, 1000, 5000])(
    'of %i people are each in the part that their application names',
    (people) => {
      const receipts = receiptsOfMany(people);

      const parts = receiptParts(receipts);

      expect(parts.flatMap((part) => part.receipts)).toHaveLength(people);
      for (const one of receipts)
        expect(parts[partOf(one.leaf.applicationId, parts.length)]?.receipts).toContain(one);
    },
  );

  it('lie in parts of about the same size, however many people there are', () => {
    for (const people of [1000, 20_000]) {
      const sizes = receiptParts(receiptsOfMany(people)).map((part) => part.receipts.length);
      expect(Math.max(...sizes)).toBeLessThan(64 * 2);
    }
  });

  it('lie in one part where there are none', () => {
    expect(receiptParts([])).toEqual([{ format: 1, receipts: [] }]);
  });
});
