import type { Cap, Instance, Matches, Pair } from '#shared/allocation/instance.ts';

/*
 * The second implementation: written from the definitions alone, over names and plain lists, with no thought of speed. Nothing of it is
 * shared with the first.
 */

type Pools = Map<string, string[]>;

/** Everyone who is without a vacancy applies to the next wish; then all caps choose anew from all who ever applied. */
export const slowDeferredAcceptance = (instance: Instance): Matches => {
  const pools: Pools = new Map(instance.vacancies.map(({ id }) => [id, []]));
  const asked = new Map(instance.applicants.map(({ id }) => [id, 0]));
  for (;;) {
    const chosen = choose(instance, pools);
    const waiting = instance.applicants.filter(
      ({ id, preferences }) => !chosen.has(id) && (asked.get(id) ?? 0) < preferences.length,
    );
    if (waiting.length === 0) {
      return Object.fromEntries(instance.applicants.map(({ id }) => [id, chosen.get(id) ?? null]));
    }
    for (const { id, preferences } of waiting) {
      const wish = preferences[asked.get(id) ?? 0] ?? '';
      asked.set(id, (asked.get(id) ?? 0) + 1);
      pools.get(wish)?.push(id);
    }
  }
};

/** Fills seat after seat in the published order, as long as somebody applies and no cap is exceeded. */
const choose = (instance: Instance, pools: Pools): Map<string, string> => {
  const caps = groupsOf(instance);
  const count = new Map<string, number>();
  const seatsIn = (group: Group): number => group.inside.reduce((sum, id) => sum + (count.get(id) ?? 0), 0);
  const eligible = new Map(
    instance.vacancies.map(({ id, ranking }) => [id, ranking.filter((who) => pools.get(id)?.includes(who))]),
  );
  for (;;) {
    const possible = instance.vacancies
      .filter(({ id }) => (count.get(id) ?? 0) < (eligible.get(id)?.length ?? 0))
      .map(({ id }) => ({ id, around: caps.filter(({ inside }) => inside.includes(id)) }))
      .filter(({ around }) => around.every((group) => seatsIn(group) < group.max))
      .map(({ id, around }) => ({
        id,
        reserved: around.flatMap((group, depth) =>
          [...group.reserves].flatMap(([precedence, reserve]) =>
            seatsIn(group) < reserve ? [{ precedence, depth }] : [],
          ),
        ),
        turn: instance.order
          ? instance.order.indexOf(eligible.get(id)?.[count.get(id) ?? 0] ?? '')
          : turnOf(count.get(id) ?? 0, Math.max(0, ...(around.at(-1)?.reserves.values() ?? []))),
      }));
    const [next] = possible.toSorted(
      (a, b) => byReserves(a.reserved, b.reserved) || a.turn - b.turn || (a.id < b.id ? -1 : 1),
    );
    if (!next) break;
    count.set(next.id, (count.get(next.id) ?? 0) + 1);
  }
  return new Map(
    [...eligible].flatMap(([id, who]) => who.slice(0, count.get(id) ?? 0).map((one) => [one, id] as const)),
  );
};

const turnOf = (held: number, reserve: number): number => (held < reserve ? held : held - reserve);

type Reserved = { precedence: number; depth: number };

const byLevel = (a: Reserved, b: Reserved): number => a.precedence - b.precedence || a.depth - b.depth;

/** The first reserve in which the two differ decides for the seat that is within it. */
const byReserves = (a: readonly Reserved[], b: readonly Reserved[]): number => {
  const [mine, theirs] = [a.toSorted(byLevel), b.toSorted(byLevel)];
  for (const [index, one] of mine.entries()) {
    const other = theirs[index];
    const difference = other ? byLevel(one, other) : -1;
    if (difference !== 0) return difference;
  }
  return theirs.length - mine.length;
};

/** `reserves`: the largest of each precedence. */
type Group = { inside: string[]; max: number; reserves: ReadonlyMap<number, number> };

