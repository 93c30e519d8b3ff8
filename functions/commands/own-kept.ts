import type { CommandDeps } from '#functions/commands/deps.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { cappedWish } from '#shared/domain/capped-wishes.ts';
import { passedBy } from '#shared/domain/cascade-wave.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { cascadeOf } from '#shared/domain/offer-wave.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Texts } from '#shared/domain/texts.ts';

/** What kept posts and limits of the round file did for one application, or against it. */
export type OwnKept = {
  /** Offers that it has because a quota keeps posts, with the title of the quota. */
  through: readonly { vacancy: string; quota: Texts }[];
  /** The post that it would be offered now if none were kept, and the quotas that went before. */
  passed?: { vacancy: string; quotas: readonly Texts[] };
  /** A post with a free seat that nobody can be offered, and the limits that are used up: their titles, and whether the number of posts of the round is one. */
  capped?: { vacancy: string; quotas: readonly Texts[]; isTotal: boolean };
};

/** The same on a board that was read. */
export const keptOn = (
  { contenders, vacancies, posts }: Pick<OfferBoard, 'contenders' | 'vacancies' | 'posts'>,
  file: RoundFile,
  id: ApplicationId,
): OwnKept => {
  const candidacies = contenders.map(({ state }) => state);
  const cascade = cascadeOf(candidacies, vacancies, posts);
  const capped = cappedIn(cascade, file, id);
  if (!keepsPosts(file)) return { through: [], ...(capped && { capped }) };
  const own = candidacies.find(({ applicationId }) => applicationId === id);
  const passed = passedBy(cascade, id);
  const quotas = file.posts.quotas
    .filter(({ code }) => passed?.reserves.includes(code))
    .map(({ title }) => title);
  const through = throughQuotas(own, file);
  // Where a kept post used the limit up, that is what decided.
  if (passed && quotas.length > 0) return { through, passed: { vacancy: passed.vacancy, quotas } };
  return { through, ...(capped && { capped }) };
};

const cappedIn = (
  cascade: Parameters<typeof cappedWish>[0],
  { posts }: RoundFile,
  id: ApplicationId,
): OwnKept['capped'] => {
  const capped = cappedWish(cascade, id);
  if (!capped) return undefined;
  const { vacancy, limits } = capped;
  // The first limit of a round is its number of posts; the others are its quotas "at most" (`postLimits`).
  const atMost = posts.quotas.filter(({ kind }) => kind === 'at-most');
  const quotas = atMost.filter((_quota, index) => limits.includes(index + 1)).map(({ title }) => title);
  return { vacancy, quotas, isTotal: limits.includes(0) };
};

/** The same of an own application: whom kept posts and limits pass by is said while offers are made. */
export const ownKept = async (
  deps: Pick<CommandDeps, 'records'>,
  { round, file, id }: { round: Round; file: RoundFile; id: ApplicationId },
): Promise<OwnKept | undefined> => {
  if (!keepsPosts(file) && !file.posts.quotas.some(({ kind }) => kind === 'at-most')) return undefined;
  const candidacy = (await deps.records.find(candidacyAggregate, id))?.state;
  const isOffering = round.stage === 'offers' && round.offersReleasedAt !== undefined;
  // The board is read from everybody's record: only for who still waits for something.
  return isOffering && candidacy && waits(candidacy)
    ? keptOn(await offerBoard(deps, round), file, id)
    : { through: throughQuotas(candidacy, file) };
};

const waits = (candidacy: Candidacy): boolean =>
  candidacy.withdrawnAt === undefined && candidacy.deferred === undefined && !acceptedOffer(candidacy);

/** Whether quotas of the file keep posts. */
export const keepsPosts = ({ posts }: RoundFile): boolean =>
  posts.allocation !== undefined && posts.quotas.some(({ kind }) => kind === 'at-least');

const throughQuotas = (candidacy: Candidacy | undefined, { posts }: RoundFile): OwnKept['through'] =>
  (candidacy?.offers ?? []).flatMap(({ vacancy, reserve }) => {
    const quota = posts.quotas.find(({ code }) => code === reserve)?.title;
    return quota ? [{ vacancy, quota }] : [];
  });
