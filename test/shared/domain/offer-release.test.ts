import { describe, expect, it } from 'vitest';
import { releaseOffers, stopOffers } from '#shared/domain/offer-release.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { madeAt } from '#test/builders/offered.ts';
import { aRound } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';

const round = aRound('offers');
const seen = { alarms: [], ticked: [], reason: undefined };
const all = { through: undefined, recipients: 3, left: 0, confirmed: 3, seen };
const reason = { owner: 'round#X#Y', kind: 'reason', version: 1, digest: 'a'.repeat(64) } as never;

/** What a decision makes of the round. */
const then = (before: typeof round, decided: ReturnType<typeof releaseOffers>): RoundIn<'offers'> => {
  if (!decided.ok) throw new Error(decided.error.kind);
  const after = decided.value.reduce(
    (state, event) => roundAggregate.evolve(state, event),
    before as Parameters<typeof roundAggregate.evolve>[0],
  );
  if (after?.stage !== 'offers') throw new Error('The round makes no offers.');
  return after;
};

describe('releasing offers', () => {
  it('notes how many people were to be told', () => {
    expect(releaseOffers(round, all, madeAt)).toEqual({
      ok: true,
      value: [{ type: 'offers-released', at: madeAt, recipients: 3 }],
    });
  });

  it('is refused when there are now more or fewer than were looked at', () => {
    expect(releaseOffers(round, { ...all, recipients: 4 }, madeAt)).toEqual({
      ok: false,
      error: { kind: 'recipients-differ', recipients: 4, confirmed: 3 },
    });
  });

  it('belongs to the stage of offers, and to somebody', () => {
    const nobody = { ...all, recipients: 0, confirmed: 0 };

    expect(releaseOffers(aRound('claims'), nobody, madeAt)).toMatchObject({ error: { kind: 'wrong-stage' } });
    expect(releaseOffers(round, nobody, madeAt)).toEqual({ ok: true, value: [] });
  });

  it('in part goes up to a place, and the same part again changes nothing', () => {
    const part = { ...all, through: 4, left: 7 };
    const first = then(round, releaseOffers(round, part, madeAt));

    expect(first).toMatchObject({ offersReleasedAt: madeAt, offersThrough: 4 });
    expect(releaseOffers(first, part, madeAt)).toEqual({ ok: true, value: [] });
    expect(releaseOffers(first, { ...part, through: 3, confirmed: 9 }, madeAt)).toEqual({
      ok: true,
      value: [],
    });
  });

  it('in its last part is to everybody, also to whom something becomes possible later', () => {
    const first = then(round, releaseOffers(round, { ...all, through: 4, left: 7 }, madeAt));
    const last = then(
      first,
      releaseOffers(first, { ...all, through: 11, recipients: 7, confirmed: 7 }, madeAt),
    );

    expect(last.offersThrough).toBeUndefined();
  });
});

describe('stopping offers', () => {
  const later = addSeconds(madeAt, 60);

  it('is for offers of which some went out', () => {
    expect(stopOffers(round, reason, later)).toEqual({ ok: false, error: { kind: 'nothing-released' } });
    expect(stopOffers(aRound('claims'), reason, later)).toMatchObject({ error: { kind: 'wrong-stage' } });
  });

  it('lasts until the next release, also one to nobody, which may let go less than before', () => {
    const whole = then(round, releaseOffers(round, all, madeAt));
    const stopped = then(whole, stopOffers(whole, reason, later));
    const nobody = { ...all, recipients: 0, confirmed: 0 };

    expect(stopped.offersStopped).toEqual({ at: later, reason });
    expect(stopOffers(stopped, reason, at('2022-11-15T05:00'))).toEqual({ ok: true, value: [] });
    expect(then(stopped, releaseOffers(stopped, nobody, later)).offersStopped).toBeUndefined();
    const less = then(stopped, releaseOffers(stopped, { ...all, through: 2, left: 5 }, later));
    expect(less).toMatchObject({ offersThrough: 2, offersReleasedAt: madeAt });
    expect(less.offersStopped).toBeUndefined();
  });
});
