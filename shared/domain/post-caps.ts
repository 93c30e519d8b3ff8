import type { Cap } from '#shared/allocation/instance.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

type Quota = RoundFile['posts']['quotas'][number];

/** What a round file says of its posts: how many in all, and at most how many of a kind. */
export type PostPlan = { total: number; quotas: readonly Pick<Quota, 'kind' | 'posts' | 'of'>[] };

/**
 * What the round file leaves of groups of vacancies, as caps of an allocation. A group whose free seats all fit has none: most rounds
 * have no cap at all.
 * @param wanted the vacancies of the allocation, all of the register where nobody is left out
 * @param taken seats that are accepted or held by an open offer, over the whole register
 */
export const postCaps = (
  { total, quotas }: PostPlan,
  {
    register,
    wanted,
    taken,
  }: { register: readonly Vacancy[]; wanted: ReadonlySet<VacancyCode>; taken: Taken },
): Cap[] => {
  const everything = { posts: total, of: {} };
  return [everything, ...quotas.filter(({ kind }) => kind === 'at-most')].flatMap(({ posts, of }) => {
    const counted = register.filter((vacancy) => counts(of, vacancy));
    const max = Math.max(0, posts - sumOf(counted, ({ code }) => taken.get(code) ?? 0));
    const group = counted.filter(({ code }) => wanted.has(code));
    const free = sumOf(group, (vacancy) => Math.max(0, vacancy.posts - (taken.get(vacancy.code) ?? 0)));
    return free <= max ? [] : [{ vacancies: group.map(({ code }) => code), max }];
  });
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

const sumOf = (vacancies: readonly Vacancy[], of: (vacancy: Vacancy) => number): number =>
  vacancies.reduce((sum, vacancy) => sum + of(vacancy), 0);
