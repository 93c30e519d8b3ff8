import type { Cap } from '#shared/allocation/instance.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

type Quota = RoundFile['posts']['quotas'][number];

/** What a round file says of its posts: how many in all, and at most how many of a kind. */
export type PostPlan = { total: number; quotas: readonly Pick<Quota, 'kind' | 'posts' | 'of'>[] };

/** At most so many people in a group of vacancies. */
export type PostLimit = { posts: number; vacancies: ReadonlySet<string> };

/** The limits of a round file over a register: the number of posts in all, then each quota "at most". */
export const postLimits = ({ total, quotas }: PostPlan, register: readonly Vacancy[]): PostLimit[] => {
  const everything = { posts: total, of: {} };
  return [everything, ...quotas.filter(({ kind }) => kind === 'at-most')].map(({ posts, of }) => ({
    posts,
    vacancies: new Set<string>(register.filter((vacancy) => counts(of, vacancy)).map(({ code }) => code)),
  }));
};

/**
 * What limits leave of groups of vacancies, as caps of an allocation. A group whose free seats all fit has none: most rounds
 * have no cap at all.
 * @param posts seats by vacancy
 * @param wanted the vacancies of the allocation, all where nobody is left out
 * @param taken seats that are accepted or held by an open offer, over all vacancies
 */
export const postCaps = (
  limits: readonly PostLimit[],
  {
    posts,
    wanted,
    taken,
  }: {
    posts: ReadonlyMap<string, number>;
    wanted: ReadonlySet<string>;
    taken: ReadonlyMap<string, number>;
  },
): Cap[] =>
  limits.flatMap(({ posts: most, vacancies }) => {
    const counted = [...vacancies];
    const max = Math.max(0, most - sumOf(counted, (code) => taken.get(code) ?? 0));
    const group = counted.filter((code) => wanted.has(code));
    const free = sumOf(group, (code) => Math.max(0, (posts.get(code) ?? 0) - (taken.get(code) ?? 0)));
    return free <= max ? [] : [{ vacancies: group, max }];
  });

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
