import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { partThresholdsOf, rangesOf, thresholdsOf } from '#shared/domain/threshold.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';

const standing = (total: number | undefined, outcome: Standing['outcome'] = 'goes-on'): Standing => ({
  applicationId: ApplicationId.parse('A0000000000000000001'),
  number: ApplicationNumber.parse('KZ19-AAAA-0001'),
  outcome,
  reasons: [],
  ...(total !== undefined && { total }),
});

const provenance = { source: 'A test', confidence: 'unverified', verifiedOn: '2022-09-01' } as const;
const fileOf = (minimumPoints: number, atMost?: number) => ({
  shortlist: { minimumPoints, ...(atMost && { atMost }), ...provenance },
  results: { minimumPoints: 40, ...provenance },
});

describe('what a pass mark would do', () => {
  const standings = [standing(52.5), standing(51), standing(50.25, 'stops'), standing(undefined, 'stops')];

  it('is said for each whole number between the totals, and for the round file’s own', () => {
    const found = thresholdsOf({ stage: 'scoring', standings }, fileOf(50.5));

    expect(found).toEqual([
      { passMark: 50, own: false, reach: 3, goOn: 3, more: 1 },
      { passMark: 50.5, own: true, reach: 2, goOn: 2, more: 0 },
      { passMark: 51, own: false, reach: 2, goOn: 2, more: 0 },
      { passMark: 52, own: false, reach: 1, goOn: 1, more: -1 },
      { passMark: 53, own: false, reach: 0, goOn: 0, more: -2 },
    ]);
  });

  it('is one row for marks that do the same, but for the round file’s own', () => {
    const wide = [standing(55), standing(50.25)];

    const ranges = rangesOf(thresholdsOf({ stage: 'scoring', standings: wide }, fileOf(53)));

    expect(ranges.map(({ passMark, upTo, own, goOn }) => [passMark, upTo, own, goOn])).toEqual([
      [50, 50, false, 2],
      [51, 52, false, 1],
      [53, 53, true, 1],
      [54, 55, false, 1],
      [56, 56, false, 0],
    ]);
  });

  it('keeps the limit of the shortlist', () => {
    const [all] = thresholdsOf({ stage: 'scoring', standings }, fileOf(51, 2));

    expect(all).toEqual({ passMark: 50, own: false, reach: 3, goOn: 2, more: 0 });
  });

  it('goes by the minimum of the results after the interviews and the claims', () => {
    for (const stage of ['interviews', 'claims'] as const) {
      const own = thresholdsOf({ stage, standings }, fileOf(51)).filter((one) => one.own);
      expect(own).toEqual([{ passMark: 40, own: true, reach: 3, goOn: 3, more: 1 }]);
    }
  });

  it('is nothing where points do not decide, or nobody has any', () => {
    expect(thresholdsOf({ stage: 'screening', standings }, fileOf(51))).toEqual([]);
    expect(thresholdsOf({ stage: 'scoring', standings: [standing(undefined)] }, fileOf(51))).toEqual([]);
  });

  it('lets nobody go on who misses the minimum of a part, and says what another minimum would do', () => {
    const { rubric } = aFileWithMarks();
    const minimums = [
      { code: 'test', atLeast: 52, ...provenance },
      { code: 'interview', atLeast: 40, ...provenance },
    ];
    const marked = [
      { ...standing(60), marks: { test: 90.5 } },
      { ...standing(55, 'stops'), marks: { test: 51.5 } },
      { ...standing(40, 'stops'), marks: { test: 99 } },
    ];
    const file = { ...fileOf(50), rubric, minimums };
    const list = { stage: 'scoring', standings: marked } as const;
    const at = (passMark: number, found = thresholdsOf(list, file)) =>
      found.find((one) => one.passMark === passMark);

    expect(at(50)).toEqual({ passMark: 50, own: true, reach: 2, goOn: 1, more: 0 });
    expect(at(40)).toEqual({ passMark: 40, own: false, reach: 3, goOn: 2, more: 1 });
    const [test, ...others] = partThresholdsOf(list, file);
    // Nobody had an interview yet.
    expect([test?.code, others]).toEqual(['test', []]);
    expect(at(51, test?.thresholds)).toEqual({ passMark: 51, own: false, reach: 3, goOn: 2, more: 1 });
    expect(at(52, test?.thresholds)).toEqual({ passMark: 52, own: true, reach: 2, goOn: 1, more: 0 });
    expect(test?.thresholds.at(-1)).toEqual({ passMark: 100, own: false, reach: 0, goOn: 0, more: -1 });
    expect(partThresholdsOf({ ...list, stage: 'screening' }, file)).toEqual([]);
  });

  it('never lets more go on for a higher mark, and everybody for the lowest', () => {
    const total = fc.integer({ min: 0, max: 1_000_000 }).map((units) => units / 10_000);
    fc.assert(
      fc.property(fc.array(total, { minLength: 1 }), total, (totals, own) => {
        const list = { stage: 'scoring', standings: totals.map((one) => standing(one)) } as const;
        const found = thresholdsOf(list, fileOf(own));

        expect(found.filter((one) => one.own)).toHaveLength(1);
        expect(found[0]?.reach).toBe(own < Math.min(...totals) ? totals.length : found[0]?.reach);
        expect(found.map(({ reach }) => reach)).toEqual(
          found.map(({ reach }) => reach).toSorted((a, b) => b - a),
        );
        for (const { passMark, reach } of found)
          expect(reach).toBe(totals.filter((one) => one >= passMark).length);
      }),
    );
  });
});
