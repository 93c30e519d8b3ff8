import { describe, expect, it } from 'vitest';
import type { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  aKey,
  published,
  signedBy,
} from '#test/builders/results.ts';

const key = aKey();

const four: readonly Applicant[] = [
  { scoring: 3, interview: 3, wishes: ['MAT-001', 'MAT-003'] },
  { scoring: 3, interview: 3, years: 4, wishes: ['MAT-001'] },
  { scoring: 2, interview: 2, wishes: ['MAT-003'] },
  { scoring: 1, interview: 1, wishes: [] },
];

const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

/** Whoever has the region's key signs something else. */
const resigned = (statement: Statement, change: (statement: Statement) => void): string => {
  const other = structuredClone(statement);
  change(other);
  return signedBy(other, key);
};

describe('a bundle of offers', () => {
  it('is of format 3 where a post was released for a later intake, and says who has it then', async () => {
    const story = [
      { who: 0, does: 'accept' },
      { who: 0, does: 'defer' },
    ] as const;
    const deferred = published(afterOffers(aGatheredRound(four), story), key);

    expect(deferred.statement.format).toBe(3);
    expect(deferred.statement.offers?.seekers[0]).not.toHaveProperty('has');
    expect(await failed(deferred.text)).toEqual([]);
    const unsaid = resigned(deferred.statement, (forged) => {
      if (forged.offers) forged.offers.steps = forged.offers.steps.filter(({ type }) => type !== 'deferred');
      forged.format = 1;
    });
    expect(await failed(unsaid)).not.toEqual([]);
  });

  it('is of format 3 where the exchange added choices, which cannot be left out of it unseen', async () => {
    const story = [
      { who: 0, does: 'decline' },
      { who: 0, does: 'exchange' },
    ] as const;
    const exchanged = published(afterOffers(aGatheredRound(four), story), key);
    const { steps = [] } = exchanged.statement.offers ?? {};
    const unsaid = resigned(exchanged.statement, (forged) => {
      if (forged.offers) forged.offers.steps = forged.offers.steps.filter(({ type }) => type !== 'exchanged');
      forged.format = 1;
    });

    expect(exchanged.statement.format).toBe(3);
    expect(steps.filter(({ type }) => type === 'exchanged').length).toBeGreaterThan(0);
    expect(await failed(exchanged.text)).toEqual([]);
    const chooser = steps.flatMap((step) => (step.type === 'exchanged' ? step.seeker : []))[0] ?? 0;
    const receipt = canonicalJson(exchanged.receipts[chooser]);
    expect(await failed(exchanged.text, receipt)).toEqual([]);
    const reordered = resigned(exchanged.statement, ({ offers }) => {
      for (const step of offers?.steps ?? []) if (step.type === 'exchanged') step.wishes.reverse();
    });
    expect(await failed(reordered, receipt)).toContain('receipt-wishes');
    expect(
      await failed(resigned(exchanged.statement, (forged) => Object.assign(forged, { format: 2 }))),
    ).toEqual(['file']);
    expect(await failed(unsaid)).not.toEqual([]);
  });

  it.for(['decline', 'lapse'] as const)(
    'holds where somebody chose a post that they were being asked about (%s)',
    async (does) => {
      const story = [
        { who: 0, does: 'exchange' },
        { who: 0, does },
      ] as const;

      expect(await failed(published(afterOffers(aGatheredRound(four), story), key).text)).toEqual([]);
    },
  );
});
