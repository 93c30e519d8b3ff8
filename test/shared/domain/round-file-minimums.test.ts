import { describe, expect, it } from 'vitest';
import { adviceOn } from '#shared/domain/round-file-advice.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { faultsOf } from '#test/builders/round-file.ts';

const provenance = { source: 'A test', confidence: 'unverified', verifiedOn: '2022-09-01' } as const;
const withMinimums = (...minimums: [code: string, atLeast: number][]) =>
  aFileWithMarks({
    minimums: minimums.map(([code, atLeast]) => Object.assign({ code, atLeast }, provenance)),
  });
const faults = (...minimums: [code: string, atLeast: number][]): string[] =>
  faultsOf(JSON.stringify(withMinimums(...minimums))).filter((one) => one.startsWith('/minimums'));

describe('minimums of single parts in a round file', () => {
  it('are of marks from outside and of the interview, up to the most of the scale', () => {
    expect(faults(['test', 100], ['essay', 0.5], ['interview', 40])).toEqual([]);
  });

  it.for([
    ['of no criterion', ['talent', 5], '/minimums/0/code unknown-code {"code":"talent"}'],
    ['of what raters mark', ['education', 5], '/minimums/0/code minimum-rated {"code":"education"}'],
    ['above the scale', ['essay', 20.01], '/minimums/0/atLeast minimum-off-scale {"least":0,"most":20}'],
    ['that everybody has', ['test', 0], '/minimums/0/atLeast minimum-off-scale {"least":0,"most":100}'],
    ['of too much of the interview', ['interview', 100.5], '/minimums/0/atLeast'],
  ] as const)('are refused where one is %s', ([, minimum, fault]) => {
    expect(faults([...minimum]).join(' ')).toContain(fault);
  });

  it('are refused where one part has two, and where there are none of them', () => {
    expect(faults(['test', 50], ['test', 60])).toEqual(['/minimums/1/code same-code {"code":"test"}']);
    expect(faults()).toHaveLength(1);
  });

  it('are advised against with what is known of them, above all where all points are asked for', () => {
    const advice = adviceOn(withMinimums(['test', 50], ['essay', 20], ['interview', 100]));

    expect(advice.filter(({ place }) => place.startsWith('/minimums'))).toEqual([
      { code: 'minimum-hard', place: '/minimums', facts: { count: 3 } },
      { code: 'minimum-full', place: '/minimums/1/atLeast', facts: { part: 'essay', most: 20 } },
      { code: 'minimum-full', place: '/minimums/2/atLeast', facts: { part: 'interview', most: 100 } },
    ]);
    expect(adviceOn(aFileWithMarks()).map(({ code }) => code)).not.toContain('minimum-hard');
  });
});
