import { describe, expect, it } from 'vitest';
import { Candidacy, type CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { effectOf, goneElsewhere, noteAnswer } from '#shared/domain/elsewhere-gone.ts';
import { isUnplaced } from '#shared/domain/exchange.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import {
  acceptConditionally,
  declineOffer,
  lapseOffer,
  makeOffer,
  waitsForOffer,
} from '#shared/domain/offer.ts';
import { nextWave } from '#shared/domain/offer-wave.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { afterwards, expiresAt, madeAt, offerId, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const list = sha256Of('list');
const other = sha256Of('other list');
const zone = 'Asia/Almaty';
const heardAt = at('2022-11-16T05:00');
const accepted = { list, answer: 'accepted' as const, on: '2022-11-15' };

const handed = (...lists: (typeof list)[]): CandidacyEvent[] =>
  lists.flatMap((one): CandidacyEvent[] => [
    { type: 'elsewhere-joined', at: madeAt, list: one, region: 'KZ-61' },
    { type: 'elsewhere-handed', at: madeAt, list: one, packet: sha256Of('packet') },
  ]);

const offered = (candidacy: Candidacy): Candidacy =>
  afterwards(
    candidacy,
    makeOffer(candidacy, { id: offerId('A'), vacancy: vacancyCode('MAT-001'), expiresAt }, madeAt),
  );

const onCondition = (candidacy: Candidacy): Candidacy =>
  afterwards(
    candidacy,
    acceptConditionally(candidacy, { offer: offerId('A'), zone, condition: 'diploma', expiresAt }, madeAt),
  );

const someone = () => afterwards(aCandidacy(), handed(list));

describe('somebody who accepted a post of another region', () => {
  it('is offered nothing more, waits for nothing, and is asked about nothing', () => {
    const gone = afterwards(someone(), noteAnswer(someone(), accepted, heardAt));

    expect(goneElsewhere(gone)).toMatchObject({ list, goneAt: heardAt });
    expect([waitsForOffer(gone), isUnplaced(gone)]).toEqual([false, false]);
    expect(nextWave([gone], [aVacancy('MAT-001')], aRoundFile().posts)).toEqual([]);
    expect(
      makeOffer(gone, { id: offerId('A'), vacancy: vacancyCode('MAT-001'), expiresAt }, heardAt),
    ).toMatchObject({ error: { kind: 'not-in-stage' } });
  });

  it('keeps what was accepted here on a condition, and is out once that ends', () => {
    const held = onCondition(offered(someone()));
    const asked = afterwards(held, noteAnswer(held, accepted, heardAt));
    const lapsed = afterwards(asked, lapseOffer(asked, offerId('A'), expiresAt));
    const declined = afterwards(
      asked,
      declineOffer(asked, { offer: offerId('A'), zone, reason: 'distance' }, heardAt),
    );

    expect(effectOf(held, accepted).kind).toBe('conflict');
    expect(asked.offers.map(({ status }) => status)).toEqual(['open']);
    expect(goneElsewhere(asked)).toBeUndefined();
    expect(goneElsewhere(lapsed)).toMatchObject({ list, goneAt: expiresAt });
    expect(goneElsewhere(declined)).toMatchObject({ list, goneAt: heardAt });
  });

  it('stays out by the other one of two regions where one takes it back', () => {
    const both = afterwards(aCandidacy(), handed(list, other));
    const gone = afterwards(both, noteAnswer(both, accepted, heardAt));
    const second = afterwards(gone, noteAnswer(gone, { ...accepted, list: other }, heardAt));
    const ended = { list, answer: 'ended' as const, on: '2022-11-15' };
    const after = afterwards(second, noteAnswer(second, ended, heardAt));

    expect(effectOf(gone, { list: other, answer: 'accepted' }).kind).toBe('conflict');
    expect(goneElsewhere(after)?.list).toBe(other);
  });

  it('is nobody who was not handed over, and the same again changes nothing', () => {
    const stranger = aCandidacy();
    const gone = afterwards(someone(), noteAnswer(someone(), accepted, heardAt));

    expect(noteAnswer(stranger, accepted, heardAt)).toEqual([]);
    expect(noteAnswer(gone, accepted, heardAt)).toEqual([]);
  });

  it('can be read from records of before, which know nothing of it', () => {
    const before = Candidacy.parse(JSON.parse(JSON.stringify(someone())));
    const [part] = before.elsewhere ?? [];

    expect(part).not.toHaveProperty('answer');
    expect(goneElsewhere(before)).toBeUndefined();
    expect(candidacyAggregate.snapshot.parse(before)).toEqual(before);
  });
});
