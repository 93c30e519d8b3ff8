import { describe, expect, it } from 'vitest';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  aKey,
  published,
  signedBy,
  type Turn,
} from '#test/builders/results.ts';

const key = aKey();

/** People of these wishes, best rank first. */
const ranked = (wishes: readonly (readonly string[])[]): Applicant[] =>
  wishes.map((own, index) => ({ scoring: 3, interview: 3 - index, wishes: own }));

const failed = async (bundle: string, receipt: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

describe('a receipt of where the offers ended', () => {
  it.for<[string, readonly (readonly string[])[], readonly Turn[]]>([
    [
      'took another for good before it was free',
      [['MAT-001'], ['MAT-001', 'MAT-002'], ['MAT-001']],
      [
        { who: 1, does: 'accept' },
        { who: 0, does: 'decline' },
      ],
    ],
    [
      'held a better offer, let go later, while it was given',
      [['MAT-001', 'MAT-002'], ['MAT-002'], ['MAT-002']],
      [
        { who: 1, does: 'accept' },
        { who: 2, does: 'accept' },
        { who: 0, does: 'decline' },
      ],
    ],
  ])('tells nobody of a wrong who %s', async ([, wishes, story]) => {
    const honest = published(afterOffers(aGatheredRound(ranked(wishes)), story), key);

    for (const receipt of honest.receipts) {
      expect(await failed(honest.text, canonicalJson(receipt))).toEqual([]);
    }
  });

  it('tells whoever was passed over, and nobody else, when a lower rank was asked first', async () => {
    const honest = published(afterOffers(aGatheredRound(ranked([['MAT-001'], ['MAT-001']])), []), key);
    const forged = structuredClone(honest.statement);
    for (const step of forged.offers?.steps ?? []) if ('seeker' in step) step.seeker = 1;
    for (const seeker of forged.offers?.seekers ?? []) {
      if (seeker.row === 1) seeker.has = 0;
      else delete seeker.has;
    }
    const own = await Promise.all(
      honest.receipts.map((receipt) => failed(signedBy(forged, key), canonicalJson(receipt))),
    );

    expect(own.map((checks) => checks.includes('receipt-post'))).toEqual([true, false]);
  });
});
