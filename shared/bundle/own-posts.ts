import type { Offers, ResultReceipt, Statement } from '#shared/bundle/format.ts';
import type { Say } from '#shared/bundle/report.ts';
import { sealOf } from '#shared/bundle/sealing.ts';

type Given = { offers: Offers; rows: Statement['rows']; number: string };

/** What the offers came to for the owner of a receipt, post by post as they were chosen. */
export const ownPosts = (
  { offers, rows }: Pick<Statement, 'offers' | 'rows'>,
  { row: { number }, wishes }: Pick<ResultReceipt['leaf'], 'row' | 'wishes'>,
  say: Say,
): string[] => {
  if (!offers) return [];
  return wishes.flatMap(({ vacancy, salt }) => {
    const seal = sealOf(vacancy, salt);
    const place = offers.vacancies.findIndex((one) => one.seal === seal);
    return place === -1 ? [] : postLines({ offers, rows, number }, { place, vacancy }, say);
  });
};

const postLines = (
  { offers, rows, number }: Given,
  { place, vacancy }: { place: number; vacancy: string },
  say: Say,
): string[] => {
  const own = offers.seekers.find(({ row }) => rows[row]?.number === number);
  if (own?.has === place) return [say('verification.own.has', { vacancy })];
  const cutoff = offers.vacancies[place]?.cutoff;
  const isRemedied = offers.seekers.some(
    ({ row, has }) =>
      has === place && (rows[row]?.rank ?? 0) > (cutoff ?? 0) && isPutFirst(offers, { row, place }),
  );
  const nobody = isRemedied ? [] : [say('verification.own.nobody', { vacancy })];
  const ownRank = own && own.has === undefined ? rows[own.row]?.rank : undefined;
  const limits = own && own.has === undefined ? usedUp(offers, place) : [];
  return [
    ...(cutoff === undefined ? nobody : [say('verification.own.cutoff', { vacancy, cutoff })]),
    ...(isRemedied ? [say('verification.own.remedied', { vacancy })] : []),
    ...(isAskedBefore({ offers, rows, ownRank }, { place, cutoff })
      ? [say('verification.own.before-edition', { vacancy })]
      : []),
    ...limits.map(({ isTotal, posts }) =>
      say(isTotal ? 'verification.own.total' : 'verification.own.quota', { vacancy, posts }),
    ),
  ];
};

const isPutFirst = ({ steps }: Offers, { row, place }: { row: number; place: number }): boolean =>
  steps.some((one) => one.type === 'put-first' && one.seeker === row && one.vacancies.includes(place));

/** Whether the last who has a post stands behind the owner and was asked before the order was corrected. */
const isAskedBefore = (
  { offers: { seekers, steps }, rows, ownRank }: Omit<Given, 'number'> & { ownRank: number | undefined },
  { place, cutoff }: { place: number; cutoff: number | undefined },
): boolean => {
  if (ownRank === undefined || cutoff === undefined || cutoff < ownRank) return false;
  const last = seekers.find(({ row, has }) => has === place && rows[row]?.rank === cutoff);
  const asked = steps.findLastIndex(
    (one) => one.type === 'offered' && one.seeker === last?.row && one.vacancy === place,
  );
  return asked < steps.findLastIndex(({ type }) => type === 'reranked');
};

/** The limits by which a post of a vacancy stayed free; the first of a round is its number of posts. */
const usedUp = (
  { vacancies, limits, seekers }: Offers,
  place: number,
): { isTotal: boolean; posts: number }[] => {
  const takenIn = (group: readonly number[]): number =>
    seekers.filter(({ has }) => has !== undefined && group.includes(has)).length;
  if (takenIn([place]) >= (vacancies[place]?.posts ?? 0)) return [];
  return limits.flatMap(({ posts, vacancies: group }, index) =>
    group.includes(place) && takenIn(group) >= posts ? { isTotal: index === 0, posts } : [],
  );
};
