import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { named } from '#test/builders/rated.ts';
import { type AnyRules, anyRound, byProduct, often, resultsByProduct } from './any-ranking.ts';
import { type SlowApplicant, slowRanks, slowTies } from './slow-ranking.ts';

describe('ranks by a second implementation', () => {
  it('are the same in points, order and groups that were drawn, whatever the rules and the people', () => {
    const seen = { drawn: 0, alone: 0 };
    fc.assert(
      fc.property(anyRound, ({ rules, people }) => {
        const { ranks, ties } = byProduct(people, rules);
        expect(ranks).toEqual(slowRanks(people, rules));
        expect(ties).toEqual(slowTies(people, rules));
        seen.drawn += ties.length;
        if (ties.length === 0) seen.alone += 1;
      }),
      often,
    );
    expect(Math.min(seen.drawn, seen.alone)).toBeGreaterThan(20);
  });

  it('are those of the final results, with the minimum that the round file asks for', () => {
    fc.assert(
      fc.property(anyRound, fc.constantFrom(0, 50, 66.6667), ({ rules, people }, minimumPoints) => {
        fc.pre(people.every(({ interview }) => interview.length > 0));
        const results = resultsByProduct(people, rules, { minimumPoints });
        const slow = slowRanks(people, rules);
        expect(results.map(({ applicationId, total, rank }) => ({ id: applicationId, total, rank }))).toEqual(
          slow,
        );
        expect(results.map(({ outcome }) => outcome)).toEqual(
          slow.map(({ total }) => (total >= minimumPoints ? 'goes-on' : 'stops')),
        );
      }),
      often,
    );
  });
});

const person = (index: number, points: number, category?: string): SlowApplicant => ({
  id: named('APP', index),
  cards: [{ c0: points }],
  interview: [],
  category,
  years: undefined,
  marks: {},
});
describe('a ranking that is wrong', () => {
  const rules: AnyRules = {
    criteria: [{ code: 'c0', weight: 10, steps: [0, 1, 2, 4] }],
    interviewWeight: 50,
    ties: ['category', 'drawn-lot'],
    receipts: [sha256Of('one')],
    round: 'R0VND000000000000000',
  };
  const three = [person(1, 4), person(2, 2, 'expert'), person(3, 2), person(4, 2)];

  it('would be seen: another rule, another draw and other points give other ranks', () => {
    const { ranks, ties } = byProduct(three, rules);
    const others: [SlowApplicant[], AnyRules][] = [
      [three, { ...rules, ties: ['drawn-lot'] }],
      [[person(1, 1), ...three.slice(1)], rules],
      [three, { ...rules, criteria: [{ code: 'c0', weight: 10, steps: [0, 1, 2, 4, 8] }] }],
    ];

    expect(ranks).toEqual(slowRanks(three, rules));
    expect(ties).toHaveLength(1);
    for (const [people, other] of others) {
      const slow = { ranks: slowRanks(people, other), ties: slowTies(people, other) };
      expect(slow).not.toEqual({ ranks, ties });
    }
    const draws = Array.from({ length: 8 }, (_, index) => {
      const drawn = slowRanks(three, { ...rules, receipts: [sha256Of(`${index}`)] });
      return drawn.map(({ id }) => id).join(' ');
    });
    expect(new Set(draws).size).toBe(2);
  });
});
