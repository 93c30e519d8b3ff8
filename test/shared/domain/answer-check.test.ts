import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFaults } from '#shared/domain/answer-check.ts';
import type { Candidacy, CandidacyEvent, Offer } from '#shared/domain/candidacy.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { OfferId, PlacementId, type VacancyCode } from '#shared/domain/ids.ts';
import { closeOffers, makeOffer, openOffers } from '#shared/domain/offer.ts';
import type { Seats } from '#shared/domain/seats.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { type Does, eventsOf } from '#test/builders/offer-turns.ts';
import { afterwards, expiresAt, madeAt, vacancyCode } from '#test/builders/offered.ts';
import { named } from '#test/builders/rated.ts';

const often = { numRuns: 200 * (process.env['SOAK'] ? 500 : 1) };
const codes = ['MAT-001', 'MAT-002', 'MAT-003'];

const offered = (candidacy: Candidacy, vacancy: string, index: number): Candidacy => {
  const id = OfferId.parse(named('0FF', index));
  const made = makeOffer(candidacy, { id, vacancy: vacancyCode(vacancy), expiresAt }, madeAt);
  return made.ok ? afterwards(candidacy, made) : candidacy;
};

const withOffers = (vacancies: readonly string[]): Candidacy => vacancies.reduce(offered, aCandidacy());

const seatFor = ({ id, status }: Offer): Seats['taken'][number][] =>
  status === 'open' || status === 'accepted'
    ? [
        {
          offer: id,
          applicationId: aCandidacy().applicationId,
          status: status === 'open' ? 'held' : 'accepted',
        },
      ]
    : [];

/** The seats as they must stand beside the offers of somebody. */
const seatsBeside = ({ roundId, offers }: Candidacy): Map<VacancyCode, Seats> => {
  const seats = new Map<VacancyCode, Seats>();
  for (const offer of offers) {
    const { vacancy } = offer;
    const taken = [...(seats.get(vacancy)?.taken ?? []), ...seatFor(offer)];
    seats.set(vacancy, { roundId, vacancy, capacity: 1, taken });
  }
  return seats;
};

const faultsOf = (before: Candidacy, events: readonly CandidacyEvent[], seats = events): string[] =>
  answerFaults(before, { events, seats: seatsBeside(afterwards(before, [...seats])) }).map(
    ({ fault }) => fault,
  );

const accepting = (before: Candidacy, which: number): CandidacyEvent => {
  const offer = openOffers(before)[which];
  if (!offer) throw new Error('There is no such offer.');
  return { type: 'offer-accepted', at: madeAt, offer: offer.id, placement: PlacementId.parse(named('P', 1)) };
};

const ending = (before: Candidacy, type: 'offer-closed' | 'offer-lapsed', which = 0): CandidacyEvent => {
  const offer = openOffers(before)[which];
  if (!offer) throw new Error('There is no such offer.');
  return { type, at: madeAt, offer: offer.id };
};

describe('an answer once more by the step of the cascade', () => {
  it('holds whatever people do one after the other with the offers that they have', () => {
    const seen = new Set<string>();
    const anyDoing = fc.constantFrom<Does[]>(
      'accept',
      'accept-conditionally',
      'decline',
      'lapse',
      'withdraw',
      'defer',
    );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...codes), { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(anyDoing, fc.constantFrom(...codes)), { maxLength: 6 }),
        (vacancies, story) => {
          let now = withOffers(vacancies);
          for (const [index, [does, next]] of story.entries()) {
            const at = does === 'lapse' ? expiresAt : madeAt;
            const events = eventsOf(now, does, { now: at, serial: index, until: expiresAt });
            for (const { type } of events) seen.add(type);
            expect(faultsOf(now, events)).toEqual([]);
            now = offered(afterwards(now, events), next, 10 + index);
          }
        },
      ),
      often,
    );
    expect([...seen].toSorted()).toEqual([
      'candidacy-deferred',
      'candidacy-withdrawn',
      'offer-accepted',
      'offer-accepted-conditionally',
      'offer-closed',
      'offer-declined',
      'offer-lapsed',
    ]);
  });

  it('lets what is open end by itself once the round makes no offers any more, and only then', () => {
    const before = withOffers(codes);
    const events = closeOffers(before, madeAt);
    const seats = seatsBeside(afterwards(before, events));

    expect(answerFaults(before, { events, seats, haveEnded: true })).toEqual([]);
    expect(answerFaults(before, { events, seats }).map(({ fault }) => fault)).toEqual(
      codes.map(() => 'taken-away'),
    );
  });

  it('follows somebody who leaves for another region and comes back', () => {
    const list = sha256Of('list');
    const before = afterwards(withOffers(codes.slice(0, 2)), [
      { type: 'elsewhere-joined', at: madeAt, list, region: 'KZ-61' },
    ]);
    const left: CandidacyEvent[] = [
      ...closeOffers(before, madeAt),
      { type: 'elsewhere-gone', at: madeAt, list },
    ];
    const gone = afterwards(before, left);
    const offers = gone.offers.map(({ id }) => id);
    const back: CandidacyEvent[] = [{ type: 'elsewhere-returned', at: madeAt, list, offers }];

    expect(faultsOf(before, left)).toEqual([]);
    expect(faultsOf(gone, back)).toEqual([]);
    expect(faultsOf(before, back)).toEqual(['nothing-to-answer']);
  });
});

