import type { CommandDeps } from '#functions/commands/deps.ts';
import { vacanciesOf } from '#functions/commands/pinned.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { withCapacities } from '#shared/domain/capacity.ts';
import { exchangedIn, wishesOf } from '#shared/domain/exchange.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import { isTold } from '#shared/domain/publication.ts';
import type { Round } from '#shared/domain/round.ts';
import { type FinalRound, isFinal } from '#shared/domain/round-record.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { concerns } from '#shared/domain/telling.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** Where the offers of a round ended for one application, and how far each post that it chose went down the ranking. */
export type OwnOffers = {
  standing: Standing;
  /** Of all whom the offers were about. */
  rankedCount: number;
  /** As they were chosen, best first. */
  posts: readonly ChosenPost[];
};

export type ChosenPost = {
  post: Vacancy;
  /** Seats in the end. */
  posts: number;
  /** Who has one and stands last in the ranking: the cut-off of the post. Absent where nobody has one. */
  last?: { rank: number; total?: number | undefined };
};

/**
 * Undefined until the committee has ended the offers, and to whom no offer was made until the letters about it were released: who had one knows
 * how it ended.
 */
export const ownOffers = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round, candidacy }: { round: Round; candidacy: Candidacy | undefined },
): Promise<OwnOffers | undefined> => {
  if (!candidacy || !isFinal(round) || !round.decisions.offers) return undefined;
  const standings = (await decidedList(records, round, 'offers'))?.standings ?? [];
  const standing = standings.find(({ applicationId }) => applicationId === candidacy.applicationId);
  if (!standing || (concerns('offers', standing) && !isTold(round, 'offers'))) return undefined;
  const wishes = wishesOf(candidacy, exchangedIn(round).exchangedAt);
  const posts = chosenPosts(wishes, { standings, vacancies: await postsIn(records, round) });
  return { standing, rankedCount: standings.length, posts };
};

/** The posts of a round as they count now. */
export const postsIn = async (
  records: CommandDeps['records'],
  round: FinalRound,
): Promise<readonly Vacancy[]> => withCapacities(await vacanciesOf(records, round.register.sha256), round);

const chosenPosts = (
  wishes: readonly VacancyCode[],
  { standings, vacancies }: { standings: readonly Standing[]; vacancies: readonly Vacancy[] },
): ChosenPost[] =>
  wishes.flatMap((code) => {
    const post = vacancies.find((one) => one.code === code);
    if (!post) return [];
    const last = standings
      .flatMap(({ vacancy, rank, total }) =>
        vacancy === code && rank !== undefined ? [{ rank, total }] : [],
      )
      .reduce<ChosenPost['last']>((worst, one) => (worst && worst.rank > one.rank ? worst : one), undefined);
    return [{ post, posts: post.posts, ...(last && { last }) }];
  });
