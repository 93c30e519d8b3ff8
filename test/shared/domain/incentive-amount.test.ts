import { describe, expect, it } from 'vitest';
import { supportOf } from '#shared/domain/incentive-amount.ts';
import type { IncentiveRule } from '#shared/domain/incentive-rule.ts';
import { incentiveRulesOf } from '#shared/domain/programme-support.ts';
import { figureOn } from '#shared/domain/state-figures.ts';

const programme = incentiveRulesOf({});

const rule = (over: Partial<IncentiveRule>): IncentiveRule => ({
  of: ['utilities'],
  title: { kk: 'Үлгі', ru: 'Образец', en: 'Sample' },
  worth: { unit: 'tenge', from: 30_000 },
  every: 'month',
  standing: 'rule',
  source: 'Sample value; no source was found',
  confidence: 'unverified',
  verifiedOn: '2026-11-22',
  ...over,
});

describe('the programme’s incentives', () => {
  it('are 150 % of the official salary, for each 1.0 of the pay coefficient: base salary × factor × 1.5', () => {
    const [surcharge] = supportOf(['surcharge-150'], programme, '2026-10-04');

    expect(surcharge?.amount).toEqual({ kind: 'per-coefficient', tenge: 53_091 });
    expect(surcharge?.granted?.figures.map(({ value }) => value)).toEqual([17_697, 2]);
  });

  it('are no surer than the figures that they were computed with', () => {
    const [surcharge] = supportOf(['surcharge-150'], programme, '2026-10-04');

    expect(surcharge?.granted?.rule.confidence).toBe('high');
    expect(surcharge?.granted?.confidence).toBe('unverified');
  });

  it.for(['2022-10-04', '2027-01-01'])(
    'are not computed for %s, of which no source names the figures',
    (day) => {
      const [surcharge] = supportOf(['surcharge-150'], programme, day);

      expect(surcharge?.amount).toEqual({ kind: 'unknown', because: 'no-figure' });
    },
  );

  it('have no amount where none is known, and keep an example apart', () => {
    const [moving] = supportOf(['relocation'], programme, '2026-10-04');

    expect(moving).toMatchObject({ amount: { kind: 'unknown', because: 'no-rule' }, granted: undefined });
    expect(moving?.examples.map(({ amount }) => amount)).toEqual([{ kind: 'tenge', from: 432_500 }]);
  });

  it('are places, not money, for children', () => {
    const both = supportOf(['kindergarten', 'school-place'], programme, '2026-10-04');

    expect(both.map(({ amount }) => amount.kind)).toEqual(['in-kind', 'in-kind']);
  });
});

describe('a round’s own amounts', () => {
  it('take the place of what is known of the programme', () => {
    const own = incentiveRulesOf({ incentives: [rule({ worth: { unit: 'tenge', from: 1, to: 2 } })] });

    expect(supportOf(['utilities', 'housing'], own, '2026-10-04').map(({ amount }) => amount)).toEqual([
      { kind: 'tenge', from: 1, to: 2 },
      { kind: 'unknown', because: 'no-rule' },
    ]);
  });

  it('stay unverified whatever they are computed with', () => {
    const mci = rule({ worth: { unit: 'mci', times: 10 } });

    expect(supportOf(['utilities'], [mci], '2025-12-31')[0]).toMatchObject({
      amount: { kind: 'tenge', from: 39_320 },
      granted: { confidence: 'unverified' },
    });
  });
});

describe('the monthly calculation index', () => {
  it.for([
    ['2022-01-01', 3063],
    ['2023-12-31', 3450],
    ['2024-06-15', 3692],
    ['2025-01-01', 3932],
    ['2026-12-31', 4325],
  ] as const)('on %s was %i tenge', ([day, value]) => {
    expect(figureOn('mci', day)?.value).toBe(value);
  });

  it('is unknown before the first and after the last year that a source names', () => {
    expect([figureOn('mci', '2021-12-31'), figureOn('mci', '2027-01-01')]).toEqual([undefined, undefined]);
  });
});