describe('a program that decides wrongly', () => {
  const two = withOffers(['MAT-001', 'MAT-002']);

  it.for<[string, CandidacyEvent[], string[]]>([
    ['leaves another offer open beside an acceptance', [accepting(two, 0)], ['other-than-step']],
    [
      'takes a second post for somebody who has one',
      [accepting(two, 0), accepting(two, 1)],
      ['nothing-to-answer'],
    ],
    ['takes an offer away that nobody answered', [ending(two, 'offer-closed')], ['taken-away']],
    [
      'ends an offer beside the one that lapses',
      [ending(two, 'offer-lapsed'), ending(two, 'offer-closed', 1)],
      ['other-than-step'],
    ],
    [
      'lets somebody withdraw who keeps an offer',
      [ending(two, 'offer-closed'), { type: 'candidacy-withdrawn', at: madeAt }],
      ['other-than-step'],
    ],
  ])('%s', ([, events, faults]) => {
    expect(faultsOf(two, events)).toEqual(faults);
  });

  it('accepts for somebody who holds two posts already', () => {
    const offers = two.offers.map((offer, index) =>
      index === 0 ? { ...offer, status: 'accepted' as const } : offer,
    );

    // The step would leave them the one that they accept; `acceptOffer` closes what is open alone.
    expect(faultsOf({ ...two, offers }, [accepting({ ...two, offers }, 0)])).toEqual(['other-than-step']);
  });

  it('ends an offer beside the one that lapses, where one of the same post was closed before', () => {
    const [first] = two.offers;
    if (!first) throw new Error('Nothing was offered.');
    const before = { ...first, id: OfferId.parse(named('0FF', 9)), status: 'closed' as const };
    const again = { ...two, offers: [before, ...two.offers] };
    const lapsed = ending(again, 'offer-lapsed', 1);

    expect(faultsOf(again, [lapsed])).toEqual([]);
    expect(faultsOf(again, [lapsed, ending(again, 'offer-closed')])).toEqual(['other-than-step']);
  });

  it('leaves the seats as they were', () => {
    const [accepted, closed] = [accepting(two, 0), ending(two, 'offer-closed', 1)];

    expect(faultsOf(two, [accepted, closed])).toEqual([]);
    expect(faultsOf(two, [accepted, closed], [])).toEqual(['seat-differs', 'seat-differs']);
    expect(faultsOf(two, [accepted, closed], [accepted])).toEqual(['seat-differs']);
  });

  it('lets somebody accept where more people have a seat than there are', () => {
    const events = [accepting(two, 0), ending(two, 'offer-closed', 1)];
    const [accepted] = afterwards(two, events).offers;
    if (!accepted) throw new Error('Nothing was offered.');
    const seats = seatsBeside(afterwards(two, events));
    for (const [code, one] of seats) seats.set(code, { ...one, capacity: 0 });
    const lapsed = [ending(two, 'offer-lapsed')];
    const freed = seatsBeside(afterwards(two, lapsed));
    const other = seatFor({ ...accepted, id: OfferId.parse(named('0FF', 9)) });
    for (const [code, one] of freed)
      freed.set(code, { ...one, capacity: 0, taken: [...one.taken, ...other] });

    expect(answerFaults(two, { events, seats })).toEqual([{ fault: 'over-capacity', vacancy: 'MAT-001' }]);
    // Giving a seat back only mends it.
    expect(answerFaults(two, { events: lapsed, seats: freed })).toEqual([]);
  });
});
