import { describe, expect, it } from 'vitest';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import {
  type Exchange,
  isUnplaced,
  joinExchange,
  leaveExchange,
  openExchange,
  rankInExchange,
  runExchange,
  wishesOf,
} from '#shared/domain/exchange.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { declineOffer, makeOffer } from '#shared/domain/offer.ts';
import { nextWave } from '#shared/domain/offer-wave.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { afterwards, expiresAt, madeAt, offerId, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { withExchange } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const by = PersonId.parse('SECRETARY00000000000');
const zone = 'Asia/Almaty';
/** Monday; three working days end on Thursday at midnight in Almaty. */
const openedAt = at('2022-11-21T05:00');
const until = at('2022-11-24T18:00');
const exchange: Exchange = { openedAt, by, until, asked: 2 };
const here = { exchange, zone };
const before = addSeconds(until, -0.001);
const [first, second] = [vacancyCode('MAT-001'), vacancyCode('MAT-002')];

const choosing = (choices: readonly (typeof first)[], basedOn: readonly (typeof first)[] = []) => ({
  choices,
  basedOn,
  posts: new Set([first, second]),
  limit: 2,
});

const candidacy = (choices = ['MAT-001']): Candidacy =>
  aCandidacy({ facts: { subjects: ['mathematics'], languages: ['kk'], choices: choices.map(vacancyCode) } });

const joined = (one = candidacy()): Candidacy => afterwards(one, joinExchange(one, here, openedAt));

describe('opening the exchange', () => {
  const counts = { by, asked: 2, confirmed: 2, remaining: 0, releasedAt: at('2022-11-14T05:00') };

  it('asks everyone without a post, until the end of the last working day', () => {
    expect(openExchange(undefined, withExchange(), counts, openedAt)).toEqual({
      ok: true,
      value: [{ type: 'exchange-opened', at: openedAt, by, until, asked: 2 }],
    });
  });

  it('waits for the offers to come to rest, unless the day of the round file has come', () => {
    const awaited = { ...counts, remaining: 3 };
    const refused = { ok: false, error: { kind: 'unfinished-work', remaining: 3, of: 'offers' } };

    expect(openExchange(undefined, withExchange(), awaited, openedAt)).toEqual(refused);
    expect(openExchange(undefined, withExchange({ opensOn: '2022-11-22' }), awaited, openedAt)).toEqual(
      refused,
    );
    expect(openExchange(undefined, withExchange({ opensOn: '2022-11-21' }), awaited, openedAt).ok).toBe(true);
    const unreleased = { ...awaited, releasedAt: undefined };
    expect(openExchange(undefined, withExchange({ opensOn: '2022-11-21' }), unreleased, openedAt)).toEqual(
      refused,
    );
  });

  it('is refused with another number of people, does nothing for nobody, and happens once', () => {
    expect(openExchange(undefined, withExchange(), { ...counts, confirmed: 1 }, openedAt)).toEqual({
      ok: false,
      error: { kind: 'recipients-differ', recipients: 2, confirmed: 1 },
    });
    const nobody = { ...counts, asked: 0, confirmed: 0 };
    expect(openExchange(undefined, withExchange(), nobody, openedAt)).toEqual({ ok: true, value: [] });
    expect(openExchange(exchange, withExchange(), counts, openedAt)).toEqual({ ok: true, value: [] });
  });
});

