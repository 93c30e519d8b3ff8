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

describe('a bundle of fewer than five applications with marks from another organisation', () => {
  const small = published(aGatheredRound(six.slice(0, 4), { file, text: JSON.stringify(file) }), key);
  const resignedSmall = (change: (statement: Statement) => void): string => {
    const other = structuredClone(small.statement);
    change(other);
    return signedBy(other, key);
  };

  it('shows neither marks nor what would tell them, and is of format 11', async () => {
    expect(small.statement.format).toBe(11);
    expect(small.statement.rows.map(({ scoring }) => Object.keys(scoring ?? {}))).toEqual(
      Array.from({ length: 4 }, () => ['value', 'marksWithheld']),
    );
    const { findings } = await verifyResults(small.text);
    expect(findings).toContainEqual({
      check: 'totals',
      holds: true,
      count: 0,
      uncounted: { corrected: 0, hidden: 4 },
    });
  });

  it('holds with every receipt, which has the marks that the total follows from', async () => {
    for (const receipt of small.receipts)
      expect(await failed(small.text, canonicalJson(receipt))).toEqual([]);
    expect(new Set(small.receipts.map(({ leaf }) => leaf.marks?.['test']))).toEqual(new Set([40, 70, 90]));
  });

  it('breaks the receipt of whoever was told other marks, or none', async () => {
    const [own] = small.receipts;
    if (!own) throw new Error('Nobody has a receipt.');
    const { marks: _marks, ...unmarked } = own.leaf;
    const told = { ...own, leaf: { ...own.leaf, marks: { ...own.leaf.marks, test: 91 } } };

    expect(await failed(small.text, canonicalJson(told))).toEqual(
      expect.arrayContaining(['receipt-proof', 'receipt-totals']),
    );
    expect(await failed(small.text, canonicalJson({ ...own, leaf: unmarked }))).toContain('receipt-totals');
  });

  it('breaks where marks are said to be withheld and stand there, or are withheld of five', async () => {
    const both = resignedSmall(({ rows }) => Object.assign(rows[0]?.scoring ?? {}, { marks: { test: 90 } }));
    const hidden = resigned((other) => {
      other.format = 11;
      for (const { scoring } of other.rows) {
        delete scoring?.marks;
        delete scoring?.ratings;
        if (scoring) scoring.marksWithheld = true;
      }
    });

    expect(await failed(both)).toEqual(['totals']);
    expect(await failed(hidden)).toEqual(['totals']);
  });
});
