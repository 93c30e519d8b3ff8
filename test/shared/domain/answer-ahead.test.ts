import { describe, expect, it } from 'vitest';
import { acceptAhead, isAnsweredAhead, sayAhead } from '#shared/domain/answer-ahead.ts';
import type { Candidacy, Offer } from '#shared/domain/candidacy.ts';
import type { Subject } from '#shared/domain/codes.ts';
import { PlacementId } from '#shared/domain/ids.ts';
import { makeOffer, offerOf, openOffers } from '#shared/domain/offer.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { afterwards, expiresAt, madeAt, offerId, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';

const zone = 'Asia/Almaty';
const [first, second] = [vacancyCode('MAT-001'), vacancyCode('MAT-002')];
const day = 24 * 60 * 60;

/** Open offers of both posts, the second one with the later deadline, of somebody who said at this moment that both are accepted. */
const saidAt = (moment = addSeconds(madeAt, 60), over: Partial<Candidacy> = {}): Candidacy => {
  const facts = { subjects: ['mathematics' as const], languages: ['kk' as const], choices: [first, second] };
  const offers = [
    { id: offerId('A'), vacancy: first, expiresAt },
    { id: offerId('B'), vacancy: second, expiresAt: addSeconds(expiresAt, day) },
  ];
  const offered = offers.reduce(
    (one, offer) => afterwards(one, makeOffer(one, offer, madeAt)),
    aCandidacy({ facts }),
  );
  const said = afterwards(
    offered,
    sayAhead(offered, { upTo: 2, zone, goesOn: false, vacancies: [] }, moment),
  );
  return { ...said, ...over };
};

const answeredIn = (candidacy: Candidacy, exchangedAt?: typeof madeAt): string[] =>
  openOffers(candidacy)
    .filter((offer) => isAnsweredAhead(candidacy, offer, { exchangedAt }))
    .map(({ vacancy }) => vacancy);

describe('the best of several open offers of which something was said in advance', () => {
  it('is that of the first wish', () => {
    expect(answeredIn(saidAt())).toEqual([first]);
  });

  it('is that of the wishes that count now, once those of the second chance do', () => {
    const chosen = saidAt(undefined, { exchange: { agreedAt: madeAt, choices: [first] } });

    expect(answeredIn(chosen)).toEqual([first]);
    expect(answeredIn(chosen, madeAt)).toEqual([second]);
  });

  it('is none of which the deadline is over and the lapse is held, also once the better one has ended', () => {
    const both = saidAt();
    const offersWith = (worse: Partial<Offer>): Offer[] =>
      both.offers.map((offer) =>
        Object.assign({}, offer, offer.vacancy === first ? { status: 'declined' } : worse),
      );

    expect(answeredIn({ ...both, offers: offersWith({}) })).toEqual([second]);
    expect(answeredIn({ ...both, offers: offersWith({ lapseHeldAt: expiresAt }) })).toEqual([]);
  });

  it('is none that was open past its deadline when it was said', () => {
    const late = saidAt(addSeconds(expiresAt, 60));
    const worse = offerOf(late, offerId('B'));
    const placement = PlacementId.parse('P1ACEMENT00000000000');
    const now = addSeconds(expiresAt, day);

    expect(answeredIn(late)).toEqual([second]);
    expect(worse && acceptAhead(late, { offer: worse.id, placement }, now)).toMatchObject([
      { type: 'offer-accepted', offer: offerId('B') },
      { type: 'offer-closed', offer: offerId('A') },
    ]);
  });
});

describe('somebody without an offer', () => {
  const facts = { subjects: ['mathematics' as const], languages: ['kk' as const], choices: [first, second] };
  const asks = (
    one: Candidacy,
    { goesOn = true, subject = 'mathematics' }: { goesOn?: boolean; subject?: Subject } = {},
  ) => {
    const vacancies = [aVacancy(first, { subject }), aVacancy(second, { subject })];
    return sayAhead(one, { upTo: 2, zone, goesOn, vacancies }, madeAt);
  };
  const nothing = { error: { kind: 'no-offer-to-come' } };

  it('says something in advance who goes on and teaches what is wanted, and nobody else', () => {
    const waits = aCandidacy({ facts });

    expect(asks(waits)).toMatchObject({ ok: true });
    expect(asks(waits, { goesOn: false })).toMatchObject(nothing);
    expect(asks(waits, { subject: 'physics' })).toMatchObject(nothing);
  });

  it('says nothing once every post of the list was offered, unless one was chosen anew', () => {
    const ended = { madeAt, expiresAt, status: 'lapsed' as const, endedAt: expiresAt, attempt: 1 };
    const offers = [
      { id: offerId('A'), vacancy: first, ...ended },
      { id: offerId('B'), vacancy: second, ...ended },
    ];
    const asked = aCandidacy({ facts, offers });
    const anew = aCandidacy({ facts, offers, exchange: { agreedAt: expiresAt, choices: [second] } });
    const vacancies = [aVacancy(first), aVacancy(second)];
    const counting = { upTo: 2, zone, goesOn: true, vacancies, exchangedAt: addSeconds(expiresAt, day) };

    expect(asks(asked)).toMatchObject(nothing);
    expect(sayAhead(asked, counting, counting.exchangedAt)).toMatchObject(nothing);
    expect(sayAhead(anew, counting, counting.exchangedAt)).toMatchObject({ ok: true });
  });
});
