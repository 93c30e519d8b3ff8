import { describe, expect, it } from 'vitest';
import { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { type FrozenBundle, frozenBundles } from '#test/builders/published-bundles.ts';

const statementOf = ({ bundle }: FrozenBundle): Statement => Statement.parse(JSON.parse(bundle).statement);

/** What must be looked at in a bundle of each name, beside what is looked at in all of them. */
const looksAt: Record<string, readonly string[]> = {
  '02': ['offers', 'settled'],
  '02-conditional': ['offers', 'settled'],
  '03': ['offers', 'settled'],
  '03-deferred': ['offers', 'settled'],
  '04': ['draw-rehearsal'],
  '05': ['adjustment'],
  '05-apart': ['adjustment'],
  '05-raw': ['adjustment-raw'],
  '06': [],
  '07': ['offers', 'settled'],
  '08': ['offers', 'settled'],
  '09': ['offers', 'settled'],
  '10': ['outcomes-others', 'departures'],
  '11-edition': ['editions'],
  '11-marks': [],
  '12': ['offers', 'settled'],
  '13': ['offers', 'answer-time', 'editions-of-offers'],
  '14': ['offers', 'settled'],
  '15': ['outcomes', 'offers'],
};

/** A digit, or a letter of a hash, becomes another one: the file stays as easy to read as it was. */
const changedAt = (text: string, place: number): string => {
  const found = text.slice(place).search(/[0-9a-f]/);
  const at = found === -1 ? text.search(/[0-9a-f]/) : place + found;
  return `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`;
};

/** Places all over a text, the same in every run. */
const placesIn = (text: string, count: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * text.length) / count));

describe('what was published long ago', () => {
  it('is kept of every format but the first, whose file is an example', () => {
    const formats = new Set(frozenBundles.map((one) => statementOf(one).format));

    expect([...formats].toSorted((a, b) => a - b)).toEqual(
      [...Statement.shape.format.values].filter((format) => format !== 1),
    );
    expect(frozenBundles.map(({ name }) => name).toSorted()).toEqual(Object.keys(looksAt).toSorted());
    for (const one of frozenBundles) expect(Number.parseInt(one.name, 10)).toBe(statementOf(one).format);
  });

  it.for(frozenBundles)('still holds in all that it says: $name', async (one) => {
    const { findings, holds } = await verifyResults(one.bundle, undefined, one.earlier);

    expect(findings.filter((finding) => !finding.holds)).toEqual([]);
    expect(holds).toBe(true);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'signature',
        'round-file',
        'root',
        'totals',
        'ranks',
        ...(looksAt[one.name] ?? []),
      ]),
    );
  });

  it.for(frozenBundles)(
    'still holds with every receipt of it, and with none that was changed: $name',
    async (one) => {
      for (const receipt of one.receipts) {
        const { findings } = await verifyResults(one.bundle, receipt, one.earlier);
        expect(findings.filter(({ holds }) => !holds)).toEqual([]);
        expect(findings.map(({ check }) => check)).toEqual(
          expect.arrayContaining(['receipt-proof', 'receipt-totals']),
        );
        for (const place of placesIn(receipt, 2)) {
          const changed = await verifyResults(one.bundle, changedAt(receipt, place), one.earlier);
          expect(changed.holds).toBe(false);
        }
      }
      const withoutReceipts = ['03-deferred', '05-apart', '05-raw'];
      expect(one.receipts.length === 0).toBe(withoutReceipts.includes(one.name));
    },
  );

  it.for(frozenBundles)(
    'breaks where one character of it, or of a file that it names, was changed: $name',
    async (one) => {
      for (const place of placesIn(one.bundle, 8)) {
        const changed = changedAt(one.bundle, place);
        expect((await verifyResults(changed, one.receipts[0], one.earlier)).holds).toBe(false);
      }
      for (const [index, text] of one.earlier.entries()) {
        const earlier = one.earlier.with(index, changedAt(text, text.length / 2));
        expect((await verifyResults(one.bundle, one.receipts[0], earlier)).holds).toBe(false);
      }
    },
  );
});
