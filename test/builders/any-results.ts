import * as fc from 'fast-check';
import type { GatheredResults } from '#shared/bundle/compose.ts';
import { type Language, type Quota, rulesWith } from '#test/builders/quotas.ts';
import { type Applicant, afterOffers, aGatheredRound, type Turn, wishable } from '#test/builders/results.ts';

const aWishList = fc.shuffledSubarray([...wishable]);

const anyApplicant: fc.Arbitrary<Applicant> = fc.record(
  {
    scoring: fc.nat({ max: 3 }),
    interview: fc.nat({ max: 3 }),
    years: fc.nat({ max: 3 }),
    wishes: aWishList,
    refused: fc.constantFrom(false, false, false, true),
  },
  { requiredKeys: ['scoring', 'interview', 'wishes'] },
);

const anyTurns = (...does: Turn['does'][]): fc.Arbitrary<Turn[]> =>
  fc.array(fc.record({ who: fc.nat({ max: 9 }), does: fc.constantFrom(...does) }), { maxLength: 8 });

/** What a committee decided on any small round, and mostly how its offers ended. */
export const anyResults: fc.Arbitrary<GatheredResults> = fc
  .tuple(
    fc.array(anyApplicant, { minLength: 1, maxLength: 9 }),
    anyTurns(
      'accept',
      'accept-conditionally',
      'decline',
      'lapse',
      'withdraw',
      'add-post',
      'exchange',
      'defer',
      'drop-post',
    ),
    fc.boolean(),
  )
  .map(([people, story, hasOffers]) =>
    hasOffers ? afterOffers(aGatheredRound(people), story) : aGatheredRound(people),
  );

const aQuota = (kind?: 'at-least'): fc.Arbitrary<Quota> =>
  fc.record({
    language: fc.constantFrom<Language>('kk', 'ru'),
    ...(kind && { mixed: fc.constantFrom(undefined, true as const) }),
    posts: fc.integer({ min: 1, max: 4 }),
    ...(kind && { kind: fc.constant(kind) }),
  });

/** How the offers of any small round ended in which few posts are given out, some quotas limit them, and some keep them. */
export const anyResultsWithQuotas: fc.Arbitrary<GatheredResults> = fc
  .record({
    people: fc.array(
      fc.record({ scoring: fc.nat({ max: 3 }), interview: fc.nat({ max: 3 }), wishes: aWishList }),
      { minLength: 1, maxLength: 9 },
    ),
    limits: fc.array(aQuota(), { maxLength: 3 }),
    kept: fc.array(aQuota('at-least'), { maxLength: 3 }),
    total: fc.integer({ min: 1, max: 9 }),
    first: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    counting: fc.constantFrom(undefined, 'each-quota' as const),
    turns: anyTurns('accept', 'decline', 'lapse', 'withdraw', 'add-post', 'drop-post', 'exchange'),
  })
  .map(({ people, limits, kept, total, first, counting, turns }) => {
    const openFirst = kept.length > 0 ? first : undefined;
    const rules = rulesWith({ total, quotas: [...limits, ...kept], openFirst, counting });
    return afterOffers(aGatheredRound(people, rules), turns);
  });
