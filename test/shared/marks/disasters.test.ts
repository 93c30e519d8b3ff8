import { describe, expect, it } from 'vitest';
import { chanceOf } from '#shared/chance.ts';
import { changesBetween } from '#shared/marks/outcomes.ts';
import { rowHashOf } from '#shared/marks/row-hash.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aNumber, type Row } from '#test/builders/marks.ts';
import { examinedRows, honest, testRows, told, withColumn } from './marks-scene.ts';

/*
 * Two real imports that went wrong, as files with the same defect and synthetic people (ANCHORS F1, F2).
 */

const stands = (number: number, outcome: 'goes-on' | 'stops', total: number) => ({
  applicationId: aCandidacy().applicationId,
  number: aNumber(number),
  outcome,
  reasons: [],
  total,
});

/** National recruitment of anaesthetists, 2021: seven tables were joined by hand, and one region's held ranks where others had scores. */
describe('the ranks of one region in the column of scores (F1)', () => {
  const scores = honest(72);
  /** The best of the region come first. */
  const ranks = Array.from({ length: 24 }, (_, index) => index + 1);

  it('are refused where the region is a block of the table', () => {
    const rows = testRows([...scores.slice(0, 40), ...ranks, ...scores.slice(40)]);

    expect(told(examinedRows(rows))).toEqual(['42 mark ranks {"last":65,"ranks":24}']);
  });

  it('are refused in whatever order the region stands', () => {
    const shuffled = ranks.toSorted((a, b) => ((a * 11) % 25) - ((b * 11) % 25));

    expect(told(examinedRows(testRows([...shuffled, ...scores])))).toEqual([
      '2 mark ranks {"last":25,"ranks":24}',
    ]);
  });

  it('are refused where the table was sorted by number since, so that they are scattered', () => {
    const marks = scores.flatMap((score, index) => {
      const rank = index % 3 === 0 ? ranks[index / 3] : undefined;
      return rank === undefined ? [score] : [score, rank];
    });

    expect(told(examinedRows(testRows(marks)))).toEqual(['3 mark ranks {"last":95,"ranks":24}']);
  });

  it('are refused as a whole column, also of few people', () => {
    expect(told(examinedRows(testRows([3, 1, 2, 5, 4])))).toEqual(['2 mark ranks {"last":6,"ranks":5}']);
  });

  it('are refused by a column of ranks beside them, where the best have the lowest marks', () => {
    const rows = testRows([88, 70, 35]);

    expect(told(examinedRows(withColumn(rows, 'rank', (index) => 3 - index)))).toEqual([
      '3 rank against-rank {"other":4}',
    ]);
    expect(told(examinedRows(withColumn(rows, 'rank', (index) => index + 1)))).toEqual([]);
  });

  it('would have made the best of the region the last of the country', () => {
    const { outcomes } = changesBetween([stands(1, 'goes-on', 91)], [stands(1, 'stops', 1)]);

    expect(outcomes).toEqual([
      {
        number: aNumber(1),
        before: { outcome: 'goes-on', total: 91 },
        after: { outcome: 'stops', total: 1 },
      },
    ]);
  });
});

/** Offers to trainees in medicine, 2018: marks came to other people on the way from one program to another; count and sum were right. */
describe('marks that came to other people (F2)', () => {
  const marks = honest(60);
  /** From the 20th row on, each person has the mark of the one above; the last mark came to the 20th. */
  const moved = marks.map((mark, row) => (row < 20 ? mark : (marks[row === 20 ? 59 : row - 1] ?? mark)));

  it('are refused in four plain columns, whatever the marks and whichever rows moved', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const chance = chanceOf(`moved ${seed}`);
      const right = Array.from({ length: 30 + chance.below(60) }, () => 40 + chance.below(121) / 2);
      const from = chance.below(right.length - 2);
      const [last = 0] = right.slice(-1);
      const wrong = [...right.slice(0, from), last, ...right.slice(from, -1)];
      const plain = examinedRows(testRows(wrong), { plain: true });

      expect(told(plain)).toContain('check-needed');
      // The same with what the first program had beside each mark.
      const hashes = right.map((mark, index) =>
        rowHashOf({ number: aNumber(index), criterion: 'test', mark }),
      );
      const hashed = withColumn(testRows(wrong), 'row_hash', (index) => hashes[index] ?? '');
      const lines = new Set(told(examinedRows(hashed)));
      const apart = right.flatMap((mark, index) =>
        mark === wrong[index] ? [] : [`${index + 2} row_hash hash`],
      );
      expect(lines).toEqual(new Set(apart));
      expect(apart).not.toEqual([]);
    }
  });

  it('are refused by the hash that came with the number, and by the one that came with the mark', () => {
    const hashes = marks.map((mark, index) => rowHashOf({ number: aNumber(index), criterion: 'test', mark }));
    const [byNumber, byMark] = [
      withColumn(testRows(moved), 'row_hash', (index) => hashes[index] ?? ''),
      withColumn(testRows(moved), 'row_hash', (index) =>
        index < 20 ? (hashes[index] ?? '') : (hashes[index === 20 ? 59 : index - 1] ?? ''),
      ),
    ];

    for (const rows of [byNumber, byMark]) expect(told(examinedRows(rows))).toHaveLength(40);
  });

  it('are refused by the number that stood beside the mark in the first program', () => {
    const rows = withColumn(testRows(moved), 'number_again', (index) =>
      aNumber(index < 20 ? index : index === 20 ? 59 : index - 1),
    );

    expect(told(examinedRows(rows))).toEqual([
      '22 number_again moved-up {"last":60,"rows":1}',
      '61 number_again differs',
    ]);
  });

  it('are refused by the marks keyed a second time', () => {
    const rows = withColumn(testRows(moved), 'mark_again', (index) => marks[index] ?? 0);

    expect(told(examinedRows(rows))).toEqual([
      '23 mark_again moved-down {"last":61,"rows":1}',
      '22 mark_again differs',
    ]);
  });

  it('are refused by the import that counts', () => {
    const standing = new Map([['test', new Map(marks.map((mark, index) => [aNumber(index), mark]))]]);
    const rows = testRows(moved);

    expect(told(examinedRows(rows, { standing }))).toEqual([
      '23 mark moved-down-before {"last":61,"rows":1}',
    ]);
  });

  it('of another test are refused by its highest mark', () => {
    const rows = marks.map(
      (mark, index): Row => ({ number: aNumber(index), criterion: 'essay', mark: mark / 5, max: 100 }),
    );

    expect(told(examinedRows(rows)).slice(0, 1)).toEqual(['2 max max {"most":20}']);
  });
});