/** The largest first, one for each set of vacancies; each vacancy alone is the last. */
const groupsOf = (instance: Instance): Group[] => {
  const groups = new Map<string, Group>();
  const limit = (inside: string[], max: number, reserve = 0, precedence = 1_000): void => {
    const name = JSON.stringify(inside.toSorted());
    const known = groups.get(name) ?? { inside, max, reserves: new Map() };
    const largest = Math.max(reserve, known.reserves.get(precedence) ?? 0);
    const reserves = new Map(known.reserves).set(precedence, largest);
    groups.set(name, { inside, max: Math.min(max, known.max), reserves });
  };
  for (const cap of instance.caps) {
    const most = Math.max(0, cap.max - (cap.open?.taken?.length ?? 0));
    limit(insideOf(instance, cap), most, cap.reserve, cap.precedence);
  }
  for (const { id, capacity } of instance.vacancies) limit([id], capacity);
  return [...groups.values()].toSorted((a, b) => b.inside.length - a.inside.length);
};

const insideOf = (instance: Instance, cap: Cap): string[] =>
  instance.vacancies
    .filter((vacancy) =>
      'vacancies' in cap
        ? cap.vacancies.includes(vacancy.id)
        : 'region' in cap
          ? cap.region === vacancy.region
          : cap.subject === vacancy.subject,
    )
    .map(({ id }) => id);

/** The best who has not chosen yet chooses. */
export const slowMeritOrder = (instance: Instance): Matches => {
  const matches: Record<string, string | null> = {};
  let waiting = instance.applicants.map(({ id }) => id);
  while (waiting.length > 0) {
    const best = waiting.find((id) => waiting.every((other) => !isAbove(instance, other, id)));
    if (best === undefined) throw new Error('There is no single order.');
    const { preferences = [] } = instance.applicants.find(({ id }) => id === best) ?? {};
    matches[best] = preferences.find((wish) => hasRoom(instance, matches, best, wish)) ?? null;
    waiting = waiting.filter((id) => id !== best);
  }
  return matches;
};

/** The order, or else some ranking, has one directly or indirectly above the other; indirectly is settled by who is gone already. */
const isAbove = ({ order, vacancies }: Instance, one: string, other: string): boolean =>
  order ? order.indexOf(one) < order.indexOf(other) : isRankedAbove(vacancies, one, other);

const isRankedAbove = (vacancies: Instance['vacancies'], one: string, other: string): boolean =>
  vacancies.some(
    ({ ranking }) =>
      ranking.includes(one) && ranking.includes(other) && ranking.indexOf(one) < ranking.indexOf(other),
  );

const hasRoom = (instance: Instance, matches: Matches, applicant: string, vacancy: string): boolean => {
  const { ranking = [] } = instance.vacancies.find(({ id }) => id === vacancy) ?? {};
  return (
    ranking.includes(applicant) &&
    groupsOf(instance)
      .filter(({ inside }) => inside.includes(vacancy))
      .every(
        ({ inside, max }) =>
          Object.values(matches).filter((held) => inside.includes(held ?? '')).length < max,
      )
  );
};

/** Nobody too many anywhere, and everyone where both sides named each other. */
export const isFeasible = (instance: Instance, matches: Matches): boolean =>
  groupsOf(instance).every(
    ({ inside, max }) => Object.values(matches).filter((held) => inside.includes(held ?? '')).length <= max,
  ) &&
  instance.applicants.every(({ id, preferences }) => {
    const held = matches[id] ?? null;
    const vacancy = instance.vacancies.find((one) => one.id === held);
    return held === null || (preferences.includes(held) && vacancy?.ranking.includes(id) === true);
  });

/** Pairs of which the applicant would rather have the vacancy, and which the caps would choose beside all who are held. */
export const slowBlockingPairs = (instance: Instance, matches: Matches): Pair[] =>
  instance.applicants.flatMap(({ id, preferences }) =>
    preferences
      .slice(0, matches[id] === null ? undefined : preferences.indexOf(matches[id] ?? ''))
      .filter((vacancy) => wouldTake(instance, matches, id, vacancy))
      .map((vacancy) => ({ applicant: id, vacancy })),
  );

