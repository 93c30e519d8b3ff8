import { describe, expect, it } from 'vitest';
import { chanceOf } from '#shared/chance.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { scoringTotal } from '#shared/domain/scoring.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import { reachOf, settledBy } from '#shared/marks/unfinished.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aFileWithMarks, aNumber } from '#test/builders/marks.ts';

const { shortlist, ...file } = aFileWithMarks();
const fileAsking = (minimumPoints: number) => ({ ...file, shortlist: { ...shortlist, minimumPoints } });
const { criteria } = file.rubric;
const anything = () => ({ least: 0, most: 100 });

const marksOf = (test: number | null | undefined, essay?: number | null): Map<string, MarksByNumber> => {
  const { number } = aCandidacy();
  const at = (mark: number | null | undefined): MarksByNumber =>
    new Map<ApplicationNumber, number | null>(mark === undefined ? [] : [[number, mark]]);
  return new Map([
    ['test', at(test)],
    ['essay', at(essay)],
  ]);
};

const inTurn = (marks: readonly number[]): MarksByNumber =>
  new Map(marks.map((mark, index) => [aNumber(index), mark]));

describe('what marks settle of a total that is not whole', () => {
  it('is certain: whatever raters and other marks come to, the total lies where it was said', () => {
    const said = { reached: 0, missed: 0, open: 0 };
    for (let seed = 0; seed < 2000; seed += 1) {
      const chance = chanceOf(`settled ${seed}`);
      const minimumPoints = chance.below(101);
      const test = chance.below(2) === 0 ? undefined : chance.below(10001) / 100;
      const essay = chance.below(2) === 0 ? undefined : chance.below(201) / 10;
      const rated = chance.below(2) === 0 ? undefined : chance.below(1_000_001) / 10_000;
      const reach = reachOf(aCandidacy(), marksOf(test, essay), {
        file: fileAsking(minimumPoints),
        ratedOf: () => (rated === undefined ? anything() : { least: rated, most: rated }),
      });
      said[reach] += 1;
      const later = {
        test: test ?? chance.below(10001) / 100,
        essay: essay ?? chance.below(201) / 10,
      };
      const total = scoringTotal(aCandidacy(), criteria, later, rated ?? chance.below(1_000_001) / 10_000);
      if (reach === 'reached') expect(total).toBeGreaterThanOrEqual(minimumPoints);
      if (reach === 'missed') expect(total).toBeLessThan(minimumPoints);
      if (test !== undefined && essay !== undefined && rated !== undefined) expect(reach).not.toBe('open');
    }
    expect(Math.min(said.reached, said.missed, said.open)).toBeGreaterThan(100);
  });

  it('is reached at the pass mark itself, and missed just below it', () => {
    // The test weighs 18 and the essay 8 of 100.
    const rule = { ratedOf: anything, file: fileAsking(26) };
    expect(reachOf(aCandidacy(), marksOf(100, 20), rule)).toBe('reached');
    expect(reachOf(aCandidacy(), marksOf(100, 19.9), rule)).toBe('open');
    const high = { ratedOf: anything, file: fileAsking(82) };
    expect(reachOf(aCandidacy(), marksOf(0), high)).toBe('open');
    expect(reachOf(aCandidacy(), marksOf(null), high)).toBe('open');
    expect(reachOf(aCandidacy(), marksOf(0, 19.9), high)).toBe('missed');
  });

  it('is nothing where nothing bounds what raters come to, and all where a claim has settled the total', () => {
    const rule = { ratedOf: () => undefined, file: fileAsking(0) };
    expect(reachOf(aCandidacy(), marksOf(100, 20), rule)).toBe('open');
    const corrected = aCandidacy({ corrected: { scoring: 40 } });
    expect(reachOf(corrected, new Map(), { ratedOf: anything, file: fileAsking(41) })).toBe('missed');
  });

  it('lists who misses the pass mark first, and counts everybody before and after', () => {
    const people = [0, 1, 2].map((index) => aCandidacy({ number: aNumber(index) }));
    const after = new Map([
      ['test', inTurn([100, 0, 50])],
      ['essay', inTurn([20, 0, 10])],
    ]);

    expect(
      settledBy(people, { before: new Map(), after }, { ratedOf: anything, file: fileAsking(26) }),
    ).toEqual({
      changed: [{ number: aNumber(0), before: 'open', after: 'reached' }],
      before: { reached: 0, missed: 0, open: 3 },
      after: { reached: 1, missed: 0, open: 2 },
    });
    const { changed } = settledBy(
      people,
      { before: new Map(), after },
      {
        ratedOf: (one) => (one.number === aNumber(2) ? { least: 90, most: 90 } : anything()),
        file: fileAsking(76),
      },
    );
    expect(changed).toEqual([
      { number: aNumber(1), before: 'open', after: 'missed' },
      { number: aNumber(2), before: 'open', after: 'reached' },
    ]);
  });
});
