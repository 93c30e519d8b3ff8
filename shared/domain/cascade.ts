import type { Mechanism } from '#shared/allocation/instance.ts';
import type { PostLimit, PostReserve } from '#shared/domain/post-caps.ts';
import type { Counting } from '#shared/domain/post-rule.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** `conditional`: accepted; a condition is still to be fulfilled, or the post goes to the next person. */
type SeatStatus = 'open' | 'conditional' | 'accepted' | 'declined' | 'lapsed' | 'closed';

/** Somebody who is still to get a post, or has one. */
export type Seeker = {
  id: string;
  /** Posts that would take the person, best first. */
  wishes: readonly string[];
  /** `reserve`: the quota that keeps posts without which this one would have been another's. */
  offers: readonly { vacancy: string; status: SeatStatus; reserve?: string | undefined }[];
  /** Withdrew, accepted a post of another region, or put the post off to a later intake: out of this round in each case. */
  left?: 'withdrawn' | 'deferred';
  /** Does not go on by results that were corrected meanwhile: is asked for nothing more, and keeps every offer. */
  stopped?: true;
};

/** Everything that the offers of a round follow from. Vacancies and people go by any names, as long as each has one. */
export type Cascade = {
  /** In the order of rank, best first. */
  seekers: ReadonlyMap<string, Seeker>;
  /** Seats by vacancy. */
  posts: ReadonlyMap<string, number>;
  /** What the round file leaves of groups of vacancies. */
  limits: readonly PostLimit[];
  /** Posts that are kept where a limit is reached, the first by precedence first; only with deferred acceptance. */
  reserves?: readonly PostReserve[] | undefined;
  /** So many posts of the first limit go by rank alone before kept ones count; undefined where kept ones come first. */
  openFirst?: number | undefined;
  /** How kept posts are counted, as the round file names it. */
  counting?: Counting | undefined;
  /** As the round file names it. */
  mechanism?: Mechanism | undefined;
  /** To whom a place of one of these posts goes before anybody else, by a remedy; the first that was granted first. */
  first?: readonly First[] | undefined;
};

type First = { seeker: string; vacancies: ReadonlySet<string> };

type Answer = 'accepted' | 'accepted-conditionally' | 'declined' | 'lapsed' | 'closed';

export type CascadeEvent =
  | { type: 'offered'; seeker: string; vacancy: string }
  | { type: Answer; seeker: string; vacancy: string }
  | { type: 'withdrawn' | 'deferred'; seeker: string }
  /** Is in again, since what they left for turned out to be none: these, which ended with it, may be offered anew. */
  | { type: 'returned'; seeker: string; vacancies: readonly string[] }
  | { type: 'capacity-changed'; vacancy: string; posts: number }
  /** The next place that is free in one of these posts goes to this person, before who waits: a remedy (`remedy.ts`). */
  | { type: 'put-first'; seeker: string; vacancies: readonly string[] }
  /** Chose empty posts in the exchange of the round: they come after the other wishes, also those that were let go before. */
  | { type: 'exchanged'; seeker: string; wishes: readonly string[] }
  /** Results were corrected: from here on those who go on by them are asked, in this order, and nobody else. Offers that were made stay. */
  | { type: 'reranked'; order: readonly string[] };

/** Why something cannot have happened: nobody of that name, no such vacancy, or nothing there to be answered. */
export type Impossible = 'unknown-seeker' | 'unknown-vacancy' | 'nothing-to-answer';

/**
 * What one event makes of the offers. It says nothing of whether the event was right, which `cascade-check.ts` does; what
 * cannot have happened at all is refused.
 */
export const step = (state: Cascade, event: CascadeEvent): Result<Cascade, Impossible> => {
  const change = changeBy(state, event);
  if (!change.ok) return change;
  const { seeker, seats, first, order } = change.value;
  return ok({
    ...state,
    ...(order && { seekers: inOrder(state.seekers, order) }),
    ...(first && { first: [...(state.first ?? []), first] }),
    ...(seeker && { seekers: new Map(state.seekers).set(seeker.id, seeker) }),
    ...(seats && { posts: new Map(state.posts).set(seats.vacancy, seats.posts) }),
  });
};

/** All that one event changes: the person whom it concerns, the seats of a vacancy, who comes first, or the order of all. */
export type Change = {
  seeker?: Seeker;
  seats?: { vacancy: string; posts: number };
  first?: First;
  order?: readonly string[];
};

export const changeBy = (
  { seekers, posts }: Pick<Cascade, 'seekers' | 'posts'>,
  event: CascadeEvent,
): Result<Change, Impossible> => {
  if ('vacancy' in event && !posts.has(event.vacancy)) return refuse('unknown-vacancy');
  if (event.type === 'capacity-changed') return ok({ seats: event });
  if (event.type === 'reranked') {
    const isOrder = new Set(event.order).size === event.order.length;
    return isOrder && event.order.every((id) => seekers.has(id))
      ? ok({ order: event.order })
      : refuse('unknown-seeker');
  }
  const seeker = seekers.get(event.seeker);
  if (!seeker) return refuse('unknown-seeker');
  if (event.type === 'put-first') {
    const vacancies = new Set(event.vacancies);
    const isKnown = event.vacancies.every((vacancy) => posts.has(vacancy));
    return isKnown ? ok({ first: { seeker: seeker.id, vacancies } }) : refuse('unknown-vacancy');
  }
  const after = seekerAfter(seeker, event);
  return after ? ok({ seeker: after }) : refuse('nothing-to-answer');
};

