import type { CommandDeps } from '#functions/commands/deps.ts';
import { heldStations } from '#functions/commands/interview-stations.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { inScoring, planOf } from '#functions/commands/rater-place.ts';
import { eachOf, readCandidacies } from '#functions/commands/selection.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { type AwaitedCards, awaitedScorecards, awaitedScores } from '#shared/domain/awaited-cards.ts';
import type { DiscussedItem } from '#shared/domain/discussion.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import type { ApplicationId, SlotId } from '#shared/domain/ids.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { isBlind } from '#shared/domain/redaction-decisions.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { AwaitedOf, Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** Which applications wait for cards, and the versions of what says so. */
export type AwaitedNow = { awaited: AwaitedCards[]; requires: NonNullable<Commit['requires']> };

const readsAtOnce = 32;

/**
 * Which of these still wait for cards that are given apart from each other. While a proposal lies on the table nobody gives any: it was drawn
 * up when all were in.
 */
export const awaitedAt = async (
  deps: Reads,
  place: OpenWorkplace,
  items: readonly Pick<DiscussedItem, 'applicationId'>[],
): Promise<AwaitedNow> => {
  const { stage } = place.round.state;
  const ids = items.map(({ applicationId }) => applicationId);
  if (ids.length === 0 || place.gate.state.proposal || stage === 'screening')
    return { awaited: [], requires: [] };
  if (stage === 'scoring') return await scoresAwaited(deps, place, ids);
  return await cardsOf[stage === 'interviews' ? stage : 'owed'](deps, place, ids);
};

const scoresAwaited = async (
  deps: Reads,
  place: OpenWorkplace,
  ids: readonly ApplicationId[],
): Promise<AwaitedNow> => {
  const scoring = await inScoring(deps, place);
  if (!scoring.ok) return { awaited: [], requires: [] };
  const plan = planOf(scoring.value);
  const found = await readCandidacies(deps.records, ids);
  return {
    awaited: found.flatMap(({ state }) => awaitedScores(state, plan, place.file.raters) ?? []),
    requires: standing('candidacy', found),
  };
};

/** Of interviews of the stage, and of those that are held after it. */
const cardsOf: Record<
  'interviews' | 'owed',
  (...of: Parameters<typeof scoresAwaited>) => Promise<AwaitedNow>
> = {
  interviews: async (deps, place, ids) => {
    const found = await readCandidacies(deps.records, ids);
    const taking = found.filter(({ state }) => !state.withdrawnAt);
    return { awaited: await cardsAwaited(deps, place, taking), requires: standing('candidacy', found) };
  },
  owed: async (deps, place, ids) => {
    const found = await eachOf(ids, readsAtOnce, (id) => deps.records.find(owedInterviewAggregate, id));
    const owed = found.flatMap((one) => one ?? []);
    const planned = owed.filter(({ state }) => state.status === 'planned' && !state.counted);
    return { awaited: await cardsAwaited(deps, place, planned), requires: standing('owed-interview', owed) };
  },
};

const standing = (
  aggregate: 'candidacy' | 'owed-interview',
  found: readonly Versioned<unknown>[],
): AwaitedNow['requires'] => found.map(({ id, version }) => ({ aggregate, id, version }));

const cardsAwaited = async (
  { records }: Reads,
  { round, committee, file }: OpenWorkplace,
  interviews: readonly Versioned<HeldRecord & { slotId?: SlotId | undefined }>[],
): Promise<AwaitedCards[]> => {
  const book = await panelBook(records, round.state.id);
  const awaited = await eachOf(interviews, readsAtOnce, async ({ state }) => {
    const slot = state.slotId && (await records.find(slotAggregate, state.slotId))?.state;
    return slot && awaitedScorecards(state, committee.state, heldStations(book, file, slot));
  });
  return awaited.flatMap((one) => one || []);
};

/** Whether somebody is told by name who judges, or is out of the room. */
export const isToldNames = ({ by, file, round }: Pick<OpenWorkplace, 'by' | 'file' | 'round'>): boolean =>
  by.role === 'secretary' || !isBlind(file, round.state.stage);

/** A refusal as the reader may have it: nobody's name in a blind stage. It is asked about nothing that is closed to them. */
export const toldAwaited = <T extends Refusal>(
  place: OpenWorkplace,
  error: T | Refusal,
): Result<never, T | Refusal> =>
  refuse(
    error.kind === 'cards-awaited'
      ? { ...error, cards: error.cards.map((one) => asTold(place, one)) }
      : error,
  );

/** The same of one application. */
export const asTold = (place: OpenWorkplace, { people, ...one }: AwaitedOf): AwaitedOf => ({
  ...one,
  ...(isToldNames(place) && people && { people }),
});
