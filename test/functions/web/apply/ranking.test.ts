import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { change, moves } from '#functions/web/apply/ranking.ts';

it.for([
  ['add', 'C', ['A', 'B', 'C']],
  ['add', 'A', ['A', 'B']],
  ['up', 'B', ['B', 'A']],
  ['up', 'A', ['A', 'B']],
  ['down', 'A', ['B', 'A']],
  ['down', 'B', ['A', 'B']],
  ['remove', 'A', ['B']],
  ['remove', 'X', ['A', 'B']],
] as const)('%s %s of A, B leaves %j', ([move, code, order]) => {
  expect(change(['A', 'B'], move, code)).toEqual(order);
});

it('never doubles or loses another choice, whatever is pressed', () => {
  const code = fc.constantFrom('A', 'B', 'C', 'D', 'E');
  fc.assert(
    fc.property(fc.uniqueArray(code), fc.constantFrom(...moves), code, (order, move, pressed) => {
      const after = change(order, move, pressed);
      const others = (codes: readonly string[]) => codes.filter((one) => one !== pressed);
      expect(new Set(after).size).toBe(after.length);
      expect(others(after)).toEqual(others(order));
    }),
  );
});
