import { describe, expect, it } from 'vitest';
import type { CommitteeEvent } from '#shared/domain/committee.ts';
import { chain } from '#shared/domain/event.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import { gatheredSeats } from '#shared/papers/gathered-seats.ts';
import { at } from '#test/builders/worlds.ts';

const roundId = RoundId.parse('7'.repeat(20));
const chair = PersonId.parse('A'.repeat(20));
const member = PersonId.parse('B'.repeat(20));
const substitute = PersonId.parse('C'.repeat(20));
const secretary = PersonId.parse('D'.repeat(20));

const given = { type: 'seat-given', at: at('2022-10-01T04:00'), roundId } as const;
const appointed: CommitteeEvent[] = [
  { ...given, personId: chair, seat: 'chair' },
  { ...given, personId: member, seat: 'member' },
  { ...given, personId: substitute, seat: 'substitute' },
  { ...given, personId: secretary, seat: 'secretary' },
];
const called: CommitteeEvent = {
  type: 'substitute-called',
  at: at('2022-10-05T04:00'),
  personId: substitute,
  standsInFor: member,
};
const released: CommitteeEvent = {
  type: 'substitute-released',
  at: at('2022-11-05T04:00'),
  personId: substitute,
};

const facts = (...later: CommitteeEvent[]) => ({
  committee: chain(
    { aggregate: 'committee', id: roundId, version: 0 },
    { kind: 'system', name: 'workflow' },
    [...appointed, ...later],
  ),
  names: new Map([[chair, 'Әлия Сәрсенбай']]),
  passports: [],
  round: { endedAt: at('2022-12-15T04:00') },
});
const seatsAfter = (...later: CommitteeEvent[]) => gatheredSeats(facts(...later));
const voting = (...later: CommitteeEvent[]) =>
  seatsAfter(...later).flatMap(({ personId, votesAtEnd }) => (votesAtEnd ? [personId] : []));

describe('the seats of the minutes', () => {
  it('tell who had a vote when the round ended: the substitute instead of whom it stands in for', () => {
    expect(voting()).toEqual([chair, member]);
    expect(voting(called)).toEqual([chair, substitute]);
    expect(voting(called, released)).toEqual([chair, member]);
  });

  it('give no vote at the end to who had left, and leave one to who left after it', () => {
    const left = { type: 'seat-left', personId: member } as const;

    expect(voting({ ...left, at: at('2022-12-01T04:00') })).toEqual([chair]);
    expect(voting({ ...left, at: at('2022-12-16T04:00') })).toEqual([chair, member]);
  });

  it('tell when somebody was certified after practice, and not how near the reference', () => {
    const certificate = {
      at: at('2022-10-03T04:00'),
      until: at('2022-12-03T04:00'),
      distance: 4.5,
      lean: -1,
    };
    const passports = [{ roundId, personId: member, tries: [], failed: 0, certificates: [certificate] }];

    const seats = gatheredSeats({ ...facts(), passports });

    expect(seats.map(({ certified }) => certified)).toEqual([
      undefined,
      [{ at: certificate.at }],
      undefined,
      undefined,
    ]);
  });

  it('tell that a released substitute stood in, and have no name for who gave none', () => {
    const seats = seatsAfter(called, released);

    expect(seats.map(({ stoodInFor }) => stoodInFor)).toEqual([[], [], [member], []]);
    expect(seats.map(({ name }) => name)).toEqual(['Әлия Сәрсенбай', undefined, undefined, undefined]);
  });
});
