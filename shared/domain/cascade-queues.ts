import { allNever, type Earliest, never } from '#shared/allocation/earliest.ts';
import { none } from '#shared/allocation/market.ts';
import { add, at, sumUp } from '#shared/allocation/numbers.ts';
import { nobodyWaits } from '#shared/allocation/waiting.ts';
import type { Cascade, CascadeEvent } from '#shared/domain/cascade.ts';
import type { PostLimit } from '#shared/domain/post-caps.ts';

/** Who waits for which vacancy, by rank, and where among vacancies under the same limits somebody waits first. */
export type Queues = {
  /** Counts somebody in among those who wait, or out. */
  move: (vacancy: string, rank: number, isIn: boolean) => void;
  /** To be told of each vacancy whose queue or seats have changed, with whether it has a free seat of its own. */
  refresh: (vacancy: string, hasSeat: boolean) => void;
  /** Vacancies with a free seat that somebody waits for and no limit closes, those under the same limits and quotas together. */
  wanted: (isOpen: (limit: number) => boolean) => (readonly string[])[];
  /**
   * Who of a group of `wanted` must be looked at where fewer than `most` people can be asked now, by rank. Whoever waits first for a
   * vacancy is admitted there before anybody of the group who ranks behind: so nobody gets anything who ranks behind `most` of those who
   * wait first; and nobody gets a vacancy who stands in its queue behind `most` people.
   */
  first: (group: readonly string[], most: number) => number[];
  /**
   * The first rank that waits for a wanted vacancy which competes with this one: the same, or one under the same limit, if all of its limits
   * are open; `never` where nobody does.
   */
  firstRival: (vacancy: string, isOpen: (limit: number) => boolean) => number;
  /** The limits that a vacancy counts towards, by number. */
  limitsOf: (vacancy: string) => readonly number[];
  rankOf: (seeker: string) => number;
};

/**
 * Queues in which nobody waits yet.
 * @param coming steps that may add wishes: each queue has a place for everybody who may ever stand in it
 */
export const queuesOf = (state: Cascade, coming: readonly CascadeEvent[]): Queues => {
  const ranks = new Map([...state.seekers.keys()].map((id, rank) => [id, rank]));
  const numbers = new Map([...state.posts.keys()].map((id, number) => [id, number]));
  const { start, places } = placesIn(state, numbers, coming);
  const waiting = nobodyWaits(start);
  const groups = groupsIn(state, numbers.keys());
  const groupOf = new Map(
    groups.flatMap((group) => Array.from(group.members.keys(), (id) => [id, group] as const)),
  );
  const firstAt = (number: number): number => {
    const place = waiting.next(number, 0);
    return place === none ? never : at(places, at(start, number) + place);
  };
  const upTo = (number: number, last: number, most: number): number[] => {
    const found: number[] = [];
    for (let place = waiting.next(number, 0); place !== none; place = waiting.next(number, place + 1)) {
      const rank = at(places, at(start, number) + place);
      if (rank > last || found.length === most) break;
      found.push(rank);
    }
    return found;
  };
  return {
    move: (vacancy, rank, isIn) => {
      const number = numbers.get(vacancy);
      if (number === undefined) return;
      const first = at(start, number);
      const place = placeOf(rank, places.subarray(first, at(start, number + 1)));
      if (isIn) waiting.enter(number, place);
      else waiting.leave(number, place);
    },
    refresh: (vacancy, hasSeat) => {
      const number = numbers.get(vacancy);
      const group = groupOf.get(vacancy);
      if (number === undefined || !group) return;
      const first = hasSeat ? firstAt(number) : never;
      group.earliest.set(group.members.get(vacancy) ?? 0, first);
      if (first === never) group.wanted.delete(vacancy);
      else group.wanted.add(vacancy);
    },
    wanted: (isOpen) =>
      groups.flatMap(({ limits, wanted }) => (wanted.size > 0 && limits.every(isOpen) ? [[...wanted]] : [])),
    first: (group, most) => {
      const inGroup = group.flatMap((vacancy) => numbers.get(vacancy) ?? []);
      const firsts = Int32Array.from(new Set(inGroup.map(firstAt))).toSorted();
      const last = firsts[most - 1] ?? never;
      return inGroup.flatMap((number) => upTo(number, last, most));
    },
    firstRival: (vacancy, isOpen) => {
      const open = groupOf.get(vacancy)?.rivals.filter(({ limits }) => limits.every(isOpen)) ?? [];
      return open.reduce((least, { earliest }) => Math.min(least, earliest.least()), never);
    },
    limitsOf: (vacancy) => groupOf.get(vacancy)?.limits ?? [],
    rankOf: (seeker) => ranks.get(seeker) ?? never,
  };
};

