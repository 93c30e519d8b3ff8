import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { reordered } from '#shared/domain/choice-order.ts';
import { vacancyCode } from '#test/builders/offered.ts';

const codes = ['A-1', 'B-2', 'C-3', 'D-4'].map(vacancyCode);
const order = fc.shuffledSubarray(codes);
const posts = new Set(codes.slice(0, 3));

it('the same order changes nothing, and another one than the page showed is not overwritten', () => {
  fc.assert(
    fc.property(order, order, order, (own, basedOn, choices) => {
      const answer = reordered(own, { choices, basedOn, posts, limit: 2 });
      const isSame = own.join() === choices.join();
      if (isSame) expect(answer).toEqual({ ok: true, value: undefined });
      else if (own.join() !== basedOn.join())
        expect(answer).toMatchObject({ error: { kind: 'changed-meanwhile' } });
      else if (choices.length > 2) {
        expect(answer).toEqual({ ok: false, error: { kind: 'too-many-choices', limit: 2 } });
      } else if (choices.some((code) => !posts.has(code))) {
        expect(answer).toMatchObject({ error: { kind: 'unknown-vacancy', codes: [codes[3]] } });
      } else expect(answer).toEqual({ ok: true, value: choices });
    }),
  );
});

it('a post that is named twice is refused by its name', () => {
  const [first] = codes;
  const choices = [first, first].flatMap((code) => code ?? []);

  expect(reordered([], { choices, basedOn: [], posts, limit: 5 })).toMatchObject({
    error: { kind: 'invalid', faults: [{ place: 'choices', facts: { code: first } }] },
  });
});
