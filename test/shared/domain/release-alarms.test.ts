import { describe, expect, it } from 'vitest';
import { type DocumentRef, writeDocument } from '#shared/domain/document.ts';
import { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import {
  type Alarm,
  alarmId,
  heed,
  type Offering,
  offerAlarms,
  type RaisedAlarm,
  type Taught,
  type Telling,
  tellingAlarms,
} from '#shared/domain/release-alarms.ts';
import type { Standing } from '#shared/domain/standing.ts';

const idAt = (index: number): ApplicationId => ApplicationId.parse(String(index).padStart(20, '0'));

/** The first `through` of so many go on. */
const aList = (through: number, of: number): Standing[] =>
  Array.from({ length: of }, (_, index) => ({
    applicationId: idAt(index),
    number: ApplicationNumber.parse(`KZ19-0000-${String(index).padStart(4, '0')}`),
    outcome: index < through ? 'goes-on' : 'stops',
    reasons: [],
  }));

const telling = (standings: Standing[], over: Partial<Telling> = {}): Telling => ({
  about: 'scoring',
  concerned: standings,
  recipients: standings,
  decided: standings,
  told: [],
  taught: new Map(),
  ...over,
});

/** Who teaches physics is among these; everybody else teaches mathematics. */
const physicsFrom = (index: number, of: number): Taught =>
  new Map(
    Array.from({ length: of }, (_, one) => [
      idAt(one),
      { subjects: [one >= index ? 'physics' : 'mathematics'], languages: ['kk'] },
    ]),
  );

const countedOf = ({ applicationId, number }: Standing) => ({ applicationId, number });

/** Whom an alarm counts, by their places in the list. */
const whomOf = (alarms: readonly RaisedAlarm[]) =>
  alarms.map(({ whom = [] }) => whom.map(({ number }) => Number(number.slice(-4))));

const noted = (alarms: readonly RaisedAlarm[]): Alarm[] => alarms.map(({ whom: _whom, ...alarm }) => alarm);

const codesOf = (alarms: readonly Alarm[]): string[] => alarms.map(({ code }) => code);

describe('alarms over letters about a decision', () => {
  it('say that few go on, of enough people for a share to say something', () => {
    expect(tellingAlarms(telling(aList(4, 20)))).toEqual([{ code: 'few-go-on', count: 4, of: 20 }]);
    expect(tellingAlarms(telling(aList(5, 20)))).toEqual([]);
    expect(tellingAlarms(telling(aList(0, 19)))).toEqual([]);
  });

  it('compare the final share with the preliminary one of the same people', () => {
    const told = [{ about: 'preliminary', standings: aList(14, 20) }] as const;
    const final = (through: number) => telling(aList(through, 20), { about: 'claims', told });

    expect(tellingAlarms(final(17))).toEqual([
      { code: 'share-differs', count: 17, of: 20, before: { count: 14, of: 20 } },
    ]);
    expect(tellingAlarms(final(16))).toEqual([]);
  });

  it('name a subject of which nobody goes on though others do, unless it is a handful', () => {
    const shut = (physics: number) =>
      tellingAlarms(telling(aList(10 - physics, 10), { taught: physicsFrom(10 - physics, 10) }));

    expect(noted(shut(5))).toEqual([
      { code: 'group-shut-out', group: { kind: 'subject', code: 'physics' }, count: 0, of: 5 },
    ]);
    expect(whomOf(shut(5))).toEqual([[5, 6, 7, 8, 9]]);
    expect(shut(4)).toEqual([]);
    expect(tellingAlarms(telling(aList(0, 10), { taught: physicsFrom(5, 10) }))).toEqual([]);
  });

  it('say that many have withdrawn since', () => {
    const list = aList(20, 20);

    const withdrawn = tellingAlarms(telling(list, { recipients: list.slice(3) }));
    expect(noted(withdrawn)).toEqual([{ code: 'many-withdrawn', count: 3, of: 20 }]);
    expect(whomOf(withdrawn)).toEqual([[0, 1, 2]]);
    expect(tellingAlarms(telling(list, { recipients: list.slice(2) }))).toEqual([]);
    expect(tellingAlarms(telling(aList(30, 30), { recipients: aList(27, 27) }))).toEqual([]);
  });

  it('say that somebody goes on whom a letter told that they stop, whoever gets letters now', () => {
    const told = [{ about: 'screening', standings: aList(2, 3) }] as const;

    const contradicted = tellingAlarms(telling(aList(2, 2), { decided: aList(3, 3), told }));
    expect(noted(contradicted)).toEqual([{ code: 'contradicts-letter', count: 1, of: 3 }]);
    expect(whomOf(contradicted)).toEqual([[2]]);
    expect(tellingAlarms(telling(aList(1, 2), { decided: aList(1, 3), told }))).toEqual([]);
  });

  it('say that somebody lost a preliminary result, not that a claim brought somebody back', () => {
    const told = [{ about: 'preliminary', standings: aList(2, 3) }] as const;
    const final = (through: number) => telling(aList(through, 3), { about: 'claims', told });

    expect(codesOf(tellingAlarms(final(1)))).toEqual(['contradicts-letter']);
    expect(tellingAlarms(final(3))).toEqual([]);
  });

  it('say nothing of shares at the end of the offers, which tells only who was left over', () => {
    expect(tellingAlarms(telling(aList(0, 40), { about: 'offers' }))).toEqual([]);
  });
});

const people = (from: number, to: number) => aList(to, to).slice(from).map(countedOf);

const offering = (over: Partial<Offering>): Offering => ({
  wave: people(0, 10),
  waiting: [],
  served: [],
  posts: 10,
  taken: 0,
  free: [{ subject: 'mathematics', language: 'kk' }],
  taught: new Map(),
  ...over,
});

describe('alarms over offers', () => {
  it('say that there are more than posts', () => {
    expect(offerAlarms(offering({ taken: 1 }))).toEqual([{ code: 'offers-beyond-posts', count: 10, of: 9 }]);
    expect(offerAlarms(offering({}))).toEqual([]);
  });

  it('say that there are far fewer than both posts and people, not that posts stay empty', () => {
    const few = { wave: people(0, 4), posts: 400 };

    expect(offerAlarms(offering({ ...few, waiting: people(4, 10) }))).toEqual([
      { code: 'offers-far-fewer', count: 4, of: 10 },
    ]);
    expect(offerAlarms(offering({ ...few, waiting: people(4, 8) }))).toEqual([]);
    expect(offerAlarms(offering({ ...few, wave: [], waiting: people(4, 40) }))).toEqual([]);
  });

  it('name a subject of which nobody has an offer while posts of it are free', () => {
    const shut = (over: Partial<Offering>) =>
      offerAlarms(offering({ waiting: people(10, 15), taught: physicsFrom(10, 16), ...over }));
    const free = [{ subject: 'physics', language: 'ru' }];

    expect(whomOf(shut({ free }))).toEqual([[10, 11, 12, 13, 14]]);
    expect(noted(shut({ free }))).toEqual([
      { code: 'group-shut-out', group: { kind: 'subject', code: 'physics' }, count: 0, of: 5 },
    ]);
    expect(shut({})).toEqual([]);
    expect(shut({ free, served: people(15, 16) })).toEqual([]);
  });
});

describe('a release in spite of alarms', () => {
  const group = { kind: 'subject', code: 'physics' } as const;
  const alarms: RaisedAlarm[] = [
    { code: 'few-go-on', count: 4, of: 20 },
    { code: 'group-shut-out', group, count: 0, of: 5, whom: people(0, 5) },
  ];
  const place = { owner: 'round#R0#1', kind: 'reason', version: 1 } as const;
  const reason: DocumentRef = writeDocument(place, { reason: 'Looked at.' }, 'salt').ref;
  const ticked = ['group-shut-out#subject:physics#0/5', 'few-go-on#4/20'];

  it('needs every one ticked, with the numbers that hold now, and a reason', () => {
    const refused = { ok: false, error: { kind: 'alarms-not-acknowledged', alarms: alarms.map(alarmId) } };

    expect(heed({ alarms, ticked, reason })).toEqual({
      ok: true,
      value: { heeded: { alarms: noted(alarms), reason } },
    });
    expect(heed({ alarms, ticked: ticked.slice(1), reason })).toEqual(refused);
    expect(heed({ alarms, ticked: [ticked[0] ?? '', 'few-go-on#3/20'], reason })).toEqual(refused);
    expect(heed({ alarms, ticked: [...ticked, 'many-withdrawn#3/20'], reason })).toEqual(refused);
    expect(heed({ alarms, ticked, reason: undefined })).toEqual({
      ok: false,
      error: { kind: 'reason-needed' },
    });
  });

  it('needs nothing where none holds, and is refused where one was shown that holds no more', () => {
    expect(heed({ alarms: [], ticked: [], reason: undefined })).toEqual({ ok: true, value: {} });
    expect(heed({ alarms: [], ticked, reason })).toMatchObject({
      error: { kind: 'alarms-not-acknowledged' },
    });
  });
});
