import { contendersByRecord, contendersOf, contendersWith } from '#functions/commands/contenders.ts';
import { type Ordered, offerOrderOf } from '#functions/commands/offer-order.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { type CapacityChange, withCapacities } from '#shared/domain/capacity.ts';
import { type Cascade, step } from '#shared/domain/cascade.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { countedEditions } from '#shared/domain/edition.ts';
import { type Exchange, exchangedIn } from '#shared/domain/exchange.ts';
import { isHeldEnd } from '#shared/domain/held-answer.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { acceptedOffer, openOffers } from '#shared/domain/offer.ts';
import { cameTo, isHeldBack, type Letting } from '#shared/domain/offer-parts.ts';
import {
  cascadeOf,
  nextWave,
  type OfferPlan,
  seatsTaken,
  type WaveOffer,
} from '#shared/domain/offer-wave.ts';
import {
  keptCounting,
  offerablePosts,
  type PostPlan,
  postReserves,
  postsOpenFirst,
} from '#shared/domain/post-caps.ts';
import { promisedFirsts } from '#shared/domain/promised-first.ts';
import { firstIn, type Remedy } from '#shared/domain/remedy.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import { postsOf, type Vacancy } from '#shared/domain/vacancy.ts';
import type { Claim, Records } from '#shared/ports/records.ts';

/** A round whose results may be final; also once it is closed. */
type Decided = Pick<GatedRound, 'id' | 'register' | 'plan'> &
  Ordered & {
    capacities?: CapacityChange[] | undefined;
    exchange?: Exchange | undefined;
    remedies?: Remedy[] | undefined;
  };

/** Everything that the next offers follow from, and what they are. */
export type OfferBoard = {
  /** Everyone with a final result that goes on, best rank first; behind them whom a correction of it stopped. */
  contenders: readonly { id: string; state: Contender }[];
  vacancies: readonly Vacancy[];
  /** What the round file says of the posts, and whether second choices count. */
  posts: OfferPlan;
  wave: readonly WaveOffer[];
  /** When the last of what the board shows happened, by whichever clock; undefined where nothing has. */
  latest: Instant | undefined;
};

/**
 * Who should be asked next. Reads consistently: the final results say who is on it, and lists, which may lag behind what was just answered,
 * are not asked.
 */
export const offerBoard = async (
  { records }: { records: Pick<Records, 'find' | 'blob' | 'claimed' | 'views'> },
  round: Decided,
): Promise<OfferBoard> => await boardOf(records, round, await contendersOf(records, round));

/** The same from each record, for records of any moment. */
export const boardByRecord = async (
  { records }: { records: Pick<Records, 'find' | 'blob'> },
  round: Decided,
): Promise<OfferBoard> => await boardOf(records, round, await contendersByRecord(records, round));

/** The same where the results were corrected by an edition that is not stored yet, by the board as it stands. */
export const boardWith = async (
  records: Pick<Records, 'find' | 'blob'>,
  round: Decided,
  { contenders }: Pick<OfferBoard, 'contenders'>,
): Promise<OfferBoard> => await boardOf(records, round, await contendersWith(records, round, contenders));

const boardOf = async (
  records: Pick<Records, 'blob'>,
  round: Decided,
  contenders: OfferBoard['contenders'],
): Promise<OfferBoard> => {
  const [register, file, { stopped }] = await Promise.all([
    vacanciesOf(records, round.register.sha256),
    roundFileOf(records, round.plan),
    offerOrderOf(records, round),
  ]);
  const vacancies = withCapacities(register, round);
  const candidacies = contenders.map(({ state }) => state);
  const posts = {
    ...file.posts,
    ...exchangedIn(round),
    ...firstIn(round, promisedFirsts(candidacies)),
    ...(stopped.size > 0 && { stopped }),
  };
  const latest = latestOf(candidacies, round);
  return { contenders, vacancies, posts, wave: nextWave(candidacies, vacancies, posts), latest };
};

const latestOf = (
  candidacies: readonly Contender[],
  round: Pick<Decided, 'capacities' | 'remedies' | 'exchange' | 'editions'>,
): Instant | undefined => {
  const { capacities = [], remedies = [], exchange } = round;
  const moments = [
    ...candidacies.flatMap(({ offers, withdrawnAt, deferred, elsewhere = [] }) => [
      ...offers.flatMap(({ madeAt, endedAt, condition }) => [madeAt, endedAt, condition?.acceptedAt]),
      withdrawnAt,
      deferred?.at,
      ...elsewhere.flatMap(({ answer, goneAt }) => [answer?.at, goneAt]),
    ]),
    ...[...capacities, ...remedies].map(({ ended }) => ended?.at),
    ...countedEditions(round).map(({ correctedAt }) => correctedAt),
    exchange?.ran?.at,
  ];
  return moments.reduce((last, one) => (last === undefined || (one && one > last) ? one : last), undefined);
};

/**
 * Now, and no earlier than anything that the board shows: the clock of the machine that noted it may be ahead of this one. What follows
 * from a board has this moment, so that lapses and acceptances, which take no turn, come before what was decided after them.
 */
export const momentOn = ({ latest }: Pick<OfferBoard, 'latest'>, now: Instant): Instant =>
  latest !== undefined && latest > now ? latest : now;

