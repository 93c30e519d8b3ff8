import { asTold, awaitedAt } from '#functions/commands/awaited-cards.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussedIn } from '#functions/commands/discussed.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { isAfter } from '#shared/domain/after-discussion.ts';
import type { AwaitedCards } from '#shared/domain/awaited-cards.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { votersOf } from '#shared/domain/committee.ts';
import { type DiscussedItem, type Discussion, isBegun, itemUp } from '#shared/domain/discussion.ts';
import { awaitedOf } from '#shared/domain/discussion-awaiting.ts';
import { chairDuring, type MeetingRoom, mayLead, mayTakeUp } from '#shared/domain/discussion-room.ts';
import type { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { givenScores } from '#shared/domain/scoring.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Wall } from '#shared/domain/walls.ts';
import type { AwaitedOf } from '#shared/errors.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** An application that is passed over because it waits for cards; `opens`: the reader may have it discussed all the same. */
type WaitingItem = AwaitedOf & { place: number; opens: boolean };

/** That somebody had applications discussed all the same, of those that are open to the reader; no reason once it is erased. */
type DespiteView = {
  numbers: readonly ApplicationNumber[];
  by: PersonId;
  at: Instant;
  reason: string | undefined;
};

export type Ahead = {
  /** The place that comes next; undefined where nothing does. */
  next: number | undefined;
  /** The first that the reader may take up, which is another where the next one is closed to them. */
  takes: number | undefined;
  waiting: readonly WaitingItem[];
  despite: readonly DespiteView[];
  /** How many cards of the one that is up came after it began to be discussed. */
  after: number;
};

type Around = { place: OpenWorkplace; room: MeetingRoom };

/**
 * What comes next: what stands after the one that is up, else what was passed over before, and in both cases nothing that is known to wait for cards.
 * Of what is closed to the reader that is not looked up, so that nothing here tells it.
 */
export const aheadIn = async (deps: Reads, around: Around, discussion: Discussion): Promise<Ahead> => {
  const { place, room } = around;
  const { id } = place.by;
  const { items } = discussion;
  const isOn = discussion.closedAt === undefined && place.gate.state.status === 'open';
  const candidates = isOn ? candidatesIn(discussion) : [];
  const wall = wallAt(around);
  const open = candidates.filter(({ applicationId }) => !wall(applicationId));
  const awaited = await awaitedOfOpen(deps, around, discussion, open);
  const waits = new Set(awaited.map(({ applicationId }) => applicationId));
  const ready = candidates.filter(({ applicationId }) => !waits.has(applicationId));
  const [next] = ready;
  const takes = ready.find(({ applicationId }) => mayTakeUp(room, discussion, id, applicationId));
  const places = new Map(items.map(({ number }, index) => [number, index + 1]));
  const opens = new Set<string>(
    open.flatMap(({ applicationId, number }) =>
      chairDuring(room, applicationId, discussion) === id ? [number] : [],
    ),
  );
  return {
    next: next && places.get(next.number),
    takes: takes && places.get(takes.number),
    waiting: awaitedOf(room, items, awaited).map((one) =>
      Object.assign(asTold(place, one), {
        place: places.get(one.number) ?? 0,
        opens: opens.has(one.number),
      }),
    ),
    despite: await despiteFor(deps, wall, discussion),
    after: await afterIn(deps, { place, wall }, discussion),
  };
};

/**
 * What of it waits for cards: all of that for whoever leads or presides over any, who may have it discussed all the same; nothing for anybody else
 * where the first of it waits for none, so that the cards of the others are not read again and again for those who follow.
 */
const awaitedOfOpen = async (
  deps: Reads,
  { place, room }: Around,
  discussion: Discussion,
  open: readonly DiscussedItem[],
): Promise<AwaitedCards[]> => {
  const { id } = place.by;
  const fresh = open.filter(({ applicationId }) => !isBegun(discussion, applicationId));
  const acts =
    mayLead(room, discussion, id) ||
    fresh.some(({ applicationId }) => chairDuring(room, applicationId, discussion) === id);
  const isPassed = async () => (await awaitedAt(deps, place, fresh.slice(0, 1))).awaited.length > 0;
  return acts || (await isPassed()) ? (await awaitedAt(deps, place, fresh)).awaited : [];
};

/** Whoever is out for the whole list is told of no place what is talked about there. */
export const wallAt = ({ place, room }: { place: OpenWorkplace; room: MeetingRoom }): Wall =>
  room.gone.includes(place.by.id) && votersOf(room.committee).includes(place.by.id)
    ? () => 'conflict'
    : wallIn(place);

const candidatesIn = (discussion: Discussion): DiscussedItem[] => {
  const { items, spans } = discussion;
  const up = itemUp(discussion);
  const at = items.findIndex(({ applicationId }) => applicationId === up?.applicationId) + 1;
  const talked = new Set(spans.map(({ applicationId }) => applicationId));
  const passed = items.slice(0, at).filter(({ applicationId }) => !talked.has(applicationId));
  return [...items.slice(at), ...passed];
};

const afterIn = async (
  { records }: Reads,
  { place, wall }: { place: OpenWorkplace; wall: Wall },
  discussion: Discussion,
): Promise<number> => {
  const { state } = place.round;
  const { stage } = state;
  const up = itemUp(discussion);
  if (!up || wall(up.applicationId) || (stage !== 'scoring' && stage !== 'interviews')) return 0;
  const found = await records.find(candidacyAggregate, up.applicationId);
  if (!found) return 0;
  const since = await discussedIn(records, state, stage);
  const cards = stage === 'scoring' ? givenScores(found.state) : found.state.scorecards;
  return cards.filter((card) => isAfter(since, up.applicationId, card)).length;
};

const despiteFor = async (
  { records }: Reads,
  wall: Wall,
  { items, despite = [] }: Discussion,
): Promise<DespiteView[]> => {
  const told = despite.map(async ({ awaited, by, at, reason }) => {
    const ids = new Set(awaited.map(({ applicationId }) => applicationId));
    const open = items.filter(({ applicationId }) => ids.has(applicationId) && !wall(applicationId));
    const numbers = open.map(({ number }) => number);
    return { numbers, by, at, reason: await reasonText(records, reason) };
  });
  return (await Promise.all(told)).filter(({ numbers }) => numbers.length > 0);
};
