import { expect, it } from 'vitest';
import { type CommitteeEvent, committeeAggregate, type SeatKind } from '#shared/domain/committee.ts';
import { lacksOf } from '#shared/domain/committee-changes.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

const at = Instant.parse('2022-10-03T09:00:00.000Z');
const roundId = RoundId.parse('R0VND000000000000000');

/** A secretary, a chair, so many members, and a substitute whom nobody called. */
const committeeOf = (members: number) => {
  const seats: SeatKind[] = [
    'secretary',
    'chair',
    'substitute',
    ...Array.from({ length: members }, () => 'member' as const),
  ];
  const given = seats.map((seat, index): CommitteeEvent => {
    const personId = PersonId.parse(`PERS0N${String(index).padStart(14, '0')}`);
    return { type: 'seat-given', at, roundId, personId, seat };
  });
  return evolveAll(committeeAggregate, undefined, given);
};

it.for([
  [2, { minimum: 5 }, ['committee.too-few']],
  [4, { minimum: 5 }, []],
  [5, { minimum: 5 }, ['committee.even']],
  [6, { minimum: 5 }, []],
  [4, { minimum: 5, maximum: 5 }, []],
  [6, { minimum: 5, maximum: 5 }, ['committee.too-many']],
  [6, { minimum: 5, maximum: 7 }, []],
] as const)('a chair and %d members, held against %o: %o', ([members, rules, lacks]) => {
  expect(lacksOf(committeeOf(members), rules).map(({ message }) => message)).toEqual(lacks);
});

it('it is said how many there are and how many may be', () => {
  expect(lacksOf(committeeOf(6), { minimum: 5, maximum: 5 })).toEqual([
    { place: 'seats', message: 'committee.too-many', facts: { maximum: 5, voters: 7 } },
  ]);
});
