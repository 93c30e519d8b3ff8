import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '#infra/sandbox/verify.ts';

/** As they were made when format 1 was new, with offers that lapse in their time: results are read for ever, so these two files stay. */
const bundle = 'infra/sandbox/examples/results-1.json';
const receipt = 'infra/sandbox/examples/results-1-receipt.json';
const key = '7fd12fe100fe6efea7fb28a74e20e4215f2d1458fd8b5a05888e951a681cd91a';

let folder: string;
let printed: string[];
let complained: string[];

const verify = (...args: string[]): Promise<number> =>
  main(args, {
    print: (text) => printed.push(...text.split('\n')),
    complain: (line) => complained.push(line),
  });

const changed = (file: string, change: (text: string) => string): string => {
  const copy = join(folder, 'changed.json');
  writeFileSync(copy, change(readFileSync(file, 'utf8')));
  return copy;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'irikteu-verify-'));
  printed = [];
  complained = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run verify', () => {
  it('checks several bundles as editions of one, and refuses two receipts', async () => {
    expect(await verify(bundle, receipt, bundle)).toBe(1);
    expect(printed.filter((line) => line.startsWith('✗'))).toEqual([expect.stringContaining('editions')]);
    expect(await verify(bundle, receipt, receipt)).toBe(2);
    expect(complained[0]).toContain('one receipt at most');
  });

  it('takes the files in any order, and says of a receipt alone that its bundle is missing', async () => {
    expect(await verify(receipt, bundle, '--key', key)).toBe(0);
    expect(printed.at(-1)).toBe('Everything that was checked holds.');
    expect(await verify(receipt)).toBe(2);
    expect(await verify(receipt, '--lang', 'ru')).toBe(2);
    expect(complained).toEqual([
      'The bundle is missing: it is on the results page of the round.',
      'Не хватает пакета: он находится на странице результатов раунда.',
    ]);
  });

  it('takes what is neither for a bundle that was changed, wherever it stands', async () => {
    const broken = changed(bundle, (text) => text.replace('"signature":', '"Signature":'));
    for (const files of [[broken], [broken, receipt], [receipt, broken]]) {
      printed = [];
      expect(await verify(...files)).toBe(1);
      expect(printed.filter((line) => line.startsWith('✗'))).toHaveLength(1);
    }
    expect(complained).toEqual([]);
  });

  it('still holds for a bundle and a receipt of format 1', async () => {
    expect(await verify(bundle, receipt, '--key', key)).toBe(0);
    expect(printed.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(printed.filter((line) => line.startsWith('✓'))).toHaveLength(19);
    expect(printed.at(-1)).toBe('Everything that was checked holds.');
  });

  it.for([
    ['kk', 'Тексерілгеннің бәрі дұрыс.'],
    ['ru', 'Всё проверенное сходится.'],
  ] as const)('says so in %s, and what to compare the key with', async ([lang, verdict]) => {
    expect(await verify(bundle, '--lang', lang)).toBe(0);
    expect(printed.at(-2)).toBe(verdict);
    expect(printed.at(-1)).not.toBe('');
  });

  it('tells an owner the own rank, what was needed, and the cut-off of each choice', async () => {
    await verify(bundle, receipt);

    expect(printed).toEqual(
      expect.arrayContaining([
        'Number KZ19-AAAA-0003: rank 4 of 6, 66.8%.',
        'At least 30% were needed: reached.',
        expect.stringMatching(/^MAT-002: /),
      ]),
    );
  });

  it('ends with 1 and names the application when a total was changed', async () => {
    expect(
      await verify(
        changed(bundle, (text) =>
          text.replace('"total":66.8,', '"total":66.9,').replace('"total":66.8}', '"total":66.9}'),
        ),
      ),
    ).toBe(1);
    expect(printed.join('\n')).toMatch(/✗ The signature.*\n[^]*✗ These totals[^\n]*KZ19-AAAA-0003/);
  });

  it('ends with 1 when another key signed', async () => {
    expect(await verify(bundle, '--key', 'f'.repeat(64))).toBe(1);
    expect(printed).toContain('✗ The key is not the one that you named.');
  });

  it('ends with 1 for what is no bundle, and with 2 for what is not there', async () => {
    expect(await verify(changed(bundle, (text) => `${text}\n`))).toBe(1);
    expect(await verify(join(folder, 'nothing.json'))).toBe(2);
    expect(complained.join('\n')).toContain('there is no such file');
  });

  it('prints findings, key, root and hash as JSON', async () => {
    await verify(bundle, '--json');

    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      holds: true,
      key,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});
