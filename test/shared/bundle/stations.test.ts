import { describe, expect, it } from 'vitest';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { type Applicant, aGatheredRound, aKey, published, signedBy } from '#test/builders/results.ts';
import { withStations } from '#test/builders/round-file.ts';

const key = aKey();
const file = withStations();

const six: readonly Applicant[] = Array.from({ length: 6 }, (_, index) => ({
  scoring: 1 + (index % 3),
  interview: index % 4,
  wishes: [],
}));

const { statement, text, receipts } = published(
  aGatheredRound(six, { file, text: JSON.stringify(file) }),
  key,
);

const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

describe('a bundle of interviews with several stations', () => {
  it('is of format 6, and holds with every receipt of it', async () => {
    expect(statement.format).toBe(6);
    expect(statement.rows[0]?.interview?.ratings?.map(({ station }) => station)).toEqual([
      'conversation',
      'lesson',
      'conversation',
      'lesson',
    ]);
    expect(await failed(text)).toEqual([]);
    for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
  });

  it.for<[string, (ratings: { station?: string | undefined }[]) => void]>([
    [
      'ratings are said to be of the other station',
      (ratings) => {
        for (const rating of ratings) {
          rating.station = rating.station === 'lesson' ? 'conversation' : 'lesson';
        }
      },
    ],
    [
      'a station has no ratings any more',
      (ratings) => ratings.splice(0, 4, ...ratings.filter((_, index) => index % 2)),
    ],
  ])('breaks when %s, whoever signs', async ([, change]) => {
    const other = structuredClone(statement);
    // The two stations of this one came to different means.
    const row = other.rows.find(({ interview }) =>
      interview?.ratings?.some(({ total }) => total !== interview.ratings?.[0]?.total),
    );
    change(row?.interview?.ratings ?? []);

    expect(await failed(signedBy(other, key))).toContain('totals');
  });
});
