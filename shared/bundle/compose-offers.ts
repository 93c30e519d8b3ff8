import type { OfferStep, Offers } from '#shared/bundle/format.ts';
import { saltFrom, sealOf } from '#shared/bundle/sealing.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { Cascade } from '#shared/domain/cascade.ts';
import type { ApplicationId, VacancyCode } from '#shared/domain/ids.ts';
import { acceptedOffer, offerOf } from '#shared/domain/offer.ts';
import { cascadeOf, type OfferPlan } from '#shared/domain/offer-wave.ts';
import type { PostLimit } from '#shared/domain/post-caps.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** One contender as the end of the offers found them, and everything that happened to them until then, oldest first. */
export type OffersGathered = {
  contenders: readonly { candidacy: Candidacy; history: readonly CandidacyEvent[] }[];
  vacancies: readonly Vacancy[];
  plan: OfferPlan;
  /** Other numbers of posts that counted from a moment on. */
  capacities?: readonly { vacancy: VacancyCode; posts: number; at: Instant }[];
};

/** The offers of a round under seal: places instead of names, and no vacancy that nobody wanted. */
export const composeOffers = (
  { contenders, vacancies, plan, capacities = [] }: OffersGathered,
  standings: readonly Standing[],
  secret: string,
): Offers => {
  const candidacies = contenders.map(({ candidacy }) => candidacy);
  const { exchangedAt, ...first } = plan;
  const cascade = cascadeOf(candidacies, vacancies, first);
  const last = exchangedAt ? cascadeOf(candidacies, vacancies, plan) : cascade;
  const wanted = new Set([...last.seekers.values()].flatMap(({ wishes }) => wishes));
  const { everything, groups, postsOf } = shownLimits(last, { vacancies, wanted, capacities });
  const sealed = vacancies
    .filter(({ code }) => wanted.has(code))
    .map(({ code, posts }) => ({
      code,
      posts: postsOf(code, posts),
      seal: sealOf(code, saltFrom(secret, `vacancy ${code}`)),
    }))
    .toSorted((a, b) => (a.seal < b.seal ? -1 : 1));
  const places = new Map<string, number>(sealed.map(({ code }, place) => [code, place]));
  const placesOf = (codes: Iterable<string>): number[] =>
    [...codes].flatMap((code) => places.get(code) ?? []);
  const rows = new Map(standings.map(({ applicationId }, row) => [applicationId, row]));
  const rankOf = new Map(standings.map(({ applicationId, rank }) => [applicationId, rank ?? 0]));
  const lastRank = new Map<string, number>();
  for (const one of candidacies) {
    const code = acceptedOffer(one)?.vacancy;
    const rank = rankOf.get(one.applicationId) ?? 0;
    if (code !== undefined) lastRank.set(code, Math.max(lastRank.get(code) ?? 0, rank));
  }
  const vacancyOf = ({ code, posts, seal }: (typeof sealed)[number]): Offers['vacancies'][number] => {
    const cutoff = lastRank.get(code);
    return { seal, posts, ...(cutoff !== undefined && { cutoff }) };
  };
  const seekerOf = (one: Candidacy): Offers['seekers'][number] => {
    const [has] = placesOf([acceptedOffer(one)?.vacancy ?? '']);
    const wishes = placesOf(cascade.seekers.get(one.applicationId)?.wishes ?? []);
    return { row: rows.get(one.applicationId) ?? 0, wishes, ...(has !== undefined && { has }) };
  };
  return {
    vacancies: sealed.map(vacancyOf),
    limits: [...everything, ...groups].map((limit) => ({
      posts: limit.posts,
      vacancies: placesOf(limit.vacancies).toSorted(byNumber),
    })),
    seekers: candidacies.map(seekerOf),
    steps: stepsOf(contenders, {
      places,
      rows,
      exchangedAt,
      capacities: capacities.map((one) => ({ ...one, posts: postsOf(one.vacancy, one.posts) })),
    }),
  };
};

type Given = {
  vacancies: readonly Vacancy[];
  /** Vacancies that somebody wanted: the others are not published. */
  wanted: ReadonlySet<string>;
  capacities: NonNullable<OffersGathered['capacities']>;
};

/**
 * Limits as they are published. A quota tells which seals are of its subject, so it lists none where nobody needs them to check a step:
 * - where it could never be full, since its vacancies have no more posts, or no more people who want them;
 * - where it is about one vacancy alone, whose posts then are no more than it leaves.
 * What is left are quotas over several vacancies that may have been full. The limit over everything lists all.
 */
const shownLimits = ({ seekers, limits }: Cascade, { vacancies, wanted, capacities }: Given) => {
  const wishers = new Map<string, number>();
  for (const wish of [...seekers.values()].flatMap(({ wishes }) => wishes)) {
    wishers.set(wish, (wishers.get(wish) ?? 0) + 1);
  }
  // Nobody is asked twice for one post, so that no more seats are ever taken than there are people who want it.
  const most = new Map<string, number>();
  const count = (code: string, posts: number): void => {
    const seats = Math.min(posts, wishers.get(code) ?? 0);
    most.set(code, Math.max(most.get(code) ?? 0, seats));
  };
  for (const { code, posts } of vacancies) count(code, posts);
  for (const { vacancy, posts } of capacities) count(vacancy, posts);
  const [everything, ...quotas] = limits;
  const alone = new Map<string, number>();
  const groups = quotas.map((limit): PostLimit => {
    const [only, ...more] = [...limit.vacancies].filter((code) => wanted.has(code));
    const seats = [only ?? '', ...more].reduce((sum, code) => sum + (most.get(code) ?? 0), 0);
    if (seats > limit.posts && more.length > 0) return limit;
    if (seats > limit.posts && only !== undefined) {
      alone.set(only, Math.min(limit.posts, alone.get(only) ?? Infinity));
    }
    return { posts: limit.posts, vacancies: new Set() };
  });
  return {
    everything: everything ? [everything] : [],
    groups,
    postsOf: (code: string, posts: number): number => Math.min(posts, alone.get(code) ?? Infinity),
  };
};

