import { describe, expect, it } from 'vitest';
import { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { whatWouldChange } from '#shared/domain/result-change.ts';
import type { Standing } from '#shared/domain/standing.ts';

const standing = (total: number | undefined, reasons: string[] = []): Standing => ({
  applicationId: ApplicationId.parse('A0000000000000000001'),
  number: ApplicationNumber.parse('KZ19-AAAA-0001'),
  outcome: reasons.length > 0 ? 'stops' : 'goes-on',
  reasons,
  ...(total !== undefined && { total }),
});

const sampled = { source: 'A test', confidence: 'unverified', verifiedOn: '2022-09-01' } as const;

const changeOf = (own: Standing, others: readonly Standing[] = [], minimum: number | undefined = 30) =>
  whatWouldChange(own, { standings: [...others, own], minimum });

describe('what would have changed an outcome', () => {
  it('is what a total lacks to the minimum, to four decimals', () => {
    const change = changeOf(standing(29.7, ['below-minimum']));

    expect(change).toEqual({ kind: 'minimum', missing: 0.3, minimum: 30 });
  });

  it('is a total above that of the last who goes on, or the order of equal ones', () => {
    const going = [standing(70), standing(55.5)];

    expect(changeOf(standing(50, ['beyond-limit']), going)).toEqual({ kind: 'limit', cutOff: 55.5, own: 50 });
    expect(changeOf(standing(55.5, ['beyond-limit']), going)).toEqual({ kind: 'tie', cutOff: 55.5 });
  });

  it('is to be before the last who goes on where as many do as can, also for who lacks the minimum', () => {
    const [first, last, low] = [standing(70), standing(55.5), standing(29, ['below-minimum'])];
    const at = { standings: [first, last, low], minimum: 30 };

    expect(whatWouldChange(low, { ...at, atMost: 2 })).toEqual({ kind: 'limit', cutOff: 55.5, own: 29 });
    expect(whatWouldChange(low, { ...at, atMost: 3 })).toEqual({ kind: 'minimum', missing: 1, minimum: 30 });
  });

  it('is each part that missed its minimum with the own points, and what the total lacked besides', () => {
    const minimums = [
      { code: 'test', atLeast: 50, ...sampled },
      { code: 'interview', atLeast: 40, ...sampled },
      { code: 'essay', atLeast: 10, ...sampled },
    ];
    const parts = { marks: { test: 49.5, essay: 10 }, interview: 39 };
    const reasons = ['below-part:test', 'below-part:interview'];
    const [going, own] = [standing(70), { ...standing(60, reasons), ...parts, rank: 2 }];
    const at = { standings: [{ ...going, rank: 1 }, own], minimum: 30, minimums };
    const missed = [
      { code: 'test', own: 49.5, minimum: 50 },
      { code: 'interview', own: 39, minimum: 40 },
    ];

    expect(whatWouldChange(own, at)).toEqual({ kind: 'parts', parts: missed });
    // The only place is taken by somebody who has more.
    expect(whatWouldChange(own, { ...at, atMost: 1 })).toEqual({
      kind: 'parts',
      parts: missed,
      total: { kind: 'limit', cutOff: 70, own: 60 },
    });
    const low = { ...own, total: 20, reasons: ['below-minimum', ...reasons] };
    expect(whatWouldChange(low, { ...at, atMost: 2 })).toEqual({
      kind: 'parts',
      parts: missed,
      total: { kind: 'minimum', missing: 10, minimum: 30 },
    });
    // Above the last who goes on nothing but the parts stood in the way.
    const high = { ...own, total: 80, rank: 1 };
    const others = [high, { ...going, rank: 2 }];
    expect(whatWouldChange(high, { ...at, standings: others, atMost: 1 })).toEqual({
      kind: 'parts',
      parts: missed,
    });
    // Whom the committee let go on all the same has nothing to change.
    expect(whatWouldChange({ ...own, outcome: 'goes-on', reasons: [] }, at)).toBeUndefined();
  });

  it('is nothing for who goes on, has no total, or stops for another reason', () => {
    expect(changeOf(standing(70))).toBeUndefined();
    expect(changeOf(standing(undefined, ['below-minimum']))).toBeUndefined();
    expect(changeOf(standing(70, ['withdrawn']))).toBeUndefined();
    expect(changeOf(standing(50, ['beyond-limit']))).toBeUndefined();
  });
});
