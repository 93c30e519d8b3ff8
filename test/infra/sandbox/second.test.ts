import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allocate } from '#shared/allocation/allocate.ts';
import type { Instance } from '#shared/allocation/instance.ts';
import type { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { anyResults, anyResultsWithQuotas } from '#test/builders/any-results.ts';
import { failed, resigner } from '#test/builders/forged.ts';
import { anyMarket } from '#test/builders/market.ts';
import { aFileWithMinimums } from '#test/builders/marks.ts';
import { frozenBundles } from '#test/builders/published-bundles.ts';
import { rulesWith } from '#test/builders/quotas.ts';
import { afterOffers, aGatheredRound, aKey, published } from '#test/builders/results.ts';

const python = process.env['PYTHON'] ?? 'python3';

/** Why the second program cannot run here; printed, so that a skipped test is not a silent one. */
const missing =
  spawnSync(python, ['--version']).status === 0
    ? undefined
    : `There is no ${python}: the second verifier is not compared (apt-get install python3).`;
if (missing) process.stderr.write(`${missing}\n`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'irikteu-second-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (program: 'verify.py' | 'allocation.py', texts: readonly string[], ...options: string[]) => {
  const files = texts.map((text, index) => {
    const file = join(folder, `given-${index}.json`);
    writeFileSync(file, text);
    return file;
  });
  const { status, stdout, stderr } = spawnSync(
    python,
    ['-B', join('infra/sandbox/second', program), ...files, ...options],
    { encoding: 'utf8', maxBuffer: 64_000_000 },
  );
  return { status, stdout, stderr };
};

type Second = { holds: boolean; findings: Record<string, boolean>; unchecked: string[] };

const secondly = (...texts: string[]): Second & { wrong: string[] } => {
  const { status, stdout, stderr } = run('verify.py', texts, '--json');
  if (status !== 0 && status !== 1) throw new Error(`${stderr} (seed ${seed})`);
  const said: Second = JSON.parse(stdout);
  return { ...said, wrong: Object.keys(said.findings).filter((name) => !said.findings[name]) };
};

const mechanisms = [
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: false },
  { mechanism: 'applicant-proposing-deferred-acceptance', ordered: true },
  { mechanism: 'merit-order-with-choice', ordered: false },
  { mechanism: 'merit-order-with-choice', ordered: true },
] as const;

const rounds = process.env['SOAK'] ? 400 : 5;
const markets = process.env['SOAK'] ? 20_000 : 300;
/** With SOAK others each time; a failure names it, and SEED runs it again. */
const seed = Number(process.env['SEED'] ?? (process.env['SOAK'] ? randomInt(2 ** 31) : 20_221_114));

