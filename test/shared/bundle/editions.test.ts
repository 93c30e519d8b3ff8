import { describe, expect, it } from 'vitest';
import { chosenAlso, chosenFiles } from '#shared/bundle/chosen.ts';
import type { GatheredResults } from '#shared/bundle/compose.ts';
import type { Edition } from '#shared/bundle/edition.ts';
import type { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { resigner } from '#test/builders/forged.ts';
import { type Applicant, afterOffers, aGatheredRound, aKey, published } from '#test/builders/results.ts';
import { at } from '#test/builders/worlds.ts';

const key = aKey();
const resigned = resigner(key);

/** The first is scored better from one edition to the next. */
const scoredBy = (scoring: number): Applicant[] =>
  [scoring, 2, 1, 3, 2, 1].map((own, index) => ({ scoring: own, interview: index % 4, wishes: ['MAT-001'] }));

const correcting = (
  scoring: number,
  number: number,
  before: { text: string; statement: Statement },
): GatheredResults => {
  const corrects = { root: before.statement.root, bundle: sha256Of(before.text) };
  const edition: Edition = { number, corrects, correctedAt: at('2022-11-14T04:00'), cause: 'criterion' };
  return { ...aGatheredRound(scoredBy(scoring)), decision: sha256Of(`list ${number}`), edition };
};

const first = published(aGatheredRound(scoredBy(1)), key);
const second = published(correcting(2, 2, first), key);
const third = published(correcting(3, 3, second), key);

const failed = async (bundle: string, earlier: readonly string[], receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt, earlier)).findings
    .filter(({ holds }) => !holds)
    .map(({ check }) => check);

describe('editions of final results', () => {
  it('lead back to the first, whichever order their files come in; alone each says that it is one', async () => {
    expect([first, second, third].map(({ statement }) => statement.format)).toEqual([1, 11, 11]);
    expect(await failed(third.text, [first.text, second.text])).toEqual([]);
    expect(await failed(third.text, [second.text, first.text])).toEqual([]);
    const { findings } = await verifyResults(third.text);
    expect(findings).toContainEqual({ check: 'editions-alone', holds: true, count: 3 });
    expect((await verifyResults(first.text)).findings.map(({ check }) => check)).not.toContain('editions');
  });

  it('hold a receipt against the edition that it is of', async () => {
    for (const receipt of [...first.receipts, ...second.receipts, ...third.receipts]) {
      expect(await failed(third.text, [first.text, second.text], canonicalJson(receipt))).toEqual([]);
    }
  });

  it.for<[string, () => [string, string[]]]>([
    [
      'a silently dropped edition that somebody kept',
      () => [published(correcting(3, 2, first), key).text, [first.text, second.text]],
    ],
    ['a number that leaves one out', () => [published(correcting(3, 3, first), key).text, [first.text]]],
    [
      'another root than that of the edition that it names',
      () => [
        resigned(second.statement, ({ edition }) => {
          if (edition) edition.corrects.root = third.statement.root;
        }),
        [first.text],
      ],
    ],
    [
      'an earlier bundle that was changed and signed anew',
      () => [
        second.text,
        [resigned(first.statement, (one) => Object.assign(one, { decision: sha256Of('x') }))],
      ],
    ],
    ['an earlier bundle with a changed byte', () => [second.text, [first.text.replace('"R1"', '"R9"')]]],
    [
      'an earlier bundle that is of another key',
      () => {
        const foreign = published(aGatheredRound(scoredBy(1)), aKey());
        return [published(correcting(2, 2, foreign), key).text, [foreign.text]];
      },
    ],
    [
      'an earlier bundle that does not hold by itself',
      () => {
        const forged = resigned(first.statement, (one) =>
          Object.assign(one, { rows: one.rows.toReversed() }),
        );
        const before = { text: forged, statement: first.statement };
        return [published(correcting(2, 2, before), key).text, [forged]];
      },
    ],
    [
      'an application that is gone',
      () => {
        const less = { ...correcting(2, 2, first), ...aGatheredRound(scoredBy(2).slice(0, 5)) };
        return [published({ ...less, edition: correcting(2, 2, first).edition }, key).text, [first.text]];
      },
    ],
    ['a file that is no bundle', () => [second.text, [first.text, '{"signature":1}']]],
  ])('are no chain with %s', async ([, make]) => {
    const [bundle, earlier] = make();

    expect(await failed(bundle, earlier)).toContain('editions');
  });

  it('are of final results alone', async () => {
    const { edition } = correcting(2, 2, first);
    const offers = published({ ...afterOffers(aGatheredRound(scoredBy(1)), []), edition }, key);

    expect(await failed(offers.text, [])).toEqual(['editions-alone']);
  });

  it('break a receipt of an edition that was dropped', async () => {
    const [receipt] = second.receipts;
    const dropping = published(correcting(3, 2, first), key);

    expect(await failed(dropping.text, [first.text], canonicalJson(receipt))).toContain('receipt-statement');
  });
});

describe('files that somebody chose', () => {
  const receipt = canonicalJson(first.receipts[0]);

  it('are the newest edition, those before it and the receipt, however they were chosen', () => {
    const chosen = { bundle: third.text, earlier: [second.text, first.text], receipt };

    expect(chosenFiles([first.text, receipt, third.text, second.text])).toEqual(chosen);
    expect(chosenFiles(chosenAlso([first.text, third.text, receipt], [second.text]))).toEqual(chosen);
    expect(chosenFiles([receipt])).toEqual({ bundle: undefined, earlier: [], receipt });
  });

  it('make way for a bundle of something else, and for another receipt', () => {
    const other = published(afterOffers(aGatheredRound(scoredBy(1)), []), key).text;
    const later = canonicalJson(first.receipts[1]);

    expect(chosenAlso([first.text, receipt], [other])).toEqual([other, receipt]);
    expect(chosenAlso([first.text, receipt], [later])).toEqual([later, first.text]);
    expect(chosenAlso([first.text], [first.text])).toEqual([first.text]);
  });
});