const wouldTake = (instance: Instance, matches: Matches, applicant: string, vacancy: string): boolean => {
  if (instance.caps.some(({ open }) => open)) return wouldTakeInTurn(instance, matches, applicant, vacancy);
  if (instance.mechanism === 'merit-order-with-choice') {
    const before = Object.fromEntries(
      Object.entries(matches).filter(([other]) => isAbove(instance, other, applicant)),
    );
    return hasRoom(instance, before, applicant, vacancy);
  }
  // Who moves inside a cap is still held at the old place, so the one who asks goes by another name.
  const asking = 'asks';
  const asked: Instance = {
    ...instance,
    order: instance.order?.flatMap((who) => (who === applicant ? [asking, who] : who)),
    vacancies: instance.vacancies.map((one) =>
      one.id === vacancy
        ? { ...one, ranking: one.ranking.map((who) => (who === applicant ? asking : who)) }
        : one,
    ),
  };
  const pools = new Map(
    instance.vacancies.map(({ id }) => [id, Object.keys(matches).filter((who) => matches[who] === id)]),
  );
  pools.get(vacancy)?.push(asking);
  return choose(asked, pools).has(asking);
};

/**
 * Open seats first: person after person, in the order, chooses what is left until the open seats have gone; the others go by deferred
 * acceptance in an instance that has what is left then.
 */
export const slowOpenFirst = (instance: Instance): Matches => {
  const { first, taken = [] } = instance.caps.find(({ open }) => open)?.open ?? { first: 0 };
  const { order = [] } = instance;
  const chosen: Record<string, string | null> = {};
  const withoutTaken: Instance = {
    ...instance,
    caps: instance.caps.map(({ open, ...cap }) => ({
      ...cap,
      max: Math.max(0, cap.max - (open?.taken?.length ?? 0)),
    })),
  };
  let [left, late] = [first, taken];
  for (const who of order) {
    const { preferences = [] } = instance.applicants.find(({ id }) => id === who) ?? {};
    const wish = preferences.find((one) => hasRoom(withoutTaken, chosen, who, one));
    if (left > 0 && wish !== undefined) {
      chosen[who] = wish;
      left -= 1;
    }
    const own = late.filter(({ applicant }) => applicant === who);
    late = late.filter((one) => !own.slice(0, left).includes(one));
    left -= Math.min(left, own.length);
  }
  const peopleIn = (group: readonly string[]): number =>
    Object.values(chosen).filter((held) => group.includes(held ?? '')).length;
  const later = slowDeferredAcceptance({
    ...withoutTaken,
    applicants: instance.applicants.map((one) => (one.id in chosen ? { ...one, preferences: [] } : one)),
    vacancies: instance.vacancies.map((one) => ({ ...one, capacity: one.capacity - peopleIn([one.id]) })),
    caps: withoutTaken.caps.map((cap) => {
      const inside = insideOf(instance, cap);
      const reserve = (cap.reserve ?? 0) - late.filter(({ vacancy }) => inside.includes(vacancy)).length;
      return Object.assign({}, cap, { max: cap.max - peopleIn(inside), reserve: Math.max(0, reserve) });
    }),
  });
  return { ...later, ...chosen };
};

/** Everybody asks for what they hold alone, and one more person, just before the own place, for the vacancy. */
const wouldTakeInTurn = (
  instance: Instance,
  matches: Matches,
  applicant: string,
  vacancy: string,
): boolean => {
  const asking = 'asks';
  const wanting = instance.applicants.map(({ id }) => ({
    id,
    preferences: matches[id] ? [matches[id]] : [],
  }));
  return (
    slowOpenFirst({
      ...instance,
      applicants: [...wanting, { id: asking, preferences: [vacancy] }],
      order: instance.order?.flatMap((who) => (who === applicant ? [asking, who] : who)),
      vacancies: instance.vacancies.map((one) => ({
        ...one,
        ranking: one.ranking.flatMap((who) =>
          who !== applicant ? who : one.id === vacancy ? [asking, who] : who,
        ),
      })),
    })[asking] === vacancy
  );
};
