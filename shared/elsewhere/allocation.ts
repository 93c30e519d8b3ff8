import { allocate } from '#shared/allocation/allocate.ts';
import type { Comparison } from '#shared/domain/elsewhere-rule.ts';
import type { Named, TwinRuling } from '#shared/domain/elsewhere-twins.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { Sha256, VacancyCode } from '#shared/domain/ids.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type Newcomer, nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';

/**
 * Who came from more than one region: of them the first counts, so that nobody is given two posts. The mailbox tells it, or the telephone with the name where one of them has no
 * mailbox: a family may have one telephone, and of two mailboxes each is somebody's own. Nobody is the same as another person of one region, which told them apart.
 * What a person ruled of two comes before either: those found the same are joined first, and those found apart never come together, also not through others.
 * @returns for everyone else of them, as whom they count
 */
export const twinsOf = (
  people: readonly Newcomer[],
  rulings: readonly TwinRuling[] = [],
): ReadonlyMap<string, string> => {
  const groups = new Map(people.map((one) => [one, [one]]));
  const join = (
    pairs: readonly (readonly [Newcomer, Newcomer])[],
    isOpen: (one: readonly Newcomer[]) => boolean,
  ): void => {
    for (const [earlier, later] of pairs) {
      const [a, b] = [groups.get(earlier) ?? [], groups.get(later) ?? []];
      if (!isApart(a, b) || isRuledApart(rulings, a, b) || !(isOpen(a) || isOpen(b))) continue;
      const both = [...a, ...b];
      for (const member of both) groups.set(member, both);
    }
  };
  join(ruledSame(people, rulings), () => true);
  join(pairsOf(people, mailOf), () => true);
  join(pairsOf(people, phoneAndName), (group) => group.every(({ mail }) => mail === undefined));
  const places = new Map(people.map((one, index) => [one, index]));
  return new Map(
    people.flatMap((one): [string, string][] => {
      const [first = one] = (groups.get(one) ?? []).toSorted(
        (a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0),
      );
      return first === one ? [] : [[nameOfNewcomer(one), nameOfNewcomer(first)]];
    }),
  );
};

/** Each two whom a person found to be one. */
const ruledSame = (
  people: readonly Newcomer[],
  rulings: readonly TwinRuling[],
): (readonly [Newcomer, Newcomer])[] => {
  const byName = new Map(people.map((one) => [nameOfNewcomer(one), one]));
  return rulings.flatMap(({ one, other, same }) => {
    const [a, b] = [byName.get(nameOfNewcomer(one)), byName.get(nameOfNewcomer(other))];
    return same && a && b ? [[a, b] as const] : [];
  });
};

const isRuledApart = (
  rulings: readonly TwinRuling[],
  a: readonly Newcomer[],
  b: readonly Newcomer[],
): boolean =>
  rulings.some(
    ({ one, other, same }) => !same && ((has(a, one) && has(b, other)) || (has(a, other) && has(b, one))),
  );

const has = (group: readonly Newcomer[], { from, number }: Named): boolean =>
  group.some((one) => one.from === from && one.number === number);

/** Each two who bear one mark, in their order. */
const pairsOf = (people: readonly Newcomer[], markOf: typeof mailOf): (readonly [Newcomer, Newcomer])[] =>
  [...Map.groupBy(people, markOf)].flatMap(([mark, bearers]) =>
    mark === undefined
      ? []
      : bearers.flatMap((later, index) =>
          bearers.slice(0, index).map((earlier) => [earlier, later] as const),
        ),
  );

/** Whether no region has somebody in both. */
const isApart = (a: readonly Newcomer[], b: readonly Newcomer[]): boolean => {
  const regions = new Set(a.map(({ from }) => from));
  return !b.some(({ from }) => regions.has(from));
};

const mailOf = ({ mail }: Newcomer): string | undefined => mail?.trim().toLowerCase();

/** With the words of the name in their order: a surname may be the given name of the father. */
const phoneAndName = ({ phone, name }: Newcomer): string | undefined => {
  const digits = phone?.replaceAll(/\D/g, '').slice(-phoneDigits) ?? '';
  const words = name.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  return digits.length < phoneDigits ? undefined : [digits, ...words].join(' ');
};

/** Without the prefix: +7 701 and 8 701 are the same. */
const phoneDigits = 10;

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
