import { type Cascade, openWishes, type Seeker } from '#shared/domain/cascade.ts';

/** Some people in the order of rank, and the seats that anybody has or is asked about, by vacancy. */
export type Among = { people: Iterable<Seeker>; taken: ReadonlyMap<string, number> };

type State = Omit<Cascade, 'seekers'>;

/**
 * Who should be offered what where remedies put people first, by the person: whoever would not get a place by rank that is at least as good
 * gets the best free one of those posts, and everything else goes on by rank without it. So a remedy takes nothing from anybody who
 * has something, and nothing more than one place from who waits.
 */
export const firstServed = (
  state: State,
  among: { people: readonly Seeker[]; taken: ReadonlyMap<string, number> },
  byRank: (among: Among) => ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => {
  const served = new Map<string, string>();
  let { people, taken } = among;
  let wave = byRank({ people, taken });
  for (let next = firstDue(state, { people, taken, wave }); next; ) {
    const { seeker, vacancy } = next;
    served.set(seeker.id, vacancy);
    people = people.map((one) => (one === seeker ? holding(seeker, vacancy) : one));
    taken = new Map(taken).set(vacancy, (taken.get(vacancy) ?? 0) + 1);
    wave = byRank({ people, taken });
    next = firstDue(state, { people, taken, wave });
  }
  return new Map([...served, ...wave]);
};

type Now = {
  people: readonly Seeker[];
  taken: ReadonlyMap<string, number>;
  wave: ReadonlyMap<string, string>;
};

/** The first remedy by which somebody gets what rank alone does not give. */
const firstDue = (
  state: State,
  { people, taken, wave }: Now,
): { seeker: Seeker; vacancy: string } | undefined => {
  for (const { seeker: id, vacancies } of state.first ?? []) {
    const seeker = people.find((one) => one.id === id);
    const wishes = seeker ? openWishes(seeker) : [];
    const vacancy = wishes.find((wish) => vacancies.has(wish) && isFree(state, taken, wish));
    const own = wishes.indexOf(wave.get(id) ?? '');
    const isBetter = vacancy !== undefined && (own === -1 || wishes.indexOf(vacancy) < own);
    if (seeker && isBetter) return { seeker, vacancy };
  }
  return undefined;
};

/** Has the seat, and is asked for nothing else in this wave. */
const holding = (seeker: Seeker, vacancy: string): Seeker => ({
  ...seeker,
  wishes: [],
  offers: [...seeker.offers, { vacancy, status: 'open' }],
});

const isFree = ({ posts, limits }: State, taken: ReadonlyMap<string, number>, vacancy: string): boolean =>
  (taken.get(vacancy) ?? 0) < (posts.get(vacancy) ?? 0) &&
  limits.every(
    (limit) =>
      !limit.vacancies.has(vacancy) ||
      [...limit.vacancies].reduce((sum, one) => sum + (taken.get(one) ?? 0), 0) < limit.posts,
  );
