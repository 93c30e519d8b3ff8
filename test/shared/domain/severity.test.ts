import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedMean } from '#shared/domain/adjusted-mean.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { resultsAfterClaims } from '#shared/domain/final-results.ts';
import { totalWith } from '#shared/domain/rubric.ts';
import { ratedTotal } from '#shared/domain/scoring.ts';
import { adjustedScores } from '#shared/domain/severity.ts';
import { shortlist } from '#shared/domain/shortlist.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { aRoundFile, faultsOf } from '#test/builders/round-file.ts';
import { anAdjustingFile, ratedCandidacies, severeRound, shortlistOf } from '#test/builders/severity.ts';

const candidacies = ratedCandidacies();
const file = anAdjustingFile();

/** Two groups of raters who have nothing in common. */
const apart = ratedCandidacies({
  severities: [-0.1, 0, 0.1, -0.1, 0, 0.1],
  ratersOf: (item) => (item % 2 === 0 ? [0, 1, 2] : [3, 4, 5]),
});

const failed = (all: readonly Candidacy[]) =>
  adjustedScores(all).checks.flatMap(({ check, passed }) => (passed ? [] : [check]));

/** By how many places applications stand elsewhere than where they belong, all together: they were made best first. */
const misplaced = (name: 'raw' | 'adjusted'): number =>
  [...adjustedScores(candidacies).rated.values()]
    .map((both, item) => ({ item, value: both[name] }))
    .toSorted((a, b) => b.value - a.value)
    .reduce((sum, { item }, rank) => sum + Math.abs(item - rank), 0);

describe('adjusted scores', () => {
  it('are the mean of the scores, each less what its rater adds, to the last of four decimals', () => {
    const given = [
      { rater: 'A', total: 70.1 },
      { rater: 'B', total: 60.2 },
      { rater: 'C', total: 55 },
    ];

    expect(
      adjustedMean(
        given,
        new Map([
          ['A', 4.0001],
          ['B', -2.5],
        ]),
      ),
    ).toBe(61.2666);
    expect(adjustedMean(given, new Map())).toBe(61.7667);
  });

  it('count where every check is passed, and then total and rank go by them', () => {
    const { counts, checks, rated } = adjustedScores(candidacies);
    const standings = shortlistOf(candidacies, file);

    expect(checks.map(({ passed }) => passed)).toEqual([true, true, true, true]);
    expect(counts).toBe('adjusted');
    for (const { applicationId, scoring, total, rated: both } of standings) {
      expect(both).toEqual(rated.get(applicationId));
      expect([scoring, total]).toEqual([both?.adjusted, both?.adjusted]);
    }
    const totals = standings.map(({ total = 0 }) => total);
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    expect(standings.map(({ rated: both }) => both?.raw)).not.toEqual(totals);
  });

  it('come nearer to how good applications are than scores as they were given', () => {
    expect(misplaced('adjusted')).toBeLessThan(0.6 * misplaced('raw'));
  });

  it('do not count where raters have nothing in common: then everything goes by the scores as given', () => {
    const plain = shortlistOf(apart, aRoundFile({ shortlist: file.shortlist }));
    const standings = shortlistOf(apart, file);

    expect(failed(apart)).toEqual(['connected']);
    expect(adjustedScores(apart).counts).toBe('raw');
    expect(standings).toEqual(plain.map((one) => expect.objectContaining(one)));
    expect(standings.every(({ rated, scoring }) => rated?.raw === scoring)).toBe(true);
  });

  it('do not count where applications differ no more than chance', () => {
    const alike = ratedCandidacies({ spread: 0 });

    expect(failed(alike)).toContain('reliability');
    expect(adjustedScores(alike).counts).toBe('raw');
  });

  it('count as it was decided once it was, whatever the checks say later', () => {
    expect(adjustedScores(apart, 'adjusted').counts).toBe('adjusted');
    expect(adjustedScores(candidacies, 'raw')).toEqual({ ...adjustedScores(candidacies), counts: 'raw' });
  });

  it('are the same in whatever order candidacies and scores come', () => {
    const found = shortlistOf(candidacies, file);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (lots) => {
        const mixed = <T>(all: readonly T[]): T[] =>
          all
            .map((one) => ({ one, lot: lots.next().value }))
            .toSorted((a, b) => a.lot - b.lot)
            .map(({ one }) => one);
        const other = mixed(candidacies).map((one) => aCandidacy({ ...one, scores: mixed(one.scores) }));

        expect(shortlistOf(other, file)).toEqual(found);
      }),
      { numRuns: 20 },
    );
  });

  it('leave out who has withdrawn, and cards that do not count', () => {
    const [first, second, ...others] = candidacies;
    if (!first || !second) throw new Error('Nobody was rated.');
    const { scores } = second;
    const without = [
      { ...first, withdrawnAt: first.scores[0]?.at },
      {
        ...second,
        scores: scores.map((one, place) => (place === 0 ? { ...one, counts: false as const } : one)),
      },
      ...others,
    ];
    const again = [{ ...second, scores: scores.slice(1) }, ...others];

    expect(adjustedScores(without)).toEqual(adjustedScores(again));
    expect(adjustedScores(without).rated.has(first.applicationId)).toBe(false);
  });

  it('are what a claim put in their place where one was upheld', () => {
    const [first, ...others] = candidacies;
    if (!first) throw new Error('Nobody was rated.');
    const corrected = { ...first, corrected: { scoring: 12.5 } };
    const standings = shortlistOf([corrected, ...others], file);

    expect(standings.at(-1)).toMatchObject({ applicationId: first.applicationId, scoring: 12.5 });
    expect(standings.map(({ rated }) => rated)).toEqual(
      expect.arrayContaining(shortlistOf(candidacies, file).map(({ rated }) => rated)),
    );
  });
});

