import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { ApplicationId, ApplicationNumber, OfferId } from '#shared/domain/ids.ts';
import { makeOffer } from '#shared/domain/offer.ts';
import { nextWave } from '#shared/domain/offer-wave.ts';
import { offerablePosts, type PostPlan, postCaps, postLimits } from '#shared/domain/post-caps.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { afterwards, expiresAt, madeAt, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';

const register = [
  aVacancy('MAT-001', { posts: 2 }),
  aVacancy('MAT-002', { language: 'ru' }),
  aVacancy('PHY-001', { subject: 'physics' }),
];
const codes = register.map(({ code }) => code);

const person = (index: number, choices: readonly string[]): Candidacy =>
  aCandidacy({
    applicationId: ApplicationId.parse(`APP${String(index).padStart(4, '0')}`.padEnd(20, '0')),
    number: ApplicationNumber.parse(`KZ19-AAAA-${String(index).padStart(4, '0')}`),
    facts: { subjects: ['mathematics', 'physics'], languages: ['kk'], choices: choices.map(vacancyCode) },
  });

const atMost = (posts: number, of: PostPlan['quotas'][number]['of']) =>
  ({ code: 'limit', kind: 'at-most', precedence: 1, posts, of }) as const;

const told = (people: readonly Candidacy[], plan: PostPlan) =>
  nextWave(people, register, plan).map(({ number, vacancy }) => `${number.slice(-1)} ${vacancy}`);

describe('what the round file says of its posts', () => {
  const everyone = [1, 2, 3, 4].map((index) => person(index, ['MAT-001', 'MAT-002', 'PHY-001']));

  it('limits nothing where all seats fit', () => {
    expect(told(everyone, { total: 4, quotas: [] })).toEqual([
      '1 MAT-001',
      '2 MAT-001',
      '3 MAT-002',
      '4 PHY-001',
    ]);
    const posts = new Map(register.map((vacancy) => [vacancy.code, vacancy.posts]));
    const limits = postLimits({ total: 4, quotas: [] }, register);
    expect(postCaps({ limits }, { posts, wanted: new Set(codes), taken: new Map() })).toEqual([]);
  });

  it('gives the posts that there are to the best ranks, not to the first vacancies', () => {
    const people = [person(1, ['PHY-001']), person(2, ['MAT-002']), person(3, ['MAT-001'])];

    expect(told(people, { total: 2, quotas: [] })).toEqual(['1 PHY-001', '2 MAT-002']);
  });

  it('sends whom a full quota keeps out to the next own wish', () => {
    const plan = { total: 4, quotas: [atMost(1, { subjects: ['mathematics'] })] };

    expect(told(everyone, plan)).toEqual(['1 MAT-001', '2 PHY-001']);
  });

  it('may have quotas that cross', () => {
    const quotas = [atMost(2, { subjects: ['mathematics'] }), atMost(2, { languages: ['kk'] })];

    expect(told(everyone, { total: 4, quotas })).toEqual(['1 MAT-001', '2 MAT-001']);
  });

  it('counts seats that are held or taken, also of posts that nobody wants any more', () => {
    const [first, second] = [person(1, ['MAT-002']), person(2, ['MAT-001', 'PHY-001'])];
    const offer = { id: OfferId.parse('0'.repeat(20)), vacancy: vacancyCode('MAT-002'), expiresAt };
    const held = afterwards(first, makeOffer(first, offer, madeAt));

    expect(told([held, second], { total: 1, quotas: [] })).toEqual([]);
    expect(told([held, second], { total: 2, quotas: [atMost(1, { subjects: ['mathematics'] })] })).toEqual([
      '2 PHY-001',
    ]);
  });
});

const offerable = (plan: PostPlan, taken: Parameters<typeof offerablePosts>[1]['taken'] = new Map()) =>
  offerablePosts(plan, { register, taken });
const mathematics = { subjects: ['mathematics' as const] };

describe('how many posts a round could fill', () => {
  it.for<[string, PostPlan, number]>([
    ['all of the register where the file has room for them', { total: 9, quotas: [] }, 4],
    ['no more than the file says', { total: 3, quotas: [] }, 3],
    ['no more of a kind than its quota', { total: 9, quotas: [atMost(1, mathematics)] }, 2],
    ['no more than both', { total: 1, quotas: [atMost(2, mathematics)] }, 1],
  ])('is %s', ([, plan, posts]) => {
    expect(offerable(plan)).toBe(posts);
  });

  it('is the same whichever of them are filled, and never less than are', () => {
    const taken = new Map([
      [vacancyCode('PHY-001'), 1],
      [vacancyCode('MAT-002'), 1],
    ]);

    expect(offerable({ total: 3, quotas: [atMost(1, mathematics)] }, taken)).toBe(2);
    expect(offerable({ total: 1, quotas: [] }, taken)).toBe(2);
  });
});

describe('whatever people wish and the file says', () => {
  it('no limit is passed, and nobody is passed over for a post that had room for them', () => {
    const anyPlan = fc.record({
      total: fc.integer({ min: 1, max: 5 }),
      quotas: fc.array(
        fc
          .tuple(
            fc.integer({ min: 1, max: 3 }),
            fc.constantFrom<PostPlan['quotas'][number]['of']>(
              {},
              { subjects: ['mathematics'] },
              { languages: ['kk'] },
            ),
          )
          .map(([posts, of]) => atMost(posts, of)),
        { maxLength: 2 },
      ),
    });
    const anyWishes = fc.array(fc.shuffledSubarray(codes, { minLength: 1 }), { minLength: 1, maxLength: 7 });
    let bound = 0;
    fc.assert(
      fc.property(anyWishes, anyPlan, (wishes, plan) => {
        const people = wishes.map((choices, index) => person(index, choices));
        const wave = nextWave(people, register, plan);
        const given = (of: (vacancy: Vacancy) => boolean, before = Infinity) =>
          wave.filter(
            ({ vacancy, applicationId }) =>
              people.findIndex((one) => one.applicationId === applicationId) < before &&
              register.some((post) => post.code === vacancy && of(post)),
          ).length;
        const limits = [
          { most: plan.total, of: () => true },
          ...plan.quotas.map(({ posts, of }) => ({
            most: posts,
            of: ({ subject, language }: Vacancy) =>
              (of.subjects?.includes(subject) ?? true) && (of.languages?.includes(language) ?? true),
          })),
          ...register.map(({ code, posts }) => ({ most: posts, of: (post: Vacancy) => post.code === code })),
        ];

        for (const { most, of } of limits) expect(given(of)).toBeLessThanOrEqual(most);
        for (const [index, one] of people.entries()) {
          const got = wave.find(({ applicationId }) => applicationId === one.applicationId)?.vacancy;
          const better = one.facts.choices.slice(0, got ? one.facts.choices.indexOf(got) : undefined);
          for (const code of better) {
            const post = register.find((vacancy) => vacancy.code === code);
            const full = limits.some(({ most, of }) => post && of(post) && given(of, index) >= most);
            expect(full).toBe(true);
            bound += 1;
          }
        }
      }),
    );
    expect(bound).toBeGreaterThan(50);
  });
});
