import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CircuitStation, cadenceOf, stationTimes } from '#shared/domain/circuit.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { at } from '#test/builders/worlds.ts';

const people = ['a', 'b', 'c', 'd', 'e'];
const start = at('2022-10-24T04:00');

const anyCircuit = fc.array(
  fc.record({
    minutes: fc.integer({ min: 1, max: 12 }),
    members: fc.subarray(people, { minLength: 1 }),
  }),
  { minLength: 2, maxLength: 5 },
);

/** Everybody who is anywhere, minute by minute, when so many applicants follow each other. */
const presence = (stations: readonly CircuitStation[], cadence: number, applicants: number): string[] =>
  Array.from({ length: applicants }, (_, applicant) =>
    stationTimes(addSeconds(start, applicant * cadence * 60), stations).flatMap(({ from, until }, index) => {
      const minutes = (Date.parse(until) - Date.parse(from)) / 60_000;
      const first = (Date.parse(from) - Date.parse(start)) / 60_000;
      const who = [`applicant ${applicant}`, `station ${index}`, ...(stations[index]?.members ?? [])];
      return Array.from({ length: minutes }, (_minute, minute) => first + minute).flatMap((minute) =>
        who.map((one) => `${minute} ${one}`),
      );
    }),
  ).flat();

const isApart = (stations: readonly CircuitStation[], cadence: number): boolean => {
  const all = presence(stations, cadence, 8);
  return new Set(all).size === all.length;
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

  it('begin after each other where one member sits at both', () => {
    const stations = [
      { minutes: 20, members: ['a', 'b'] },
      { minutes: 25, members: ['b', 'c'] },
    ];

    expect(cadenceOf(stations)).toBe(45);
  });
});