describe('marks from another organisation', () => {
  it('stay as they were given beside adjusted scores', () => {
    const marked = anAdjustingFile(aFileWithMarks());
    const rated = ratedCandidacies({ file: marked });
    const marks = { test: 80, essay: 10 };
    const adjusted = adjustedScores(rated);
    const standings = shortlist(rated, { ...severeRound, file: marked, marksOf: () => marks, adjusted });

    for (const { marks: given, rated: both, total } of standings) {
      expect(given).toEqual(marks);
      expect(total).toBe(totalWith(marked.rubric.criteria, both?.adjusted ?? 0, marks));
    }
  });
});

describe('a round without the rule', () => {
  it('goes by the scores as they were given, and nothing in its lists says otherwise', () => {
    const standings = shortlistOf(candidacies, aRoundFile({ shortlist: file.shortlist }));
    const byId = new Map(candidacies.map((one) => [one.applicationId, one]));

    for (const standing of standings) {
      const candidacy = byId.get(standing.applicationId);
      expect(standing.total).toBe(candidacy && ratedTotal(candidacy));
      expect(Object.keys(standing)).not.toContain('rated');
    }
  });
});

describe('the scores both ways', () => {
  it('stay with an application through claims', () => {
    const standings = shortlistOf(candidacies, file).map((one) => Object.assign(one, { interview: 50 }));
    const byId = new Map(candidacies.map((one) => [one.applicationId, one]));
    const rule = { ...severeRound, order: file.ties.order };
    const { standings: final } = resultsAfterClaims(standings, byId, { file, rule });

    const both = (list: typeof final) =>
      new Map(list.map(({ applicationId, rated }) => [applicationId, rated]));
    expect(both(final)).toEqual(both(standings));
    expect(final.every(({ rated }) => rated)).toBe(true);
  });
});

describe('a round file that asks for adjusting', () => {
  it('is refused where one rater alone would score an application, which is said once', () => {
    const faults = faultsOf(JSON.stringify({ ...file, raters: { ...file.raters, perApplication: 1 } }));

    expect(faults).toEqual(['/raters/perApplication one-rater']);
    expect(faultsOf(JSON.stringify(file))).toEqual([]);
  });
});
