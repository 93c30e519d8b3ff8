import type { Offers } from '#shared/bundle/format.ts';
import {
  type Contender,
  type Counted,
  type PutFirst,
  type Reranking,
  stepsOf,
} from '#shared/bundle/offer-story.ts';
import { saltFrom, sealOf } from '#shared/bundle/sealing.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Cascade } from '#shared/domain/cascade.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { cascadeOf, type OfferPlan } from '#shared/domain/offer-wave.ts';
import { isShared, type PostLimit } from '#shared/domain/post-caps.ts';
import { hasByRemedy } from '#shared/domain/remedy.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** Everything that the published offers follow from. */
export type OffersGathered = {
  contenders: readonly Contender[];
  vacancies: readonly Vacancy[];
  plan: OfferPlan;
  capacities?: readonly Counted[];
  firsts?: readonly PutFirst[];
  /** Editions of the final results that offers went by, in their order. */
  rerankings?: readonly Reranking[];
  /** The turn in which the choices of the exchange began to count. */
  exchangeTurn?: number | undefined;
};

/** The offers of a round under seal: places instead of names, and no vacancy that nobody wanted. */
export const composeOffers = (
  {
    contenders,
    vacancies,
    plan,
    capacities = [],
    firsts = [],
    exchangeTurn,
    rerankings = [],
  }: OffersGathered,
  standings: readonly Standing[],
  secret: string,
): Offers => {
  const candidacies = contenders.map(({ candidacy }) => candidacy);
  const { exchangedAt, exchangedTurn: _turn, ...first } = plan;
  const cascade = cascadeOf(candidacies, vacancies, first);
  const last = exchangedAt ? cascadeOf(candidacies, vacancies, plan) : cascade;
  const wanted = new Set([...last.seekers.values()].flatMap(({ wishes }) => wishes));
  const { everything, groups, reserves, postsOf } = shownLimits(last, { vacancies, wanted, capacities });
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
  const lastRank = lastRanks(candidacies, standings, firsts);
  const seekerOf = ({ candidacy: one, from }: Contender): Offers['seekers'][number] => {
    const [has] = placesOf([acceptedOffer(one)?.vacancy ?? '']);
    const wishes = placesOf(cascade.seekers.get(one.applicationId)?.wishes ?? []);
    const row = rows.get(one.applicationId) ?? 0;
    return { row, ...(from !== undefined && { from }), wishes, ...(has !== undefined && { has }) };
  };
  const groupOf = ({ posts, vacancies: codes }: PostLimit): Offers['limits'][number] => ({
    posts,
    vacancies: placesOf(codes).toSorted(byNumber),
  });
  return {
    vacancies: sealed.map(({ code, posts, seal }) => withCutoff({ seal, posts }, lastRank.get(code))),
    limits: [...everything, ...groups].map(groupOf),
    ...keptIn(last, reserves.map(groupOf)),
    seekers: contenders.map(seekerOf),
    steps: stepsOf(contenders, {
      places,
      rows,
      exchanged: exchangedAt && { at: exchangedAt, turn: exchangeTurn },
      firsts,
      rerankings,
      capacities: capacities.map((one) => ({ ...one, posts: postsOf(one.vacancy, one.posts) })),
    }),
  };
};

/** Which posts were kept, and how they were counted where it matters. */
const keptIn = (
  { openFirst, counting }: Cascade,
  reserves: Offers['limits'],
): Pick<Offers, 'reserves' | 'openFirst' | 'counting'> => ({
  ...(reserves.length > 0 && { reserves }),
  ...(openFirst !== undefined && { openFirst }),
  ...(counting && isShared(reserves) && { counting }),
});

const withCutoff = (
  vacancy: Pick<Offers['vacancies'][number], 'seal' | 'posts'>,
  cutoff: number | undefined,
): Offers['vacancies'][number] => (cutoff === undefined ? vacancy : { ...vacancy, cutoff });

/** The last rank that has a post of each vacancy; who has one by a remedy is not counted. */
const lastRanks = (
  candidacies: readonly Candidacy[],
  standings: readonly Standing[],
  firsts: readonly PutFirst[],
): ReadonlyMap<string, number> => {
  const rankOf = new Map(standings.map(({ applicationId, rank }) => [applicationId, rank ?? 0]));
  const last = new Map<string, number>();
  for (const one of candidacies) {
    const code = acceptedOffer(one)?.vacancy;
    if (code === undefined || hasByRemedy(firsts, { ...one, vacancy: code })) continue;
    const rank = rankOf.get(one.applicationId) ?? 0;
    last.set(code, Math.max(last.get(code) ?? 0, rank));
  }
  return last;
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
 * What is left are quotas over several vacancies that may have been full. The limit over everything lists all. A quota that keeps posts lists
 * its seals where a limit that may have been full is about others as well.
 */
const shownLimits = (
  { seekers, limits, reserves = [] }: Cascade,
  { vacancies, wanted, capacities }: Given,
) => {
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
  const wantedIn = ({ vacancies: codes }: PostLimit): string[] =>
    [...codes].filter((code) => wanted.has(code));
  const mayBeFull = (limit: PostLimit): boolean =>
    wantedIn(limit).reduce((sum, code) => sum + (most.get(code) ?? 0), 0) > limit.posts;
  const alone = new Map<string, number>();
  const groups = quotas.map((limit): PostLimit => {
    const [only, ...more] = wantedIn(limit);
    const isFull = mayBeFull(limit);
    if (isFull && more.length > 0) return limit;
    if (isFull && only !== undefined) alone.set(only, Math.min(limit.posts, alone.get(only) ?? Infinity));
    return { posts: limit.posts, vacancies: new Set() };
  });
  const full = limits.filter(mayBeFull).map(wantedIn);
  const isNeeded = ({ vacancies: codes }: PostLimit): boolean =>
    full.some((inside) => inside.some((code) => codes.has(code)) && inside.some((code) => !codes.has(code)));
  return {
    everything: everything ? [everything] : [],
    groups,
    reserves: reserves.map(
      (reserve): PostLimit => ({
        posts: reserve.posts,
        vacancies: isNeeded(reserve) ? reserve.vacancies : new Set(),
      }),
    ),
    postsOf: (code: string, posts: number): number => Math.min(posts, alone.get(code) ?? Infinity),
  };
};

const byNumber = (a: number, b: number): number => a - b;
