import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category } from '#shared/domain/codes.ts';
import { resultsOf } from '#shared/domain/final-results.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Minimum } from '#shared/domain/minimum.ts';
import {
  drawnGroups,
  drawSeedOf,
  meanOf,
  ranked,
  type TieRule,
  weightedTotal,
} from '#shared/domain/ranking.ts';
import { totalOf } from '#shared/domain/rubric.ts';
import { shortlist } from '#shared/domain/shortlist.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { named } from '#test/builders/rated.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';
import { type SlowApplicant, type SlowRules, slowGoingOn, slowRanks, slowTies } from './slow-ranking.ts';

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

const provenance = { source: 'A test', confidence: 'unverified', verifiedOn: '2022-09-01' } as const;

/** Any of the parts, each once, with a minimum among the few values that people have. */
const anyMinimums = fc
  .tuple(
    fc.option(fc.constantFrom(0.5, 1, 2), { nil: undefined }),
    fc.option(fc.constantFrom(0.25, 1), { nil: undefined }),
    fc.option(fc.constantFrom(50, 66.6667, 70), { nil: undefined }),
  )
  .map((least) =>
    (['test', 'essay', 'interview'] as const).flatMap((code, index) => {
      const atLeast = least[index];
      return atLeast === undefined ? [] : [{ code, atLeast, ...provenance }];
    }),
  );

const imported = (code: 'test' | 'essay') => ({
  code,
  title: { kk: code, ru: code, en: code },
  weight: 0,
  markedBy: 'import' as const,
  scale: [0, 2].map((points) => ({ points, label: { kk: code, ru: code, en: code } })),
  ...provenance,
});

/** Everybody sat the test; marks weigh nothing here, so that the total is that of the raters. */
const shortlistOf = (
  people: readonly SlowApplicant[],
  rules: AnyRules,
  over: { shortlist: { minimumPoints: number; atMost?: number }; minimums: Minimum[] },
) => {
  const { rule } = byProduct(people, rules);
  const rated = rules.criteria.map(({ code, weight, steps: scale }) => ({
    ...imported('test'),
    code,
    weight,
    markedBy: undefined,
    scale: scale.map((points) => ({ points, label: { kk: '-', ru: '-', en: '-' } })),
  }));
  const criteria = [...rated, imported('test'), imported('essay')];
  const marks = new Map(people.map((one) => [one.id, one.marks]));
  const file = aRoundFile();
  return shortlist(
    people.map(({ id, cards, category, years }) => {
      const scores = cards.map((points, index) => ({
        raterId: rater('ABC'[index] ?? 'A'),
        points,
        total: totalOf(rated, points),
        at: at('2022-10-12T04:00'),
      }));
      return aCandidacy({
        applicationId: ApplicationId.parse(id),
        facts: {
          ...aCandidacy().facts,
          category: category === undefined ? undefined : Category.parse(category),
          experienceYears: years,
        },
        raters: scores.map(({ raterId }) => raterId),
        scores,
      });
    }),
    {
      ...rule,
      file: {
        rubric: { ...file.rubric, criteria },
        ties: { ...file.ties, order: rules.ties },
        shortlist: { ...file.shortlist, ...over.shortlist },
        minimums: over.minimums,
      },
      marksOf: ({ applicationId }) => marks.get(applicationId),
    },
  );
};

describe('minimums of single parts by a second implementation', () => {
  it('let the same people go on to the interviews, whatever the places, and no place is lost by who misses one', () => {
    const seen = { stopped: 0, beyond: 0, on: 0 };
    fc.assert(
      fc.property(
        anyRound,
        anyMinimums,
        fc.constantFrom(0, 40, 66.6667),
        fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
        ({ rules, people: found }, minimums, minimumPoints, atMost) => {
          const people = found.map(
            (one): SlowApplicant =>
              Object.assign({}, one, { interview: [], marks: { test: 0, essay: 0, ...one.marks } }),
          );
          const listed = shortlistOf(people, rules, {
            shortlist: { minimumPoints, ...(atMost !== undefined && { atMost }) },
            minimums,
          });
          const on = listed.filter(({ outcome }) => outcome === 'goes-on');
          const line = { least: minimumPoints, minimums, ...(atMost !== undefined && { places: atMost }) };

          expect(new Set(on.map(({ applicationId }) => applicationId))).toEqual(
            slowGoingOn(people, rules, line),
          );
          expect(listed.map(({ applicationId: id, total, rank }) => ({ id, total, rank }))).toEqual(
            slowRanks(people, rules),
          );
          seen.on += on.length;
          const reasons = listed.flatMap((one) => one.reasons);
          seen.stopped += reasons.filter((one) => one.startsWith('below-part:')).length;
          seen.beyond += reasons.filter((one) => one === 'beyond-limit').length;
        },
      ),
      often,
    );
    expect(Math.min(seen.stopped, seen.beyond, seen.on)).toBeGreaterThan(20);
  });

  it('let the same people have an offer', () => {
    const file = aRoundFile();
    let stopped = 0;
    fc.assert(
      fc.property(
        anyRound,
        anyMinimums,
        fc.constantFrom(0, 50),
        ({ rules, people }, minimums, minimumPoints) => {
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
              minimums,
            },
            rule,
          );
          const on = results.flatMap(({ applicationId: id, outcome }) => (outcome === 'goes-on' ? [id] : []));

          expect(new Set<string>(on)).toEqual(slowGoingOn(people, rules, { least: minimumPoints, minimums }));
          stopped += people.length - on.length;
        },
      ),
      often,
    );
    expect(stopped).toBeGreaterThan(20);
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
