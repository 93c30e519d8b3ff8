import { describe, expect, it } from 'vitest';
import type { GatheredResults } from '#shared/bundle/compose.ts';
import type { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { type Applicant, aGatheredRound, aKey, published, signedBy } from '#test/builders/results.ts';

const key = aKey();

const four: readonly Applicant[] = [
  { scoring: 3, interview: 3, wishes: ['MAT-001', 'MAT-003'] },
  { scoring: 2, interview: 3, years: 9, wishes: ['MAT-001', 'MAT-002'] },
  { scoring: 2, interview: 2, wishes: ['MAT-003'] },
  { scoring: 0, interview: 0, wishes: ['MAT-001'] },
];

const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

/** The region itself, or whoever has its key, signs something else. */
const resigned = (statement: Statement, change: (statement: Statement) => void): string => {
  const other = structuredClone(statement);
  change(other);
  return signedBy(other, key);
};

describe('a bundle in which the committee departed from what totals propose', () => {
  const gathered = aGatheredRound(four);
  const kept = gathered.results.standings.find(({ rank }) => rank === 2);
  const departing = (): GatheredResults => ({
    ...gathered,
    results: {
      ...gathered.results,
      standings: gathered.results.standings.map((one) =>
        one === kept ? { ...one, outcome: 'stops', reasons: ['departure'] } : one,
      ),
      departures: [
        {
          applicationId: ApplicationId.parse(kept?.applicationId),
          instead: [],
          reason: { owner: 'round#R#1', kind: 'reason', version: 1, digest: gathered.decision },
        },
      ],
    },
  });
  const { statement, text, receipts } = published(departing(), key);

  it('is of format 10, holds with every receipt, and says how many outcomes are of the committee', async () => {
    expect(statement.format).toBe(10);
    expect(
      statement.rows.filter(({ departed }) => departed).map(({ rank, outcome }) => [rank, outcome]),
    ).toEqual([[2, 'stops']]);
    for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
    const { findings } = await verifyResults(text);
    expect(findings).toContainEqual({ check: 'departures', holds: true, count: 1 });
    expect(findings.map(({ check }) => check)).not.toContain('outcomes');
    expect(text).not.toContain('round#R#1');
  });

  it('breaks where one is hidden, and where one is said that is none', async () => {
    const hidden = resigned(statement, (other) => {
      for (const row of other.rows) delete row.departed;
      other.format = 1;
    });
    const invented = resigned(statement, ({ rows }) => Object.assign(rows[0] ?? {}, { departed: true }));

    expect(await failed(hidden)).toEqual(['outcomes']);
    expect(await failed(invented)).toEqual(['outcomes-others']);
  });

  it('breaks where the round file does not let the committee do so', async () => {
    const { text: rules } = gathered.roundFile;
    const strict = rules.replaceAll('"departures": "with-reason"', '"departures": "none"');
    const forged = published({ ...departing(), roundFile: { sha256: sha256Of(strict), text: strict } }, key);

    expect(strict).not.toBe(rules);
    expect(await failed(forged.text)).toEqual(['departures']);
  });

  it('is not what a bundle without departures is: that has the bytes that it had', () => {
    const { statement: plain } = published(gathered, key);

    expect(plain.format).toBe(1);
    expect(canonicalJson(plain)).not.toContain('"departed"');
  });
});
