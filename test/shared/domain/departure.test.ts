import { describe, expect, it } from 'vitest';
import type { Committee } from '#shared/domain/committee.ts';
import type { Motion } from '#shared/domain/departure.ts';
import {
  asProposed,
  decidedIn,
  departing,
  mayDepart,
  moveDeparture,
  standingMotions,
} from '#shared/domain/departure-decisions.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-10-20T04:00');
const roundId = RoundId.parse('R0VND000000000000000');
const person = (name: string) => PersonId.parse(name.padEnd(20, '0'));
const [chair, dana, erlan, member, other] = ['CHA1R', 'DANA', 'ER1AN', 'MC', 'MD'].map(person) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const application = (index: number) => ApplicationId.parse(`APP${index}`.padEnd(20, '0'));
const reason: DocumentRef = {
  owner: `round#${roundId}#1`,
  kind: 'reason',
  version: 1,
  digest: sha256Of('why'),
};
const proposal = sha256Of('the list');
const file = aRoundFile();
const strict = {
  shortlist: { ...file.shortlist, departures: 'none' as const },
  results: { ...file.results, departures: undefined },
};

/** Three who are ranked, of whom two go on, and one who withdrew. */
const standings: Standing[] = [
  { outcome: 'goes-on', reasons: [], total: 80, rank: 1 },
  { outcome: 'goes-on', reasons: [], total: 60, rank: 2 },
  { outcome: 'stops', reasons: ['below-minimum'], total: 10, rank: 3 },
  { outcome: 'stops', reasons: ['withdrawn'] },
].map((one, index) =>
  Object.assign({}, one, {
    applicationId: application(index),
    number: ApplicationNumber.parse(`KZ19-AAAA-000${index}`),
  }),
) as Standing[];

const committee = (conflicted: readonly [PersonId, ApplicationId][] = []): Committee => ({
  roundId,
  seats: [chair, dana, erlan, member, other].map((personId, index) => ({
    personId,
    seat: index === 0 ? 'chair' : 'member',
    appointedAt: now,
  })),
  conflicts: conflicted.map(([memberId, applicationId]) => ({ memberId, applicationId, declaredAt: now })),
});

const gate = (over: Partial<Gate> = {}): Gate =>
  ({
    id: GateId.parse('GATE0000000000000000'),
    roundId,
    stage: 'scoring',
    attempt: 1,
    openedAt: now,
    issues: 1,
    tokenDigest: sha256Of('token'),
    proposal,
    votes: [],
    meetings: [],
    scans: [],
    status: 'open',
    ...over,
  }) as Gate;

const motion = (over: Partial<Motion> = {}): Motion => ({
  applicationId: application(2),
  outcome: 'goes-on',
  reason,
  by: dana,
  at: now,
  proposal,
  ...over,
});

const moved = (over: Partial<Motion> = {}, where = { gate: gate(), committee: committee(), file }) => {
  const { at: _at, ...given } = motion(over);
  return moveDeparture(where.gate, where, { ...given, list: { standings } }, now);
};

describe('where a committee may depart', () => {
  it('is where the round file says so, and nowhere in older files', () => {
    const stages = ['screening', 'scoring', 'interviews', 'preliminary', 'claims', 'offers'] as const;

    expect(stages.filter((stage) => mayDepart(stage, file))).toEqual(['scoring', 'interviews', 'claims']);
    expect(stages.filter((stage) => mayDepart(stage, strict as typeof file))).toEqual([]);
  });
});

describe('moving a departure', () => {
  it('is an event with its reason', () => {
    expect(moved()).toEqual({ ok: true, value: [{ type: 'departure-moved', at: now, motion: motion() }] });
  });

  it.for<[string, Parameters<typeof moved>, string]>([
    [
      'the file allows none',
      [{}, { gate: gate(), committee: committee(), file: strict as typeof file }],
      'no-departures',
    ],
    [
      'who moves it is in conflict',
      [{}, { gate: gate(), committee: committee([[dana, application(2)]]), file }],
      'conflict-of-interest',
    ],
    ['who moves it has no vote', [{ by: person('STRANGER') }], 'not-allowed'],
    ['the application has no place in the ranking', [{ applicationId: application(3) }], 'not-in-stage'],
    ['the page showed another list', [{ proposal: sha256Of('another') }], 'changed-meanwhile'],
    [
      'somebody has voted',
      [
        {},
        {
          gate: gate({ votes: [{ memberId: chair, choice: 'for', at: now }] }),
          committee: committee(),
          file,
        },
      ],
      'vote-stands',
    ],
    [
      'it is decided',
      [
        {},
        {
          gate: gate({ status: 'decided', outcome: 'advanced', decidedAt: now }),
          committee: committee(),
          file,
        },
      ],
      'already-decided',
    ],
  ])('is refused where %s', ([, given, kind]) => {
    expect(moved(...given)).toMatchObject({ ok: false, error: { kind } });
  });

  it('changes nothing where the list says the same, or the same was moved before', () => {
    expect(moved({ outcome: 'stops' })).toEqual({ ok: true, value: [] });
    expect(moved({}, { gate: gate({ motions: [motion()] }), committee: committee(), file })).toEqual({
      ok: true,
      value: [],
    });
  });
});

describe('a list with departures', () => {
  const both = [motion(), motion({ applicationId: application(0), outcome: 'stops', by: erlan })];
  const list = departing(standings, both);

  it('changes outcomes and their reasons, and no point, total or rank of anybody', () => {
    expect(list.standings.map(({ outcome, reasons }) => [outcome, ...reasons])).toEqual([
      ['stops', 'departure'],
      ['goes-on'],
      ['goes-on'],
      ['stops', 'withdrawn'],
    ]);
    expect(list.standings.map(({ total, rank, number }) => [total, rank, number])).toEqual(
      standings.map(({ total, rank, number }) => [total, rank, number]),
    );
    expect(list.departures).toEqual([
      { applicationId: application(0), instead: [], reason },
      { applicationId: application(2), instead: ['below-minimum'], reason },
    ]);
  });

  it('gives the list of the points again, and comes out of it again', () => {
    expect(asProposed(list)).toEqual(standings);
    expect(departing(standings, decidedIn(list))).toEqual(list);
    expect(departing(standings, decidedIn({ standings }))).toEqual({ standings });
  });

  it('has none of who is in conflict by now, and none that comes to the same as the points', () => {
    const conflicted = committee([[dana, application(2)]]);
    const same = motion({ applicationId: application(1), outcome: 'goes-on' });

    const counted = standingMotions({ motions: [...both, same] }, conflicted);
    const { departures } = departing(standings, counted);

    expect(departures?.map(({ applicationId }) => applicationId)).toEqual([application(0)]);
  });

  it('keeps what was decided before, until something else is moved', () => {
    const kept = departing(standings, decidedIn(list));
    const back = motion({ outcome: 'stops' });
    const less = departing(standings, [...decidedIn(list), back]);

    expect(kept).toEqual(list);
    expect(less.departures?.map(({ applicationId }) => applicationId)).toEqual([application(0)]);
  });

  it('keeps nothing of who has withdrawn since', () => {
    const [first, second, third, fourth] = standings;
    const gone = [first, second, { ...third, rank: undefined, reasons: ['withdrawn'] }, fourth] as Standing[];

    const { departures } = departing(gone, decidedIn(list));

    expect(departures?.map(({ applicationId }) => applicationId)).toEqual([application(0)]);
  });
});
