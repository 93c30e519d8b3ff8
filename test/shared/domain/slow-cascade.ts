import type { Cascade, CascadeEvent, Impossible } from '#shared/domain/cascade.ts';

/*
 * The offers of a round once more, from the rules in words: a list of people, a list of vacancies, and what each step changes in them. Nothing of
 * it is shared with `cascade.ts` but the words for steps and the shape that a story begins with.
 */

type Held = { vacancy: string; status: string; reserve?: string | undefined };

export type SlowPerson = {
  name: string;
  wishes: string[];
  held: Held[];
  /** Where they went, and whether corrected results leave them out. */
  gone: string | undefined;
  leftOut: boolean;
};

type SlowGroup = { posts: number; vacancies: string[] };

export type SlowState = {
  /** Best rank first. */
  people: SlowPerson[];
  vacancies: { code: string; posts: number }[];
  limits: SlowGroup[];
  reserves: SlowGroup[];
  openFirst: number | undefined;
  isEachCounted: boolean;
  first: { name: string; vacancies: string[] }[];
};

export const slowFrom = (cascade: Cascade): SlowState => ({
  people: Array.from(cascade.seekers, ([name, { wishes, offers, left, stopped }]) => ({
    name,
    wishes: [...wishes],
    held: offers.map((offer) => ({ ...offer })),
    gone: left,
    leftOut: stopped === true,
  })),
  vacancies: Array.from(cascade.posts, ([code, posts]) => ({ code, posts })),
  limits: cascade.limits.map(groupFrom),
  reserves: (cascade.reserves ?? []).map(groupFrom),
  openFirst: cascade.openFirst,
  isEachCounted: cascade.counting !== undefined,
  first: (cascade.first ?? []).map(({ seeker, vacancies }) => ({ name: seeker, vacancies: [...vacancies] })),
});

const groupFrom = ({ posts, vacancies }: { posts: number; vacancies: Iterable<string> }): SlowGroup => ({
  posts,
  vacancies: [...vacancies],
});

/** Everything that a step may change, in one shape for both implementations. */
export const shownOf = ({ people, vacancies, first }: SlowState) => ({ people, vacancies, first });

export const isHeld = ({ status }: Held): boolean => ['open', 'conditional', 'accepted'].includes(status);

const hasPost = ({ held }: SlowPerson): boolean =>
  held.some(({ status }) => status === 'conditional' || status === 'accepted');

/** Posts that somebody could still be asked for, best first. */
export const openTo = (person: SlowPerson): string[] => {
  if (person.gone || person.leftOut || hasPost(person)) return [];
  const open: string[] = [];
  for (const wish of person.wishes) {
    if (person.held.some((one) => one.vacancy === wish && isHeld(one))) break;
    if (!person.held.some((one) => one.vacancy === wish)) open.push(wish);
  }
  return open;
};

/** Seats in some vacancies that somebody has or is asked about. */
export const seatsIn = ({ people }: SlowState, codes: readonly string[]): number => {
  let seats = 0;
  for (const { held } of people) {
    for (const one of held) if (isHeld(one) && codes.includes(one.vacancy)) seats += 1;
  }
  return seats;
};

export const postsOf = ({ vacancies }: SlowState, code: string): number =>
  vacancies.find((one) => one.code === code)?.posts ?? 0;

/** What a step makes of the offers, or why it cannot have happened. */
export const slowStep = (before: SlowState, event: CascadeEvent): SlowState | Impossible => {
  const state = structuredClone(before);
  const isKnown = (code: string): boolean => state.vacancies.some((one) => one.code === code);
  if ('vacancy' in event && !isKnown(event.vacancy)) return 'unknown-vacancy';
  if (event.type === 'capacity-changed') {
    for (const one of state.vacancies) if (one.code === event.vacancy) one.posts = event.posts;
    return state;
  }
  if (event.type === 'reranked') return reordered(state, event.order);
  const person = state.people.find(({ name }) => name === event.seeker);
  if (!person) return 'unknown-seeker';
  if (event.type === 'put-first') {
    if (!event.vacancies.every(isKnown)) return 'unknown-vacancy';
    state.first.push({ name: person.name, vacancies: [...event.vacancies] });
    return state;
  }
  return happenedTo(person, event) ? state : 'nothing-to-answer';
};

const reordered = (state: SlowState, order: readonly string[]): SlowState | Impossible => {
  const going: SlowPerson[] = [];
  for (const name of order) {
    const person = state.people.find((one) => one.name === name);
    if (!person || going.includes(person)) return 'unknown-seeker';
    going.push(person);
  }
  const others = state.people.filter((one) => !going.includes(one));
  for (const person of going) person.leftOut = false;
  for (const person of others) person.leftOut = true;
  return { ...state, people: [...going, ...others] };
};

type Own = Exclude<CascadeEvent, { type: 'capacity-changed' | 'reranked' | 'put-first' }>;

/** @returns false where there was nothing that it could happen to */
const happenedTo = (person: SlowPerson, event: Own): boolean => {
  const closeAll = (): void => {
    for (const one of person.held) if (isHeld(one)) one.status = 'closed';
  };
  if (event.type === 'offered') {
    person.held.push({ vacancy: event.vacancy, status: 'open' });
    return true;
  }
  if (event.type === 'exchanged') {
    const chosen = event.wishes;
    person.wishes = [...person.wishes.filter((wish) => !chosen.includes(wish)), ...chosen];
    person.held = person.held.filter((one) => isHeld(one) || !chosen.includes(one.vacancy));
    return true;
  }
  if (event.type === 'returned') {
    if (!person.gone) return false;
    person.gone = undefined;
    person.held = person.held.filter(({ vacancy }) => !event.vacancies.includes(vacancy));
    return true;
  }
  if ('vacancy' in event) return answered(person, event, closeAll);
  closeAll();
  person.gone = event.type;
  return true;
};

type Answered = Extract<
  Own,
  { type: 'accepted' | 'accepted-conditionally' | 'declined' | 'lapsed' | 'closed' }
>;

const answered = (person: SlowPerson, { type, vacancy }: Answered, closeAll: () => void): boolean => {
  const one = person.held.find((held) => held.vacancy === vacancy && isHeld(held));
  // Whoever has accepted for good has nothing left to answer there.
  if (!one || (one.status === 'accepted' && type !== 'closed')) return false;
  if (type === 'accepted' || type === 'accepted-conditionally') closeAll();
  one.status = type === 'accepted-conditionally' ? 'conditional' : type;
  return true;
};
