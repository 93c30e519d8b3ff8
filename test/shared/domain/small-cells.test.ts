import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, leastShown, type Protected, protect, totalOf } from '#shared/domain/small-cells.ts';

/** Dwellings, say: as many as people need one. */
const lineOf = (sizes: readonly number[], people: readonly number[]): Cell[] =>
  sizes.map((of, index) => ({ people: people[index] ?? 0, of, figure: people[index] ?? 0 }));

/** Every way in which people of groups of these sizes could have answered. */
const everyAnswer = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (lines, size) =>
      lines.flatMap((line) => Array.from({ length: size + 1 }, (_none, people) => [...line, people])),
    [[]],
  );

/**
 * What somebody can find out who knows the sizes, the rule and what is published: for each cell, every value that it has in some
 * table that would be published in just this way.
 */
const possible = (tables: readonly (readonly Cell[])[], published: Protected): Set<number>[] => {
  const text = JSON.stringify(published);
  const alike = tables.filter((line) => JSON.stringify(protect(line)) === text);
  return published.cells.map((_cell, index) => new Set(alike.map((line) => line[index]?.people ?? 0)));
};

const givenAway = (tables: readonly (readonly Cell[])[]): string[] => {
  const seen = new Set<string>();
  return tables.flatMap((line) => {
    const published = protect(line);
    const text = JSON.stringify(published);
    if (seen.has(text)) return [];
    seen.add(text);
    return possible(tables, published).flatMap((values, index) =>
      published.cells[index] === null && values.size < 2 ? [`${text} gives away cell ${index}`] : [],
    );
  });
};

describe('a line with small cells', () => {
  it('is shown whole where no cell is small', () => {
    const published = protect(lineOf([12, 20, 30], [5, 8, 25]));

    expect(published).toEqual({ cells: [5, 8, 25], together: null });
    expect(totalOf(published)).toBe(38);
  });

  it('hides everything up to the last small cell, and says the sum', () => {
    const published = protect(lineOf([6, 12, 20, 30], [1, 6, 2, 25]));

    expect(published).toEqual({ cells: [null, null, null, 25], together: 9 });
    expect(totalOf(published)).toBe(34);
  });

  it('hides a cell that is not small where a small one would follow from the total', () => {
    expect(protect(lineOf([6, 12, 20], [1, 6, 11]))).toEqual({ cells: [null, null, 11], together: 7 });
  });

  it('hides that nearly everybody needs something as it hides that hardly anybody does', () => {
    expect(protect(lineOf([6, 20], [6, 10]))).toEqual({ cells: [null, null], together: 16 });
  });

  it('says no sum of fewer than five people either', () => {
    const published = protect(lineOf([6, 8], [1, 2]));

    expect(published).toEqual({ cells: [null, null], together: null });
    expect(totalOf(published)).toBeUndefined();
  });

  it('shows children, and hides them by the families that they have', () => {
    const many = { people: 5, of: 12, figure: 14 };

    expect(protect([{ people: 1, of: 9, figure: 6 }, many, many]).cells).toEqual([null, null, 14]);
  });
});

describe('nobody who knows the rule and the sizes of the groups', () => {
  const size = integer({ min: 1, max: 2 * leastShown + 3 });
  const sizes = array(size, { minLength: 1, maxLength: 3 }).map((all) => all.toSorted((a, b) => a - b));

  it('can tell the value of a cell that is not shown, by district', () => {
    assert(
      property(sizes, (groups) => {
        const tables = everyAnswer(groups).map((people) => lineOf(groups, people));

        expect(givenAway(tables)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('can tell it of the answers to one question, where also the number of people is known', () => {
    assert(
      property(integer({ min: 1, max: 3 * leastShown }), integer({ min: 2, max: 4 }), (people, answers) => {
        const tables = everyAnswer(Array.from({ length: answers - 1 }, () => people))
          .map((line) => line.concat(people - line.reduce((sum, one) => sum + one, 0)))
          .filter((line) => line.every((one) => one >= 0))
          .map((line) =>
            lineOf(
              line.map(() => people),
              line,
            ),
          );

        expect(givenAway(tables)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