describe('taking part', () => {
  it('is agreed to once, and the deadline itself is too late', () => {
    const late = { ok: false, error: { kind: 'too-late', closesAt: until, zone } };

    expect(joined().exchange).toEqual({ agreedAt: openedAt, choices: [] });
    expect(joinExchange(joined(), here, before)).toEqual({ ok: true, value: [] });
    expect(joinExchange(candidacy(), here, before).ok).toBe(true);
    expect(joinExchange(candidacy(), here, until)).toEqual(late);
    expect(rankInExchange(joined(), choosing([first]), here, until)).toEqual(late);
    expect(leaveExchange(joined(), here, until)).toEqual(late);
  });

  it('is not for who is being asked about a post', () => {
    const one = candidacy();
    const asked = afterwards(one, makeOffer(one, { id: offerId('A'), vacancy: first, expiresAt }, madeAt));

    expect(isUnplaced(asked)).toBe(false);
    expect(joinExchange(asked, here, openedAt)).toEqual({ ok: false, error: { kind: 'not-in-stage' } });
  });

  it('ranks empty posts from the order that the page showed', () => {
    const ranked = afterwards(joined(), rankInExchange(joined(), choosing([second, first]), here, before));

    expect(ranked.exchange?.choices).toEqual([second, first]);
    expect(rankInExchange(ranked, choosing([second, first]), here, before)).toEqual({ ok: true, value: [] });
    expect(rankInExchange(ranked, choosing([first], [first]), here, before)).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('keeps what was chosen while its post was empty, and takes nothing else', () => {
    const ranked = afterwards(joined(), rankInExchange(joined(), choosing([first]), here, before));
    const taken = { ...choosing([second, first], [first]), posts: new Set([second]) };

    expect(rankInExchange(ranked, taken, here, before).ok).toBe(true);
    for (const [choices, kind] of [
      [[vacancyCode('PHY-001')], 'unknown-vacancy'],
      [[first, first], 'invalid'],
    ] as const) {
      expect(rankInExchange(joined(), choosing(choices), here, before)).toMatchObject({ error: { kind } });
    }
    expect(rankInExchange(joined(), { ...choosing([first, second]), limit: 1 }, here, before)).toMatchObject({
      error: { kind: 'too-many-choices', limit: 1 },
    });
  });

  it('without a consent ranks nothing, and taken back leaves nothing', () => {
    const ranked = afterwards(joined(), rankInExchange(joined(), choosing([first]), here, before));
    const left = afterwards(ranked, leaveExchange(ranked, here, before));

    expect(rankInExchange(candidacy(), choosing([first]), here, before)).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
    expect(left).toEqual(candidacy());
    expect(leaveExchange(left, here, before)).toEqual({ ok: true, value: [] });
  });
});

describe('letting the choices count', () => {
  const counts = { by, recipients: 1, confirmed: 1, zone };

  it('happens once, from the deadline on, with as many offers as somebody looked at', () => {
    expect(runExchange(exchange, counts, before)).toEqual({
      ok: false,
      error: { kind: 'too-early', until, zone },
    });
    expect(runExchange(exchange, { ...counts, recipients: 2 }, until)).toMatchObject({
      error: { kind: 'recipients-differ' },
    });
    expect(runExchange(exchange, counts, until)).toEqual({
      ok: true,
      value: [{ type: 'exchange-run', at: until, by, recipients: 1 }],
    });
    const ran = { ...exchange, ran: { at: until, by, recipients: 1 } };
    expect(runExchange(ran, counts, until)).toEqual({ ok: true, value: [] });
  });

  it('puts them after the other wishes, and a post that was let go comes back where it was chosen anew', () => {
    const one = candidacy(['MAT-001', 'MAT-003']);
    const asked = afterwards(one, makeOffer(one, { id: offerId('A'), vacancy: first, expiresAt }, madeAt));
    const answer = { offer: offerId('A'), zone, reason: 'distance' } as const;
    const declined = joined(afterwards(asked, declineOffer(asked, answer, madeAt)));
    const ranked = afterwards(declined, rankInExchange(declined, choosing([second, first]), here, before));
    const posts = [aVacancy('MAT-001'), aVacancy('MAT-002', { posts: 0 })];
    const plan = { total: 10, quotas: [] };

    expect(wishesOf(ranked, undefined)).toEqual(['MAT-001', 'MAT-003']);
    expect(wishesOf(ranked, until)).toEqual(['MAT-003', 'MAT-002', 'MAT-001']);
    expect(nextWave([ranked], posts, plan)).toEqual([]);
    expect(nextWave([ranked], posts, { ...plan, exchangedAt: until })).toMatchObject([
      { vacancy: 'MAT-001' },
    ]);
    const again = { id: offerId('B'), vacancy: first, expiresAt: addSeconds(until, 86_400) };
    expect(makeOffer(ranked, again, until)).toMatchObject({ error: { kind: 'offer-ended' } });
    const offered = afterwards(ranked, makeOffer(ranked, { ...again, exchangedAt: until }, until));
    // Let go once more, it is over for good.
    const over = afterwards(offered, declineOffer(offered, { ...answer, offer: offerId('B') }, until));
    expect(nextWave([over], posts, { ...plan, exchangedAt: until })).toEqual([]);
  });

  it.for([
    // The clock of whoever let go was ahead of the one on which the choices began to count; then behind it.
    { turn: 2, endedAt: addSeconds(until, 5), again: ['MAT-001'] },
    { turn: 4, endedAt: addSeconds(until, -5), again: [] },
  ])(
    'says by turns whether a post was let go before they counted: turn $turn',
    ({ turn, endedAt, again }) => {
      const one = candidacy(['MAT-001']);
      const made = makeOffer(
        one,
        { id: offerId('A'), vacancy: first, expiresAt: addSeconds(until, 60) },
        madeAt,
      );
      const asked = afterwards(one, [...inTurn(made.ok ? made.value : [], 1)]);
      const answer = { offer: offerId('A'), zone, reason: 'distance' } as const;
      const joining = joined({ ...asked, offers: [] });
      const choosy = afterwards(joining, rankInExchange(joining, choosing([first]), here, before));
      const open = { ...choosy, offers: asked.offers };
      const declined = declineOffer(open, answer, endedAt);
      const over = afterwards(open, [...inTurn(declined.ok ? declined.value : [], turn)]);

      const wave = nextWave([over], [aVacancy('MAT-001')], {
        total: 10,
        quotas: [],
        exchangedAt: until,
        exchangedTurn: 3,
      });

      expect(wave.map(({ vacancy }) => vacancy)).toEqual(again);
    },
  );
});