describe.skipIf(missing)('the second verifier, in Python', () => {
  it('finds that everything holds which was published in any format, with its receipts', () => {
    const first = ['results-1.json', 'results-1-receipt.json'].map((name) =>
      readFileSync(join('infra/sandbox/examples', name), 'utf8'),
    );
    expect(secondly(...first)).toMatchObject({ holds: true, wrong: [], unchecked: [] });
    const unchecked = frozenBundles.map(({ name, bundle, receipts }) => {
      const own = receipts.find((receipt) => receipt.includes(JSON.parse(bundle).statement.root));
      const said = secondly(bundle, ...(own === undefined ? [] : [own]));
      expect({ name, wrong: said.wrong }).toEqual({ name, wrong: [] });
      return [name, ...said.unchecked];
    });
    // What it leaves to the first one it says.
    expect(unchecked.filter(({ length }) => length > 1)).toEqual([
      ['04', 'the signature of the beacon'],
      ['05-apart', 'adjustment'],
      ['05-raw', 'adjustment'],
      ['05', 'adjustment'],
      ['08', 'whom kept posts were for'],
      ['11-edition', 'edition'],
      ['12', 'whom kept posts were for'],
      ['13', 'editions'],
    ]);
  });

  it.for([
    ['any round', anyResults],
    ['any round with quotas', anyResultsWithQuotas],
  ] as const)('comes to the same as the first about %s, honest or forged by the region', async ([, any]) => {
    const key = aKey();
    const resigned = resigner(key);
    for (const [round, gathered] of fc.sample(any, { numRuns: rounds, seed }).entries()) {
      const { statement, text, receipts } = published(gathered, key);
      const honest = secondly(text, canonicalJson(receipts[round % receipts.length])).wrong;
      expect({ seed, round, wrong: honest }).toEqual({ seed, round, wrong: [] });
      for (const one of [0, 1, 2]) {
        const forgery = (3 * round + one) % forgeries.length;
        const forged = resigned(statement, (other) => forgeries[forgery]?.(other));
        const { wrong, unchecked } = secondly(forged);
        const left = unchecked.length > 0 ? [...onlyFirst, ...ofOffers] : onlyFirst;
        const both = (checks: readonly string[]) => ({
          seed,
          round,
          forgery,
          wrong: checks.filter((check) => !left.includes(check)).toSorted(),
        });
        expect(both(wrong)).toEqual(both(await failed(forged)));
      }
    }
  });

  it.for([6, 4])(
    'comes to the same as the first about minimums of single parts, of %s people',
    async (count) => {
      const file = aFileWithMinimums();
      const people = [
        [90, 2],
        [40, 3],
        [70, 1],
        [50, 2],
        [55, 2],
        [30, 0],
      ].map(([test = 0, interview = 0]) => ({
        scoring: 2,
        interview,
        wishes: ['MAT-001'],
        marks: { test, essay: 12 },
      }));
      const round = aGatheredRound(people.slice(0, count), { file, text: JSON.stringify(file) });
      const key = aKey();
      const { statement, text, receipts } = published(round, key);
      for (const receipt of receipts) {
        const said = secondly(text, canonicalJson(receipt));
        expect([said.wrong, said.findings['receipt-outcome']]).toEqual([[], true]);
      }
      const seen = new Set<string>();
      for (const place of statement.rows.keys()) {
        const forged = resigner(key)(statement, ({ rows }) => {
          const row = rows[place];
          if (row) row.outcome = row.outcome === 'stops' ? 'goes-on' : 'stops';
        });
        const wrong = await failed(forged);
        expect(secondly(forged).wrong).toEqual(wrong);
        seen.add(wrong.join());
      }
      // Of four people the marks are withheld: who has enough of all that is shown may have too little of them.
      expect(seen).toEqual(new Set(count === 6 ? ['outcomes'] : ['', 'outcomes']));
    },
  );

  it.for([
    ['waits for another post', 'MAT-001', 2, []],
    ['waits for the same post', 'MAT-002', 2, ['offers', 'settled', 'cutoffs']],
    ['waits under a limit that has one seat', 'MAT-001', 1, ['offers', 'settled', 'cutoffs']],
  ] as const)(
    'says as the first does of an offer while somebody before %s',
    async ([, wish, total, wrong]) => {
      const people = [
        { scoring: 3, interview: 3, wishes: [wish] },
        { scoring: 2, interview: 2, wishes: ['MAT-002'] },
      ];
      const round = aGatheredRound(people, rulesWith({ total, quotas: [] }));
      const key = aKey();
      const { statement } = published(afterOffers(round, [{ who: 0, does: 'withdraw' }]), key);
      const forged = resigner(key)(statement, ({ offers }) => {
        const [asked, ...steps] = offers?.steps ?? [];
        expect(asked).toMatchObject({ type: 'offered', seeker: 0 });
        const [leaving] = steps.splice(
          steps.findIndex(({ type }) => type === 'withdrawn'),
          1,
        );
        expect(leaving).toMatchObject({ type: 'withdrawn', seeker: 0 });
        const { at } = steps.at(-1) ?? {};
        const last = leaving && at ? [Object.assign(leaving, { at })] : [];
        offers?.steps.splice(0, Infinity, ...steps, ...last);
      });
      expect([secondly(forged).wrong, await failed(forged)]).toEqual([wrong, wrong]);
    },
  );

  it('says as the first does of a post that somebody without a rank has', async () => {
    const people = [
      { scoring: 3, interview: 3, wishes: ['MAT-001'] },
      { scoring: 2, interview: 2, wishes: [], refused: true },
    ];
    const key = aKey();
    const { statement } = published(afterOffers(aGatheredRound(people), []), key);
    expect(statement.rows.map(({ rank }) => rank)).toEqual([1, undefined]);
    const forged = resigner(key)(statement, ({ rows }) => rows.splice(0, 2, ...rows.toReversed()));
    const both = [secondly(forged).wrong.toSorted(), (await failed(forged)).toSorted()];
    expect(both).toEqual(Array.from({ length: 2 }, () => ['cutoffs', 'offers', 'ranks', 'root']));
  });

  it.for(mechanisms)('allocates as the first does, by $mechanism, one order named: $ordered', (kind) => {
    const instances: Instance[] = fc.sample(anyMarket(kind), { numRuns: markets, seed });
    const { status, stdout, stderr } = run('allocation.py', [JSON.stringify(instances)]);
    expect([status, stderr]).toEqual([0, '']);
    const answers: { matches: unknown }[] = JSON.parse(stdout);
    for (const [index, instance] of instances.entries()) {
      const first = allocate(instance);
      expect({ instance, matches: answers[index]?.matches }).toEqual({
        instance,
        matches: first.ok ? first.value.matches : undefined,
      });
    }
  });

  it('says in words which instance it does not compute, or that it is none', () => {
    const open = readFileSync(join('infra/sandbox/examples', 'precedence.json'), 'utf8');

    expect(run('allocation.py', [open])).toMatchObject({ status: 2, stdout: '' });
    expect(run('allocation.py', [open]).stderr).toBe('Not computed here: open seats before reserved ones\n');
    for (const text of ['', '{}', '7', '{"mechanism":"merit-order-with-choice"}']) {
      expect(run('allocation.py', [text])).toMatchObject({ status: 2, stdout: '' });
      expect(run('allocation.py', [text]).stderr).toMatch(/^This is no instance: .+\n$/);
    }
    expect(run('allocation.py', [])).toMatchObject({ status: 2, stdout: '' });
  });

  it('ends with 1 for what was changed, and with 2 for what is no bundle', async () => {
    const { bundle, receipts } = frozenBundles.find(({ name }) => name === '09') ?? {
      bundle: '',
      receipts: [],
    };
    const value = bundle
      .replace('"value":"', '"value":"0')
      .replace(/"value":"(0[0-9a-f]{127})[0-9a-f]"/, '"value":"$1"');
    expect((await verifyResults(value)).holds).toBe(false);
    expect(secondly(value).wrong).toEqual(['signature']);
    expect(run('verify.py', [value]).status).toBe(1);
    for (const given of ['', '{}', '[]', '"bundle"', `${bundle} `, '{"signature":{},"statement":{}}'])
      expect(run('verify.py', [given]).status).toBe(2);
    expect(run('verify.py', []).status).toBe(2);
    expect(run('verify.py', [bundle, receipts[0] ?? '', receipts[1] ?? '']).status).toBe(2);
    expect(run('verify.py', [bundle, receipts[0]?.replace('"left"', '"right"') ?? '']).status).toBe(1);
  });
});

/** What the second one leaves to the first. */
const onlyFirst = ['answer-time', 'file'];
/** And where it did not compute whom kept posts were for. */
const ofOffers = ['offers', 'settled', 'cutoffs'];

const forgeries: readonly ((statement: Statement) => void)[] = [
  ({ rows }) => Object.assign(rows[0]?.interview ?? {}, { value: 12.3456 }),
  ({ rows }) => rows.splice(0, 2, ...rows.slice(0, 2).toReversed()),
  ({ rows }) => Object.assign(rows.at(-1) ?? {}, { outcome: 'goes-on' }),
  ({ rows }) => Object.assign(rows[0]?.tie ?? {}, { lot: 'f'.repeat(64) }),
  ({ offers }) => offers?.steps.splice(1, 1),
  ({ offers }) =>
    Object.assign(offers?.steps.find(({ type }) => type === 'offered') ?? {}, {
      seeker: offers?.seekers.at(-1)?.row,
    }),
  ({ offers }) => Object.assign(offers?.vacancies[0] ?? {}, { posts: 9, cutoff: 1 }),
];
