import { describe, expect, it } from 'vitest';
import { reportOf } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { type Applicant, afterOffers, aGatheredRound, aKey, published } from '#test/builders/results.ts';

const key = aKey();

const six: readonly Applicant[] = [3, 3, 2, 2, 1, 1].map((scoring, index) => ({
  scoring,
  interview: 3 - (index % 2),
  wishes: ['MAT-003'],
}));

const totalsOf = async (text: string) =>
  (await verifyResults(text)).findings.find(({ check }) => check === 'totals');

describe('totals of a bundle', () => {
  it('count as computed only where every score is there, and where no claim put another value', async () => {
    const gathered = aGatheredRound(six);
    const [standing] = gathered.results.standings;
    const person = standing && gathered.people.get(standing.applicationId);
    if (!person) throw new Error('Nobody has a result.');
    Object.assign(person.candidacy, { corrected: { scoring: standing.scoring } });
    const { text } = published(gathered, key);

    expect(await totalsOf(text)).toEqual({
      check: 'totals',
      holds: true,
      count: 5,
      uncounted: { corrected: 1, hidden: 0 },
    });
    const { findings } = reportOf(await verifyResults(text), 'en');
    expect(findings.map((finding) => finding.text)).toContainEqual(
      expect.stringMatching(/^5 totals follow .* 1 by an upheld claim, 0 from scores/),
    );
  });

  it('are none that were computed where fewer than five were rated', async () => {
    const { text } = published(aGatheredRound(six.slice(0, 4)), key);

    expect(await totalsOf(text)).toMatchObject({ count: 0, uncounted: { corrected: 0, hidden: 4 } });
  });
});

describe('whoever withdrew during the offers', () => {
  const gathered = afterOffers(aGatheredRound(six), [{ who: 1, does: 'withdraw' }]);
  const { statement, text, receipts } = published(gathered, key);

  it('keeps rank and total, and the scores of raters are for the owner alone', async () => {
    const rated = statement.rows.map(({ scoring, interview }) => [scoring?.ratings, interview?.ratings]);

    expect(statement.rows[1]).toMatchObject({ rank: 2, total: expect.any(Number) });
    expect(rated.map((parts) => parts.every(Boolean))).toEqual([true, false, true, true, true, true]);
    expect(rated[1]).toEqual([undefined, undefined]);
    expect(receipts[1]?.leaf.ratings.scoring).toHaveLength(2);
  });

  it('makes no difference to what holds, for anybody', async () => {
    for (const receipt of receipts) {
      expect((await verifyResults(text, canonicalJson(receipt))).holds).toBe(true);
    }
  });
});