const byNumber = (a: number, b: number): number => a - b;

type Places = { places: ReadonlyMap<string, number>; rows: ReadonlyMap<ApplicationId, number> };

/** What happened to all at once, beside everyone's own steps. */
type Beside = Places & {
  exchangedAt: Instant | undefined;
  capacities: NonNullable<OffersGathered['capacities']>;
};

/**
 * Everyone's steps as one story: by their moments, each person's in their own order. Of one moment, answers come before the offers
 * that follow from them, and offers by rank.
 */
const stepsOf = (contenders: OffersGathered['contenders'], beside: Beside): OfferStep[] => {
  const { capacities, ...named } = beside;
  // They are numbered as they were proposed, and a later one may count before.
  const counted = capacities.toSorted(byMoment).flatMap(({ vacancy: code, posts, at }): OfferStep[] => {
    const vacancy = named.places.get(code);
    return vacancy === undefined ? [] : [{ type: 'capacity-changed', at, vacancy, posts }];
  });
  const own = contenders.map(({ candidacy, history }) => ownSteps(candidacy, history, named));
  const open = [counted, exchangedSteps(contenders, beside), ...own].filter(isFilled);
  const story: OfferStep[] = [];
  while (open.length > 0) {
    const next = open.reduce((first, other) => (comesBefore(other[0], first[0]) ? other : first));
    story.push(next[0]);
    const rest = next.slice(1);
    if (isFilled(rest)) open[open.indexOf(next)] = rest;
    else open.splice(open.indexOf(next), 1);
  }
  return story;
};

/** The choices of the exchange, of all in the same moment. */
const exchangedSteps = (
  contenders: OffersGathered['contenders'],
  { exchangedAt, places, rows }: Beside,
): OfferStep[] =>
  contenders.flatMap(({ candidacy: { applicationId, exchange } }): OfferStep[] => {
    if (!exchangedAt || !exchange) return [];
    const wishes = exchange.choices.flatMap((code) => places.get(code) ?? []);
    return [{ type: 'exchanged', at: exchangedAt, seeker: rows.get(applicationId) ?? 0, wishes }];
  });

const byMoment = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? -1 : Number(a.at > b.at));

const isFilled = (steps: OfferStep[]): steps is [OfferStep, ...OfferStep[]] => steps.length > 0;

const comesBefore = (a: OfferStep, b: OfferStep): boolean => {
  if (a.at !== b.at) return a.at < b.at;
  const [first, second] = [a, b].map(({ type }) => Number(type === 'offered'));
  return first !== second ? first === 0 : seekerIn(a) < seekerIn(b);
};

const seekerIn = (step: OfferStep): number => ('seeker' in step ? step.seeker : -1);

const ownSteps = (
  candidacy: Candidacy,
  history: readonly CandidacyEvent[],
  { places, rows }: Places,
): OfferStep[] => {
  const seeker = rows.get(candidacy.applicationId) ?? 0;
  // What an acceptance or a withdrawal closes follows from it.
  const closes = new Set(history.filter(({ type }) => closing.has(type)).map(({ at }) => at));
  return history.flatMap((event): OfferStep[] => {
    if (event.type === 'candidacy-deferred') return [{ type: 'deferred', at: event.at, seeker }];
    if (event.type === 'candidacy-withdrawn') return [{ type: 'withdrawn', at: event.at, seeker }];
    const type = 'offer' in event ? stepTypes[event.type] : undefined;
    if (!type || !('offer' in event) || (type === 'closed' && closes.has(event.at))) return [];
    const code: VacancyCode | undefined = offerOf(candidacy, event.offer)?.vacancy;
    const vacancy = places.get(code ?? '');
    return vacancy === undefined ? [] : [{ type, at: event.at, seeker, vacancy }];
  });
};

const closing: ReadonlySet<CandidacyEvent['type']> = new Set([
  'offer-accepted',
  'offer-accepted-conditionally',
  'candidacy-deferred',
  'candidacy-withdrawn',
]);

type OfferEventType = Extract<CandidacyEvent, { offer: unknown }>['type'];

/** Reminders and executions change nothing that counts. */
const stepTypes: Readonly<
  Record<
    OfferEventType,
    Exclude<OfferStep['type'], 'withdrawn' | 'deferred' | 'capacity-changed' | 'exchanged'> | undefined
  >
> = {
  'offer-made': 'offered',
  'offer-accepted': 'accepted',
  'offer-accepted-conditionally': 'accepted-conditionally',
  'offer-declined': 'declined',
  'offer-lapsed': 'lapsed',
  'offer-closed': 'closed',
  'offer-reminded': undefined,
  'offer-execution-restarted': undefined,
};
