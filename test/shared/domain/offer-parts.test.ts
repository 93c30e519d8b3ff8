import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Cascade } from '#shared/domain/cascade.ts';
import { checkedStep } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { ApplicationId, OfferId } from '#shared/domain/ids.ts';
import { acceptedOffer, makeOffer, openOffers } from '#shared/domain/offer.ts';
import {
  cameTo,
  goingOut,
  isHeldBack,
  type Letting,
  letThrough,
  partThrough,
  throughAfter,
  throughNext,
  waitingOffers,
} from '#shared/domain/offer-parts.ts';
import { cascadeOf, nextWave, seatsTaken, type WaveOffer } from '#shared/domain/offer-wave.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { anyCascade, anyKept, anyOpenFirst } from '#test/builders/cascades.ts';
import { type Does, eventsOf } from '#test/builders/offer-turns.ts';
import { afterwards, expiresAt, madeAt, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { named } from '#test/builders/rated.ts';

const often = { numRuns: 150 * (process.env['SOAK'] ? 200 : 1) };
const plan = { total: 20_000, quotas: [] };
const codes = ['MAT-001', 'MAT-002', 'MAT-003'];

const person = (choices: readonly string[], index: number): Candidacy =>
  aCandidacy({
    applicationId: ApplicationId.parse(named('APP', index)),
    facts: { subjects: ['mathematics'], languages: ['kk'], choices: choices.map(vacancyCode) },
  });

let serial = 0;
const offering = (people: readonly Candidacy[], { applicationId, vacancy }: WaveOffer): Candidacy[] =>
  people.map((one) => {
    if (one.applicationId !== applicationId) return one;
    serial += 1;
    const id = OfferId.parse(named('0FF', serial));
    return afterwards(one, makeOffer(one, { id, vacancy, expiresAt }, madeAt));
  });

const boardOf = (people: readonly Candidacy[], vacancies: readonly Vacancy[]) => ({
  contenders: people.map((state) => ({ state })),
  wave: nextWave(people, vacancies, plan),
});

/** As the outbox does: whatever was let go is made, and each offer is held against the checker of the cascade. */
const make = (people: readonly Candidacy[], vacancies: readonly Vacancy[], round: Letting): Candidacy[] =>
  goingOut(boardOf(people, vacancies), round).reduce<Candidacy[]>(
    (now, offer) => {
      const { applicationId: seeker, vacancy } = offer;
      const checked = checkedStep(cascadeOf(now, vacancies, plan), { type: 'offered', seeker, vacancy });
      expect(checked).toMatchObject({ ok: true });
      return offering(now, offer);
    },
    [...people],
  );

/** A round after a release: `through` a place of the ranking, or to everybody. */
const released = (round: Letting, through: number | undefined): Letting => ({
  offersReleasedAt: madeAt,
  offersThrough: throughAfter(round, through),
});

const whoHasWhat = (people: readonly Candidacy[]) =>
  people.map(({ offers }) => offers.map(({ vacancy, status }) => `${vacancy} ${status}`));

/** Makes what is due to the first so many people of the ranking, best first, each held against the checker. */
const upTo = (state: Cascade, most: number): Cascade => {
  const wave = waveOf(state);
  return [...state.seekers.keys()].slice(0, most).reduce((now, seeker) => {
    const vacancy = wave.get(seeker);
    if (vacancy === undefined) return now;
    const next = checkedStep(now, { type: 'offered', seeker, vacancy });
    if (!next.ok) throw new Error(JSON.stringify(next.error));
    return next.value;
  }, state);
};

/** The same by another mechanism; only deferred acceptance goes with kept posts. */
const byRank = (cascade: Cascade): Cascade => ({
  ...cascade,
  reserves: [],
  mechanism: 'merit-order-with-choice',
});

const anyPeople = fc.array(fc.shuffledSubarray(codes, { minLength: 1 }), { minLength: 1, maxLength: 8 });
const anyPosts = fc.tuple(...codes.map(() => fc.integer({ min: 1, max: 3 })));
const registerOf = (posts: readonly number[]): Vacancy[] =>
  codes.map((code, index) => aVacancy(code, { posts: posts[index] ?? 1 }));

describe('how far offers were let go', () => {
  const part: Letting = { offersReleasedAt: madeAt, offersThrough: 3 };
  const stopped: Letting = { ...part, offersStopped: { at: madeAt } };

  it('is nobody before the first release and while they are stopped, and everybody without a part', () => {
    expect([{}, part, stopped, { offersReleasedAt: madeAt }].map(letThrough)).toEqual([0, 3, 0, Infinity]);
    expect([{}, part, stopped, { offersReleasedAt: madeAt }].map(isHeldBack)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('grows with each part, and may be less only after a stop', () => {
    expect(throughAfter({}, 3)).toBe(3);
    expect(throughAfter(part, 5)).toBe(5);
    expect(throughAfter(part, 2)).toBe(3);
    expect(throughAfter(stopped, 2)).toBe(2);
    expect(throughAfter({ offersReleasedAt: madeAt }, 2)).toBeUndefined();
    expect(throughAfter(part, undefined)).toBeUndefined();
  });

  it('stays known to those whom it has reached while offers are stopped', () => {
    expect([1, 3, 4].map((place) => cameTo(stopped, place))).toEqual([true, true, false]);
    expect(cameTo({}, 1)).toBe(false);
    expect(cameTo({ offersReleasedAt: madeAt }, 900)).toBe(true);
  });
});

describe('offers in parts, whatever the parts', () => {
  const anyParts = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 });

  it('are the same offers as in one release, each told once', () => {
    let partly = 0;
    fc.assert(
      fc.property(anyPeople, anyPosts, anyParts, (wishes, posts, parts) => {
        const register = registerOf(posts);
        const everybody = wishes.map(person);
        let [people, round]: [Candidacy[], Letting] = [everybody, {}];
        for (const size of parts) {
          const waiting = waitingOffers(boardOf(people, register), round);
          const through = throughNext(waiting, size);
          const going = partThrough(waiting, through);
          round = released(round, through);
          const before = people.flatMap(openOffers).length;
          people = make(people, register, round);
          expect(people.flatMap(openOffers).length - before).toBe(going.length);
          if (through === undefined) break;
          expect(going).toHaveLength(size);
          partly += 1;
        }
        people = make(people, register, released(round, undefined));
        const atOnce = make(everybody, register, released({}, undefined));
        expect(whoHasWhat(people)).toEqual(whoHasWhat(atOnce));
      }),
      often,
    );
    expect(partly).toBeGreaterThan(50);
  });

  it('are the same where limits bind, and where posts are kept in any way', () => {
    const anyRound = fc.oneof(anyCascade, anyKept, anyOpenFirst, anyCascade.map(byRank));
    fc.assert(
      fc.property(anyRound, fc.array(fc.nat({ max: 7 }), { maxLength: 4 }), (cascade, places) => {
        const inParts = [...places.toSorted((a, b) => a - b), Infinity].reduce(upTo, cascade);

        expect([...inParts.seekers]).toEqual([...upTo(cascade, Infinity).seekers]);
      }),
      often,
    );
  });

  it('skip nobody, whatever is answered, mended or stopped between them, and come to rest', () => {
    type Between =
      | { does: Does; who: number }
      | { part: number }
      | { stop: true }
      | { post: number; has: number };
    const anyBetween = fc.array(
      fc.oneof<fc.Arbitrary<Between>[]>(
        fc.record({
          does: fc.constantFrom<Does>('accept', 'accept-conditionally', 'decline', 'lapse', 'withdraw'),
          who: fc.nat({ max: 7 }),
        }),
        fc.record({ part: fc.integer({ min: 1, max: 4 }) }),
        fc.constant({ stop: true as const }),
        fc.record({ post: fc.nat({ max: 2 }), has: fc.nat({ max: 4 }) }),
      ),
      { maxLength: 20 },
    );
    const until = expiresAt;
    fc.assert(
      fc.property(anyPeople, anyPosts, anyBetween, (wishes, posts, story) => {
        let people = wishes.map(person);
        let register = registerOf(posts);
        let round: Letting = {};
        for (const one of story) {
          if ('part' in one) {
            round = released(round, throughNext(waitingOffers(boardOf(people, register), round), one.part));
          } else if ('stop' in one) {
            if (round.offersReleasedAt) round = { ...round, offersStopped: { at: madeAt } };
          } else if ('post' in one) {
            const taken = seatsTaken(people);
            register = register.map((vacancy, index) =>
              index === one.post
                ? { ...vacancy, posts: Math.max(one.has, taken.get(vacancy.code) ?? 0) }
                : vacancy,
            );
          } else {
            serial += 1;
            const now = one.does === 'lapse' ? until : madeAt;
            people = people.map((each, index) =>
              index === one.who
                ? afterwards(each, { ok: true, value: eventsOf(each, one.does, { now, serial, until }) })
                : each,
            );
          }
          const reached = letThrough(round);
          const before = people.map(({ offers }) => offers.length);
          people = make(people, register, round);
          people.forEach(({ offers }, index) => {
            if (index + 1 > reached) expect(offers).toHaveLength(before[index] ?? 0);
          });
        }
        people = make(people, register, released(round, undefined));
        expect(nextWave(people, register, plan)).toEqual([]);
        for (const one of people) expect(acceptedOffer(one) ? openOffers(one) : []).toEqual([]);
      }),
      often,
    );
  });
});
