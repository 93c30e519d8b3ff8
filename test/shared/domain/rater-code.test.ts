import { assert as holds, nat, property, subarray, tuple, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Committee } from '#shared/domain/committee.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { formerRaterCodes, raterCodes } from '#shared/domain/rater-code.ts';
import { at } from '#test/builders/worlds.ts';

const people = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((letter) => PersonId.parse(letter.repeat(20)));
const begun = at('2022-10-01T12:00');

/** Everybody with a seat as a member, each since a day of October. */
const seatedOn = (days: readonly number[]): Pick<Committee, 'seats'> => ({
  seats: people.flatMap((personId, index) => {
    const day = days[index];
    const appointedAt = at(`2022-10-${String(day).padStart(2, '0')}T12:00`);
    return day === undefined ? [] : [{ personId, seat: 'member' as const, appointedAt }];
  }),
});
const allSeated = seatedOn(people.map(() => 1));

const codesIn = (committee: Pick<Committee, 'seats' | 'guests'> | undefined, raters = people) =>
  Object.fromEntries(raterCodes('secret', { committee, begun }, raters));

describe('the codes of raters', () => {
  it('are R1, R2, …, one a person, in whatever order and how often they were named', () => {
    const codes = codesIn(allSeated);

    expect(Object.values(codes)).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8']);
    expect(codesIn(allSeated, [...people.toReversed(), ...people])).toEqual(codes);
    expect(Object.keys(codesIn(undefined))).toHaveLength(8);
  });

  it('depend on the secret, so that ids alone do not tell them', () => {
    const orders = ['secret', 'another', 'a third'].map((secret) =>
      [...raterCodes(secret, { committee: allSeated, begun }, people).keys()]
        .map((rater) => rater.slice(0, 1))
        .join(''),
    );

    expect(new Set(orders).size).toBe(3);
  });

  it('stay whoever else rates, and whoever gets a seat or joins as a guest once scoring has begun', () => {
    const lateDays = uniqueArray(nat({ max: 20 }), { minLength: 8, maxLength: 8 });
    holds(
      property(
        subarray(people),
        tuple(nat({ max: 8 }), nat({ max: 8 })),
        lateDays,
        (raters, counts, late) => {
          const [some, all] = [Math.min(...counts), Math.max(...counts)];
          const days = people.map((_, index) => (index < 3 ? 1 : 2 + (late[index] ?? 0)));
          const order = people.map((_, index) => index).toSorted((a, b) => (days[a] ?? 0) - (days[b] ?? 0));
          const upTo = (count: number): Pick<Committee, 'seats'> => {
            const there = new Set(order.slice(0, Math.max(3, count)).map((index) => people[index]));
            return { seats: seatedOn(days).seats.filter(({ personId }) => there.has(personId)) };
          };
          const known = new Set(upTo(some).seats.map(({ personId }) => personId));
          const before = codesIn(
            upTo(some),
            raters.filter((one) => known.has(one)),
          );

          expect(codesIn(upTo(all), people)).toMatchObject(before);
        },
      ),
    );
  });

  it('are given to guests as they join, and after a seat that was left and given again as before', () => {
    const [first, second, guest] = people;
    if (!first || !second || !guest) throw new Error('There are eight.');
    const seat = { personId: second, seat: 'member' as const, appointedAt: at('2022-10-05T12:00') };
    const again = { ...seat, appointedAt: at('2022-10-09T12:00') };
    const joined = { personId: guest, at: at('2022-10-07T12:00') };
    const guests: Committee['guests'] = [Object.assign(Object.create(null), { joined })];
    const seats = [
      { ...seat, personId: first, appointedAt: begun },
      { ...seat, leftAt: at('2022-10-06T12:00') },
    ];

    const codes = codesIn({ seats: [...seats, again], guests }, [first, second, guest]);
    expect(codes).toEqual({ [first]: 'R1', [second]: 'R2', [guest]: 'R3' });
  });

  it('say nothing of the order of seats before scoring began, and leave the secretary out', () => {
    const early = seatedOn(people.map((_, index) => index + 1));
    const wholeOctober = { committee: early, begun: at('2022-10-31T12:00') };
    const [former] = early.seats;
    if (!former) throw new Error('There are eight.');
    const asSecretary = { ...former, seat: 'secretary' as const };

    expect(Object.fromEntries(raterCodes('secret', wholeOctober, people))).toEqual(codesIn(allSeated));
    expect(codesIn({ seats: [asSecretary] }, [])).toEqual({});
  });
});

describe('codes of corrections that do not keep whose they are', () => {
  it('are counted among those alone who rate', () => {
    const raters = people.slice(2, 5);
    const former = formerRaterCodes('secret', raters);

    expect([...former.keys()]).toEqual(['R1', 'R2', 'R3']);
    expect([...former.values()].toSorted()).toEqual(raters);
  });
});
