import { describe, expect, it } from 'vitest';
import { PlacementId } from '#shared/domain/ids.ts';
import {
  acceptOffer,
  answerBy,
  declineOffer,
  lapseOffer,
  makeOffer,
  remindAt,
  remindOfOffer,
  restartOffer,
  withdrawCandidacy,
} from '#shared/domain/offer.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { afterwards, expiresAt, madeAt, offerId, vacancyCode } from '#test/builders/offered.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const [one, other] = [offerId('A'), offerId('B')];
const zone = 'Asia/Almaty';
const placement = PlacementId.parse('P'.repeat(20));
const accept = { offer: one, zone, placement };
const decline = { offer: one, zone, reason: 'distance' as const };

const offered = afterwards(
  aCandidacy(),
  makeOffer(aCandidacy(), { id: one, vacancy: vacancyCode('MAT-002'), expiresAt }, madeAt),
);
const offeredTwo = afterwards(
  offered,
  makeOffer(offered, { id: other, vacancy: vacancyCode('MAT-001'), expiresAt }, madeAt),
);

describe('making an offer', () => {
  it('offers a post with the moment until which it may be answered', () => {
    expect(offered.offers).toEqual([
      { id: one, vacancy: 'MAT-002', madeAt, expiresAt, status: 'open', attempt: 1 },
    ]);
  });

  it('never offers the same post to a person again, however it ended', () => {
    const again = { id: other, vacancy: vacancyCode('MAT-002'), expiresAt };
    const declined = afterwards(offered, declineOffer(offered, decline, madeAt));
    const lapsed = afterwards(offered, lapseOffer(offered, one, expiresAt));

    for (const [candidacy, status] of [
      [offered, 'open'],
      [declined, 'declined'],
      [lapsed, 'lapsed'],
    ] as const) {
      expect(makeOffer(candidacy, again, madeAt)).toEqual({
        ok: false,
        error: { kind: 'offer-ended', status },
      });
    }
  });

  it('offers nothing to who has a post or has withdrawn', () => {
    const next = { id: other, vacancy: vacancyCode('MAT-001'), expiresAt };
    const placed = afterwards(offered, acceptOffer(offered, accept, madeAt));
    const gone = afterwards(offered, withdrawCandidacy(offered, madeAt));

    expect(makeOffer(placed, next, madeAt)).toMatchObject({
      error: { kind: 'offer-ended', status: 'accepted' },
    });
    expect(makeOffer(gone, next, madeAt)).toMatchObject({ error: { kind: 'not-in-stage' } });
  });
});

describe('accepting an offer', () => {
  it('closes the other open offers of the person', () => {
    const placed = afterwards(offeredTwo, acceptOffer(offeredTwo, accept, madeAt));

    expect(placed.offers.map(({ status }) => status)).toEqual(['accepted', 'closed']);
    expect(placed.offers[0]?.placementId).toBe(placement);
  });

  it('is possible until the last thousandth before the deadline, and at the deadline too late', () => {
    const lastMoment = addSeconds(expiresAt, -0.001);

    expect(acceptOffer(offered, accept, lastMoment)).toMatchObject({ ok: true });
    expect(acceptOffer(offered, accept, expiresAt)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt: expiresAt, zone, of: 'offers' },
    });
  });

  it('twice changes nothing the second time', () => {
    const placed = afterwards(offered, acceptOffer(offered, accept, madeAt));

    expect(acceptOffer(placed, accept, madeAt)).toEqual({ ok: true, value: [] });
  });

  it('is refused once it was declined, has lapsed or was closed, and for an offer that never was', () => {
    const declined = afterwards(offered, declineOffer(offered, decline, madeAt));
    const lapsed = afterwards(offered, lapseOffer(offered, one, expiresAt));
    const closed = afterwards(offeredTwo, acceptOffer(offeredTwo, { ...accept, offer: other }, madeAt));

    const statuses = [declined, lapsed, closed].map((candidacy) => acceptOffer(candidacy, accept, madeAt));
    expect(statuses).toEqual(
      ['declined', 'lapsed', 'closed'].map((status) => ({
        ok: false,
        error: { kind: 'offer-ended', status },
      })),
    );
    expect(acceptOffer(aCandidacy(), accept, madeAt)).toMatchObject({ error: { kind: 'not-found' } });
  });
});

