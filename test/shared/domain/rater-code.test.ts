import { describe, expect, it } from 'vitest';
import { PersonId } from '#shared/domain/ids.ts';
import { raterCodes } from '#shared/domain/rater-code.ts';

const raters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((letter) => PersonId.parse(letter.repeat(20)));

describe('the codes of raters', () => {
  it('are R1, R2, …, one a person, in whatever order and how often they were named', () => {
    const codes = raterCodes('secret', raters);

    expect([...codes.values()]).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8']);
    expect(raterCodes('secret', [...raters.toReversed(), ...raters])).toEqual(codes);
  });

  it('depend on the secret, so that ids alone do not tell them', () => {
    const orders = ['secret', 'another', 'a third'].map((secret) =>
      [...raterCodes(secret, raters).keys()].map((rater) => rater.slice(0, 1)).join(''),
    );

    expect(new Set(orders).size).toBe(3);
  });
});
