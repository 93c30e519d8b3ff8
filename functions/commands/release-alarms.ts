import type { CommandDeps } from '#functions/commands/deps.ts';
import { type OfferBoard, postCounts } from '#functions/commands/offer-board.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { typedReason } from '#functions/commands/reasons.ts';
import { unreachedIn } from '#functions/commands/returned-letters.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import { isStaying } from '#shared/domain/exchange.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { acceptedOffer, openOffers } from '#shared/domain/offer.ts';
import { isHeldBack } from '#shared/domain/offer-parts.ts';
import { seatsTaken } from '#shared/domain/offer-wave.ts';
import type { PostPlan } from '#shared/domain/post-caps.ts';
import {
  type Heeding,
  offerAlarms,
  type RaisedAlarm,
  type Taught,
  tellingAlarms,
  toldAlarms,
} from '#shared/domain/release-alarms.ts';
import type { GatedRound, RoundIn } from '#shared/domain/round.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { type Tellable, tellableStages } from '#shared/domain/telling.ts';
import type { Wall } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

/** Alarms that somebody ticked, each by its id, and why it goes out in spite of them. Nothing where none were shown. */
export type Acknowledgement = { alarms: readonly string[]; reason: string };

/** The same with its reason as a document, which is stored only where an alarm holds. */
export type ReadAcknowledgement = { ticked: readonly string[]; written: DocumentWrite | undefined };

export const readAcknowledgement = (
  deps: Pick<CommandDeps, 'chance'>,
  roundId: RoundId,
  said: Acknowledgement | undefined,
): Result<ReadAcknowledgement, Refusal> => {
  if (!said) return ok({ ticked: [], written: undefined });
  const reason = typedReason(deps, { roundId, reason: said.reason });
  return reason.ok ? ok({ ticked: said.alarms, written: reason.value }) : reason;
};

export const heedingOf = (
  alarms: readonly RaisedAlarm[],
  { ticked, written }: ReadAcknowledgement,
): Heeding => ({
  alarms,
  ticked,
  reason: written?.ref,
});

export const documentsOf = (
  alarms: readonly RaisedAlarm[],
  { written }: ReadAcknowledgement,
): DocumentWrite[] => (written && alarms.length > 0 ? [written] : []);

/** The same without applications that are closed to whoever looks. */
export const openTo = (wall: Wall, alarms: readonly RaisedAlarm[]): RaisedAlarm[] =>
  alarms.map(({ whom, ...alarm }) => ({
    ...alarm,
    ...(whom && { whom: whom.filter(({ applicationId }) => !wall(applicationId)) }),
  }));

/** Alarms over letters about a decision that wait to go out. */
export const alarmsAbout = async (
  records: Pick<Records, 'blob' | 'find'>,
  round: GatedRound,
  telling: { about: Tellable; concerned: readonly Standing[]; recipients: readonly Standing[] },
): Promise<RaisedAlarm[]> => {
  const { about, concerned } = telling;
  const earlier = tellableStages.slice(0, tellableStages.indexOf(about));
  const listOf = async (stage: Tellable) => ({
    about: stage,
    standings: (await decidedList(records, round, stage))?.standings ?? [],
  });
  const [{ standings: decided }, candidacies, ...told] = await Promise.all([
    listOf(about),
    candidaciesOn(records, concerned),
    ...earlier.filter((stage) => round.told[stage] !== undefined).map(listOf),
  ]);
  return tellingAlarms({ ...telling, decided, told, taught: taughtBy([...candidacies.values()]) });
};

/** The same, and between two parts what became of the offers that were made: that is what the look between them is for. */
export const alarmsOverRelease = async (
  records: CommandDeps['records'],
  { round, board, file }: { round: RoundIn<'offers'>; board: OfferBoard; file: { posts: PostPlan } },
): Promise<RaisedAlarm[]> => {
  const alarms = alarmsOverOffers(board, file);
  if (!isHeldBack(round)) return alarms;
  const asked = board.contenders.flatMap(({ state }) => (state.offers.length > 0 ? [state] : []));
  const unreached = await unreachedIn({ records }, round.id);
  const offers = asked.flatMap((one) => one.offers);
  return [...alarms, ...toldAlarms({ offers, asked, unreached })];
};

/** Alarms over the offers that a board would let go out. */
const alarmsOverOffers = (board: OfferBoard, file: { posts: PostPlan }): RaisedAlarm[] => {
  const candidacies = board.contenders.map(({ state }) => state);
  const asked = new Set(board.wave.map(({ applicationId }) => applicationId));
  const served = candidacies.filter((one) => acceptedOffer(one) || openOffers(one).length > 0);
  const isServed = new Set(served);
  const waiting = candidacies.filter(
    (one) => !asked.has(one.applicationId) && !isServed.has(one) && isStaying(one),
  );
  const { posts, beyondLimit, filled, held } = postCounts({ ...board, file });
  const seats = seatsTaken(candidacies);
  const free = board.vacancies.filter((vacancy) => vacancy.posts > (seats.get(vacancy.code) ?? 0));
  const counts = { posts: posts - beyondLimit, taken: filled + held, free };
  return offerAlarms({ wave: board.wave, waiting, served, ...counts, taught: taughtBy(candidacies) });
};

const taughtBy = (candidacies: readonly Contender[]): Taught =>
  new Map<ApplicationId, Contender['facts']>(
    candidacies.map(({ applicationId, facts }) => [applicationId, facts]),
  );
