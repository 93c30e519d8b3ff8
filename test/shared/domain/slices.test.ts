import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  missingSlices,
  type Slice,
  SliceSize,
  sliceName,
  sliceNamed,
  wholeOf,
} from '#shared/domain/slices.ts';

const sizes = fc.constantFrom(...[...SliceSize.values].toSorted((a, b) => a - b));
const wholes = fc.integer({ min: 1, max: 6_000_000 });

/** One attempt after the other, each with a size of its own, cut off after so many slices. */
const attempts = fc.array(fc.record({ size: sizes, sent: fc.nat({ max: 5 }) }), { maxLength: 8 });

const sentIn = (whole: number, tries: readonly { size: SliceSize; sent: number }[]): Slice[] =>
  tries.reduce<Slice[]>(
    (arrived, { size, sent }) => arrived.concat(missingSlices(whole, arrived, size).slice(0, sent)),
    [],
  );

const bytesOf = (slices: readonly Slice[]): number =>
  slices.reduce((sum, { from, to }) => sum + to - from, 0);

describe('a file that is sent in slices', () => {
  it('is whole in the end, whatever arrived before, and nothing of it was sent twice', () => {
    fc.assert(
      fc.property(wholes, attempts, sizes, (whole, tries, size) => {
        const arrived = sentIn(whole, tries);
        const all = arrived.concat(missingSlices(whole, arrived, size));

        expect(bytesOf(all)).toBe(whole);
        const parts = wholeOf(whole, all) ?? [];
        expect(bytesOf(parts)).toBe(whole);
        expect(parts.map(({ from }) => from)).toEqual([0, ...parts.slice(0, -1).map(({ to }) => to)]);
        expect(missingSlices(whole, all, size)).toEqual([]);
      }),
    );
  });

  it('is not whole while a byte is missing', () => {
    fc.assert(
      fc.property(wholes, attempts, fc.nat(), (whole, tries, which) => {
        const arrived = sentIn(whole, tries);
        const all = arrived.concat(missingSlices(whole, arrived, 65_536));
        const without = all.toSpliced(which % all.length, 1);

        expect(wholeOf(whole, without)).toBeUndefined();
      }),
    );
  });

  it('is whole also when two pages sent it with slices of their own', () => {
    const small = missingSlices(500_000, [], 65_536);
    const large = missingSlices(500_000, [], 262_144);

    const parts = wholeOf(500_000, [...small.slice(2), ...large, ...small.slice(0, 1)]);

    expect(parts).toEqual(large);
  });

  it('sends what is left of a large slice in smaller ones', () => {
    const arrived = [{ from: 0, to: 65_536 }];

    expect(missingSlices(300_000, arrived, 262_144)).toEqual([
      { from: 65_536, to: 131_072 },
      { from: 131_072, to: 262_144 },
      { from: 262_144, to: 300_000 },
    ]);
  });
});

describe('the name of a slice', () => {
  it('is read back as the slice that it is', () => {
    fc.assert(
      fc.property(wholes, sizes, (whole, size) => {
        for (const slice of missingSlices(whole, [], size)) {
          expect(sliceNamed(sliceName(slice), slice.to - slice.from, whole)).toEqual(slice);
        }
      }),
    );
  });

  it.for([
    ['0-65536', 65_535],
    ['1-65537', 65_536],
    ['0-65537', 65_537],
    ['65536-0', 65_536],
    ['0-300001', 300_001],
    ['x', 1],
    ['', 0],
  ] as const)('of something else is none: "%s" with %i bytes', ([name, stored]) => {
    expect(sliceNamed(name, stored, 300_000)).toBeUndefined();
  });
});