/**
 * The same at a moment after it was read. While an offer is open past its deadline nobody is asked: its machine is about to end it, and
 * then asks on a board that shows it; one whose end the checker holds keeps its seat, and nobody else waits for it. So what is offered at that moment comes after every lapse that gave its seat, and before every
 * one that the board does not show: by their moments alone, as a bundle tells them, the steps can be played again.
 */
export const boardAt = (board: OfferBoard, now: Instant): OfferBoard => {
  const isOverdue = board.contenders.some(({ state }) =>
    openOffers(state).some((offer) => offer.expiresAt <= now && !isHeldEnd(offer)),
  );
  return isOverdue ? { ...board, wave: [] } : board;
};

/**
 * The same as whoever releases sees it. Where offers are held back, the release lets go those that a deadline of these minutes only puts off:
 * they are shown and counted, since with none of them a release would seem to reach nobody and let everybody go.
 */
export const boardToRelease = (board: OfferBoard, round: Letting, now: Instant): OfferBoard =>
  isHeldBack(round) ? board : boardAt(board, now);

/**
 * Whether offers that go out in parts have come as far as somebody: until then they are told of none, nor of a place behind others. Whoever was
 * made one stays reached, and whom a correction stopped waits for no part, wherever they stand since.
 */
export const isReached = (
  { contenders, posts }: Pick<OfferBoard, 'contenders' | 'posts'>,
  round: Letting,
  id: string,
): boolean => {
  const index = contenders.findIndex((one) => one.id === id);
  const own = contenders[index]?.state;
  const isTold = own !== undefined && (own.offers.length > 0 || posts.stopped?.has(own.applicationId));
  return isTold || cameTo(round, index + 1);
};

/** The offers of a board once those that are due are made. */
export const cascadeAfterWave = ({ contenders, vacancies, posts, wave }: OfferBoard): Cascade => {
  const candidacies = contenders.map(({ state }) => state);
  return wave.reduce(
    (state, { applicationId: seeker, vacancy }) => {
      const next = step(state, { type: 'offered', seeker, vacancy });
      return next.ok ? next.value : state;
    },
    cascadeOf(candidacies, vacancies, posts),
  );
};

/**
 * How the posts of a board stand: somebody accepted, an offer waits for its answer or its condition, nobody is asked, or the round file's number and
 * quotas leave the post out. Together they are all posts of the register.
 */
export const postCounts = ({
  contenders,
  vacancies,
  file,
}: Pick<OfferBoard, 'contenders' | 'vacancies'> & { file: { posts: PostPlan } }): {
  posts: number;
  filled: number;
  held: number;
  empty: number;
  beyondLimit: number;
} => {
  const posts = postsOf(vacancies);
  const taken = seatsTaken(contenders.map(({ state }) => state));
  const offerable = offerablePosts(file.posts, { register: vacancies, taken });
  const filled = contenders.filter(({ state }) => acceptedOffer(state)).length;
  const held = contenders.flatMap(({ state }) => openOffers(state)).length;
  return { posts, filled, held, empty: offerable - filled - held, beyondLimit: posts - offerable };
};

/** Whether the final results, as they stand, say of an application that it may be offered a post. */
export const goesOn = async (
  records: Pick<Records, 'blob'>,
  round: Ordered,
  id: ApplicationId,
): Promise<boolean> => {
  const { order, stopped } = await offerOrderOf(records, round);
  return order.includes(id) && !stopped.has(id);
};

/**
 * How the posts that quotas keep stand, the first by precedence first. `taken`: somebody accepted, or an offer waits for its answer. Whoever has
 * one of the posts that go by rank alone, where these come first, has none of the kept.
 */
export const keptCounts = ({
  contenders,
  vacancies,
  posts,
}: Pick<OfferBoard, 'contenders' | 'vacancies' | 'posts'>): {
  code: string;
  posts: number;
  taken: number;
}[] => {
  const inRank = contenders.flatMap(({ state }) => [...seatsTaken([state])]);
  const taken = inRank.flatMap(([vacancy, seats]) => Array.from({ length: seats }, () => vacancy));
  const later = taken.slice(postsOpenFirst(posts) ?? 0);
  return postReserves(posts, vacancies).map(({ code, posts: kept, vacancies: group }) => ({
    code,
    posts: kept,
    taken: later.filter((vacancy) => group.has(vacancy)).length,
  }));
};

/** How the kept posts of a board are counted; undefined where it is no matter. */
export const countingOn = ({ vacancies, posts }: Pick<OfferBoard, 'vacancies' | 'posts'>) =>
  keptCounting(posts.allocation?.counting, postReserves(posts, vacancies));

/**
 * A claim that moves with every page of offers that is made, every one that is declined, every acceptance that closes others,
 * and every withdrawal: decisions about who is asked next follow one after the other, so none is made on a board that another has
 * changed. Read it before the board and the clock. Lapsing does not move it, since all offers of a wave lapse at once: there the
 * board's clock does the same.
 */
export const nextTurn = async (
  { claimed }: Pick<Records, 'claimed'>,
  roundId: RoundId,
): Promise<{ claims: Claim[]; releases: Claim[]; turn: number }> => {
  const key = `offers-turn#${roundId}`;
  const standing = await claimed(key);
  const turn = Number(standing ?? '0') + 1;
  const releases = standing === undefined ? [] : [{ key, value: standing }];
  return { turn, claims: [{ key, value: `${turn}` }], releases };
};
