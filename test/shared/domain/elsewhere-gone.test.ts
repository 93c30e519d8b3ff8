import { describe, expect, it } from 'vitest';
import { Candidacy, type CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { effectOf, goneElsewhere, noteAnswer } from '#shared/domain/elsewhere-gone.ts';
import { askStatement } from '#shared/domain/elsewhere-stating.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { isUnplaced } from '#shared/domain/exchange.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
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
const stage = 'offers' as const;
const accepted = { list, answer: 'accepted' as const, on: '2022-11-15', stage };

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
    const ended = { ...accepted, answer: 'ended' as const };
    const after = afterwards(second, noteAnswer(second, ended, heardAt));

    expect(effectOf(gone, { ...accepted, list: other }).kind).toBe('conflict');
    // Nobody counts as in again who stays out.
    expect(effectOf(second, ended).kind).toBe('noted');
    expect(goneElsewhere(after)?.list).toBe(other);
  });

  it.for(['onboarding', 'closed'] as const)('stays out once no offers are made any more: %s', (later) => {
    const gone = afterwards(someone(), noteAnswer(someone(), accepted, heardAt));
    const ended = { ...accepted, answer: 'ended' as const, stage: later };
    const events = noteAnswer(gone, ended, heardAt);

    expect(effectOf(gone, ended)).toEqual({ kind: 'over' });
    expect(events.map(({ type }) => type)).toEqual(['elsewhere-answered']);
    expect(goneElsewhere(afterwards(gone, events))?.list).toBe(list);
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

describe('what was handed over before answers could be sealed', () => {
  it('is read as it was stored, and is told why no statement can be made about it', () => {
    const by = PersonId.parse('ADM1N000000000000000');
    const roundId = RoundId.parse('R0000000000000000000');
    const document = { owner: 'elsewhere', kind: 'packet', version: 1, digest: list } as const;
    const facts = {
      from: 'KZ-19',
      of: roundId,
      intake: '2022-3',
      packet: list,
      bundle: list,
      key: list,
    } as const;
    const person = { from: 'KZ-19', number: ApplicationNumber.parse('KZ19-AAAA-0000') } as const;
    const events = [
      {
        type: 'elsewhere-listed',
        at: madeAt,
        by,
        roundId,
        statement: list,
        posts: 1,
        choosingUntil: madeAt,
        handingUntil: madeAt,
        keptUntil: expiresAt,
      },
      { type: 'elsewhere-people-brought', at: madeAt, by, ...facts, people: 1, document },
      { type: 'elsewhere-people-confirmed', at: madeAt, by, arrival: 1 },
      { type: 'elsewhere-posts-given', at: madeAt, by, given: [{ ...person, vacancy: 'MAT-001' }] },
    ].map((event) => elsewhereAggregate.event.parse(event));
    const before = evolveAll(elsewhereAggregate, undefined, events);
    const people = [{ number: person.number, answer: 'accepted' as const, on: '2022-11-15' }];
    const asked = before && askStatement(before, { by, arrival: 1, people, confirmed: 1, zone }, heardAt);

    expect(before?.arrivals?.[0]).not.toHaveProperty('replyTo');
    expect(asked).toMatchObject({ error: { faults: [{ message: 'elsewhere.fault.noReply' }] } });
  });
});
