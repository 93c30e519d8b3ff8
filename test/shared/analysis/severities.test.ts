import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import { severitiesOf } from '#shared/analysis/severities.ts';
import { anyRatings, aSimulatedRound } from './simulated.ts';

const { ratings } = aSimulatedRound({ applications: 200, raters: 20, linked: 0.1 });

/** Three scores of somebody who rated little, of applications that others rated as well. */
const little: Rating[] = ['A000000', 'A000001', 'A000002'].map((application, index) => ({
  application,
  rater: 'SELDOM',
  score: index * 3,
}));

const failed = (given: readonly Rating[]) =>
  severitiesOf(given).checks.flatMap(({ passed, check, found }) => (passed ? [] : [[check, found]]));

describe('severities that may count', () => {
  it('are those of the model where everybody has rated enough', () => {
    const table = tableOf(ratings);
    const { severity, severitySe, se } = adjust(table);
    const found = severitiesOf(ratings);

    expect([...found.severity.values()]).toEqual([...severity]);
    expect(found.severity.size).toBe(severitySe.length);
    for (const [place, application] of table.applications.entries()) {
      expect(found.error.get(application)).toBeCloseTo(se[place] ?? 0, 12);
    }
    expect(failed(ratings)).toEqual([]);
  });

  it('say nothing of who rated fewer than eight, and nothing follows from them', () => {
    const found = severitiesOf([...ratings, ...little]);

    expect(found.severity).toEqual(severitiesOf(ratings).severity);
    const withoutFew = ({ checks }: typeof found) => checks.filter(({ check }) => check !== 'few');
    expect(withoutFew(found)).toEqual(withoutFew(severitiesOf(ratings)));
    // One more score makes the mean surer, though not as sure as one by somebody whose severity is known.
    expect(found.error.get('A000000')).not.toBe(severitiesOf(ratings).error.get('A000000'));
  });

  it('may not count where more than a tenth of all scores are by raters of whom nothing can be said', () => {
    const seldom = (raters: number): Rating[] =>
      Array.from({ length: 7 * raters }, (_, place) => ({
        application: ratings[3 * place]?.application ?? '',
        rater: `SELDOM${place % raters}`,
        score: ratings[3 * place]?.score ?? 0,
      }));

    // 63 and 70 scores beside 600.
    expect(ratings).toHaveLength(600);
    expect(failed([...ratings, ...seldom(9)])).toEqual([]);
    expect(failed([...ratings, ...seldom(10)])).toEqual([['few', 0.1045]]);
  });

  it('are not linked to an application that only such raters scored', () => {
    const alone = little.map(({ application, rater, score }) => ({
      application: `${application}-ALONE`,
      rater,
      score,
    }));

    expect(failed([...ratings, ...alone])).toEqual([['connected', 4]]);
  });

  it('may not count where nobody has rated enough', () => {
    const few = ratings.slice(0, 12);

    expect(severitiesOf(few).severity.size).toBe(0);
    expect(failed(few).map(([check]) => check)).toEqual(['connected', 'few', 'reliability']);
  });

  it('are the same bytes whatever the order of the ratings, and always finite', () => {
    fc.assert(
      fc.property(anyRatings, fc.infiniteStream(fc.nat()), (given, lots) => {
        const mixed = given
          .map((rating) => ({ rating, lot: lots.next().value }))
          .toSorted((a, b) => a.lot - b.lot)
          .map(({ rating }) => rating);
        const found = severitiesOf(given);

        expect(severitiesOf(mixed)).toEqual(found);
        const figures = [...found.severity.values(), ...found.error.values()];
        expect([...figures, ...found.checks.map((one) => one.found)].every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
