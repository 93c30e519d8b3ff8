import { describe, expect, it } from 'vitest';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { MarkList, markListText } from '#shared/domain/marks.ts';
import { FileOrder, fileOrderText } from '#shared/marks/file-order.ts';
import { sampleFaults, sampleOf } from '#shared/marks/sample.ts';
import { numbers, roundId } from './marks-scene.ts';
import { honestTests, type Luck, luckOf, simulated } from './simulated.ts';

/*
 * How often the marks that a second person types show that a file is wrong, by simulation: the organisation's paper has the right marks, the
 * file has them as they slipped. The README has the figures.
 */

const wholePoints = honestTests['whole points'] ?? (() => 0);

type Wrong = (marks: readonly number[], luck: Luck) => number[];

const right: Wrong = (marks) => [...marks];

const sorted: Wrong = (marks) => marks.toSorted((a, b) => b - a);

/** From one row to another each mark has come to the next row, and the last of them to the first. */
const moved =
  (stretch: (rows: number, luck: Luck) => { from: number; to: number }): Wrong =>
  (marks, luck) => {
    const { from, to } = stretch(marks.length, luck);
    return [
      ...marks.slice(0, from),
      ...marks.slice(to - 1, to),
      ...marks.slice(from, to - 1),
      ...marks.slice(to),
    ];
  };

const tail = (share: number): Wrong =>
  moved((rows) => ({ from: rows - Math.max(2, Math.round(rows * share)), to: rows }));

const within = (share: number): Wrong =>
  moved((rows, { below }) => {
    const long = Math.round(rows * share);
    const from = below(rows - long);
    return { from, to: from + long };
  });

const swapped =
  (which: 'all' | 'once'): Wrong =>
  (marks, { below }) => {
    const first = 2 * below(Math.floor(marks.length / 2));
    return marks.map((mark, row) => {
      const partner = row - (row % 2) + 1 - (row % 2);
      return which === 'all' || row - (row % 2) === first ? (marks[partner] ?? mark) : mark;
    });
  };

/** Rows by a seat, say, and so not by their numbers. */
const seated = (people: number, { below }: Luck): ApplicationNumber[] => {
  const order = numbers(people);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other] as ApplicationNumber, order[last] as ApplicationNumber];
  }
  return order;
};

type File = { wrong: Wrong; people?: number; column?: 'test' | 'essay'; files?: number };

/** In how many of a hundred files the typed marks differ: of a test alone, or of an essay beside the test. */
const shown = ({ wrong, people = 100, column = 'test', files = 150 }: File): number => {
  const found = Array.from({ length: files }, (_, seed) => `${people} ${column} ${seed}`).filter((seed) => {
    const luck = luckOf(`typed ${seed}`);
    const paper = simulated(wholePoints, { people, related: 0.4, seed });
    const order = seated(people, luck);
    const file = { ...paper, [column]: wrong(paper[column], luck) };
    const rows = (column === 'essay' ? (['essay', 'test'] as const) : [column]).flatMap((criterion) =>
      order.map((number, row) => ({ criterion, number, mark: file[criterion][row] })),
    );
    const list = MarkList.parse(JSON.parse(markListText(roundId, rows).text));
    const stood = FileOrder.parse(JSON.parse(fileOrderText(roundId, rows)?.text ?? ''));
    const sample = sampleOf(list, seed, stood);
    const onPaper = sample.map(({ criterion, number }) =>
      String(paper[criterion === 'test' ? 'test' : 'essay'][order.indexOf(number)]),
    );
    return sampleFaults(sample, onPaper).length > 0;
  });
  return Math.round((100 * found.length) / files);
};

describe('marks typed from paper', () => {
  it('never differ from a file that is right', () => {
    expect([shown({ wrong: right }), shown({ wrong: right, column: 'essay' })]).toEqual([0, 0]);
  });

  it.each([
    { what: 'all rows', wrong: tail(1), test: 100, essay: 100 },
    { what: 'the second half', wrong: tail(0.5), test: 100, essay: 100 },
    { what: 'the last tenth', wrong: tail(0.1), test: 100, essay: 100 },
    { what: 'the last five rows of a hundred', wrong: tail(0.05), test: 99, essay: 98 },
    { what: 'the first tenth', wrong: moved((rows) => ({ from: 0, to: rows / 10 })), test: 96, essay: 86 },
    { what: 'a fifth in the middle', wrong: within(0.2), test: 94, essay: 45 },
    { what: 'a tenth in the middle', wrong: within(0.1), test: 40, essay: 22 },
  ])('show in at least so many files of a hundred that $what moved', ({ wrong, test, essay }) => {
    expect(shown({ wrong })).toBeGreaterThanOrEqual(test);
    expect(shown({ wrong, column: 'essay' })).toBeGreaterThanOrEqual(essay);
  });

  it('show a column that was sorted alone, and each two neighbours swapped', () => {
    for (const wrong of [sorted, swapped('all')]) {
      expect(shown({ wrong })).toBe(100);
      expect(shown({ wrong, column: 'essay' })).toBeGreaterThanOrEqual(99);
    }
  });

  it('seldom show one swap of two neighbours, and the seldomer the longer a list is', () => {
    const once = swapped('once');

    expect(shown({ wrong: once, people: 60 })).toBeGreaterThan(
      shown({ wrong: once, people: 400, files: 60 }),
    );
    expect(shown({ wrong: once })).toBeLessThan(30);
  });
});
