import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import {
  ApplicationId,
  ApplicationNumber,
  OfferId,
  PlacementId,
  type VacancyCode,
} from '#shared/domain/ids.ts';
import {
  acceptOffer,
  declineOffer,
  lapseOffer,
  makeOffer,
  openOffers,
  withdrawCandidacy,
} from '#shared/domain/offer.ts';
import { isAcceptable, nextWave, seatsTaken, type WaveOffer } from '#shared/domain/offer-wave.ts';
import type { PostPlan } from '#shared/domain/post-caps.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { afterwards, expiresAt, madeAt, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';

const soak = process.env['SOAK'] ? 200 : 1;
const often = { numRuns: 100 * soak };

const person = (index: number, choices: readonly string[]): Candidacy => {
  const digits = String(index).padStart(4, '0');
  return aCandidacy({
    applicationId: ApplicationId.parse(`APP${digits}`.padEnd(20, '0')),
    number: ApplicationNumber.parse(`KZ19-AAAA-${digits}`),
    facts: { subjects: ['mathematics'], languages: ['kk'], choices: choices.map(vacancyCode) },
  });
};

const told = (wave: readonly WaveOffer[]) =>
  wave.map(({ number, vacancy }) => `${number.slice(-1)} ${vacancy}`);

/** As many posts as the register has, or more. */
const plenty: PostPlan = { total: 20_000, quotas: [] };

let made = 0;
const offering = (people: readonly Candidacy[], { applicationId, vacancy }: WaveOffer): Candidacy[] =>
  people.map((one) => {
    if (one.applicationId !== applicationId) return one;
    made += 1;
    const id = OfferId.parse(`0FFER${String(made).padStart(10, '0')}`.padEnd(20, '0'));
    return afterwards(one, makeOffer(one, { id, vacancy, expiresAt }, madeAt));
  });

const released = (people: readonly Candidacy[], vacancies: readonly Vacancy[]): Candidacy[] =>
  nextWave(people, vacancies, plenty).reduce<Candidacy[]>((now, offer) => offering(now, offer), [...people]);

describe('who is offered what', () => {
  const posts = [aVacancy('MAT-001'), aVacancy('MAT-002')];

  it('goes by rank, each person to the best free wish', () => {
    const people = [
      person(1, ['MAT-001', 'MAT-002']),
      person(2, ['MAT-001', 'MAT-002']),
      person(3, ['MAT-001', 'MAT-002']),
    ];

    expect(told(nextWave(people, posts, plenty))).toEqual(['1 MAT-001', '2 MAT-002']);
  });

  it('leaves out who does not teach the subject', () => {
    const physics = aVacancy('PHY-001', { subject: 'physics' });

    expect(nextWave([person(1, ['PHY-001'])], [physics], plenty)).toEqual([]);
  });

  it('goes on to the next person when somebody declines, who stays in the running for other posts', () => {
    const [first, second, third] = released(
      [person(1, ['MAT-001', 'MAT-002']), person(2, ['MAT-001', 'MAT-002']), person(3, ['MAT-002'])],
      posts,
    );
    if (!first || !second || !third) throw new Error('Nobody is there.');
    const offer = first.offers[0]?.id ?? OfferId.parse('');
    const declined = afterwards(
      first,
      declineOffer(first, { offer, zone: 'UTC', reason: 'distance' }, madeAt),
    );

    // The second may now have the better post, and still holds MAT-002 until one is answered.
    expect(told(nextWave([declined, second, third], posts, plenty))).toEqual(['2 MAT-001']);
  });

  it('reconsiders people whom earlier turns did not reach', () => {
    const [first, second] = released([person(1, ['MAT-001']), person(2, ['MAT-001'])], posts);
    if (!first || !second) throw new Error('Nobody is there.');
    const offer = first.offers[0]?.id ?? OfferId.parse('');
    const lapsed = afterwards(first, lapseOffer(first, offer, expiresAt));

    expect(told(nextWave([lapsed, second], posts, plenty))).toEqual(['2 MAT-001']);
  });
});

type Turn = { who: number; does: 'accept' | 'decline' | 'lapse' | 'withdraw' };

