import { describe, expect, it } from 'vitest';
import type { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { type Applicant, aGatheredRound, aKey, published, signedBy } from '#test/builders/results.ts';

const key = aKey();

/** Six people of whom raters think the same, and the test does not. */
const six = [90, 40, 70, 70, 55, 61.5].map(
  (test): Applicant => ({ scoring: 2, interview: 2, wishes: ['MAT-001'], marks: { test, essay: 12 } }),
);

const file = aFileWithMarks();
const { statement, text, receipts } = published(
  aGatheredRound(six, { file, text: JSON.stringify(file) }),
  key,
);

const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

const resigned = (change: (statement: Statement) => void): string => {
  const other = structuredClone(statement);
  change(other);
  return signedBy(other, key);
};

describe('a bundle of a round with marks from another organisation', () => {
  it('holds, with every receipt, and ranks by them', async () => {
    expect(await failed(text)).toEqual([]);
    for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
    expect(statement.rows[0]?.scoring?.marks).toEqual({ test: 90, essay: 12 });
  });

  it('breaks when a mark is changed or left out', async () => {
    const changed = resigned(({ rows }) => {
      const marks = rows[0]?.scoring?.marks;
      if (marks) marks['test'] = 91;
    });
    const left = resigned(({ rows }) => {
      delete rows[0]?.scoring?.marks;
    });

    expect(await failed(changed)).toEqual(['totals']);
    expect(await failed(left)).toEqual(['totals']);
  });
});
