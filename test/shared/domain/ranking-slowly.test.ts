import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category } from '#shared/domain/codes.ts';
import { resultsOf } from '#shared/domain/final-results.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import {
  drawnGroups,
  drawSeedOf,
  meanOf,
  ranked,
  type TieRule,
  weightedTotal,
} from '#shared/domain/ranking.ts';
import { totalOf } from '#shared/domain/rubric.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { named } from '#test/builders/rated.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { type SlowApplicant, type SlowRules, slowRanks, slowTies } from './slow-ranking.ts';

const often = { numRuns: process.env['SOAK'] ? 500_000 : 500 };
const withNothing = { category: undefined, experienceYears: undefined };

const steps = ['interview', 'essay', 'test', 'experience', 'category', 'drawn-lot'] as const;
const scales = [
  [0, 1],
  [0, 1, 2, 4],
  [-2, 0, 1],
  [0.25, 0.5, 3],
];

type AnyRules = SlowRules & { ties: (typeof steps)[number][] };

const anyRules = fc
  .record({
    criteria: fc.array(
      fc.record({ weight: fc.integer({ min: 1, max: 40 }), steps: fc.constantFrom(...scales) }),
      { minLength: 1, maxLength: 3 },
    ),
    interviewWeight: fc.integer({ min: 0, max: 100 }),
    ties: fc.shuffledSubarray([...steps], { minLength: 1 }),
    receipts: fc.array(
      fc.nat({ max: 99 }).map((one) => sha256Of(`receipt ${one}`)),
      { maxLength: 5 },
    ),
  })
  .map(
    ({ criteria, ...rest }): AnyRules =>
      Object.assign({}, rest, {
        round: 'R0VND000000000000000',
        criteria: criteria.map(({ weight, steps: scale }, index) => ({
          code: `c${index}`,
          weight,
          steps: scale,
        })),
      }),
  );

/** Few different answers, so that ties are frequent, and one criterion in four left without points. */
const anyApplicant = (rules: SlowRules, isInterviewed: boolean) =>
  fc.record({
    cards: fc.array(
      fc
        .tuple(...rules.criteria.map(({ steps: scale }) => fc.option(fc.constantFrom(...scale), { freq: 4 })))
        .map((points) =>
          Object.fromEntries(
            points.flatMap((given, index) =>
              given === null && index > 0 ? [] : [[`c${index}`, given ?? rules.criteria[0]?.steps[0] ?? 0]],
            ),
          ),
        ),
      { minLength: 1, maxLength: 3 },
    ),
    interview: isInterviewed
      ? fc.array(fc.constantFrom(50, 66.6667, 33.3333, 75), { minLength: 1, maxLength: 3 })
      : fc.constant([]),
    category: fc.option(fc.constantFrom(...Category.options), { nil: undefined }),
    years: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
    marks: fc.record({ test: fc.nat({ max: 2 }), essay: fc.nat({ max: 1 }) }, { requiredKeys: [] }),
  });

/** A few kinds of people, and several of each kind who differ in nothing but who they are. */
const anyRound = fc.tuple(anyRules, fc.boolean()).chain(([rules, isInterviewed]) =>
  fc
    .tuple(
      fc.array(anyApplicant(rules, isInterviewed), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat({ max: 3 }), { maxLength: 4 }),
    )
    .map(([kinds, more]) => ({
      rules,
      people: [...kinds, ...more.flatMap((kind) => kinds[kind] ?? [])].map(
        (one, index): SlowApplicant => Object.assign({}, one, { id: named('APP', index) }),
      ),
    })),
);

/** What the product makes of the same round: everybody by rank, and the groups that only a lot put in order. */
const byProduct = (people: readonly SlowApplicant[], rules: AnyRules) => {
  const criteria = rules.criteria.map(({ code, weight, steps: scale }) => ({
    code,
    weight,
    scale: scale.map((points) => ({ points })),
  }));
  const rule: TieRule = {
    roundId: RoundId.parse(rules.round),
    order: rules.ties,
    drawSeed: drawSeedOf(rules.receipts.map((one) => Sha256.parse(one))),
  };
  const assessed = people.map(({ id, cards, interview, category, years, marks }) => ({
    applicationId: ApplicationId.parse(id),
    facts: {
      ...(category !== undefined && { category: Category.parse(category) }),
      ...(years !== undefined && { experienceYears: years }),
    },
    marks,
    scoring: meanOf(cards.map((card) => totalOf(criteria, card))),
    interview,
  }));
  const contenders = assessed.map(({ scoring, interview: all, ...one }) => {
    if (all.length === 0) return { ...one, total: scoring };
    const interview = meanOf(all);
    return { ...one, interview, total: weightedTotal({ scoring, interview }, rules.interviewWeight) };
  });
  const inRank = ranked(contenders, rule);
  return {
    ranks: inRank.map(({ applicationId: id, total }, index) => ({ id, total, rank: index + 1 })),
    ties: drawnGroups(inRank, rule.order).map((group) => group.map(({ applicationId }) => applicationId)),
    rule,
    assessed,
  };
};

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
    const file = aRoundFile();
    fc.assert(
      fc.property(anyRound, fc.constantFrom(0, 50, 66.6667), ({ rules, people }, minimumPoints) => {
        fc.pre(people.every(({ interview }) => interview.length > 0));
        const { assessed, rule } = byProduct(people, rules);
        const results = resultsOf(
          assessed.map(({ applicationId, facts, scoring, interview, marks }) => ({
            candidacy: aCandidacy({
              applicationId,
              facts: { ...aCandidacy().facts, ...withNothing, ...facts },
            }),
            parts: { scoring, interview: meanOf(interview), marks },
          })),
          {
            interviews: { ...file.interviews, weight: rules.interviewWeight },
            results: { ...file.results, minimumPoints },
          },
          rule,
        );
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
