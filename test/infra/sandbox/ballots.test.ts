import { describe, expect, it } from 'vitest';
import { main } from '#infra/sandbox/ballots.ts';
import { aSandboxFile, ran } from '#test/builders/sandbox.ts';

const example = new URL('../../../infra/sandbox/examples/ballots.csv', import.meta.url).pathname;

const run = (...args: string[]) => ran(main, args);
const fileOf = (text: string): string => aSandboxFile('ballots.csv', text);

describe('npm run ballots', () => {
  it("prints the order with Borda's count and every pair", () => {
    const { exit, text } = run(example);

    expect(exit).toBe(0);
    expect(text).toMatch(/^ +1 +E +3 +1 +2\.2667 +1$/m);
    expect(text).toMatch(/^ +3 +C +2 +2 +1\.9778 +4$/m);
    expect(text).toMatch(/^E +23 +21 +27 +31$/m);
    expect(text).toContain('No single one beats all others: A, B, C, D, E');
    expect(text).toContain('everybody would stand alike');
  });

  it('says whom it does not tell apart, and where margins would order otherwise', () => {
    expect(run(fileOf('order\nA > B\nB > A\n')).text).toMatch(/^ +1 +A +0 +0 +0\.5000 +1 +B$/m);
    expect(run(fileOf('order,voters\nB > C > A,3\nC > A > B,2\nA > B = C,2\n')).text).toContain(
      'SOME WOULD STAND OTHERWISE',
    );
    expect(run(fileOf('order\nA > B\n')).text).toContain('More voters place A above each of the others');
  });

  it('prints JSON, with null for what the ballots cannot tell', () => {
    const { text } = run(fileOf('order,without\nA > B,C\n'), '--json');

    expect(JSON.parse(text)).toEqual({
      ballots: 1,
      order: [
        { id: 'A', place: 1, level: ['C'], beats: 1, beatenBy: 0, borda: 2, bordaPlace: 1 },
        { id: 'C', place: 1, level: ['A', 'B'], beats: 0, beatenBy: 0, borda: null, bordaPlace: 3 },
        { id: 'B', place: 2, level: ['C'], beats: 0, beatenBy: 1, borda: 0, bordaPlace: 2 },
      ],
      smith: ['A', 'B', 'C'],
      margins: 'alike',
      pairs: {
        ids: ['A', 'B', 'C'],
        above: [
          [0, 1, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
        compared: [
          [0, 1, 0],
          [1, 0, 0],
          [0, 0, 0],
        ],
      },
    });
  });

  it('explains in the reader’s language what is wrong with a file', () => {
    const file = fileOf('order\nA > A\n');

    expect(run(file, '--lang', 'ru')).toEqual({
      exit: 2,
      text: `${file}:2:1: order: «A» стоит в бюллетене дважды`,
    });
    expect(run(example, '--seed', 'x').exit).toBe(2);
  });
});