/** Vacancies under the same limits and quotas that keep posts, or one that is under none. */
type Group = {
  limits: readonly number[];
  /** Each vacancy's number in `earliest`, which has the first rank that waits for it while it is wanted. */
  members: ReadonlyMap<string, number>;
  earliest: Earliest;
  /** Those of its vacancies that have a free seat of their own, and of whom somebody waits for it. */
  wanted: Set<string>;
  /** Groups that share a limit with this one, and the group itself. */
  rivals: readonly Group[];
};

const groupsIn = ({ limits, reserves = [] }: Cascade, vacancies: Iterable<string>): Group[] => {
  const byName = new Map<string, { limits: number[]; members: Map<string, number> }>();
  for (const vacancy of vacancies) {
    const own = numbersAround(limits, vacancy);
    const around = [own, numbersAround(reserves, vacancy)];
    const name = own.length === 0 ? `only ${vacancy}` : around.join('; ');
    const group = byName.get(name) ?? { limits: own, members: new Map() };
    byName.set(name, group);
    group.members.set(vacancy, group.members.size);
  }
  const groups = Array.from(byName.values(), (group) => {
    const rivals: Group[] = [];
    return { ...group, earliest: allNever(group.members.size), wanted: new Set<string>(), rivals };
  });
  for (const group of groups) {
    const shares = (other: Group): boolean => other.limits.some((limit) => group.limits.includes(limit));
    group.rivals.push(...groups.filter((other) => other === group || shares(other)));
  }
  return groups;
};

const numbersAround = (groups: readonly PostLimit[], vacancy: string): number[] =>
  groups.flatMap(({ vacancies }, number) => (vacancies.has(vacancy) ? number : []));

/** Of each vacancy the ranks of all who ever wait for it, best first, end to end. */
const placesIn = (
  { seekers }: Cascade,
  numbers: ReadonlyMap<string, number>,
  coming: readonly CascadeEvent[],
) => {
  const chosen = new Map<string, string[]>();
  for (const event of coming) {
    if (event.type === 'exchanged')
      chosen.set(event.seeker, [...(chosen.get(event.seeker) ?? []), ...event.wishes]);
  }
  const wishes = Array.from(seekers.values(), (seeker) => {
    const all = new Set([...seeker.wishes, ...(chosen.get(seeker.id) ?? [])]);
    return [...all].flatMap((vacancy) => numbers.get(vacancy) ?? []);
  });
  const start = new Int32Array(numbers.size + 1);
  for (const own of wishes) for (const number of own) add(start, number + 1, 1);
  sumUp(start);
  const next = start.slice();
  const places = new Int32Array(at(start, numbers.size));
  for (const [rank, own] of wishes.entries()) {
    for (const number of own) {
      places[at(next, number)] = rank;
      add(next, number, 1);
    }
  }
  return { start, places };
};

/** Where a rank stands among ranks in order, of which it is one. */
const placeOf = (rank: number, ranks: Int32Array): number => {
  let [first, end] = [0, ranks.length - 1];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (at(ranks, middle) < rank) first = middle + 1;
    else end = middle;
  }
  return first;
};
