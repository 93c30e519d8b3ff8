import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CapTree, capTreeOf, countCaps } from '#shared/allocation/cap-tree.ts';
import { givingBack } from '#shared/allocation/giving-back.ts';
import { lowerToCaps } from '#shared/allocation/lower-to-caps.ts';
import type { Caps } from '#shared/allocation/market.ts';

const size = 12;
const numRuns = process.env['SOAK'] ? 200_000 : 2_000;

/** Groups of twelve vacancies, each inside the next: single ones, threes, sixes, all; some of them twice. */
const groups = [1, 3, 6, size].flatMap((each) =>
  Array.from({ length: size / each }, (_, group) =>
    Int32Array.from({ length: each }, (_one, index) => group * each + index),
  ),
);

const anyCap = fc.record({
  members: fc.constantFrom(...groups),
  max: fc.oneof(fc.nat(40), fc.nat(200)),
  reserve: fc.oneof(fc.constant(0), fc.nat(40)),
  precedence: fc.nat(2),
});

const treeWith = (
  caps: readonly { members: Int32Array; max: number; reserve: number; precedence: number }[],
) => {
  const of: Caps = {
    members: caps.map(({ members }) => members),
    max: Int32Array.from(caps, ({ max }) => max),
    reserve: Int32Array.from(caps, ({ max, reserve }) => Math.min(max, reserve)),
    precedence: Int32Array.from(caps, ({ precedence }) => precedence),
  };
  const tree = capTreeOf(of, new Int32Array(size).fill(60));
  if (!tree.ok) throw new Error(JSON.stringify(tree.error));
  return tree.value;
};

/** As the order of seats is defined: the last one again and again, of each cap before those around it. */
const oneByOne = (tree: CapTree, held: Int32Array): void => {
  const { last, changed } = givingBack(tree, held);
  const enclosing = (cap: number): number => {
    const outer = tree.parent[cap] ?? -1;
    return outer < 0 ? 0 : 1 + enclosing(outer);
  };
  const caps = Array.from({ length: tree.nodes - size }, (_, cap) => size + cap);
  for (const cap of caps.toSorted((a, b) => enclosing(b) - enclosing(a))) {
    while ((held[cap] ?? 0) > (tree.most[cap] ?? 0)) {
      const vacancy = last(cap);
      for (let node = vacancy; node >= 0; node = tree.parent[node] ?? -1) held[node] = (held[node] ?? 0) - 1;
      changed(vacancy);
    }
  }
};

it('gives back at once what seat by seat would be given back, up to what reserves shield', () => {
  let lowered = 0;
  fc.assert(
    fc.property(
      fc.array(anyCap, { minLength: 1, maxLength: 9 }),
      fc.array(fc.oneof(fc.nat(3), fc.nat(60)), { minLength: size, maxLength: size }),
      (caps, people) => {
        const tree = treeWith(caps);
        const held = new Int32Array(tree.nodes);
        held.set(people);
        held.forEach(
          (many, vacancy) => (held[vacancy] = vacancy < size ? Math.min(many, tree.most[vacancy] ?? 0) : 0),
        );
        countCaps(tree, held);
        const slowly = held.slice();
        const before = held.slice();
        lowerToCaps(tree, held);
        if (held.some((many, node) => many !== before[node])) lowered += 1;
        oneByOne(tree, slowly);
        oneByOne(tree, held);

        expect(held).toEqual(slowly);
      },
    ),
    { numRuns },
  );
  expect(lowered).toBeGreaterThan(numRuns / 4);
});
