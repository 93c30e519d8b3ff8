import type { Cap, Mechanism } from '#shared/allocation/instance.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import type { Counting, KeptCounting } from '#shared/domain/post-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

type Quota = RoundFile['posts']['quotas'][number];

/** What a round file says of its posts: how many in all, at most or at least how many of a kind, and how they are given out. */
export type PostPlan = Pick<RoundFile['posts'], 'total'> & {
  quotas: readonly Pick<Quota, 'code' | 'kind' | 'posts' | 'of' | 'precedence'>[];
  allocation?: Allocation | undefined;
};

type Allocation = { mechanism: Mechanism; openFirst?: number | undefined; counting?: Counting | undefined };

/** At most so many people in a group of vacancies. */
export type PostLimit = { posts: number; vacancies: ReadonlySet<string> };

/** Up to so many people in a group of vacancies come before others where a limit is reached; the code is that of the quota. */
export type PostReserve = PostLimit & { code: string };

/** The limits of a round file over a register: the number of posts in all, then each quota "at most". */
export const postLimits = ({ total, quotas }: PostPlan, register: readonly Vacancy[]): PostLimit[] => {
  const everything = { posts: total, of: {} };
  return [everything, ...quotas.filter(({ kind }) => kind === 'at-most')].map(({ posts, of }) => ({
    posts,
    vacancies: quotaVacancies(of, register),
  }));
};

/**
 * The quotas that keep posts, the first by precedence first. None where the file does not name deferred acceptance: files that were
 * pinned before may have a quota "at least" that nothing was kept by.
 */
export const postReserves = (
  { quotas, allocation }: PostPlan,
  register: readonly Vacancy[],
): PostReserve[] =>
  allocation?.mechanism === keepsPosts
    ? quotas
        .filter(({ kind }) => kind === 'at-least')
        .toSorted((a, b) => a.precedence - b.precedence)
        .map(({ code, posts, of }) => ({ code, posts, vacancies: quotaVacancies(of, register) }))
    : [];

/** How many posts go by rank alone before kept ones count; undefined where kept ones come first. */
export const postsOpenFirst = ({ allocation }: PostPlan): number | undefined =>
  allocation?.mechanism === keepsPosts ? allocation.openFirst : undefined;

const keepsPosts: Mechanism = 'applicant-proposing-deferred-acceptance';

/** Whether some vacancy is of two groups: where none is of two that keep posts, it is no matter how these are counted. */
export const isShared = (groups: readonly { vacancies: Iterable<string | number> }[]): boolean => {
  const all = groups.flatMap(({ vacancies }) => [...vacancies]);
  return new Set(all).size < all.length;
};

/** How kept posts are counted; undefined where none is kept, and where it is no matter and the round file does not name it. */
export const keptCounting = (
  counting: Counting | undefined,
  reserves: readonly { vacancies: Iterable<string | number> }[],
): KeptCounting | undefined => {
  if (reserves.length === 0) return undefined;
  return counting ?? (isShared(reserves) ? 'as-one' : undefined);
};

/** The vacancies that a quota counts. */
export const quotaVacancies = (of: Quota['of'], register: readonly Vacancy[]): ReadonlySet<string> =>
  new Set(register.filter((vacancy) => counts(of, vacancy)).map(({ code }) => code));

/**
 * What limits leave of groups of vacancies, as caps of an allocation. A group whose free seats all fit has none: most rounds
 * have no cap at all, and where there is none no post needs to be kept.
 * @param posts seats by vacancy
 *
 * Where posts that go by rank alone come first, whoever has a seat already fills one of these or a kept one, as their own rank has it.
 * @param wanted the vacancies of the allocation, all where nobody is left out
 * @param taken seats that are accepted or held by an open offer, over all vacancies
 * @param holders who has them, where it matters
 */
