import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadSort } from '#shared/allocation/spread-sort.ts';

/** Spread evenly, many of them equal, or one far from all others. */
const anyNumbers = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { maxLength: 60 }),
  fc.array(fc.nat(3), { maxLength: 60 }),
  fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }).map((near) => near.concat(2 ** 52)),
);

describe('sorting what is spread', () => {
  it('sorts a stretch and touches nothing beside it', () => {
    fc.assert(
      fc.property(anyNumbers, anyNumbers, anyNumbers, (before, inside, after) => {
        const keys = Float64Array.from([...before, ...inside, ...after]);
        const end = before.length + inside.length;
        spreadSort(keys, inside.length)(before.length, end);

        const sorted = inside.toSorted((a, b) => a - b);
        expect([...keys]).toEqual([...before, ...sorted, ...after]);
      }),
      { numRuns: 1000 },
    );
  });

  it('sorts stretch after stretch, longer ones and shorter ones', () => {
    const keys = Float64Array.from([9, 7, 5, 3, 1, 2, 1, 3, 3, 8]);
    const sort = spreadSort(keys, 5);
    for (const [from, to] of [
      [0, 5],
      [5, 7],
      [7, 8],
      [8, 8],
      [7, 10],
    ] as const)
      sort(from, to);

    expect([...keys]).toEqual([1, 3, 5, 7, 9, 1, 2, 3, 3, 8]);
  });
});
