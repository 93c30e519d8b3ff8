import { describe, expect, it } from 'vitest';
import type { GatheredResults } from '#shared/bundle/compose.ts';
import { Bundle } from '#shared/bundle/format.ts';
import { rootOf } from '#shared/bundle/merkle.ts';
import { rulesIn } from '#shared/bundle/rules.ts';
import { isSigned } from '#shared/bundle/signature.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { failed, resigner } from '#test/builders/forged.ts';
import { afterOffers, aGatheredRound, aKey, published, signedBy } from '#test/builders/results.ts';

/** Only the rules that results follow from, so that the file is small enough to try every byte of it. */
const withShortFile = (gathered: GatheredResults): GatheredResults => {
  const text = canonicalJson(rulesIn(gathered.roundFile.text));
  return { ...gathered, roundFile: { text, sha256: sha256Of(text) } };
};

const key = aKey();
const resigned = resigner(key);
/** Five, two of them with one total, so that scores are shown and a lot was drawn; one with no place. */
const { statement, text, receipts } = published(
  withShortFile(
    afterOffers(
      aGatheredRound([
        { scoring: 3, interview: 3, wishes: ['MAT-001'] },
        { scoring: 2, interview: 2, wishes: ['MAT-001', 'MAT-002'] },
        { scoring: 3, interview: 3, wishes: ['MAT-002', 'MAT-001'] },
        { scoring: 1, interview: 3, wishes: [] },
        { scoring: 3, interview: 1, wishes: ['MAT-001'] },
        { scoring: 0, interview: 0, wishes: [], refused: true },
      ]),
      [{ who: 0, does: 'decline' }],
    ),
  ),
  key,
);
const kept = receipts.map((receipt) => canonicalJson(receipt));

/** A text of hexadecimal digits with each one changed to each other one. */
const onceChanged = (digits: string): string[] =>
  Array.from(digits, (digit, at) =>
    Array.from(
      '0123456789abcdef'.replace(digit, ''),
      (other) => `${digits.slice(0, at)}${other}${digits.slice(at + 1)}`,
    ),
  ).flat();

/** A key whose point has a y that is even or odd. */
const aKeyWith = (parity: number): ReturnType<typeof aKey> => {
  const one = aKey();
  const last = one.publicKey.export({ type: 'spki', format: 'der' }).at(-1) ?? 0;
  return last % 2 === parity ? one : aKeyWith(parity);
};

type Flip = { at: number; bit: number };

/** Which bit of which byte: one of each, or with SOAK each of them. */
const flips = (whole: string): Flip[] =>
  Array.from(Buffer.from(whole), (_, at) =>
    process.env['SOAK'] ? bits.map((bit) => ({ at, bit })) : [{ at, bit: at % bits.length }],
  ).flat();

const bits = [0, 1, 2, 3, 4, 5, 6, 7];

const flipped = (whole: string, { at, bit }: Flip): string => {
  const bytes = Buffer.from(whole);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
};

type Path = readonly string[];

/** Every value in a file, by the members that lead to it. */
const pathsIn = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))
    : [path];

const otherThan = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const said = String(value);
  return `${said.slice(0, -1)}${said.endsWith('1') ? '2' : '1'}`;
};

const changeAt = (whole: object, path: Path): void => {
  const holder = path.slice(0, -1).reduce<object>((here, name) => Reflect.get(here, name), whole);
  const last = path.at(-1) ?? '';
  Reflect.set(holder, last, otherThan(Reflect.get(holder, last)));
};

describe('a changed byte', () => {
  it('of a bundle, wherever it is, leaves no receipt of it that holds', async () => {
    for (const receipt of kept) expect(await failed(text, receipt)).toEqual([]);
    expect(statement.rows.flatMap(({ tie }) => tie?.lot ?? [])).toHaveLength(2);
    const unseen: Flip[] = [];
    for (const flip of flips(text)) {
      const { holds } = await verifyResults(flipped(text, flip), kept[flip.at % kept.length]);
      if (holds) unseen.push(flip);
    }
    expect(unseen).toEqual([]);
  });

  it('of the key leaves no signature, whether the point has an even or an odd y', async () => {
    const signed = [aKeyWith(0), aKeyWith(1)].map((one) =>
      Bundle.parse(JSON.parse(signedBy(statement, one))),
    );
    const held: string[] = [];
    for (const { signature } of signed) {
      const { publicKey } = signature;
      const hash = sha256Of(canonicalJson(statement));
      expect(await isSigned(hash, signature)).toBe(true);
      for (const other of onceChanged(publicKey)) {
        if (await isSigned(hash, { ...signature, publicKey: other })) held.push(other);
      }
    }
    expect(held).toEqual([]);
  });

  it('of a receipt, wherever it is, breaks it', async () => {
    const unseen: Flip[] = [];
    const step = process.env['SOAK'] ? 1 : 2 * kept.length;
    for (const [index, receipt] of kept.entries()) {
      for (const flip of flips(receipt).filter((_, place) => place % step === index % step)) {
        if ((await verifyResults(text, flipped(receipt, flip))).holds) unseen.push(flip);
      }
    }
    expect(unseen).toEqual([]);
  });

  it('of any value of a receipt, also of each hash on the way to the root, breaks it', async () => {
    const unseen: string[] = [];
    for (const receipt of receipts) {
      for (const path of pathsIn(receipt)) {
        const other = structuredClone(receipt);
        changeAt(other, path);
        if ((await failed(text, canonicalJson(other))).length === 0) unseen.push(path.join('.'));
      }
      for (const [place] of receipt.proof.entries()) {
        const shorter = { ...receipt, proof: receipt.proof.toSpliced(place, 1) };
        expect(await failed(text, canonicalJson(shorter))).toContain('receipt-proof');
      }
    }
    expect(unseen).toEqual([]);
  });
});

describe('a value that the region itself changes and signs anew', () => {
  it('breaks the receipt of the row that it is in, and every other one as of another bundle', async () => {
    const unseen: string[] = [];
    for (const [index, path] of pathsIn(statement).entries()) {
      const forged = resigned(statement, (other) => changeAt(other, path));
      const [member, row] = path;
      const own = member === 'rows' ? Number(row) : undefined;
      const found = await failed(forged, kept[own ?? index % kept.length]);
      const isSeen = ['file', 'round-file', 'receipt-statement'].some((check) => found.includes(check));
      const isOwnSeen = own === undefined || ['file', 'receipt-row'].some((check) => found.includes(check));
      if (!isSeen || !isOwnSeen) unseen.push(path.join('.'));
    }
    expect(unseen).toEqual([]);
    expect(pathsIn(statement).length).toBeGreaterThan(100);
  });

  it('is found by everybody where it is a leaf and the root follows from it: no way leads there any more', async () => {
    for (const place of statement.rows.keys()) {
      const forged = resigned(statement, (other) => {
        changeAt(other, ['rows', `${place}`, 'leaf']);
        Object.assign(other, { root: rootOf(other.rows.map(({ leaf }) => leaf)) });
      });
      for (const receipt of kept) expect(await failed(forged, receipt)).toContain('receipt-proof');
    }
  });
});
