import * as fc from 'fast-check';
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
import { aCandidacy } from '#test/builders/candidacy.ts';
import { named } from '#test/builders/rated.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { type SlowApplicant, type SlowRules } from './slow-ranking.ts';

/* Any small round, and what the product makes of it, for the tests that hold it against the second implementation. */

/** More of them with SOAK. */
export const often = { numRuns: process.env['SOAK'] ? 500_000 : 500 };
const withNothing = { category: undefined, experienceYears: undefined };

const steps = ['interview', 'essay', 'test', 'experience', 'category', 'drawn-lot'] as const;
const scales = [
  [0, 1],
  [0, 1, 2, 4],
  [-2, 0, 1],
  [0.25, 0.5, 3],
];

export type AnyRules = SlowRules & { ties: (typeof steps)[number][] };

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
export const anyRound = fc.tuple(anyRules, fc.boolean()).chain(([rules, isInterviewed]) =>
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
export const byProduct = (people: readonly SlowApplicant[], rules: AnyRules) => {
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

/** The final results that the product draws up of such a round, in which everybody was interviewed. */
export const resultsByProduct = (
  people: readonly SlowApplicant[],
  rules: AnyRules,
  { minimumPoints, minimums }: { minimumPoints: number; minimums?: readonly Minimum[] },
) => {
  const { interviews, results } = aRoundFile();
  const { assessed, rule } = byProduct(people, rules);
  return resultsOf(
    assessed.map(({ applicationId, facts, scoring, interview, marks }) => ({
      candidacy: aCandidacy({ applicationId, facts: { ...aCandidacy().facts, ...withNothing, ...facts } }),
      parts: { scoring, interview: meanOf(interview), marks },
    })),
    {
      interviews: { ...interviews, weight: rules.interviewWeight },
      results: { ...results, minimumPoints },
      ...(minimums && { minimums: [...minimums] }),
    },
    rule,
  );
};
