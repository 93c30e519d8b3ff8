import { allocate } from '#shared/allocation/allocate.ts';
import type { Mechanism } from '#shared/allocation/instance.ts';
import { type Cascade, isLive, openWishes, seatsTakenIn } from '#shared/domain/cascade.ts';
import { type Among, firstServed } from '#shared/domain/cascade-first.ts';
import { type PostReserve, postCaps } from '#shared/domain/post-caps.ts';

/** Which vacancy each person should be offered now, by the person, in the order of rank; whom remedies put first before. */
export const waveOf = (state: Cascade): ReadonlyMap<string, string> =>
  waveAmong(state, { people: state.seekers.values(), taken: seatsTakenIn(state) });

/**
 * The same among some people alone.
 * @param people in the order of rank; where open posts come first, everybody who has a seat is among them
 * @param taken seats that anybody has or is asked about, by vacancy
 */
export const waveAmong = (
  state: Omit<Cascade, 'seekers'>,
  { people, taken }: Among,
): ReadonlyMap<string, string> =>
  state.first?.length
    ? firstServed(state, { people: [...people], taken }, (among) => waveByRank(state, among))
    : waveByRank(state, { people, taken });

const waveByRank = (
  state: Omit<Cascade, 'seekers'>,
  { people, taken }: Among,
): ReadonlyMap<string, string> => {
  const freeIn = (vacancy: string): number =>
    Math.max(0, (state.posts.get(vacancy) ?? 0) - (taken.get(vacancy) ?? 0));
  // After the first wave most vacancies are full, and most people wait for one of these alone.
  const all = Array.from(people, (seeker) => ({
    id: seeker.id,
    preferences: openWishes(seeker).filter((vacancy) => freeIn(vacancy) > 0),
    has: state.openFirst === undefined ? [] : seeker.offers.filter(isLive).map(({ vacancy }) => vacancy),
  }));
  const choosing = all.filter(({ preferences, has }) => preferences.length + has.length > 0);
  const holders = choosing.flatMap(({ id, has }) => has.map((vacancy) => ({ applicant: id, vacancy })));
  const rankings = new Map<string, string[]>();
  for (const { id, preferences } of choosing) {
    for (const vacancy of preferences) {
      const ranking = rankings.get(vacancy);
      if (ranking) ranking.push(id);
      else rankings.set(vacancy, [id]);
    }
  }
  for (const { vacancy } of holders) if (!rankings.has(vacancy)) rankings.set(vacancy, []);
  const wanted = new Set(rankings.keys());
  const caps = postCaps(state, { posts: state.posts, wanted, taken, holders });
  const allocation = allocate({
    applicants: choosing.map(({ id, preferences }) => ({ id, preferences })),
    vacancies: Array.from(rankings, ([id, ranking]) => ({
      id,
      capacity: freeIn(id),
      // Limits of the round file are lists of vacancies, whatever they have in common.
      region: 'any',
      subject: 'any',
      ranking,
    })),
    caps,
    // Under caps people compete beyond one vacancy.
    order: choosing.map(({ id }) => id),
    mechanism: mechanismOf(state, caps.length > 0),
  });
  if (!allocation.ok) throw new Error(`The offers cannot be allocated: ${JSON.stringify(allocation.error)}`);
  const { matches } = allocation.value;
  // In the order of rank, which names of people that are numbers would not keep.
  return new Map(
    choosing.flatMap(({ id }) => {
      const vacancy = matches[id] ?? null;
      return vacancy === null ? [] : [[id, vacancy] as const];
    }),
  );
};

/** Kept posts need deferred acceptance, and limits that cross need merit order; where there are neither, both give the same. */
const mechanismOf = (
  { mechanism, reserves = [] }: Omit<Cascade, 'seekers'>,
  isLimited: boolean,
): Mechanism => {
  const isDeferred = reserves.length > 0 || !isLimited;
  return mechanism ?? (isDeferred ? 'applicant-proposing-deferred-acceptance' : 'merit-order-with-choice');
};

/**
 * Who is offered a post of this wave that by rank alone would be another's, with the quota that keeps it, by the person. A kept post
 * that the person would have got anyway is not among them.
 */
export const keptFor = (state: Cascade, wave: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  if (!state.reserves?.length || wave.size === 0) return new Map();
  const byRank = waveOf({ ...state, reserves: [] });
  const taken = seatsTakenIn(state);
  const isOpen = ({ posts, vacancies }: PostReserve): boolean =>
    [...vacancies].reduce((sum, code) => sum + (taken.get(code) ?? 0), 0) < posts;
  // Where open posts come first, whoever has one of these counts for none that is kept.
  const open = state.openFirst === undefined ? state.reserves.filter(isOpen) : state.reserves;
  return new Map(
    [...wave].flatMap(([id, vacancy]) => {
      const reserve = open.find(({ vacancies }) => vacancies.has(vacancy));
      const wishes = state.seekers.get(id)?.wishes ?? [];
      const other = byRank.get(id);
      const isBetter = other === undefined || wishes.indexOf(vacancy) < wishes.indexOf(other);
      return reserve && isBetter ? [[id, reserve.code] as const] : [];
    }),
  );
};

/** A post that kept ones pass somebody by for, and the quotas that keep it, by their codes. */
export type PassedBy = { vacancy: string; reserves: readonly string[] };

/**
 * What kept posts pass people by for as things stand, by the person. Quotas: each without which alone the person would be asked for a post, or where
 * it takes more than one to go, all through which somebody has a seat or is asked.
 */
export const passedByAll = (state: Cascade): ReadonlyMap<string, PassedBy> => {
  const passed = passedByReserves(state);
  if (passed.size === 0) return new Map();
  const live = new Set(
    [...state.seekers.values()].flatMap(({ offers }) =>
      offers.flatMap((offer) => (isLive(offer) ? (offer.reserve ?? []) : [])),
    ),
  );
  const without = [...live].map((code) => ({ code, passed: passedByReserves(state, new Set([code])) }));
  return new Map(
    [...passed].map(([id, vacancy]) => {
      const alone = without.flatMap((one) => (one.passed.has(id) ? [one.code] : []));
      return [id, { vacancy, reserves: alone.length > 0 ? alone : [...live] }];
    }),
  );
};

/**
 * Who would be asked now for which post if no post were kept, or none of some quotas, by the person: those whom kept posts pass by, as things stand. What was
 * given through a quota counts as free for that, and whoever has it as somebody who waits. Whoever is to be asked for that post anyway, once
 * the offers that are due are made, is passed by nobody.
 */
export const passedByReserves = (
  state: Cascade,
  without: ReadonlySet<string> = new Set(state.reserves?.map(({ code }) => code)),
): ReadonlyMap<string, string> => {
  if (!state.reserves?.length) return new Map();
  const through = new Set<string>();
  const seekers = new Map(
    [...state.seekers].map(([id, seeker]) => {
      const offers = seeker.offers.filter(
        (offer) => !isLive(offer) || offer.reserve === undefined || !without.has(offer.reserve),
      );
      if (offers.length === seeker.offers.length) return [id, seeker];
      through.add(id);
      return [id, { ...seeker, offers }];
    }),
  );
  const reserves = state.reserves.filter(({ code }) => !without.has(code));
  const byRank = waveOf({ ...state, seekers, reserves });
  const due = waveOf(state);
  return new Map([...byRank].filter(([id, vacancy]) => !through.has(id) && due.get(id) !== vacancy));
};
