import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '#shared/bundle/format.ts';
import { reportOf } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { afterOffers, aKey, published, signedBy } from '#test/builders/results.ts';
import { anAdjustingFile, gatheredAdjusted, ratedCandidacies } from '#test/builders/severity.ts';

const key = aKey();
const file = anAdjustingFile();
const candidacies = ratedCandidacies();
const { statement, text, receipts } = published(gatheredAdjusted(candidacies), key);

const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

const resigned = (change: (statement: Statement) => void, from = statement): string => {
  const other = structuredClone(from);
  change(other);
  return signedBy(other, key);
};

describe('a bundle of a round with adjusted scores', () => {
  it('is of format 5, and holds with the receipts of everybody', async () => {
    expect(statement).toMatchObject({ format: 5, adjustment: { counts: 'adjusted', apart: [] } });
    expect(await failed(text)).toEqual([]);
    for (const receipt of receipts.slice(0, 5))
      expect(await failed(text, canonicalJson(receipt))).toEqual([]);
  });

  it('gives what is needed to find each total by hand', () => {
    const [row] = statement.rows;
    const severities = new Map(
      statement.adjustment?.severities?.map(({ rater, severity }) => [rater, severity]),
    );
    const ratings = row?.scoring?.ratings ?? [];
    const mean = ratings.reduce((sum, { rater, total }) => sum + total - (severities.get(rater) ?? 0), 0);

    expect(severities.size).toBe(5);
    expect(row?.scoring?.value).toBeCloseTo(mean / ratings.length, 3);
  });

  it('breaks when one rating is changed: totals and severities follow no more', async () => {
    const changed = resigned(({ rows }) => {
      const rating = rows[7]?.scoring?.ratings?.[0];
      if (rating) rating.total += 9;
    });

    expect(await failed(changed)).toEqual(['totals', 'adjustment']);
  });

  it('breaks when a severity, a check or what counts is another', async () => {
    const others: ((adjustment: NonNullable<Statement['adjustment']>) => void)[] = [
      ({ severities: [first] = [] }) => {
        if (first) first.severity += 0.0002;
      },
      ({ severities = [] }) => {
        severities.pop();
      },
      ({ severities = [] }) => {
        severities.push({ rater: 'R0', severity: 3 });
      },
      ({ checks: [, , reliability] }) => {
        if (reliability?.found !== undefined) reliability.found += 0.01;
      },
      ({ checks }) => {
        checks.pop();
      },
      (adjustment) => {
        adjustment.counts = 'raw';
        delete adjustment.severities;
      },
    ];
    for (const change of others) {
      const bundle = resigned(({ adjustment }) => adjustment && change(adjustment));

      expect((await failed(bundle)).some((check) => check.startsWith('adjustment'))).toBe(true);
    }
  });

  it('breaks when it says nothing of adjusting though the round file asks for it', async () => {
    const silent = resigned((one) => {
      delete one.adjustment;
      one.format = 1;
    });

    expect(await failed(silent)).toEqual(['totals', 'adjustment']);
  });

  it('breaks when the round file does not ask for it', async () => {
    const { severityAdjustment: _, ...raters } = file.raters;
    const plain = { ...gatheredAdjusted(candidacies), ...asText({ ...file, raters }) };

    expect(await failed(published(plain, key).text)).toEqual(['adjustment']);
  });

  it('breaks, and nothing else, when somebody is said to have rated twice', async () => {
    const twice = resigned(({ rows }) => {
      const ratings = rows[0]?.scoring?.ratings;
      if (ratings?.[0] && ratings[1]) ratings[1].rater = ratings[0].rater;
    });

    expect(await failed(twice)).toContain('adjustment');
  });
});

const valuesIn = ({ rows }: Statement) =>
  new Map(rows.flatMap(({ number, scoring }) => (scoring ? [[number, scoring.value]] : [])));

const asText = (rules: object) => {
  const other = JSON.stringify(rules);
  return { roundFile: { sha256: sha256Of(other), text: other } };
};

describe('who withdrew after the shortlist', () => {
  const gathered = gatheredAdjusted(candidacies, { gone: [3, 11] });
  const after = published(gathered, key);

  it('is in the severities by what raters differ in, without how good the application was', async () => {
    const { adjustment, rows } = after.statement;

    expect(await failed(after.text)).toEqual([]);
    expect(adjustment?.severities).toHaveLength(5);
    expect(adjustment?.apart.map((ratings) => ratings.length)).toEqual([3, 3]);
    expect(adjustment?.apart.map(([first]) => first?.difference)).toEqual([0, 0]);
    expect(rows.filter(({ scoring }) => !scoring)).toHaveLength(2);
  });

  it('cannot be found again from how reliable all scores were: that is left out, and cannot be put to what fails', async () => {
    const [connected, ratings, reliability, residuals] = after.statement.adjustment?.checks ?? [];

    expect(reliability).toEqual({ check: 'reliability', passed: true, bound: 0.5 });
    for (const one of [connected, ratings, residuals]) expect(one?.found).toEqual(expect.any(Number));
    const failing = resigned(({ adjustment }) => {
      const [, , third] = adjustment?.checks ?? [];
      if (third) third.found = 0.4;
    }, after.statement);
    expect(await failed(failing)).toEqual(['adjustment']);
    const { findings } = reportOf(await verifyResults(after.text), 'en');
    expect(findings.map((finding) => finding.text)).toContainEqual(
      expect.stringMatching(/shown: 2; if there/),
    );
  });

  it('needs its figure where all scores are shown', async () => {
    const without = resigned(({ adjustment }) => {
      for (const one of adjustment?.checks ?? []) delete one.found;
    });

    expect(await failed(without)).toEqual(['adjustment']);
  });

  it('leaves everybody else the total that was decided', () => {
    const before = valuesIn(statement);

    expect(valuesIn(after.statement).size).toBe(before.size - 2);
    for (const [number, value] of valuesIn(after.statement)) expect(before.get(number)).toBe(value);
  });

  it('cannot be left out of it', async () => {
    const without = resigned(({ adjustment }) => {
      adjustment?.apart.pop();
    }, after.statement);

    expect(await failed(without)).toEqual(['adjustment']);
  });
});

