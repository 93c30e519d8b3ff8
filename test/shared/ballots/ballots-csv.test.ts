import { describe, expect, it } from 'vitest';
import { readBallots } from '#shared/ballots/ballots-csv.ts';
import { each } from './votes.ts';

/** Where and what: `line:column message`. */
const faultsOf = (text: string): string[] => {
  const read = readBallots(text);
  return read.ok ? [] : read.error.map(({ line, column, message }) => `${line}:${column} ${message}`);
};

describe('a table of ballots', () => {
  it('says who stands above whom, who is equal, how many say so and whom they compare with nobody', () => {
    const read = readBallots('\uFEFFvoters;order;without\r\n3;A > C = B;D | E\r\n;  B>A ;\r\n');

    expect(read).toEqual({
      ok: true,
      value: {
        names: each('ABCDE'),
        ballots: [
          {
            ranks: new Map([
              ['A', 0],
              ['C', 1],
              ['B', 1],
            ]),
            without: new Set(['D', 'E']),
            voters: 3,
          },
          {
            ranks: new Map([
              ['B', 0],
              ['A', 1],
            ]),
            without: new Set(),
            voters: 1,
          },
        ],
      },
    });
  });

  it('takes a ballot that only leaves somebody out', () => {
    expect(readBallots('order,without\nA > B,\n,A\n').ok).toBe(true);
  });

  it.each([
    ['', '1:1 ballots.file.empty'],
    ['order\n', '2:1 ballots.file.empty'],
    ['order,voters\n"A > B,1\n', '2:1 ratings.quotes'],
    ['voters\n3\n', '1:1 ratings.missing-column'],
    ['order,score\nA,1\n', '1:2 ratings.unknown-column'],
    ['order,order\nA,B\n', '1:2 ratings.doubled-column'],
    ['order,voters\nA > B,1\n>,2\n', '3:1 ballots.file.none'],
    ['order\nA > B > A\n', '2:1 ballots.file.doubled'],
    ['without,order\nA,A > B\n', '2:2 ballots.file.doubled'],
    [`order\n${'A'.repeat(61)}\n`, '2:1 ballots.file.long'],
    ['order,voters\nA > B,0\n', '2:2 ballots.file.voters'],
    ['order,voters\nA > B,1.5\n', '2:2 ballots.file.voters'],
    ['order,voters\nA > B,-2\n', '2:2 ballots.file.voters'],
    [
      `order\n${Array.from({ length: 101 }, (_, index) => `N${index}`).join(' > ')}\n`,
      '1:1 ballots.file.many-names',
    ],
    [`order\n${'A > B\n'.repeat(10_001)}`, '10002:1 ballots.file.many-rows'],
  ])('names what is wrong with %j', (text, fault) => {
    expect(faultsOf(text)[0]).toContain(fault.split(' ')[1]);
    if (!fault.includes('quotes')) expect(faultsOf(text)[0]).toBe(fault);
  });
});