const seekerAfter = (
  seeker: Seeker,
  event: Exclude<CascadeEvent, { type: 'capacity-changed' | 'put-first' | 'reranked' }>,
): Seeker | undefined => {
  switch (event.type) {
    case 'offered': {
      const offers = [...seeker.offers, { vacancy: event.vacancy, status: 'open' as const }];
      return { ...seeker, offers };
    }
    case 'withdrawn':
    case 'deferred':
      return { ...ended(seeker, () => true), left: event.type };
    case 'exchanged':
      return exchanged(seeker, event.wishes);
    case 'returned':
      return returned(seeker, event.vacancies);
    default:
      return answered(seeker, event);
  }
};

/** Who is in an order of known people, best first; behind them the others as they stood, who are asked for nothing more. */
export const inOrder = (
  seekers: Cascade['seekers'],
  order: readonly string[],
): ReadonlyMap<string, Seeker> => {
  const all = new Map<string, Seeker>();
  for (const id of order) {
    const { stopped: _before, ...seeker } = seekers.get(id) ?? { id, wishes: [], offers: [] };
    all.set(id, seeker);
  }
  for (const seeker of seekers.values()) {
    if (!all.has(seeker.id)) all.set(seeker.id, { ...seeker, stopped: true });
  }
  return all;
};

/** What is chosen anew can be offered anew. */
const exchanged = (seeker: Seeker, chosen: readonly string[]): Seeker => ({
  ...seeker,
  wishes: [...seeker.wishes.filter((wish) => !chosen.includes(wish)), ...chosen],
  offers: seeker.offers.filter((offer) => isLive(offer) || !chosen.includes(offer.vacancy)),
});

const returned = ({ left, ...seeker }: Seeker, anew: readonly string[]): Seeker | undefined =>
  left === undefined
    ? undefined
    : { ...seeker, offers: seeker.offers.filter(({ vacancy }) => !anew.includes(vacancy)) };

/** An acceptance ends what the person holds beside it, also a conditional one. */
const answered = (
  seeker: Seeker,
  { type, vacancy }: { type: Answer; vacancy: string },
): Seeker | undefined => {
  const standing = seeker.offers.find((offer) => offer.vacancy === vacancy && isLive(offer));
  if (!standing || (type !== 'closed' && standing.status === 'accepted')) return undefined;
  const endsOthers = type === 'accepted' || type === 'accepted-conditionally';
  const rest = ended(seeker, (other) => other !== vacancy && endsOthers);
  const status = type === 'accepted-conditionally' ? 'conditional' : type;
  return { ...rest, offers: rest.offers.with(seeker.offers.indexOf(standing), { ...standing, status }) };
};

const ended = (seeker: Seeker, ends: (vacancy: string) => boolean): Seeker => ({
  ...seeker,
  offers: seeker.offers.map((offer) =>
    isLive(offer) && ends(offer.vacancy) ? { ...offer, status: 'closed' as const } : offer,
  ),
});

export const isLive = ({ status }: { status: SeatStatus }): boolean =>
  status === 'open' || status === 'conditional' || status === 'accepted';

/** Seats that are accepted or held by an offer that can still be answered, by vacancy. */
export const seatsTakenIn = ({ seekers }: Pick<Cascade, 'seekers'>): ReadonlyMap<string, number> => {
  const taken = new Map<string, number>();
  for (const { offers } of seekers.values()) {
    for (const offer of offers) {
      if (isLive(offer)) taken.set(offer.vacancy, (taken.get(offer.vacancy) ?? 0) + 1);
    }
  }
  return taken;
};

/** What a person could still be offered and would rather have than what they hold, best first. */
export const openWishes = ({ wishes, offers, left, stopped }: Seeker): string[] => {
  if (left || stopped || offers.some(({ status }) => status === 'accepted' || status === 'conditional'))
    return [];
  const asked = new Set(offers.map(({ vacancy }) => vacancy));
  const held = new Set(offers.filter(isLive).map(({ vacancy }) => vacancy));
  const best = wishes.findIndex((vacancy) => held.has(vacancy));
  return (best === -1 ? wishes : wishes.slice(0, best)).filter((vacancy) => !asked.has(vacancy));
};

/** The posts that a person has accepted, for good or on a condition. */
export const acceptancesOf = ({ offers }: Seeker): string[] =>
  offers.flatMap(({ vacancy, status }) => (status === 'accepted' || status === 'conditional' ? vacancy : []));
