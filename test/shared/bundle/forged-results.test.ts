import { describe, expect, it } from 'vitest';
import type { Row, Statement } from '#shared/bundle/format.ts';
import { rootOf } from '#shared/bundle/merkle.ts';
import { byPlace, isRanked } from '#shared/bundle/place.ts';
import { failed, resigner } from '#test/builders/forged.ts';
import { type Applicant, aGatheredRound, aKey, published } from '#test/builders/results.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const key = aKey();
const resigned = resigner(key);

/** Three have one total: of two of them only the lot decides, and the third has more years. */
const seven: readonly Applicant[] = [
  { scoring: 3, interview: 3, wishes: ['MAT-001'] },
  { scoring: 2, interview: 3, years: 4, wishes: ['MAT-001'] },
  { scoring: 3, interview: 2, wishes: ['MAT-002'] },
  { scoring: 2, interview: 3, years: 4, wishes: ['MAT-002', 'MAT-003'] },
  { scoring: 2, interview: 2, wishes: ['MAT-003'] },
  { scoring: 2, interview: 3, years: 9, wishes: ['MAT-003'] },
  { scoring: 1, interview: 2, wishes: [] },
];

/** Puts rows in another order, each with the rank of its place and the root over all. */
const reorder = (statement: Statement, rows: readonly Row[]): void => {
  statement.rows = rows.map((row, index) => (row.rank === undefined ? row : { ...row, rank: index + 1 }));
  statement.root = rootOf(statement.rows.map(({ leaf }) => leaf));
};

describe('ranks that a region tells otherwise than they follow', () => {
  const statement = published(aGatheredRound(seven), key).statement;

  /** Who lost the draw against an equal one has other levels, and everybody the rank that follows from these. */
  const wonBy = (levels: (own: number[]) => number[]): string =>
    resigned(statement, (forged) => {
      const { rows } = forged;
      const loser = rows.find(
        ({ tie }, place) => tie && tie.levels.join() === rows[place - 1]?.tie?.levels.join(),
      );
      if (!loser?.tie) throw new Error('Nobody is equal but for the lot.');
      loser.tie.levels = levels(loser.tie.levels);
      reorder(forged, [...rows.filter(isRanked).toSorted(byPlace), ...rows.filter((row) => !isRanked(row))]);
    });

  it.for([...aRoundFile().ties.order.entries()].filter(([, step]) => step !== 'experience'))(
    'break where who lost the draw comes first by a level at step %i, %s, that nothing published gives',
    async ([place]) => {
      expect(await failed(wonBy((own) => own.with(place, (own[place] ?? 0) + 1)))).toEqual(['ranks']);
    },
  );

  it('break where a tie has fewer steps than the rule, or its levels leave one out', async () => {
    const levels = (own: number[], last: number): number[] =>
      aRoundFile().ties.order.map((step, place) => (step === 'experience' ? last : (own[place] ?? 0)));

    expect(await failed(wonBy(() => [1]))).toEqual(['ranks']);
    expect(await failed(wonBy((own) => levels(own, 7)))).toEqual(['ranks']);
  });

  it('break where somebody who reached the pass mark has no rank, or no total', async () => {
    const leftOut = (without: (row: Row) => void): string =>
      resigned(statement, (forged) => {
        const [first, ...others] = forged.rows;
        if (!first) throw new Error('Nobody is there.');
        delete first.rank;
        delete first.tie;
        without(first);
        reorder(forged, [...others, Object.assign(first, { outcome: 'stops' })]);
      });

    expect(await failed(leftOut(() => undefined))).toEqual(['ranks']);
    expect(await failed(leftOut((row) => delete row.total))).toEqual(['ranks']);
  });
});
