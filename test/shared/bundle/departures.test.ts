import { describe, expect, it } from 'vitest';
import type { GatheredResults } from '#shared/bundle/compose.ts';
import type { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  aKey,
  published,
  signedBy,
} from '#test/builders/results.ts';
import { at } from '#test/builders/worlds.ts';

const key = aKey();

const four: readonly Applicant[] = [
  { scoring: 3, interview: 3, wishes: ['MAT-001', 'MAT-003'] },
  { scoring: 2, interview: 3, years: 9, wishes: ['MAT-001', 'MAT-002'] },
  { scoring: 2, interview: 2, wishes: ['MAT-003'] },
  { scoring: 0, interview: 0, wishes: ['MAT-001'] },
];

const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

/** The region itself, or whoever has its key, signs something else. */
const resigned = (statement: Statement, change: (statement: Statement) => void): string => {
  const other = structuredClone(statement);
  change(other);
  return signedBy(other, key);
};

describe('a bundle in which the committee departed from what totals propose', () => {
  const gathered = aGatheredRound(four);
  const kept = gathered.results.standings.find(({ rank }) => rank === 2);
  const departing = (round = gathered): GatheredResults => ({
    ...round,
    results: {
      ...round.results,
      standings: round.results.standings.map((one) =>
        one.applicationId === kept?.applicationId
          ? { ...one, outcome: 'stops', reasons: ['departure'] }
          : one,
      ),
      departures: [
        {
          applicationId: ApplicationId.parse(kept?.applicationId),
          instead: [],
          reason: { owner: 'round#R#1', kind: 'reason', version: 1, digest: gathered.decision },
        },
      ],
    },
  });
  const { statement, text, receipts } = published(departing(), key);

  it('is of format 10, holds with every receipt, and says how many outcomes are of the committee', async () => {
    expect(statement.format).toBe(10);
    expect(
      statement.rows.filter(({ departed }) => departed).map(({ rank, outcome }) => [rank, outcome]),
    ).toEqual([[2, 'stops']]);
    for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
    const { findings } = await verifyResults(text);
    expect(findings).toContainEqual({ check: 'departures', holds: true, count: 1 });
    expect(findings.map(({ check }) => check)).not.toContain('outcomes');
    expect(text).not.toContain('round#R#1');
  });

  it('stays so in an edition that ranks anew, and in the offers that go by it', async () => {
    const better = four.with(2, { scoring: 3, interview: 3, wishes: ['MAT-003'] });
    const corrects = { root: statement.root, bundle: sha256Of(text) };
    const correctedAt = at('2022-11-14T04:00');
    const edition = { number: 2, corrects, correctedAt, cause: 'totals' as const };
    const second = { ...departing(aGatheredRound(better)), decision: sha256Of('list 2'), edition };
    const file = published(second, key);
    const named = [file.statement, statement].toReversed().map(({ root }, place) => ({
      number: place + 1,
      root,
      bundle: sha256Of([text, file.text][place] ?? ''),
    }));
    const ended = afterOffers(departing(), [{ who: 0, does: 'correct' }], [second]);
    const offers = published({ ...ended, editions: named }, key);

    for (const one of [file, offers]) {
      const earlier = one === file ? [text] : [text, file.text];
      expect((await verifyResults(one.text, undefined, earlier)).holds).toBe(true);
      const departed = one.statement.rows.filter((row) => row.departed);
      expect(departed.map(({ number, outcome }) => [number, outcome])).toEqual([[kept?.number, 'stops']]);
    }
    expect(file.statement.rows.map(({ number }) => number)).not.toEqual(
      statement.rows.map(({ number }) => number),
    );
    const asked = offers.statement.offers?.seekers.map(({ row }) => offers.statement.rows[row]?.number);
    expect(asked).not.toContain(kept?.number);
  });

  it('breaks where one is hidden, and where one is said that is none', async () => {
    const hidden = resigned(statement, (other) => {
      for (const row of other.rows) delete row.departed;
      other.format = 1;
    });
    const invented = resigned(statement, ({ rows }) => Object.assign(rows[0] ?? {}, { departed: true }));

    expect(await failed(hidden)).toEqual(['outcomes']);
    expect(await failed(invented)).toEqual(['outcomes-others']);
  });

  it('breaks where the round file does not let the committee do so', async () => {
    const { text: rules } = gathered.roundFile;
    const strict = rules.replaceAll('"departures": "with-reason"', '"departures": "none"');
    const forged = published({ ...departing(), roundFile: { sha256: sha256Of(strict), text: strict } }, key);

    expect(strict).not.toBe(rules);
    expect(await failed(forged.text)).toEqual(['departures']);
  });

  it('is not what a bundle without departures is: that has the bytes that it had', () => {
    const { statement: plain } = published(gathered, key);

    expect(plain.format).toBe(1);
    expect(canonicalJson(plain)).not.toContain('"departed"');
  });
});
