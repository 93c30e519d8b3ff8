import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { ApplicationId, ApplicationNumber, OfferId } from '#shared/domain/ids.ts';
import { seatsTaken } from '#shared/domain/offer-wave.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { type Affected, affectedBy, type Counted, type Posts } from '#shared/replay/affected.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { expiresAt, madeAt, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';

type Held = { vacancy: string; status: 'open' | 'accepted' | 'declined' };

const person = (index: number, choices: readonly string[], held?: Held): Candidacy => {
  const digits = String(index).padStart(4, '0');
  const offer = held && {
    id: OfferId.parse(`0FFER${digits}`.padEnd(20, '0')),
    vacancy: vacancyCode(held.vacancy),
    madeAt,
    expiresAt,
    status: held.status,
    attempt: 1,
  };
  return aCandidacy({
    applicationId: ApplicationId.parse(`APP${digits}`.padEnd(20, '0')),
    number: ApplicationNumber.parse(`KZ19-AAAA-${digits}`),
    facts: { subjects: ['mathematics'], languages: ['kk'], choices: choices.map(vacancyCode) },
    offers: offer ? [offer] : [],
  });
};

/** The people in this order of rank; who is not named stops. */
const counted = (people: readonly Candidacy[], order: readonly number[]): Counted => {
  const results = people.map((one, index): Standing => {
    const { applicationId, number } = one;
    const rank = order.indexOf(index) + 1;
    return rank === 0
      ? { applicationId, number, outcome: 'stops', reasons: ['below-minimum'], total: 0 }
      : { applicationId, number, outcome: 'goes-on', reasons: [], rank, total: 100 - rank };
  });
  const scoring = results.map((one): Standing => ({ ...one, outcome: 'goes-on' }));
  return { scoring, results };
};

const plan = { total: 20_000, quotas: [] };
const owed = (people: readonly Candidacy[], before: number[], after: number[], posts: Partial<Posts> = {}) =>
  affectedBy(counted(people, before), counted(people, after), {
    candidacies: people,
    vacancies: [aVacancy('MAT-001'), aVacancy('MAT-002')],
    plan,
    begun: true,
    ...posts,
  }).map(({ number, remedy }) => [Number(number.slice(-4)), remedy]);

describe('what is owed to whom a correction moves', () => {
  it('is nothing before offers began: the right ones will be made', () => {
    const people = [person(0, ['MAT-001']), person(1, ['MAT-001'])];

    expect(owed(people, [0, 1], [1, 0], { begun: false })).toEqual([
      [1, undefined],
      [0, undefined],
    ]);
  });

  it('is the next offer while the post is free, and a further place once it is another’s', () => {
    const people = [
      person(0, ['MAT-001'], { vacancy: 'MAT-001', status: 'accepted' }),
      person(1, ['MAT-002']),
    ];
    const taken = [people[0] ?? person(0, []), person(1, ['MAT-001', 'MAT-002'])];

    expect(owed(people, [0], [0, 1])).toEqual([[1, 'offer-next']]);
    expect(owed(taken, [0, 1], [1, 0])).toEqual([
      [1, 'extra-place'],
      [0, 'keeps-offer'],
    ]);
  });

  it('is nothing to whoever declined that very post, and nothing is taken from whoever no longer goes on', () => {
    const people = [
      person(0, ['MAT-001'], { vacancy: 'MAT-001', status: 'open' }),
      person(1, ['MAT-001'], { vacancy: 'MAT-001', status: 'declined' }),
    ];

    expect(owed(people, [0, 1], [1])).toEqual([
      [1, undefined],
      [0, 'keeps-offer'],
    ]);
  });
});

const codes = ['MAT-001', 'MAT-002', 'MAT-003'];

/** People with wishes and what they hold, where no seat is held twice; two orders of rank. */
const anyCase = fc
  .record({
    wishes: fc.array(fc.shuffledSubarray(codes, { minLength: 1 }), { minLength: 2, maxLength: 7 }),
    posts: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 3, maxLength: 3 }),
    holds: fc.array(fc.constantFrom('open', 'accepted', 'declined', undefined), {
      minLength: 7,
      maxLength: 7,
    }),
  })
  .chain(({ wishes, posts, holds }) => {
    const free = new Map(codes.map((code, index) => [code, posts[index] ?? 1]));
    const people = wishes.map((choices, index) => {
      const status = holds[index];
      const vacancy = choices.find((code) => status !== undefined && (free.get(code) ?? 0) > 0);
      if (!status || !vacancy) return person(index, choices);
      if (status !== 'declined') free.set(vacancy, (free.get(vacancy) ?? 0) - 1);
      return person(index, choices, { vacancy, status });
    });
    const order = fc.shuffledSubarray(people.map((_one, index) => index));
    return fc.record({ people: fc.constant(people), posts: fc.constant(posts), before: order, after: order });
  });

/** The seats that are taken once everyone who is owed the next offer has it; who holds another one leaves it. */
const seatsAfter = (people: readonly Candidacy[], affected: readonly Affected[]): Map<string, number> => {
  const taken = new Map<string, number>(seatsTaken(people));
  const add = (code: string, seats: number) => taken.set(code, (taken.get(code) ?? 0) + seats);
  for (const { remedy, after, offer } of affected) {
    if (remedy !== 'offer-next') continue;
    add(after.post ?? '', 1);
    if (offer) add(offer.vacancy, -1);
  }
  return taken;
};

/** Those who would have a post that they do not hold, and are owed something else than they should be. */
const wronged = (people: readonly Candidacy[], affected: readonly Affected[]): Affected[] =>
  affected.filter(({ number, before, after: { post }, offer, remedy }) => {
    if (post === undefined || post === before.post || post === offer?.vacancy) return false;
    const wishes = people.find((one) => one.number === number)?.facts.choices.map(String) ?? [];
    const isBetter = !offer || wishes.indexOf(post) < wishes.indexOf(offer.vacancy);
    return isBetter ? remedy !== 'offer-next' && remedy !== 'extra-place' : remedy !== 'keeps-offer';
  });

describe('whatever a correction comes to', () => {
  it('fills no post twice, takes none from anybody, and leaves nobody out who would have one', () => {
    fc.assert(
      fc.property(anyCase, ({ people, posts, before, after }) => {
        const vacancies = codes.map((code, index) => aVacancy(code, { posts: posts[index] ?? 1 }));
        const affected = affectedBy(counted(people, before), counted(people, after), {
          candidacies: people,
          vacancies,
          plan,
          begun: true,
        });
        const taken = seatsAfter(people, affected);

        expect(vacancies.filter(({ code, posts: seats }) => (taken.get(code) ?? 0) > seats)).toEqual([]);
        expect(wronged(people, affected)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
