import type { CommandDeps } from '#functions/commands/deps.ts';
import { isReached, type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { postsIn } from '#functions/commands/own-offers.ts';
import { decidedList, standingIn } from '#functions/commands/proposals/proposal.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { type KeptEffect, keptEffects } from '#shared/domain/kept-effects.ts';
import { waitsForOffer } from '#shared/domain/offer.ts';
import { cascadeOf } from '#shared/domain/offer-wave.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { FinalRound } from '#shared/domain/round-record.ts';
import type { Texts } from '#shared/domain/texts.ts';
import { postsOf } from '#shared/domain/vacancy.ts';

/** What kept posts and limits of the round file did for one application, or against it; quotas by their titles. */
export type OwnKept = {
  /** Offers that it has because a quota keeps posts, with the title of the quota. */
  through: readonly { vacancy: string; quota: Texts }[];
  /** The post that it would be offered if none were kept, and the quotas that went before. */
  passed?: { vacancy: string; quotas: readonly Texts[] };
  /** A post with a free seat that nobody can be offered, and the limits that are used up: their titles, and whether the number of posts of the round is one. */
  capped?: { vacancy: string; quotas: readonly Texts[]; isTotal: boolean };
  /** Whether the offers of the round have ended, and nothing of it will change. */
  isOver: boolean;
};

/** The same on a board that was read. */
export const keptOn = (
  { contenders, vacancies, posts }: Pick<OfferBoard, 'contenders' | 'vacancies' | 'posts'>,
  file: RoundFile,
  id: ApplicationId,
): OwnKept => {
  const candidacies = contenders.map(({ state }) => state);
  const own = candidacies.find(({ applicationId }) => applicationId === id);
  const effect = keptEffects(cascadeOf(candidacies, vacancies, posts), posts).get(id);
  return { through: throughQuotas(own, file), ...inTitles(effect, file), isOver: false };
};

/** The same of an own application: while offers are made as things stand, and afterwards as they stood when the committee ended them. */
export const ownKept = async (
  deps: Pick<CommandDeps, 'records'>,
  { round, file, id }: { round: Round; file: RoundFile; id: ApplicationId },
): Promise<OwnKept> => {
  const candidacy = (await deps.records.find(candidacyAggregate, id))?.state;
  const isOffering = round.stage === 'offers' && round.offersReleasedAt !== undefined;
  // The board is read from everybody's record: only for who still waits for something.
  if (isOffering && candidacy && waitsForOffer(candidacy) && (await mayDecide(deps.records, round, file))) {
    const board = await offerBoard(deps, round);
    if (isReached(board, round, id)) return keptOn(board, file, id);
  }
  const standing = standingIn(await decidedList(deps.records, round, 'offers'), id);
  const through = throughQuotas(candidacy, file);
  return { through, ...inTitles(standing?.kept, file), isOver: standing !== undefined };
};

/** Whether quotas or the number of posts of the round can decide anything. */
const mayDecide = async (
  records: CommandDeps['records'],
  round: FinalRound,
  { posts: { quotas, total } }: RoundFile,
): Promise<boolean> => quotas.length > 0 || total < postsOf(await postsIn(records, round));

const inTitles = (
  effect: KeptEffect | undefined,
  { posts }: RoundFile,
): Pick<OwnKept, 'passed' | 'capped'> => {
  const titled = (codes: readonly string[]): Texts[] =>
    posts.quotas.flatMap(({ code, title }) => (codes.includes(code) ? [title] : []));
  const { passed, capped } = effect ?? {};
  return {
    ...(passed && { passed: { ...passed, quotas: titled(passed.quotas) } }),
    ...(capped && { capped: { ...capped, quotas: titled(capped.quotas) } }),
  };
};

/** Whether quotas of the file keep posts. */
export const keepsPosts = ({ posts }: RoundFile): boolean =>
  posts.allocation !== undefined && posts.quotas.some(({ kind }) => kind === 'at-least');

const throughQuotas = (candidacy: Contender | undefined, { posts }: RoundFile): OwnKept['through'] =>
  (candidacy?.offers ?? []).flatMap(({ vacancy, reserve }) => {
    const quota = posts.quotas.find(({ code }) => code === reserve)?.title;
    return quota ? [{ vacancy, quota }] : [];
  });
