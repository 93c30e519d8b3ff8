import { allocate } from '#shared/allocation/allocate.ts';
import type { Comparison } from '#shared/domain/elsewhere-rule.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { Sha256, VacancyCode } from '#shared/domain/ids.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type Newcomer, nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';

/**
 * Who came from more than one region, as the mailbox tells, or the telephone with the name where people have no mailbox of their own: of them the first counts, so that nobody is
 * given two posts.
 * @returns for everyone else of them, as whom they count
 */
export const twinsOf = (people: readonly Newcomer[]): ReadonlyMap<string, string> => {
  const places = new Map(people.map((one, index) => [nameOfNewcomer(one), index]));
  const earlier = new Map<string, string>();
  const firstOf = (name: string): string => {
    const before = earlier.get(name);
    return before === undefined ? name : firstOf(before);
  };
  const bearers = new Map<string, string>();
  for (const one of people) {
    const name = nameOfNewcomer(one);
    for (const mark of marksOf(one)) {
      // Somebody may join two whom nobody knew for the same, so it is the first of each that are joined.
      const [a, b] = [firstOf(bearers.get(mark) ?? name), firstOf(name)];
      bearers.set(mark, a);
      if (a === b) continue;
      const isFirst = (places.get(a) ?? 0) < (places.get(b) ?? 0);
      earlier.set(isFirst ? b : a, isFirst ? a : b);
    }
  }
  return new Map([...earlier.keys()].map((name) => [name, firstOf(name)]));
};

/** By which somebody is known again. A telephone may be a family's, so it tells nothing without the name. */
const marksOf = ({ mail, phone, name }: Newcomer): string[] => {
  const digits = phone?.replaceAll(/\D/g, '').slice(-phoneDigits);
  return [
    ...(mail === undefined ? [] : [`mail ${mail.trim().toLowerCase()}`]),
    ...(digits === undefined || digits.length < phoneDigits ? [] : [`phone ${digits} ${spelled(name)}`]),
  ];
};

/** Without the prefix: +7 701 and 8 701 are the same. */
const phoneDigits = 10;

const spelled = (name: string): string =>
  name.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).toSorted().join(' ');

/**
 * Everyone in one order, best first, as the list said beforehand: by the published totals, or by the part of the own region's people who stand before somebody. Equal ones by
 * lots, from the SHA-256 of the list, which was fixed before anybody chose.
 */
export const inOrder = (
  people: readonly Newcomer[],
  { compare, list }: { compare: Comparison; list: Sha256 },
): Newcomer[] => {
  const worth = ({ rank, of, total }: Newcomer): number => (compare === 'percent' ? -total : (rank - 1) / of);
  const lot = (one: Newcomer): string => sha256Of(`elsewhere lot\n${list}\n${nameOfNewcomer(one)}`);
  return people.toSorted((a, b) => worth(a) - worth(b) || (lot(a) < lot(b) ? -1 : 1));
};

/** A post for somebody. */
export type Given = { newcomer: Newcomer; vacancy: VacancyCode };

/**
 * Gives the empty posts to people in their order: one after the other, each the best of the own choices that is still free and that is for a subject which
 * they teach (merit order with choice, `shared/allocation`).
 * @param posts `posts` counts the empty seats
 * @throws when the instance is refused, which nobody's choice can bring about
 */
export const givePosts = (ordered: readonly Newcomer[], posts: readonly Vacancy[]): Given[] => {
  const takes = new Map(posts.map((post) => [post.code, post]));
  const wishes = (one: Newcomer): VacancyCode[] =>
    [...new Set(one.choices)].filter((code) => {
      const post = takes.get(code);
      return post !== undefined && one.subjects.includes(post.subject);
    });
  const applicants = ordered.map((one) => ({ id: nameOfNewcomer(one), preferences: wishes(one) }));
  const answer = allocate({
    applicants,
    vacancies: posts.map(({ code, posts: capacity, subject, district }) => ({
      id: code,
      capacity,
      region: district,
      subject,
      ranking: applicants.filter(({ preferences }) => preferences.includes(code)).map(({ id }) => id),
    })),
    caps: [],
    mechanism: 'merit-order-with-choice',
  });
  if (!answer.ok) throw new Error(`The posts could not be given: ${answer.error[0]?.message}.`);
  return ordered.flatMap((newcomer) => {
    const code = answer.value.matches[nameOfNewcomer(newcomer)];
    const vacancy = code === null || code === undefined ? undefined : takes.get(codeOf(posts, code));
    return vacancy ? [{ newcomer, vacancy: vacancy.code }] : [];
  });
};

const codeOf = (posts: readonly Vacancy[], name: string): VacancyCode => {
  const post = posts.find(({ code }) => code === name);
  if (!post) throw new Error(`There is no post ${name}.`);
  return post.code;
};