describe('raters who rated few', () => {
  const few = ratedCandidacies({
    severities: [-0.15, 0.1, 0, 0.15, -0.1, 0.3, 0.3],
    // Two more rate one application each, both the same one among them.
    ratersOf: (item) => [...(item === 4 ? [5, 6] : [item % 5]), (item + 1) % 5, (item + 3) % 5],
  });
  const { statement: shared, text: bundle } = published(gatheredAdjusted(few), key);

  it('share a code and nothing is taken away from their scores', async () => {
    const codes = shared.rows.flatMap(({ scoring }) => scoring?.ratings?.map(({ rater }) => rater) ?? []);

    expect(codes.filter((code) => code === 'R0')).toHaveLength(2);
    expect(shared.adjustment?.severities?.map(({ rater }) => rater)).not.toContain('R0');
    expect(await failed(bundle)).toEqual([]);
  });

  it('are not among the differences of who withdrew', async () => {
    const { statement: left, text: without } = published(gatheredAdjusted(few, { gone: [4] }), key);

    expect(left.adjustment?.apart.map((ratings) => ratings.length)).toEqual([2]);
    expect(await failed(without)).toEqual([]);
  });

  it('alone in a small round say nothing by their differences, where the rows show no scores', async () => {
    const small = ratedCandidacies({ applications: 4 });
    const { statement: four, text: tiny } = published(gatheredAdjusted(small), key);

    expect(four.rows.some(({ scoring }) => scoring?.ratings)).toBe(false);
    expect(four.adjustment?.apart).toEqual(Array.from({ length: 4 }, () => [{ rater: 'R0', difference: 0 }]));
    expect(await failed(tiny)).toEqual([]);
  });
});

describe('a statement of before it was checked how many scores come from raters who gave few', () => {
  it('holds, with the check in its place that could not fail', async () => {
    const former = resigned(({ adjustment }) => {
      adjustment?.checks.splice(1, 1, { check: 'ratings', passed: true, found: 0, bound: 0 });
    });

    expect(await failed(former)).toEqual([]);
  });
});

describe('a round whose checks were not passed', () => {
  const alike = ratedCandidacies({ spread: 0 });
  const { statement: raw, text: bundle } = published(gatheredAdjusted(alike), key);

  it('publishes the scores as they were given, why, and nobody’s severity', async () => {
    expect(raw.adjustment).toMatchObject({ counts: 'raw' });
    expect(raw.adjustment).not.toHaveProperty('severities');
    expect(await failed(bundle)).toEqual([]);
    const { findings } = reportOf(await verifyResults(bundle), 'en');
    expect(findings.map((finding) => finding.text)).toContainEqual(
      expect.stringMatching(/^The round file asks for adjusted scores where all checks are passed/),
    );
  });

  it('cannot be said to have passed them', async () => {
    const passed = resigned(({ adjustment }) => {
      for (const one of adjustment?.checks ?? []) one.passed = true;
    }, raw);

    expect(await failed(passed)).toEqual(['adjustment-raw']);
  });
});

describe('whoever withdrew during the offers', () => {
  it('keeps the total there, and the differences of the raters stand apart', async () => {
    const { statement: offered, text: bundle } = published(
      afterOffers(gatheredAdjusted(candidacies), [{ who: 2, does: 'withdraw' }]),
      key,
    );

    expect(offered.rows[2]?.scoring?.value).toBeDefined();
    expect(offered.rows[2]?.scoring?.ratings).toBeUndefined();
    expect(offered.adjustment?.apart).toHaveLength(1);
    expect(await failed(bundle)).toEqual([]);
  });
});

describe('whatever raters gave', () => {
  it('its bundle holds, and one rating that is another is found', async () => {
    const anyRound = fc.record({
      applications: fc.integer({ min: 3, max: 40 }),
      spread: fc.constantFrom(0, 0.1, 0.6),
      severities: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 }),
      gone: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
      place: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(anyRound, async ({ severities, gone, place, ...round }) => {
        const rated = ratedCandidacies({ ...round, severities: severities.map((one) => one / 20) });
        const { statement: signed, text: bundle } = published(gatheredAdjusted(rated, { gone }), key);
        expect(await failed(bundle)).toEqual([]);

        const shown = signed.rows.flatMap(({ scoring }, row) => (scoring?.ratings ? [row] : []));
        const row = shown[place % Math.max(1, shown.length)];
        if (row === undefined) return;
        const changed = resigned(({ rows }) => {
          const rating = rows[row]?.scoring?.ratings?.[0];
          if (rating) rating.total += 3;
        }, signed);
        expect(await failed(changed)).toContain('totals');
      }),
      { numRuns: 15 },
    );
  });
});
