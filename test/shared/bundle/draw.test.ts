import { describe, expect, it } from 'vitest';
import type { Statement } from '#shared/bundle/format.ts';
import { reportOf } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { type DrawBasis, seedFrom } from '#shared/domain/beacon.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { aFileWithBeacon, awaitedValue, flipped } from '#test/builders/beacon.ts';
import { type Applicant, aGatheredRound, aKey, published, signedBy } from '#test/builders/results.ts';
import { at } from '#test/builders/worlds.ts';

const key = aKey();
const tied: readonly Applicant[] = Array.from({ length: 6 }, () => ({
  scoring: 2,
  interview: 2,
  wishes: ['MAT-003'],
}));

const callClosedAt = at('2022-10-04T12:00');
const receipts = sha256Of('everyone who submitted');
const withValue: DrawBasis = { receipts, callClosedAt, beacon: awaitedValue(callClosedAt) };

const bundleOf = (drawnFrom: DrawBasis | undefined, file = aFileWithBeacon()) => {
  const draw = drawnFrom ? { drawSeed: seedFrom(drawnFrom), drawnFrom } : { drawSeed: receipts };
  return published(aGatheredRound(tied, { file, text: JSON.stringify(file) }, draw), key);
};

const failed = async (text: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(text, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

const resigned = (statement: Statement, draw: Partial<DrawBasis>): string => {
  const changed = structuredClone(statement);
  if (changed.draw) Object.assign(changed.draw, draw);
  return signedBy(changed, key);
};

describe('a bundle whose draw comes from a public value', () => {
  const { statement, text, receipts: kept } = bundleOf(withValue);

  it('is of format 4, holds with every receipt, and says that its chain is one of rehearsals', async () => {
    expect(statement.format).toBe(4);
    expect(await failed(text)).toEqual([]);
    for (const receipt of kept) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
    const { findings } = await verifyResults(text);
    expect(findings).toContainEqual({ check: 'draw-rehearsal', holds: true });
  });

  it.for(['kk', 'ru', 'en'] as const)(
    'says in %s when the call closed, to be compared with what was published',
    async (locale) => {
      const { about } = reportOf(await verifyResults(text), locale);

      expect(about.map(({ value }) => value)).toContainEqual(
        expect.stringMatching(/^2022-10-04T12:00:00.000Z – .{20}/),
      );
      const { about: without } = reportOf(
        await verifyResults(published(aGatheredRound(tied), key).text),
        locale,
      );
      expect(without.map(({ value }) => value).join()).not.toContain('2022-10-04T12:00');
    },
  );

  it('fails where the value is not signed, is another one, or the seed does not come from it', async () => {
    const { beacon } = withValue;
    if (!beacon) throw new Error('There is a value.');
    const forged = { beacon: { ...beacon, signature: flipped(beacon.signature) } };
    const drawnAnew = bundleOf({ ...withValue, ...forged });

    expect(await failed(resigned(statement, forged))).toContain('draw-rehearsal');
    expect(await failed(drawnAnew.text)).toEqual(['draw-rehearsal']);
    expect(await failed(resigned(statement, { receipts: sha256Of('others') }))).toContain('draw-rehearsal');
    const later = at('2022-10-05T12:00');
    const chosen = bundleOf({ receipts, callClosedAt, beacon: awaitedValue(later) });
    expect(await failed(chosen.text)).toEqual(['draw-rehearsal']);
  });

  it('fails where the call is said to have ended before its file let it', async () => {
    const earlier = at('2022-10-03T12:00');
    const bundle = bundleOf({ receipts, callClosedAt: earlier, beacon: awaitedValue(earlier) });

    expect(await failed(bundle.text)).toEqual(['draw-rehearsal']);
  });
});

describe('a bundle that was drawn without the value', () => {
  it('holds where the rules let the committee, and says that it did', async () => {
    const { text } = bundleOf({ receipts, callClosedAt });

    expect(await failed(text)).toEqual([]);
    expect((await verifyResults(text)).findings).toContainEqual({ check: 'draw-without', holds: true });
  });

  it('fails where they do not, and where it is silent about it', async () => {
    const strict = aFileWithBeacon({ withoutAfterHours: undefined });

    expect(await failed(bundleOf({ receipts, callClosedAt }, strict).text)).toEqual(['draw-without']);
    expect(await failed(bundleOf(undefined).text)).toEqual(['draw']);
  });
});
