import type { Sitting } from '#shared/domain/panel.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';

/*
 * Stations that applicants go through one behind another: while the first one is at the second station, the next one is at the first.
 */

/** A station of a circuit: how long it is, and who sits there. */
export type CircuitStation = { minutes: number; members: readonly string[] };

/** Minutes from the beginning of an interview to that of each of its stations. */
const offsetsOf = (stations: readonly CircuitStation[]): number[] => {
  let sum = 0;
  return stations.map(({ minutes }) => {
    sum += minutes;
    return sum - minutes;
  });
};

/**
 * After how many minutes the next applicant begins: the fewest with which nobody is ever in two rooms. That is the longest station where
 * the stations have no member in common, and at most all of them together.
 */
export const cadenceOf = (stations: readonly CircuitStation[]): number => {
  const whole = stations.reduce((sum, { minutes }) => sum + minutes, 0);
  let cadence = Math.max(...stations.map(({ minutes }) => minutes));
  while (cadence < whole && !isApart(stations, cadence)) cadence += 1;
  return cadence;
};

/** Whether stations with a member in common never meet, whichever applicants are there. */
const isApart = (stations: readonly CircuitStation[], cadence: number): boolean => {
  const offsets = offsetsOf(stations);
  return stations.every((one, first) =>
    stations.slice(first + 1).every((other, rest) => {
      if (!one.members.some((member) => other.members.includes(member))) return true;
      const second = first + 1 + rest;
      const after = ((offsets[second] ?? 0) - (offsets[first] ?? 0)) % cadence;
      return after >= one.minutes && after + other.minutes <= cadence;
    }),
  );
};

/** When each station of an interview is held. */
export const stationTimes = (startsAt: Instant, stations: readonly CircuitStation[]): Sitting[] => {
  const offsets = offsetsOf(stations);
  return stations.map(({ minutes }, index) => {
    const from = addSeconds(startsAt, (offsets[index] ?? 0) * 60);
    return { from, until: addSeconds(from, minutes * 60) };
  });
};
