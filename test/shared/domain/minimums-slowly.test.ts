import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category } from '#shared/domain/codes.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import type { Minimum } from '#shared/domain/minimum.ts';
import { totalOf } from '#shared/domain/rubric.ts';
import { shortlist } from '#shared/domain/shortlist.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';
import { type AnyRules, anyRound, byProduct, often, resultsByProduct } from './any-ranking.ts';
import { type SlowApplicant, slowGoingOn, slowRanks } from './slow-ranking.ts';

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
    let stopped = 0;
    fc.assert(
      fc.property(
        anyRound,
        anyMinimums,
        fc.constantFrom(0, 50),
        ({ rules, people }, minimums, minimumPoints) => {
          fc.pre(people.every(({ interview }) => interview.length > 0));
          const results = resultsByProduct(people, rules, { minimumPoints, minimums });
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
