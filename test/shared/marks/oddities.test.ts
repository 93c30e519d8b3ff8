import { describe, expect, it } from 'vitest';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { odditiesOf } from '#shared/marks/oddities.ts';
import { aNumber } from '#test/builders/marks.ts';
import { criteria, honest } from './marks-scene.ts';

const byNumber = (marks: readonly number[]): Map<ApplicationNumber, number> =>
  new Map(marks.map((mark, index) => [aNumber(index), mark]));

type Compared = { standing?: readonly number[]; essay?: readonly number[]; rated?: readonly number[] };

const odd = (marks: readonly number[], { standing, essay, rated = [] }: Compared = {}) =>
  odditiesOf(
    new Map([['test', byNumber(marks)], ...(essay ? [['essay', byNumber(essay)] as const] : [])]),
    criteria,
    { standing: new Map(standing ? [['test', byNumber(standing)]] : []), rated: byNumber(rated) },
  );

const kinds = (...given: Parameters<typeof odd>): string[] =>
  odd(...given).map(({ kind, criterion, against }) => [criterion, kind, against].filter(Boolean).join(' '));

describe('marks that nobody wonders about', () => {
  it('are spread, in no order, and like what the same people have elsewhere', () => {
    const marks = honest(40);

    expect(kinds(marks)).toEqual([]);
    expect(kinds(marks, { standing: marks.map((mark) => mark + 2), rated: marks })).toEqual([]);
    expect(kinds(marks, { essay: marks.map((mark) => mark / 5) })).toEqual([]);
    expect(kinds([50, 50, 50])).toEqual([]);
  });
});

describe('marks that somebody must look at', () => {
  it('are the same for many', () => {
    const marks = honest(20).map((mark, index) => (index % 2 === 0 ? 60 : mark));

    expect(odd(marks)).toEqual([{ kind: 'spike', mark: 60, percent: 50, criterion: 'test' }]);
  });

  it('moved on average from those that count now', () => {
    const marks = honest(30);

    expect(
      odd(
        marks.map((mark) => mark - 30),
        { standing: marks },
      ),
    ).toMatchObject([{ kind: 'mean-moved', against: 'before' }]);
  });

  it('are on another scale than the other test; one that is harder is nothing odd', () => {
    const marks = honest(30);

    expect(kinds(marks, { essay: marks.map((mark) => mark / 20) })).toEqual([
      'test mean-moved essay',
      'essay mean-moved test',
    ]);
    expect(kinds(marks, { essay: marks.map((mark) => (mark - 20) / 5) })).toEqual([]);
  });

  it('are low for who is good elsewhere: against the raters, the marks before, the other test', () => {
    const marks = honest(30);
    const reversed = marks.map((mark) => 140 - mark);

    expect(kinds(reversed, { rated: marks })).toEqual(['test reversed raters']);
    expect(kinds(reversed, { standing: marks })).toEqual(['test reversed before']);
    expect(kinds(reversed, { essay: marks.map((mark) => mark / 5) })).toEqual([
      'test reversed essay',
      'essay reversed test',
    ]);
  });

  it('follow the order of the application numbers, as where one column was sorted alone', () => {
    const sorted = honest(12).toSorted((a, b) => a - b);

    expect(kinds(sorted)).toEqual(['test sorted']);
    expect(kinds(sorted.toReversed())).toEqual(['test sorted']);
  });

  it('are all at the foot of the scale', () => {
    expect(odd(honest(12).map((mark) => mark / 20))).toMatchObject([{ kind: 'low', most: 4.75 }]);
  });
});