describe('declining an offer', () => {
  it('keeps the reason, and leaves the other offers as they are', () => {
    const candidacy = afterwards(offeredTwo, declineOffer(offeredTwo, decline, madeAt));

    expect(candidacy.offers.map(({ status }) => status)).toEqual(['declined', 'open']);
    expect(candidacy.offers[0]?.reason).toBe('distance');
  });

  it('again changes nothing; after accepting, or at the deadline, it is refused', () => {
    const declined = afterwards(offered, declineOffer(offered, decline, madeAt));
    const placed = afterwards(offered, acceptOffer(offered, accept, madeAt));

    expect(declineOffer(declined, decline, madeAt)).toEqual({ ok: true, value: [] });
    expect(declineOffer(placed, decline, madeAt)).toMatchObject({ error: { status: 'accepted' } });
    expect(declineOffer(offered, decline, expiresAt)).toMatchObject({ error: { kind: 'too-late' } });
  });
});

describe('an offer that nobody answers', () => {
  it('lapses at its deadline and not before', () => {
    expect(lapseOffer(offered, one, addSeconds(expiresAt, -0.001))).toEqual([]);
    expect(lapseOffer(offered, one, expiresAt)).toEqual([
      { type: 'offer-lapsed', at: expiresAt, offer: one },
    ]);
  });

  it('does not lapse once it was answered', () => {
    const placed = afterwards(offered, acceptOffer(offered, accept, madeAt));

    expect(lapseOffer(placed, one, expiresAt)).toEqual([]);
  });

  it('is reminded of once', () => {
    const reminded = afterwards(offered, remindOfOffer(offered, one, madeAt));

    expect(reminded.offers[0]?.remindedAt).toBe(madeAt);
    expect(remindOfOffer(reminded, one, madeAt)).toEqual([]);
    expect(remindOfOffer(offered, one, expiresAt)).toEqual([]);
  });

  it('gets another execution once for each that was lost', () => {
    const restarted = afterwards(offered, restartOffer(offered, { offer: one, ended: 1 }, madeAt));

    expect(restarted.offers[0]?.attempt).toBe(2);
    expect(restartOffer(restarted, { offer: one, ended: 1 }, madeAt)).toEqual([]);
  });
});

describe('withdrawing a candidacy', () => {
  it('closes open and accepted offers, once', () => {
    const placed = afterwards(offeredTwo, acceptOffer(offeredTwo, accept, madeAt));
    const gone = afterwards(placed, withdrawCandidacy(placed, madeAt));

    expect(gone.offers.map(({ status }) => status)).toEqual(['closed', 'closed']);
    expect(gone.withdrawnAt).toBe(madeAt);
    expect(withdrawCandidacy(gone, madeAt)).toEqual([]);
  });
});

describe('the time for an answer', () => {
  const file = aRoundFile();

  it('ends with the last of so many working days, on the clocks of the round', () => {
    expect(answerBy(file, madeAt)).toBe(expiresAt);
    expect(answerBy(file, at('2022-11-18T05:00'))).toBe(at('2022-11-23T18:00'));
  });

  it('is reminded of in the morning of the working day before the last one', () => {
    expect(remindAt(file, { madeAt })).toBe(at('2022-11-16T03:00'));
  });

  it('is not reminded of where that morning was over when the offer was made', () => {
    const hurried = { ...file, answer: { ...file.answer, workingDays: 1 } };

    expect(remindAt(hurried, { madeAt })).toBeUndefined();
  });
});
