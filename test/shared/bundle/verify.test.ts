import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeResults } from '#shared/bundle/compose.ts';
import type { Statement } from '#shared/bundle/format.ts';
import { receiptsOf } from '#shared/bundle/sealing.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { anyResults } from '#test/builders/any-results.ts';
import { failed, resigner } from '#test/builders/forged.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  aKey,
  published,
  type Turn,
} from '#test/builders/results.ts';

const key = aKey();
const resigned = resigner(key);

const seven: readonly Applicant[] = [
  { scoring: 3, interview: 3, wishes: ['MAT-001', 'MAT-003'] },
  { scoring: 3, interview: 3, years: 4, wishes: ['MAT-001'] },
  { scoring: 2, interview: 3, years: 9, wishes: ['MAT-001', 'MAT-002'] },
  { scoring: 3, interview: 2, wishes: ['MAT-002', 'MAT-003'] },
  { scoring: 2, interview: 2, wishes: ['MAT-003'] },
  { scoring: 3, interview: 3, years: 4, wishes: [] },
  { scoring: 0, interview: 0, wishes: ['MAT-001'], refused: true },
];

const turns: readonly Turn[] = [
  { who: 0, does: 'decline' },
  { who: 1, does: 'accept' },
  { who: 1, does: 'withdraw' },
  { who: 2, does: 'lapse' },
];

describe('a bundle of final results', () => {
  const { statement, text, receipts } = published(aGatheredRound(seven), key);

  it('holds, and so does every receipt of it', async () => {
    expect(await failed(text)).toEqual([]);
    for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
  });

  it('says nothing by which somebody could be found: no answer, reason, wish or name of a vacancy', () => {
    for (const word of ['MAT-', 'education', 'experience', 'APP0', 'RATER', 'mathematics"']) {
      expect(canonicalJson({ ...statement, roundFile: {} })).not.toContain(word);
    }
  });

  it('breaks when a total is changed, and the receipt with it, whoever signs', async () => {
    const forged = resigned(statement, ({ rows }) => {
      const [first] = rows;
      if (first?.scoring) first.scoring.value -= 0.0001;
    });

    expect(await failed(forged)).toEqual(['totals']);
    expect(await failed(forged, canonicalJson(receipts[0]))).toEqual([
      'totals',
      'receipt-statement',
      'receipt-row',
    ]);
  });

  it.for<[string, (statement: Statement) => void, string[]]>([
    [
      'two ranks are exchanged',
      ({ rows }) => rows.splice(0, 2, ...rows.slice(0, 2).toReversed()),
      ['root', 'ranks'],
    ],
    [
      'a lot is drawn again',
      ({ rows }) => Object.assign(rows[0]?.tie ?? {}, { lot: 'f'.repeat(64) }),
      ['ranks'],
    ],
    [
      'somebody below the minimum goes on',
      ({ rows }) => Object.assign(rows.at(-1) ?? {}, { outcome: 'goes-on' }),
      ['outcomes'],
    ],
    ['a leaf is another', ({ rows }) => Object.assign(rows[3] ?? {}, { leaf: '0'.repeat(64) }), ['root']],
    ['a row is missing', ({ rows }) => rows.splice(2, 1), ['root', 'ranks']],
    [
      'the rules are others',
      ({ roundFile }) => Object.assign(roundFile, { text: roundFile.text.replace('"weight"', '"weight" ') }),
      ['round-file'],
    ],
  ])('breaks when %s', async ([, change, checks]) => {
    expect(await failed(resigned(statement, change))).toEqual(checks);
  });

  it('is refused as the work of another key when somebody else signs it', async () => {
    const other = published(aGatheredRound(seven), aKey()).text;

    const [own, foreign] = [await verifyResults(text), await verifyResults(other)];

    expect(foreign.bundle?.key).not.toBe(own.bundle?.key);
    const [mine, theirs] = [JSON.parse(text), JSON.parse(other)];
    expect(
      await failed(
        canonicalJson({ ...mine, signature: { ...mine.signature, value: theirs.signature.value } }),
      ),
    ).toEqual(['signature']);
  });

  it('breaks for whoever was told something else than everybody', async () => {
    const other = receiptsOf(
      composeResults(aGatheredRound(seven.toSpliced(4, 1, { scoring: 3, interview: 2, wishes: [] }))),
    );

    expect(await failed(text, canonicalJson(other[0]))).toEqual(expect.arrayContaining(['receipt-proof']));
  });

  it('shows points by rater only where five were rated, and else to their owners', async () => {
    const small = published(aGatheredRound(seven.slice(0, 4)), key);

    expect(small.statement.rows.some(({ scoring }) => scoring?.ratings)).toBe(false);
    const [receipt] = small.receipts;
    expect(receipt?.leaf.ratings.scoring).toHaveLength(2);
    expect(await failed(small.text, canonicalJson(receipt))).toEqual([]);
  });

  it('gives whoever rated fewer than five a code that they share', () => {
    const gathered = aGatheredRound(seven);
    const [first] = gathered.people.values();
    const [score] = first?.scores ?? [];
    if (!first || !score) throw new Error('Nobody was rated.');
    const other = { ...score, raterId: 'RATER9999000000000000'.slice(0, 20) };
    Object.assign(first, { scores: [{ ...score, ...other }, ...first.scores.slice(1)] });

    const { statement: coded } = composeResults(gathered);

    const codes = coded.rows.flatMap(({ scoring }) => scoring?.ratings?.map(({ rater }) => rater) ?? []);
    expect(codes.filter((code) => code === 'R0')).toHaveLength(1);
  });
});

