import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranksIn } from '#shared/marks/ranks.ts';
import { compareColumns } from '#shared/marks/shifts.ts';
import { aNumber } from '#test/builders/marks.ts';
import { examinedRows, testRows, told, withColumn } from './marks-scene.ts';

/** Marks of a whole list: at least two different ones, and no ranking among them. */
const markList = fc
  .array(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 40 })
  .map((halves) => halves.map((half) => half / 2))
  .filter((marks) => new Set(marks).size > 1 && ranksIn(marks, 101) === undefined);

const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });

describe('for every list of marks', () => {
  it('the order of its rows makes no difference to the marks that are kept', () => {
    fc.assert(
      fc.property(
        markList.map(testRows).chain((rows) => fc.tuple(fc.constant(rows), shuffled(rows))),
        ([rows, others]) => {
          const [one, other] = [examinedRows(rows), examinedRows(others)];
          // Another order may put marks in a row that look like a ranking; then the file is refused and nothing is kept.
          fc.pre(one.ok && other.ok);
          expect(other.ok && other.value.list).toEqual(one.ok && one.value.list);
        },
      ),
    );
  });

  it('one mark that is another one makes it another list', () => {
    fc.assert(
      fc.property(markList, fc.nat(), (marks, at) => {
        const place = at % marks.length;
        const changed = marks.with(place, (marks[place] ?? 0) === 100 ? 99 : 100);
        const [one, other] = [examinedRows(testRows(marks)), examinedRows(testRows(changed))];
        fc.pre(one.ok && other.ok);
        expect(one.ok && other.ok && one.value.list.sha256 === other.value.list.sha256).toBe(false);
      }),
    );
  });

  it('marks of any stretch that are moved by one row are noticed where they were keyed a second time', () => {
    fc.assert(
      fc.property(markList, fc.nat(), fc.nat(), fc.boolean(), (marks, from, length, down) => {
        const start = from % (marks.length - 1);
        const end = Math.min(marks.length, start + 2 + (length % marks.length));
        const stretch = marks.slice(start, end);
        const turned = down
          ? [...stretch.slice(-1), ...stretch.slice(0, -1)]
          : [...stretch.slice(1), ...stretch.slice(0, 1)];
        const moved = marks.toSpliced(start, stretch.length, ...turned);
        fc.pre(moved.some((mark, place) => mark !== marks[place]));
        const rows = withColumn(testRows(moved), 'mark_again', (place) => marks[place] ?? 0);
        expect(told(examinedRows(rows)).filter((fault) => fault.includes('mark_again'))).not.toEqual([]);
      }),
    );
  });

  it('numbers of any stretch that are moved by one row are noticed where they stand a second time', () => {
    fc.assert(
      fc.property(markList, fc.nat(), (marks, from) => {
        const start = from % (marks.length - 1);
        const rows = withColumn(testRows(marks), 'number_again', (place) =>
          aNumber(place < start ? place : place === start ? marks.length - 1 : place - 1),
        );
        expect(told(examinedRows(rows)).filter((fault) => fault.includes('number_again'))).not.toEqual([]);
      }),
    );
  });
});

describe('two columns', () => {
  it('that differ in a row are told to differ there, alone or as part of a stretch', () => {
    const columns = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(columns, (pairs) => {
        const { shifts, single } = compareColumns(
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        );
        for (const [place, [a, b]] of pairs.entries()) {
          const toldOf =
            single.includes(place) || shifts.some(({ from, to }) => from <= place && place <= to);
          if (a !== b) expect(toldOf).toBe(true);
        }
        for (const place of single) expect(pairs[place]?.[0]).not.toBe(pairs[place]?.[1]);
      }),
    );
  });
});

describe('a ranking', () => {
  it('is found in whatever order, of eight or more, among marks of a scale of 100', () => {
    const ranking = fc
      .integer({ min: 8, max: 60 })
      .chain((count) => shuffled(Array.from({ length: count }, (_, index) => index + 1)));
    fc.assert(
      fc.property(ranking, (ranks) => {
        expect(ranksIn(ranks, 101)?.ranks).toBe(ranks.length);
        expect(ranksIn([90, ...ranks, 90.5], 101)).toMatchObject({ from: 1, to: ranks.length });
      }),
    );
  });

  it('is not seen in marks with equal ones on a short scale, however many', () => {
    const marks = Array.from({ length: 3000 }, (_, index) => (index * index * 7 + index) % 11);

    expect(ranksIn(marks, 11)).toBeUndefined();
  });
});
