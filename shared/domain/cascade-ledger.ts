import {
  type Cascade,
  type CascadeEvent,
  type Change,
  isLive,
  openWishes,
  type Seeker,
} from '#shared/domain/cascade.ts';
import { queuesOf } from '#shared/domain/cascade-queues.ts';
import { waveAmong, waveOf } from '#shared/domain/cascade-wave.ts';
import { isShared } from '#shared/domain/post-caps.ts';

/**
 * The offers of a round while they go on, with all that a next step is held against: who waits for what, and what is free. A step costs what
 * it touches, however many people there are.
 */
export type Ledger = {
  /** As things stand: it changes with each step. */
  now: Cascade;
  /** What the step before came to; nothing is asked of whether it was right. */
  take: (change: Change) => void;
  takenAt: (vacancy: string) => number;
  /** Whether a limit leaves a seat. */
  isOpen: (limit: number) => boolean;
  /** Seats that a limit leaves. */
  leftOf: (limit: number) => number;
  isFree: (vacancy: string) => boolean;
  limitsOf: (vacancy: string) => readonly number[];
  /**
   * Whether somebody who ranks before waits for a free post that could be given in place of this one: the same, or one that counts
   * towards the same limit.
   */
  isSkipped: (vacancy: string, before: string) => boolean;
  /**
   * Who should be offered what, as `waveOf` has it, from those alone who can matter (`first` of the queues, and of these only as many as
   * have a seat): with one more than can be asked, whoever could push somebody out from behind them is no better placed than one of them who
   * gets nothing. Where it depends on who wants what how kept posts are counted (older round files), from everybody.
   */
  due: () => ReadonlyMap<string, string>;
};

/** @param coming every step that is taken later and may add wishes */
export const ledgerOf = (before: Cascade, coming: readonly CascadeEvent[]): Ledger => {
  const seekers = new Map(before.seekers);
  const posts = new Map(before.posts);
  const now: Cascade = { ...before, seekers, posts };
  const ids = [...seekers.keys()];
  const queues = queuesOf(before, coming);
  const { limitsOf, rankOf } = queues;
  const seats = seatsOf(now, limitsOf);
  const holders = new Set<number>();

  /** Counts in what a person has and waits for, or out. @returns the vacancies */
  const move = (seeker: Seeker, isIn: boolean): string[] => {
    const rank = rankOf(seeker.id);
    const held = seeker.offers.filter(isLive).map(({ vacancy }) => vacancy);
    const open = openWishes(seeker);
    for (const vacancy of held) seats.count(vacancy, isIn ? 1 : -1);
    if (isIn && held.length > 0) holders.add(rank);
    else holders.delete(rank);
    for (const vacancy of open) queues.move(vacancy, rank, isIn);
    return [...held, ...open];
  };
  const refresh = (touched: Iterable<string>): void => {
    for (const vacancy of touched) queues.refresh(vacancy, seats.freeAt(vacancy) > 0);
  };

  const wishesAt = (rank: number) => openWishesOf(seekers.get(ids[rank] ?? ''));

  for (const seeker of seekers.values()) move(seeker, true);
  refresh(posts.keys());
  return {
    now,
    ...seats,
    limitsOf,
    take: ({ seeker, seats: changed, first: added }) => {
      if (added) now.first = [...(now.first ?? []), added];
      if (changed) {
        posts.set(changed.vacancy, changed.posts);
        refresh([changed.vacancy]);
      }
      if (seeker) {
        const was = seekers.get(seeker.id);
        const touched = was ? move(was, false) : [];
        seekers.set(seeker.id, seeker);
        refresh([...touched, ...move(seeker, true)]);
      }
    },
    isSkipped: (vacancy, who) => queues.firstRival(vacancy, seats.isOpen) < rankOf(who),
    due: () => {
      if (now.counting === undefined && isShared(now.reserves ?? [])) return waveOf(now);
      const wanted = queues.wanted(seats.isOpen);
      const most = seats.freeIn(wanted.flat()) + 1;
      const seated = seatedAmong({ most, freeAt: seats.freeAt, wishesAt });
      const among = new Set(wanted.flatMap((group) => seated(group, queues.first(group, most))));
      if (now.openFirst !== undefined) for (const rank of holders) among.add(rank);
      for (const { seeker } of now.first ?? []) among.add(rankOf(seeker));
      const ranks = Array.from(among).toSorted((a, b) => a - b);
      const people = ranks.flatMap((rank) => seekers.get(ids[rank] ?? '') ?? []);
      return waveAmong(now, { people, taken: seats.taken });
    },
  };
};

const openWishesOf = (seeker: Seeker | undefined): readonly string[] => (seeker ? openWishes(seeker) : []);

/**
 * Those of a group, by rank, until so many have a seat of it if they choose one after the other: whoever ranks behind them has none, since
 * each of them has one at least as good, or one elsewhere.
 */
const seatedAmong =
  ({ most, freeAt, wishesAt }: Seating) =>
  (group: readonly string[], ranks: readonly number[]): number[] => {
    const left = new Map(group.map((vacancy) => [vacancy, freeAt(vacancy)]));
    const found: number[] = [];
    let people = 0;
    for (const rank of Array.from(new Set(ranks)).toSorted((a, b) => a - b)) {
      if (people === most) break;
      found.push(rank);
      const vacancy = wishesAt(rank).find((wish) => (left.get(wish) ?? 0) > 0);
      if (vacancy === undefined) continue;
      left.set(vacancy, (left.get(vacancy) ?? 0) - 1);
      people += 1;
    }
    return found;
  };

type Seating = {
  most: number;
  freeAt: (vacancy: string) => number;
  wishesAt: (rank: number) => readonly string[];
};

/** Seats that somebody has or is asked about, by vacancy and under each limit. */
const seatsOf = ({ posts, limits }: Cascade, limitsOf: Ledger['limitsOf']) => {
  const taken = new Map<string, number>();
  const under = limits.map(() => 0);
  const takenAt = (vacancy: string): number => taken.get(vacancy) ?? 0;
  const freeAt = (vacancy: string): number => (posts.get(vacancy) ?? 0) - takenAt(vacancy);
  const leftOf = (limit: number): number => (limits[limit]?.posts ?? 0) - (under[limit] ?? 0);
  const isOpen = (limit: number): boolean => leftOf(limit) > 0;
  return {
    taken,
    takenAt,
    freeAt,
    leftOf,
    isOpen,
    isFree: (vacancy: string): boolean => freeAt(vacancy) > 0 && limitsOf(vacancy).every(isOpen),
    count: (vacancy: string, people: number): void => {
      taken.set(vacancy, takenAt(vacancy) + people);
      for (const limit of limitsOf(vacancy)) under[limit] = (under[limit] ?? 0) + people;
    },
    /** At least as many people as could get a seat in any of these: their own seats, and what a limit around all of them leaves. */
    freeIn: (vacancies: readonly string[]): number => {
      const own = vacancies.reduce((sum, vacancy) => sum + freeAt(vacancy), 0);
      const around = under.flatMap((_people, limit) =>
        vacancies.every((vacancy) => limitsOf(vacancy).includes(limit)) ? leftOf(limit) : [],
      );
      return Math.min(own, ...around);
    },
  };
};
