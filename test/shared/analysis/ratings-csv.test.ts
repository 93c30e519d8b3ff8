import { describe, expect, it } from 'vitest';
import { readRatings } from '#shared/analysis/ratings-csv.ts';

const faults = (text: string): string[] => {
  const read = readRatings(text);
  return read.ok
    ? []
    : read.error.map(
        ({ line, column, place, message }) => `${line}:${column} ${place} ${message.replace('ratings.', '')}`,
      );
};

describe('a table of ratings', () => {
  it('is read in any order of columns, with commas or semicolons', () => {
    const ratings = [{ application: 'A1', rater: 'R1', score: 3.5 }];

    expect(readRatings('application,rater,score\nA1,R1,3.5\n')).toEqual({ ok: true, value: { ratings } });
    expect(readRatings('\uFEFFScore;Rater;Application\r\n3,5;R1;A1\r\n')).toEqual({
      ok: true,
      value: { ratings },
    });
  });

  it('has numbers as people and programs write them', () => {
    const written = ['7', '7.333333333333333', '.5', '1e1', '1E-03', '-2', '"7,5"', '+3.'];
    const read = readRatings(`application,rater,score\n${written.map((n, i) => `A${i},R,${n}`).join('\n')}`);

    expect(read.ok ? read.value.ratings.map(({ score }) => score) : read.error).toEqual([
      7, 7.333333333333333, 0.5, 10, 0.001, -2, 7.5, 3,
    ]);
  });

  it('keeps the panels', () => {
    expect(readRatings('application,rater,score,panel\nA1,R1,3,North\n')).toMatchObject({
      value: { panels: ['North'] },
    });
  });

  it('has the mean of the criteria as a score', () => {
    const text = 'application,rater,criterion,score\nA,R,x,1\nA,R,y,4\nB,R,y,2\nB,R,x,2\n';

    expect(readRatings(text)).toMatchObject({
      value: {
        ratings: [
          { application: 'A', rater: 'R', score: 2.5 },
          { application: 'B', rater: 'R', score: 2 },
        ],
      },
    });
  });

  it('has their mean by weight where criteria have one, and keeps each, in one order', () => {
    const text =
      'application,rater,criterion,weight,score\nA,R,x,3,4\nA,R,y,1,8\nB,R,y,1.0,2\nB,R,x,"3,0",6\n';

    expect(readRatings(text)).toEqual({
      ok: true,
      value: {
        ratings: [
          { application: 'A', rater: 'R', score: 5 },
          { application: 'B', rater: 'R', score: 5 },
        ],
        sheets: [
          [4, 8],
          [6, 2],
        ],
      },
    });
  });

  it.for([
    ['', ['1:1  empty']],
    ['application,rater,score\n', ['2:1  empty']],
    ['application,rater\nA,R\n', ['1:2 score missing-column']],
    [
      'application,rater,score,score,mood\nA,R,1,1,x\n',
      ['1:5 mood unknown-column', '1:4 score doubled-column'],
    ],
    ['application,rater,score\nA,R\n', ['2:2 rater cell-count']],
    [
      'application,rater,score\nA,,many\nB,R,\n',
      ['2:2 rater missing', '2:3 score number', '3:3 score missing'],
    ],
    ['application,rater,score\nA,R,1e9\nA,S,1.2.3\n', ['2:3 score number', '3:3 score number']],
    ['application,rater,score\nA,R,1\nA,S,2\nA,R,3\n', ['4:2 rater doubled']],
    ['application,rater,score,criterion\nA,R,1,x\nA,R,2,y\nB,R,1,x\n', ['4:1 criterion lacking']],
    ['application,rater,score,criterion,panel\nA,R,1,x,P\nA,R,2,y,Q\n', ['3:1 panel another-panel']],
    ['application,rater,score\nA,"R,1\n', ['2:2  quotes']],
    ['application,rater,score,weight\nA,R,1,2\n', ['1:4 weight weight-alone']],
    [
      'application,rater,score,criterion,weight\nA,R,1,x,0\nA,R,2,y,much\nB,R,2,y,\nC,R,2,y,-1\n',
      ['2:5 weight weight', '3:5 weight weight', '4:5 weight missing', '5:5 weight weight'],
    ],
    [
      'application,rater,score,criterion,weight\nA,R,1,x,2\nA,R,2,y,1\nB,R,2,y,1\nB,R,2,x,3\n',
      ['5:5 weight another-weight'],
    ],
  ] as const)('%#: has its faults named with line and column', ([text, expected]) => {
    expect(faults(text)).toEqual(expected);
  });

  it('that is wrong everywhere is answered with the first 200 faults and how many more there are', () => {
    const found = readRatings(`application,rater,score\n${'A,R,x\n'.repeat(300)}`);

    expect(found.ok ? 0 : found.error.length).toBe(201);
    expect(found.ok ? {} : found.error.at(-1)).toMatchObject({
      message: 'ratings.more',
      facts: { more: 100 },
    });
  });
});
