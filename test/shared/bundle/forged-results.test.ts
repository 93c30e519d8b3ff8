import { describe, expect, it } from 'vitest';
import type { Row, Statement } from '#shared/bundle/format.ts';
import { rootOf } from '#shared/bundle/merkle.ts';
import { byPlace, isRanked } from '#shared/bundle/place.ts';
import { weightedTotal } from '#shared/domain/ranking.ts';
import { failed, resigner } from '#test/builders/forged.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  aKey,
  published,
  type Turn,
} from '#test/builders/results.ts';
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

const statementOf = (people: readonly Applicant[], turns?: readonly Turn[]): Statement => {
  const gathered = aGatheredRound(people);
  return published(turns ? afterOffers(gathered, turns) : gathered, key).statement;
};

/** Puts rows in another order, each with the rank of its place and the root over all. */
const reorder = (statement: Statement, rows: readonly Row[]): void => {
  statement.rows = rows.map((row, index) => (row.rank === undefined ? row : { ...row, rank: index + 1 }));
  statement.root = rootOf(statement.rows.map(({ leaf }) => leaf));
};

const weight = aRoundFile().interviews.weight;

/** The levels as they are, with another one for the years. */
const withYears = (own: number[], last: number): number[] =>
  aRoundFile().ties.order.map((step, place) => (step === 'experience' ? last : (own[place] ?? 0)));

/** Who is first has no rank, and what else is taken. */
const leftOut = (statement: Statement, without: (row: Row) => void): string =>
  resigned(statement, (forged) => {
    const [first, ...others] = forged.rows;
    if (!first) throw new Error('Nobody is there.');
    delete first.rank;
    delete first.tie;
    without(first);
    reorder(forged, [...others, Object.assign(first, { outcome: 'stops' })]);
  });

/** The last one is given whatever total it takes, and what it would have to follow from is not shown. */
const given = (statement: Statement, parts: readonly ('scoring' | 'interview')[]): string =>
  resigned(statement, (forged) => {
    const last = forged.rows.findLast(({ rank }) => rank !== undefined);
    if (!last?.scoring || !last.interview) throw new Error('Nobody is there.');
    for (const of of parts) last[of] = { value: 100 };
    last.total = weightedTotal({ scoring: last.scoring.value, interview: last.interview.value }, weight);
    const rows = forged.rows.toSorted((a, b) => (b.total ?? 0) - (a.total ?? 0));
    reorder(forged, rows);
  });

describe('ranks that a region tells otherwise than they follow', () => {
  const statement = statementOf(seven);

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
    expect(await failed(wonBy(() => [1]))).toEqual(['ranks']);
    expect(await failed(wonBy((own) => withYears(own, 7)))).toEqual(['ranks']);
  });

  it('break where somebody who reached the pass mark has no rank, or no total', async () => {
    expect(await failed(leftOut(statement, () => undefined))).toEqual(['ranks']);
    expect(await failed(leftOut(statement, (row) => delete row.total))).toEqual(['ranks']);
  });
});

describe('scores that a region keeps back', () => {
  it.for([[['scoring', 'interview']], [['scoring']], [['interview']]] as const)(
    'break totals where those of one application are not shown: %j',
    async ([parts]) => {
      expect(await failed(given(statementOf(seven), parts))).toContain('totals');
    },
  );

  it('break totals where none are shown although enough have any', async () => {
    const silent = resigned(statementOf(seven), ({ rows }) => {
      for (const { scoring } of rows) delete scoring?.ratings;
    });

    expect(await failed(silent)).toContain('totals');
  });

  it('are right to be kept back of whoever withdrew during the offers, and nobody else', async () => {
    const left = statementOf(seven, [{ who: 6, does: 'withdraw' }]);

    expect(left.rows.filter(({ scoring }) => scoring && !scoring.ratings)).toHaveLength(1);
    expect(await failed(resigned(left, () => undefined))).toEqual([]);
    expect(await failed(given(statementOf(seven, []), ['scoring']))).toContain('totals');
  });
});
