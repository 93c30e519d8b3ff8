import { describe, expect, it } from 'vitest';
import type { Statement } from '#shared/bundle/format.ts';
import { reportOf } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { aFileWithMinimums } from '#test/builders/marks.ts';
import { type Applicant, aGatheredRound, aKey, published, signedBy } from '#test/builders/results.ts';

const key = aKey();
const file = aFileWithMinimums();
const rules = { file, text: JSON.stringify(file) };

/** The test asks for 50 and the interview for 40 %: the second misses the one, the last the other. */
const six = [
  [90, 2],
  [40, 3],
  [70, 2],
  [50, 2],
  [55, 2],
  [95, 1],
].map(
  ([test = 0, interview = 0]): Applicant => ({
    scoring: 2,
    interview,
    wishes: ['MAT-001'],
    marks: { test, essay: 12 },
  }),
);

const checked = async (bundle: string, receipt?: string) => (await verifyResults(bundle, receipt)).findings;
const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await checked(bundle, receipt)).filter(({ holds }) => !holds).map(({ check }) => check);

const resigned = (statement: Statement, change: (statement: Statement) => void): string => {
  const other = structuredClone(statement);
  change(other);
  return signedBy(other, key);
};

const rowAt = (rows: Statement['rows'], test: number) =>
  rows.find(({ scoring }) => scoring?.marks?.['test'] === test);

describe('a bundle under a round file that asks for the least of single parts', () => {
  const { statement, text, receipts } = published(aGatheredRound(six, rules), key);

  it('is of format 15, and holds with every receipt', async () => {
    expect(statement.format).toBe(15);
    expect(
      statement.rows.filter(({ outcome }) => outcome === 'stops').map(({ scoring }) => scoring?.marks),
    ).toEqual(
      expect.arrayContaining([
        { test: 40, essay: 12 },
        { test: 95, essay: 12 },
      ]),
    );
    expect(statement.rows.filter(({ outcome }) => outcome === 'goes-on')).toHaveLength(4);
    expect(await failed(text)).toEqual([]);
    for (const receipt of receipts) {
      const findings = await checked(text, canonicalJson(receipt));
      expect(findings.filter(({ holds }) => !holds)).toEqual([]);
      expect(findings).toContainEqual({ check: 'receipt-outcome', holds: true });
    }
  });

  it.for([
    [40, 'goes-on'],
    [95, 'goes-on'],
    [50, 'stops'],
  ] as const)(
    'breaks where the outcome of who has %s in the test is said to be another',
    async ([test, outcome]) => {
      const wrong = resigned(statement, ({ rows }) => Object.assign(rowAt(rows, test) ?? {}, { outcome }));
      expect(await failed(wrong)).toEqual(['outcomes']);
    },
  );

  it('breaks where it says that it is of a format that knows nothing of them', async () => {
    const older = resigned(statement, (other) => {
      other.format = 1;
    });
    expect(await failed(older)).toEqual(['file']);
  });

  it('says to its owner which part was enough and which was not', async () => {
    const own = receipts.find(({ leaf }) => leaf.row.scoring?.marks?.['test'] === 40);
    const said = reportOf(await verifyResults(text, canonicalJson(own)), 'en').own;

    expect(said).toContain('test: at least 50 were needed, you have 40: not reached.');
    expect(said).toContain('Interview: at least 40 were needed, you have 75: reached.');
  });
});

describe('a bundle of fewer than five applications with such minimums', () => {
  const small = published(aGatheredRound(six.slice(0, 4), rules), key);

  it('leaves what hangs on withheld marks to the receipts, and says of how many', async () => {
    expect(await failed(small.text)).toEqual([]);
    const findings = await checked(small.text);
    expect(findings).toContainEqual({ check: 'outcomes-withheld', holds: true, count: 4 });
    for (const receipt of small.receipts)
      expect(await failed(small.text, canonicalJson(receipt))).toEqual([]);
  });

  it('breaks the receipt of whoever was told another outcome', async () => {
    const gathered = aGatheredRound(six.slice(0, 4), rules);
    const standings = gathered.results.standings.map((one) =>
      one.marks?.['test'] === 40 ? { ...one, outcome: 'goes-on' as const, reasons: [] } : one,
    );
    const wrong = published({ ...gathered, results: { ...gathered.results, standings } }, key);
    const found = await Promise.all(
      wrong.receipts.map((receipt) => failed(wrong.text, canonicalJson(receipt))),
    );

    expect(await failed(wrong.text)).toEqual([]);
    expect(found.flat()).toEqual(['receipt-outcome']);
  });
});