export const postCaps = (
  { limits, reserves = [], openFirst, counting }: Limits,
  { posts, wanted, taken, holders = [] }: Seats,
): Cap[] => {
  const leftOf = ({ posts: most, vacancies }: PostLimit): { group: string[]; free: number; left: number } => {
    const group = [...vacancies].filter((code) => wanted.has(code));
    const free = sumOf(group, (code) => Math.max(0, (posts.get(code) ?? 0) - (taken.get(code) ?? 0)));
    return { group, free, left: Math.max(0, most - sumOf([...vacancies], (code) => taken.get(code) ?? 0)) };
  };
  const caps = limits
    .map(leftOf)
    .flatMap(({ group, free, left }): Cap[] => (free <= left ? [] : [{ vacancies: group, max: left }]));
  if (caps.length === 0) return [];
  const counted = counting === 'each-quota' ? (kept: Kept[]) => kept : asOne;
  const [everything] = limits;
  if (openFirst !== undefined && everything && reserves.length > 0) {
    const open = { first: Math.min(openFirst, everything.posts), taken: [...holders] };
    const above = reserves.map((reserve, index): Kept => {
      const { group, free } = leftOf(reserve);
      const { posts: kept } = reserve;
      return { vacancies: group, max: Math.max(kept, free), reserve: kept, precedence: index + 1 };
    });
    return [
      { vacancies: [...wanted], max: everything.posts, open },
      ...caps,
      ...counted(above.filter(({ vacancies }) => vacancies.length > 0)),
    ];
  }
  const kept = reserves.map(leftOf).flatMap(({ group, free, left }, index): Kept[] => {
    const reserve = Math.min(free, left);
    return reserve === 0 ? [] : [{ vacancies: group, max: free, reserve, precedence: index + 1 }];
  });
  return [...caps, ...counted(kept)];
};

type Kept = { vacancies: string[]; max: number; reserve: number; precedence: number };

/**
 * Quotas about the same vacancies as one that keeps the larger number, in the place of the first: so it was before round files named the counting,
 * and so it depended on what people want which quotas these are.
 */
const asOne = (kept: readonly Kept[]): Kept[] => {
  const byGroup = new Map<string, Kept>();
  for (const one of kept) {
    const group = JSON.stringify(one.vacancies.toSorted());
    const first = byGroup.get(group) ?? one;
    const [max, reserve] = [Math.max(first.max, one.max), Math.max(first.reserve, one.reserve)];
    byGroup.set(group, { ...first, max, reserve });
  }
  return [...byGroup.values()];
};

type Limits = {
  limits: readonly PostLimit[];
  reserves?: readonly PostReserve[] | undefined;
  openFirst?: number | undefined;
  counting?: Counting | undefined;
};

type Seats = {
  posts: ReadonlyMap<string, number>;
  wanted: ReadonlySet<string>;
  taken: ReadonlyMap<string, number>;
  holders?: readonly { applicant: string; vacancy: string }[];
};

/**
 * How many posts of the register the round could fill at most, those in `taken` among them: the round file's number and its
 * quotas leave the rest of the register beyond its limit. Where quotas cross, free posts are counted in the order of the register.
 */
export const offerablePosts = (
  { total, quotas }: PostPlan,
  { register, taken }: { register: readonly Vacancy[]; taken: Taken },
): number => {
  const takenOf = ({ code }: Vacancy): number => taken.get(code) ?? 0;
  const limits = [{ posts: total, of: {} }, ...quotas.filter(({ kind }) => kind === 'at-most')].map(
    ({ posts, of }) => ({
      of,
      left:
        posts -
        sumOf(
          register.filter((vacancy) => counts(of, vacancy)),
          takenOf,
        ),
    }),
  );
  return sumOf(register, (vacancy) => {
    const binding = limits.filter(({ of }) => counts(of, vacancy));
    const free = Math.max(0, Math.min(vacancy.posts - takenOf(vacancy), ...binding.map(({ left }) => left)));
    for (const limit of binding) limit.left -= free;
    return takenOf(vacancy) + free;
  });
};

type Taken = ReadonlyMap<VacancyCode, number>;

/** A quota counts vacancies of its subjects and languages; of all, where it names none. */
const counts = ({ subjects, languages }: Quota['of'], { subject, language }: Vacancy): boolean =>
  (subjects?.includes(subject) ?? true) && (languages?.includes(language) ?? true);

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