const answer = (candidacy: Candidacy, does: Turn['does'], serial: number): Candidacy => {
  if (does === 'withdraw') return afterwards(candidacy, withdrawCandidacy(candidacy, madeAt));
  const offer = openOffers(candidacy)[0]?.id;
  if (!offer) return candidacy;
  if (does === 'lapse') return afterwards(candidacy, lapseOffer(candidacy, offer, expiresAt));
  const placement = PlacementId.parse(`P${String(serial).padStart(4, '0')}`.padEnd(20, '0'));
  const answered = { offer, zone: 'UTC' };
  return does === 'accept'
    ? afterwards(candidacy, acceptOffer(candidacy, { ...answered, placement }, madeAt))
    : afterwards(candidacy, declineOffer(candidacy, { ...answered, reason: 'terms' }, madeAt));
};

/** Everyone who ranks before the receiver, wants the post, and has neither let it go nor anything as good. */
const passedOver = (
  people: readonly Candidacy[],
  { applicationId, vacancy }: WaveOffer,
  vacancies: readonly Vacancy[],
): Candidacy[] => {
  const post = vacancies.find(({ code }) => code === vacancy);
  const before = people.slice(
    0,
    people.findIndex((one) => one.applicationId === applicationId),
  );
  return before.filter((one) => {
    const { choices } = one.facts;
    if (!choices.includes(vacancy) || !isAcceptable(one, post) || one.withdrawnAt) return false;
    const asGood = new Set<VacancyCode>(choices.slice(0, choices.indexOf(vacancy) + 1));
    return !one.offers.some(
      (offer) =>
        offer.status === 'accepted' ||
        offer.vacancy === vacancy ||
        (offer.status === 'open' && asGood.has(offer.vacancy)),
    );
  });
};

describe('offers and answers, whatever people do', () => {
  const codes = ['MAT-001', 'MAT-002', 'MAT-003'];
  const anyPeople = fc.array(fc.shuffledSubarray(codes, { minLength: 1 }), { minLength: 1, maxLength: 8 });
  const anyPosts = fc.tuple(...codes.map(() => fc.integer({ min: 1, max: 3 })));
  const anyTurns = fc.array(
    fc.record({
      who: fc.nat({ max: 7 }),
      does: fc.constantFrom<Turn['does']>('accept', 'decline', 'lapse', 'withdraw'),
    }),
    { maxLength: 30 },
  );

  it('never fill a seat twice, place a person twice or skip anyone who ranks before the receiver', () => {
    let offers = 0;
    fc.assert(
      fc.property(anyPeople, anyPosts, anyTurns, (wishes, posts, turns) => {
        const vacancies = codes.map((code, index) => aVacancy(code, { posts: posts[index] ?? 1 }));
        let people = wishes.map((choices, index) => person(index, choices));
        const ask = (): void => {
          for (const offer of nextWave(people, vacancies, plenty)) {
            expect(passedOver(people, offer, vacancies)).toEqual([]);
            people = offering(people, offer);
            offers += 1;
          }
          const taken = seatsTaken(people);
          for (const { code, posts: capacity } of vacancies) {
            expect(taken.get(code) ?? 0).toBeLessThanOrEqual(capacity);
          }
        };
        ask();
        for (const [serial, { who, does }] of turns.entries()) {
          people = people.map((one, index) => (index === who ? answer(one, does, serial) : one));
          ask();
          expect(nextWave(people, vacancies, plenty)).toEqual([]);
        }
        for (const one of people) {
          expect(one.offers.filter(({ status }) => status === 'accepted').length).toBeLessThanOrEqual(1);
        }
      }),
      often,
    );
    expect(offers).toBeGreaterThan(100);
  });

  it('leave no free post that somebody who was not asked still wants', () => {
    fc.assert(
      fc.property(anyPeople, anyPosts, (wishes, posts) => {
        const vacancies = codes.map((code, index) => aVacancy(code, { posts: posts[index] ?? 1 }));
        const people = released(
          wishes.map((choices, index) => person(index, choices)),
          vacancies,
        );
        const taken = seatsTaken(people);
        const free = vacancies.filter(({ code, posts: capacity }) => (taken.get(code) ?? 0) < capacity);
        for (const one of people.filter(({ offers }) => offers.length === 0)) {
          expect(free.filter(({ code }) => one.facts.choices.includes(code))).toEqual([]);
        }
      }),
      often,
    );
  });
});
