import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { crossedIcc, sparseIcc } from '#shared/analysis/icc.ts';
import { sparseInterval } from '#shared/analysis/icc-interval.ts';
import { intervalAlpha, ordinalAlpha } from '#shared/analysis/krippendorff.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import oracles from './oracles.json' with { type: 'json' };
import { ratingsOf } from './published.ts';

/*
 * Published tables, with figures to all digits by implementations that share nothing with ours: statsmodels, pingouin, krippendorff. Where each
 * table stands in print is in oracles.json; oracles.py computes its figures anew.
 */
describe.for(Object.entries(oracles.examples))('the ratings of %s', ([, { rows, computed, published }]) => {
  const table = tableOf(ratingsOf(rows));
  const found = adjust(table);
  const alpha = ordinalAlpha(table);
  const alphaIntervalDistance = intervalAlpha(table);

  it('have the severities and adjusted scores, with errors, of generalised least squares', () => {
    for (const figure of ['severity', 'severitySe', 'adjusted', 'se'] as const) {
      near(found[figure], computed[figure], figure);
    }
  });

  it("have the variances of Henderson's method 3", () => {
    const { application, rater, residual } = found.variances;
    const expected = computed.variances;

    near(
      [application, rater, residual],
      [expected.application, expected.rater, expected.residual],
      'variances',
    );
  });

  it('have the ICCs of pingouin where everybody scored, with the F quantiles of scipy', () => {
    const icc = crossedIcc(table);
    const expected = computed.icc;

    expect(icc === undefined).toBe(expected === null);
    if (!icc || !expected) return;
    near(
      [icc.single, ...(icc.singleInterval ?? [])],
      [expected.single, ...expected.singleInterval],
      'ICC(2,1)',
    );
    near([icc.mean, ...(icc.meanInterval ?? [])], [expected.mean, ...expected.meanInterval], 'ICC(2,k)');
    if (icc.applications < table.applications.length) return;
    near([sparseIcc(found.variances, 1) ?? 0], [expected.single], 'ICC(2,1) from the variances');
    near([sparseIcc(found.variances, icc.raters) ?? 0], [expected.mean], 'ICC(2,k) from the variances');
  });

  it('have the intervals that whole matrices of the quadratic forms give, with the t quantiles of scipy', () => {
    const { application, rater, residual, freedom } = found.variances;
    const variances = { application, rater, residual, freedom };
    const shares = table.applications.reduce(
      (sum, _, item) => sum + 1 / ((table.first[item + 1] ?? 0) - (table.first[item] ?? 0)),
      0,
    );
    const { single, mean } = computed.sparseInterval;

    near([...(sparseInterval(table, variances, 1) ?? [])], single, 'ICC(2,1)');
    near([...(sparseInterval(table, variances, table.applications.length / shares) ?? [])], mean, 'ICC(2,k)');
  });

  it('have the alphas of krippendorff, ordinal and interval', () => {
    const expected = [computed.alphaOrdinal, computed.alphaIntervalDistance];
    near([alpha ?? 0, alphaIntervalDistance ?? 0], expected, 'alpha');
  });

  it('have what was published, to as many decimals', () => {
    const { single, mean } = crossedIcc(table) ?? {};
    const ours = { ...found.variances, single, mean, alpha, alphaIntervalDistance };
    const printed = Object.entries(published);

    expect(
      printed.map(([name, { length }]) => [name, shown(ours[name as keyof typeof ours], length)]),
    ).toEqual(printed);
  });
});

it('figures of a published table are held against something in print', () => {
  const printed = Object.values(oracles.examples).flatMap(({ published }) => Object.keys(published));

  expect(printed.toSorted()).toEqual([
    'alpha',
    'alpha',
    'alphaIntervalDistance',
    'application',
    'mean',
    'rater',
    'residual',
    'single',
  ]);
});

const near = (found: ArrayLike<number>, expected: readonly number[], what: string): void => {
  expect(found.length, what).toBe(expected.length);
  for (const [place, value] of expected.entries()) {
    expect(Math.abs((found[place] ?? Number.NaN) - value), `${what} ${place + 1}`).toBeLessThan(1e-9);
  }
};

/** With so many characters, of which two are "0." */
const shown = (value: number | undefined, length: number): string =>
  (value ?? Number.NaN).toFixed(length - 2);
