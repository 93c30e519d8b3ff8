import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CircuitStation, cadenceOf, stationTimes } from '#shared/domain/circuit.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { TravelRule } from '#shared/domain/travel.ts';
import { at } from '#test/builders/worlds.ts';

const people = ['a', 'b', 'c', 'd', 'e'];
const start = at('2022-10-24T04:00');

const anyCircuit = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 12 }),
      members: fc.subarray(people, { minLength: 1 }),
      site: fc.constantFrom('north', 'south', 'river', undefined),
      room: fc.constantFrom('1', '2', undefined),
    }),
    { minLength: 2, maxLength: 5 },
  )
  // A room is at one site.
  .map((drawn) =>
    drawn.map(
      ({ minutes, members, site, room }): CircuitStation =>
        room ? { minutes, members, site, room: `${site} ${room}` } : { minutes, members, site },
    ),
  );

/** The ways between three sites; the one past the third is a detour. */
const anyTravel = fc
  .record({ far: fc.integer({ min: 1, max: 30 }), near: fc.integer({ min: 1, max: 6 }) })
  .map(
    ({ far, near }): TravelRule => ({
      sites: ['north', 'south', 'river'].map((code) => ({ code, title: { kk: code, ru: code, en: code } })),
      minutes: near,
      between: [{ sites: ['south', 'north'], minutes: far }],
      source: 'The test',
      confidence: 'unverified',
      verifiedOn: '2022-10-01',
    }),
  );

type Visit = { who: string; from: number; until: number; site: string | undefined };

/** Everybody who is anywhere, from one minute to another, when so many applicants follow each other. */
const visits = (
  stations: readonly CircuitStation[],
  { cadence, travel }: { cadence: number; travel: TravelRule | undefined },
): Visit[] =>
  Array.from({ length: 8 }, (_, applicant) =>
    stationTimes(addSeconds(start, applicant * cadence * 60), stations, travel).flatMap((time, index) => {
      const [from, until] = [time.from, time.until].map(
        (moment) => (Date.parse(moment) - Date.parse(start)) / 60_000,
      );
      const { members = [], room = `station ${index}` } = stations[index] ?? {};
      const who = [`applicant ${applicant}`, room, ...members];
      return who.map((one) => ({
        who: one,
        from: from ?? 0,
        until: until ?? 0,
        site: stations[index]?.site,
      }));
    }),
  ).flat();

/** Whether everybody can be wherever they are to be, by the words of the rule. */
const isApart = (stations: readonly CircuitStation[], cadence: number, travel?: TravelRule): boolean => {
  const wayOf = (one: Visit, next: Visit): number => {
    if (!travel || !one.site || !next.site || one.site === next.site) return 0;
    return [one.site, next.site].includes('river') ? travel.minutes : (travel.between?.[0]?.minutes ?? 0);
  };
  return [...Map.groupBy(visits(stations, { cadence, travel }), ({ who }) => who).values()].every((own) => {
    const inTime = own.toSorted((a, b) => a.from - b.from);
    return inTime.every((one, index) =>
      inTime.slice(index + 1).every((later) => one.until + wayOf(one, later) <= later.from),
    );
  });
};

describe('applicants who follow each other through stations', () => {
  it('never need anybody, or a room, in two places at once, and none could begin earlier', () => {
    fc.assert(
      fc.property(anyCircuit, (stations) => {
        const cadence = cadenceOf(stations);
        expect(isApart(stations, cadence)).toBe(true);
        for (let sooner = 1; sooner < cadence; sooner += 1) expect(isApart(stations, sooner)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('have time for every way between two sites, and so has whoever sits at both, and none could begin earlier', () => {
    fc.assert(
      fc.property(anyCircuit, anyTravel, (stations, travel) => {
        const cadence = cadenceOf(stations, travel);
        expect(isApart(stations, cadence, travel)).toBe(true);
        for (let sooner = 1; sooner < cadence; sooner += 1) {
          expect(isApart(stations, sooner, travel)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('begin after the longest station where the panels have nobody in common', () => {
    const stations = [
      { minutes: 20, members: ['a', 'b'] },
      { minutes: 25, members: ['c', 'd'] },
    ];

    expect(cadenceOf(stations)).toBe(25);
    expect(stationTimes(start, stations)).toEqual([
      { from: '2022-10-24T04:00:00.000Z', until: '2022-10-24T04:20:00.000Z' },
      { from: '2022-10-24T04:20:00.000Z', until: '2022-10-24T04:45:00.000Z' },
    ]);
  });

  it.for([
    ['one member sits at both', { members: ['b', 'c'] }],
    ['both are in one room', { members: ['c'], room: 'room 1' }],
  ] as const)('begin after each other where %s', ([, second]) => {
    const stations = [
      { minutes: 20, members: ['a', 'b'], room: 'room 1' },
      { minutes: 25, ...second },
    ];

    expect(cadenceOf(stations)).toBe(45);
  });
});