describe('a bundle of where the offers ended', () => {
  const { statement, text, receipts } = published(afterOffers(aGatheredRound(seven), turns), key);

  it('holds, and so does every receipt of it', async () => {
    expect(await failed(text)).toEqual([]);
    for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
  });

  it.for<[string, (offers: NonNullable<Statement['offers']>) => void, string[]]>([
    ['an offer is left out', ({ steps }) => steps.splice(0, 1), ['offers']],
    [
      'a seat is added',
      ({ vacancies }) => vacancies.map((one) => Object.assign(one, { posts: 9 })),
      ['offers'],
    ],
    ['somebody has another post', ({ seekers }) => Object.assign(seekers[1] ?? {}, { has: 0 }), ['cutoffs']],
    [
      'a cut-off is another',
      ({ vacancies }) => Object.assign(vacancies[0] ?? {}, { cutoff: 99 }),
      ['cutoffs'],
    ],
    ['somebody was not let in', ({ seekers }) => seekers.splice(0, 1), ['offers']],
  ])('breaks when %s', async ([, change, checks]) => {
    const forged = resigned(statement, ({ offers }) => offers && change(offers));

    expect(await failed(forged)).toEqual(expect.arrayContaining(checks));
  });

  it('is of format 2 where a number of posts changed meanwhile, and of format 1 where none did', async () => {
    const changing = [...turns, { who: 0, does: 'add-post' }, { who: 2, does: 'drop-post' }] as const;
    const changed = published(afterOffers(aGatheredRound(seven), changing), key);

    const held = published(
      afterOffers(aGatheredRound(seven), [{ who: 0, does: 'accept-conditionally' }]),
      key,
    );

    expect([statement, changed.statement, held.statement].map(({ format }) => format)).toEqual([1, 2, 2]);
    expect(await failed(held.text)).toEqual([]);
    expect(await failed(changed.text)).toEqual([]);
    const earlier = resigned(changed.statement, (forged) => Object.assign(forged, { format: 1 }));
    const unsaid = resigned(changed.statement, ({ offers }) =>
      offers?.steps.splice(
        offers.steps.findIndex(({ type }) => type === 'capacity-changed'),
        1,
      ),
    );
    expect(await failed(earlier)).toEqual(['file']);
    expect(await failed(unsaid)).toContain('offers');
  });

  it('breaks the receipt of whoever was passed over, although all signatures are right', async () => {
    const passedOver = afterOffers(aGatheredRound(seven), []);
    const wishes = receipts.find(({ leaf }) => leaf.wishes.length > 0);
    const [own] = [...passedOver.people.values()];
    if (!wishes || !own) throw new Error('Nobody wished for anything.');
    const forged = resigned(statement, ({ offers, rows }) => {
      const seeker = offers?.seekers.find(({ row }) => rows[row]?.number === wishes.leaf.row.number);
      seeker?.wishes.reverse();
      seeker?.wishes.pop();
    });

    expect(await failed(forged, canonicalJson(wishes))).toContain('receipt-wishes');
  });
});

const flipped = (whole: string, place: number, bit: number): string => {
  const bytes = Buffer.from(whole);
  const at = place % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return new TextDecoder().decode(bytes);
};

describe('whatever a round comes to', () => {
  it('its bundle holds, and every receipt of it', async () => {
    await fc.assert(
      fc.asyncProperty(anyResults, async (gathered) => {
        const { text, receipts } = published(gathered, key);
        expect(await failed(text)).toEqual([]);
        for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('no byte of its bundle can change, nor one of a receipt, without being found', async () => {
    const { text, receipts } = published(afterOffers(aGatheredRound(seven), turns), key);
    const receipt = canonicalJson(receipts[1]);
    const anyBit = fc.tuple(fc.nat(), fc.nat({ max: 7 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(anyBit, async ([place, bit, inReceipt]) => {
        const verified = inReceipt
          ? await verifyResults(text, flipped(receipt, place, bit))
          : await verifyResults(flipped(text, place, bit), receipt);
        expect(verified.holds).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
