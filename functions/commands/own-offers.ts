import type { CommandDeps } from '#functions/commands/deps.ts';
import { vacanciesOf } from '#functions/commands/pinned.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { withCapacities } from '#shared/domain/capacity.ts';
import { countedEditions } from '#shared/domain/edition.ts';
import { exchangedIn, isBefore, wishesOf } from '#shared/domain/exchange.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { isAcceptable } from '#shared/domain/offer-wave.ts';
import { promisedFirsts } from '#shared/domain/promised-first.ts';
import { isTold } from '#shared/domain/publication.ts';
import { hasByRemedy, placeRemedies } from '#shared/domain/remedy.ts';
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
  /** Chosen posts of subjects that the person does not teach, which nobody offers them. */
  unsuited: readonly VacancyCode[];
};

export type ChosenPost = {
  post: Vacancy;
  /** Seats in the end. */
  posts: number;
  /** Who has one and stands last in the ranking: the cut-off of the post, as the published file has it. Absent where nobody has one but by a remedy. */
  last?: LastHolder;
  /** Whether somebody has one by a remedy, who stands behind the last or is alone. */
  isRemedied: boolean;
};

type LastHolder = {
  rank: number;
  total: number | undefined;
  /** Asked before the results were corrected, before the person chose the post in the exchange, or because a quota keeps posts. */
  asked?: 'before-edition' | 'before-choice' | 'by-quota';
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
  const vacancies = await postsIn(records, round);
  const chosen = wishes.flatMap((code) => vacancies.find((one) => one.code === code) ?? []);
  const suited = chosen.filter((post) => isAcceptable(candidacy, post));
  const posts: ChosenPost[] = [];
  for (const post of suited) posts.push(await chosenPost({ records, round, standings }, candidacy, post));
  const unsuited = chosen.filter((post) => !suited.includes(post)).map(({ code }) => code);
  return { standing, rankedCount: standings.length, posts, unsuited };
};

/** The posts of a round as they count now. */
export const postsIn = async (
  records: CommandDeps['records'],
  round: FinalRound,
): Promise<readonly Vacancy[]> => withCapacities(await vacanciesOf(records, round.register.sha256), round);

type Given = { records: CommandDeps['records']; round: FinalRound; standings: readonly Standing[] };

const chosenPost = async (given: Given, own: Candidacy, post: Vacancy): Promise<ChosenPost> => {
  const { records, round, standings } = given;
  const granted = placeRemedies(round);
  const holders = standings
    .filter(({ vacancy, rank }) => vacancy === post.code && rank !== undefined)
    .toSorted((a, b) => (b.rank ?? 0) - (a.rank ?? 0));
  let isRemedied = false;
  for (const { applicationId, rank = 0, total } of holders) {
    const holder = (await records.find(candidacyAggregate, applicationId))?.state;
    const firsts = [...granted, ...promisedFirsts(holder ? [holder] : [])];
    if (!hasByRemedy(firsts, { applicationId, vacancy: post.code })) {
      const asked = holder && askedBefore(round, own, holder);
      const last = { rank, total, ...(asked && { asked }) };
      return { post, posts: post.posts, last, isRemedied };
    }
    isRemedied = true;
  }
  return { post, posts: post.posts, isRemedied };
};

/** What came between the offer by which somebody has a post and another one who chose it. */
const askedBefore = (round: FinalRound, own: Candidacy, holder: Candidacy): LastHolder['asked'] => {
  const offer = acceptedOffer(holder);
  if (!offer) return undefined;
  const { vacancy, madeAt, madeTurn, reserve } = offer;
  const { exchangedAt, exchangedTurn } = exchangedIn(round);
  const isChosenLate = exchangedAt !== undefined && !own.facts.choices.includes(vacancy);
  if (isChosenLate && isBefore(madeTurn, exchangedTurn, madeAt < exchangedAt)) return 'before-choice';
  const corrected = countedEditions(round).at(-1);
  if (corrected && isBefore(madeTurn, corrected.turn, madeAt < corrected.correctedAt))
    return 'before-edition';
  return reserve === undefined ? undefined : 'by-quota';
};
