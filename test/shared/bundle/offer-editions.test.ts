import { describe, expect, it } from 'vitest';
import { chosenAlso, chosenFiles } from '#shared/bundle/chosen.ts';
import type { Statement } from '#shared/bundle/format.ts';
import { reportOf } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { locales } from '#shared/i18n/locale.ts';
import { editionsOf, failed, offersOf } from '#test/builders/editions.ts';
import { resigner } from '#test/builders/forged.ts';
import { aKey, type Turn } from '#test/builders/results.ts';

const key = aKey();
const resigned = resigner(key);

const correct: Turn = { who: 0, does: 'correct' };

/** The last of four does not reach the minimum until a correction, which stops the first. */
const points = [
  [3, 2, 2, 0],
  [0, 2, 2, 3],
] as const;
const turns: Turn[] = [correct, { who: 3, does: 'decline' }];

describe('offers that went by corrected results', () => {
  const editions = editionsOf(points, key);
  const offers = offersOf(editions, turns, key);
  const texts = editions.files.map(({ text }) => text);

  it('name every edition, go by its order from then on, and let in who goes on by it alone', async () => {
    const { statement } = offers;
    expect(statement).toMatchObject({ format: 13, editions: editions.named });
    const { seekers = [], steps = [] } = statement.offers ?? {};
    const numberOf = (row: number): string => statement.rows[row]?.number.slice(-1) ?? '';
    expect(seekers.map(({ row, from }) => [numberOf(row), from])).toEqual([
      ['0', undefined],
      ['1', undefined],
      ['2', undefined],
      ['3', 2],
    ]);
    const told = steps.map((step) =>
      step.type === 'reranked'
        ? `${step.edition}: ${step.order.map(numberOf).join(' ')}`
        : `${step.type} ${'seeker' in step ? numberOf(step.seeker) : ''}`,
    );
    expect(told).toEqual(['offered 0', '2: 3 1 2', 'declined 0', 'offered 3', 'accepted 3']);
    expect(await failed(offers.text)).toEqual([]);
    expect(await failed(offers.text, texts)).toEqual([]);
  });

  it('are said to name editions, and are checked against the files that were given, one or all', async () => {
    const { findings } = await verifyResults(offers.text);
    expect(findings).toContainEqual({ check: 'editions-named', holds: true, count: 2 });
    for (const given of [texts, texts.toReversed(), texts.slice(1), texts.slice(0, 1)]) {
      const checked = await verifyResults(offers.text, undefined, given);
      expect(checked.findings).toContainEqual({
        check: 'editions-of-offers',
        holds: true,
        count: given.length,
      });
      for (const locale of locales) {
        const { about, findings: said } = reportOf(checked, locale);
        expect(JSON.stringify([about, said])).toContain(editions.named[0]?.root);
        expect(JSON.stringify(said)).not.toContain('verification.');
      }
    }
  });

  it('hold the receipt of each person, of them and of each edition', async () => {
    for (const receipt of offers.receipts) {
      expect(await failed(offers.text, texts, canonicalJson(receipt))).toEqual([]);
    }
    for (const [place, file] of editions.files.entries()) {
      for (const receipt of file.receipts) {
        const checked = await verifyResults(offers.text, canonicalJson(receipt), texts);
        expect(checked.holds).toBe(true);
        expect(checked.findings.map(({ check }) => check)).toContain(
          place === 0 ? 'receipt-earlier' : 'receipt-results',
        );
      }
    }
  });

  it('say which edition a receipt is of whose file was not given', async () => {
    const [first, second] = editions.files.map(({ receipts }) => canonicalJson(receipts[0]));
    const { findings } = await verifyResults(offers.text, first);
    expect(findings).toContainEqual({ check: 'receipt-earlier', holds: false, count: 1, by: 2 });
    expect(findings).toContainEqual({ check: 'receipt-proof', holds: true });
    expect((await verifyResults(offers.text, second)).findings).toContainEqual({
      check: 'receipt-results',
      holds: false,
      count: 2,
    });
    const foreign = offersOf(editionsOf([[3, 2, 2, 1], points[1]], key), turns, key);
    expect(await failed(foreign.text, [], first)).toContain('receipt-statement');
  });

  it('keep what they were made of where the correction came after them', async () => {
    const { statement, text } = offersOf(editions, [{ who: 0, does: 'accept' }], key);

    expect(statement.format).toBe(13);
    expect(statement.offers?.steps.map(({ type }) => type)).toEqual(['offered', 'accepted']);
    expect(await failed(text, texts)).toEqual([]);
  });

  it.for<[string, (statement: Statement) => void, string]>([
    [
      'an order that is not the edition’s',
      ({ offers: one }) => {
        const step = one?.steps.find(({ type }) => type === 'reranked');
        if (step?.type === 'reranked') step.order.reverse();
      },
      'offers',
    ],
    [
      'an edition that nobody named',
      ({ offers: one }) => {
        const step = one?.steps.find(({ type }) => type === 'reranked');
        if (step?.type === 'reranked') step.edition = 3;
        for (const seeker of one?.seekers ?? []) if (seeker.from) seeker.from = 3;
      },
      'editions-named',
    ],
    [
      'an offer to whom the correction stopped',
      ({ offers: one }) => {
        const step = one?.steps.find(({ type }) => type === 'reranked');
        if (one) one.steps = one.steps.filter((other) => other !== step).concat(step ?? []);
      },
      'offers',
    ],
    [
      'editions that leave one out',
      (one) => {
        one.editions = one.editions?.map((named) => ({ ...named, number: named.number + 1 }));
      },
      'editions-named',
    ],
  ])('break with %s', async ([, change, check]) => {
    expect(await failed(resigned(offers.statement, change))).toContain(check);
  });

  it.for<[string, () => [string, string[]]]>([
    [
      'a file that is not named',
      () => {
        const other = editionsOf([[3, 2, 1, 0], points[1]], key).files;
        return [offers.text, other.map(({ text }) => text)];
      },
    ],
    [
      'another root than the file has',
      () => {
        const forged = resigned(offers.statement, ({ editions: some = [] }) => {
          for (const one of some) one.root = sha256Of('x');
        });
        return [forged, texts];
      },
    ],
    [
      'a first order that the first edition has not',
      () => {
        const forged = resigned(offers.statement, ({ offers: one }) => {
          const [a, b, c] = one?.seekers ?? [];
          if (one && a && b && c) one.seekers.splice(0, 3, a, c, b);
        });
        return [forged, texts];
      },
    ],
    [
      'results that are not those of the edition',
      () => {
        const forged = resigned(offers.statement, ({ rows }) => {
          for (const row of rows) if (row.scoring) row.scoring.corrected = true;
        });
        return [forged, texts];
      },
    ],
    [
      'somebody there from the beginning who came in by a correction',
      () => {
        const forged = resigned(offers.statement, ({ offers: one }) => {
          for (const seeker of one?.seekers ?? []) delete seeker.from;
        });
        return [forged, texts];
      },
    ],
    ['a file that is no bundle', () => [offers.text, ['{"signature":1}']]],
  ])('are not of these editions with %s', async ([, make]) => {
    const [bundle, beside] = make();

    expect(await failed(bundle, beside)).toContain('editions-of-offers');
  });

  it('are chosen together with the editions that they name, in any order', () => {
    const [first = '', second = ''] = texts;
    const chosen = { bundle: offers.text, earlier: [second, first], receipt: undefined };

    expect(chosenFiles([first, offers.text, second])).toEqual(chosen);
    expect(chosenFiles(chosenAlso([first, second], [offers.text]))).toEqual(chosen);
  });
});
