import type { Sitting } from '#shared/domain/sittings.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { minutesBetween, type Site, type TravelRule } from '#shared/domain/travel.ts';

/*
 * Stations that applicants go through one behind another: while the first one is at the second station, the next one is at the first.
 */

/** A station of a circuit: how long it is, who sits there, at which site, and in which room where that is known. */
export type CircuitStation = { minutes: number; members: readonly string[]; site?: Site; room?: string };

/**
 * Minutes from the beginning of an interview to that of each of its stations. Each leaves time for the way from every one before it: who
 * sits at two of them need not pass by those between.
 */
const offsetsOf = (stations: readonly CircuitStation[], travel: TravelRule | undefined): number[] => {
  const offsets: number[] = [];
  for (const { site } of stations) {
    const ends = offsets.map((offset, index) => {
      const before = stations[index];
      return before ? offset + before.minutes + minutesBetween(travel, before.site, site) : offset;
    });
    offsets.push(Math.max(0, ...ends));
  }
  return offsets;
};

/** How many minutes an applicant needs for all of them, with the ways between. */
export const lengthOf = (stations: readonly CircuitStation[], travel?: TravelRule): number =>
  (offsetsOf(stations, travel).at(-1) ?? 0) + (stations.at(-1)?.minutes ?? 0);

/**
 * After how many minutes the next applicant begins: the fewest with which nobody is ever in two rooms, and no room has two interviews. That
 * is the longest station where the stations have no member and no room in common, and at most all of them together with the longest way between two of them.
 */
export const cadenceOf = (stations: readonly CircuitStation[], travel?: TravelRule): number => {
  const offsets = offsetsOf(stations, travel);
  const ways = stations.flatMap(({ site }) =>
    stations.map((other) => minutesBetween(travel, site, other.site)),
  );
  const whole = Math.max(...ways) + lengthOf(stations, travel);
  let cadence = Math.max(...stations.map(({ minutes }) => minutes));
  while (cadence < whole && !isApart(stations, { offsets, cadence, travel })) cadence += 1;
  return cadence;
};

type Beat = { offsets: readonly number[]; cadence: number; travel: TravelRule | undefined };

/** Whether stations with a member or a room in common never meet, whichever applicants are there, and leave time for the way between. */
const isApart = (stations: readonly CircuitStation[], { offsets, cadence, travel }: Beat): boolean =>
  stations.every((one, first) =>
    stations.slice(first + 1).every((other, rest) => {
      if (!share(one, other)) return true;
      const second = first + 1 + rest;
      const way = minutesBetween(travel, one.site, other.site);
      const after = ((offsets[second] ?? 0) - (offsets[first] ?? 0)) % cadence;
      return after >= one.minutes + way && after + other.minutes + way <= cadence;
    }),
  );

const share = (one: CircuitStation, other: CircuitStation): boolean =>
  one.members.some((member) => other.members.includes(member)) ||
  (one.room !== undefined && one.room === other.room);

/** When each station of an interview is held. */
export const stationTimes = (
  startsAt: Instant,
  stations: readonly CircuitStation[],
  travel?: TravelRule,
): Sitting[] => {
  const offsets = offsetsOf(stations, travel);
  return stations.map(({ minutes }, index) => {
    const from = addSeconds(startsAt, (offsets[index] ?? 0) * 60);
    return { from, until: addSeconds(from, minutes * 60) };
  });
};
