import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import type { Counting } from '#shared/domain/post-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

type Posts = RoundFile['posts'];
type Quota = Posts['quotas'][number];

/** What a round file may not say of its posts: an order twice, or quotas that its mechanism cannot keep. */
export const postRules = ({ posts }: Readable): Broken[] => {
  if (!posts) return [];
  return [...mechanismRules(posts), ...sameOrder(posts.quotas), ...overbooked(posts)];
};

/** An offer is of a post that is there: whoever accepted one too many would have to lose it. */
const overbooked = ({ overbooking = 0 }: Posts): Broken[] =>
  overbooking === 0 ? [] : [{ path: ['posts', 'overbooking'], message: 'round-file.overbooking' }];

const sameOrder = (quotas: readonly Quota[]): Broken[] => {
  const seen = new Set<number>();
  return quotas.flatMap(({ precedence }, index) => {
    const again = seen.has(precedence);
    seen.add(precedence);
    return again ? [fault(index, 'precedence', 'round-file.same-precedence', { precedence })] : [];
  });
};

/** A merit order keeps no post, and deferred acceptance bears no limits that cross (`shared/allocation/README.md`). */
const mechanismRules = ({ total, quotas, allocation }: Posts): Broken[] => {
  if (allocation?.mechanism !== 'applicant-proposing-deferred-acceptance') {
    const kept = quotas.flatMap(({ kind }, index) =>
      kind === 'at-least' ? [fault(index, 'kind', 'round-file.reserve-needs-deferral')] : [],
    );
    return allocation?.openFirst === undefined
      ? kept
      : [...kept, { path: openFirstPath, message: 'round-file.open-needs-deferral' }];
  }
  const groups = quotas.map(groupOf);
  const crossing = groups.flatMap((one) => {
    const other = groups.slice(0, one.index).find((before) => isCrossing(one, before));
    return other ? [fault(one.index, 'of', 'round-file.quotas-cross', { other: other.code })] : [];
  });
  if (crossing.length > 0) return crossing;
  const over = overPromised(total, groups);
  if (over.length > 0) return over;
  return [
    ...openOverTotal({ total, openFirst: allocation.openFirst }, groups),
    ...uncounted(groups, allocation),
  ];
};

/** Where kept posts lie one inside the other it matters how they are counted, so that a file says it. */
const uncounted = (groups: readonly Group[], { counting }: { counting?: Counting | undefined }): Broken[] => {
  const kept = groups.filter(({ kind }) => kind === 'at-least');
  const inside = kept.find((one) => kept.some((other) => other !== one && isInside(one, other)));
  if (counting || !inside) return [];
  const facts = { quota: inside.code };
  return [{ path: ['posts', 'allocation', 'counting'], message: 'round-file.kept-inside-kept', facts }];
};

const openFirstPath = ['posts', 'allocation', 'openFirst'];

/** What comes first by rank alone leaves the kept posts, which would never count otherwise; and without kept posts it says nothing. */
const openOverTotal = (
  { total, openFirst }: { total: number; openFirst: number | undefined },
  groups: readonly Group[],
): Broken[] => {
  if (openFirst === undefined) return [];
  const kept = needed(groups.filter(({ kind }) => kind === 'at-least'));
  if (kept === 0) return [{ path: openFirstPath, message: 'round-file.open-without-kept' }];
  const facts = { openFirst, kept, total };
  return openFirst + kept > total
    ? [{ path: openFirstPath, message: 'round-file.open-over-total', facts }]
    : [];
};

const fault = (
  index: number,
  member: keyof Quota,
  message: string,
  facts?: Record<string, string | number>,
): Broken => ({ path: ['posts', 'quotas', index, member], message, ...(facts && { facts }) });

/** Whom a quota counts: pairs of subject and language, whatever vacancies the register has of them. */
type Group = Pick<Quota, 'code' | 'kind' | 'posts'> & { index: number; kinds: ReadonlySet<string> };

const groupOf = ({ code, kind, posts, of }: Quota, index: number): Group => {
  const languages = of.languages ?? InstructionLanguage.options;
  const kinds = (of.subjects ?? Subject.options).flatMap((subject) =>
    languages.map((language) => `${subject} ${language}`),
  );
  return { code, kind, posts, index, kinds: new Set(kinds) };
};

const isInside = (inner: Group, outer: Group): boolean =>
  [...inner.kinds].every((kind) => outer.kinds.has(kind));

const isCrossing = (one: Group, other: Group): boolean =>
  !isInside(one, other) && !isInside(other, one) && [...one.kinds].some((kind) => other.kinds.has(kind));

/** A round promises nothing that it cannot keep: what is kept inside a limit is no more than the limit. */
const overPromised = (total: number, groups: readonly Group[]): Broken[] => {
  const kept = groups.filter(({ kind }) => kind === 'at-least');
  const limits = groups.filter(({ kind }) => kind === 'at-most');
  const all = needed(kept);
  return [
    ...(all > total
      ? [{ path: ['posts', 'total'], message: 'round-file.kept-over-total', facts: { kept: all, total } }]
      : []),
    ...limits.flatMap((limit) => {
      const inside = needed(kept.filter((one) => isInside(one, limit)));
      const facts = { kept: inside, posts: limit.posts };
      return inside > limit.posts ? [fault(limit.index, 'posts', 'round-file.kept-over-limit', facts)] : [];
    }),
  ];
};

/** Posts that are kept in all: of quotas one inside the other, the posts of the inner count for the outer. */
const needed = (kept: readonly Group[]): number => {
  const outermost = kept.filter(
    (one) =>
      !kept.some(
        (other) =>
          other !== one && isInside(one, other) && (!isInside(other, one) || other.index < one.index),
      ),
  );
  return outermost.reduce((sum, outer) => {
    const inside = kept.filter((one) => one !== outer && isInside(one, outer));
    return sum + Math.max(outer.posts, needed(inside));
  }, 0);
};
