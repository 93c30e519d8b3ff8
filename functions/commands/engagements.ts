import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { committeeSlots, type SeatingBook, seatingBook } from '#functions/commands/seating-book.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { changed } from '#functions/commands/storing.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import {
  type EngagedRound,
  type EngagedRounds,
  type EngagedRoundsEvent,
  engagedRoundsAggregate,
  engagedRoundsId,
} from '#shared/domain/engaged-rounds.ts';
import {
  type Engagement,
  engagementsOf,
  near,
  sittingsOf,
  stretchOf,
  unplaced,
} from '#shared/domain/engagement.ts';
import { evolveAll, type Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Panels, panelsAggregate } from '#shared/domain/panel.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import { type Round, roundsOf } from '#shared/domain/round.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { risen } from '#shared/domain/seating.ts';
import { meeting, type Sitting } from '#shared/domain/sittings.ts';
import { partsOf } from '#shared/domain/slot.ts';
import { isBehind } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Change } from '#shared/ports/records.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** A region has a handful of rounds at their interviews at a time. */
const roundsAtOnce = 8;

/** Which rounds of the region have interviews planned. Whoever plans reads it before their seating books, and stores `turnTaken` with what is taken. */
type RegionBook = {
  stored: Versioned<EngagedRounds> | undefined;
  rounds: readonly EngagedRound[];
  /** What is stored with the first change: what was planned before the record was kept. */
  before: readonly EngagedRoundsEvent[];
};

export const regionBook = async (deps: Reads, region: RegionCode): Promise<RegionBook> => {
  const stored = await deps.records.find(engagedRoundsAggregate, engagedRoundsId);
  if (stored) return { stored, rounds: stored.state.rounds, before: [] };
  const rounds = await plannedRounds(deps, region);
  return { stored, rounds, before: [{ type: 'engagements-gathered', at: deps.clock.now(), rounds }] };
};

/** Every round whose own seating book has times to come. */
export const plannedRounds = async (deps: Reads, region: RegionCode): Promise<EngagedRound[]> => {
  const all = (await everyOf(deps.records, roundAggregate, roundsOf(region))).filter(({ state }) =>
    isGatedRound(state),
  );
  const books = await eachOf(all, roundsAtOnce, ({ state }) => seatingBook(deps, state.id));
  return books.flatMap(({ state }) => engagedRoundOf(state, deps.clock.now()) ?? []);
};

const engagedRoundOf = (book: Panels, now: Instant): EngagedRound | undefined => {
  const stretch = stretchOf(sittingsOf(book).filter(({ until }) => until > now));
  return stretch && { roundId: book.roundId, ...stretch };
};

/** That this one planned, stored with what the round's own book says by then. */
export const turnTaken = ({ stored, before }: RegionBook, book: Panels, at: Instant): Change[] => {
  const engaged = engagedRoundOf(book, at);
  if (!engaged) return [];
  const events = [...before, { type: 'round-engaged' as const, at, ...engaged }];
  return [changed(engagedRoundsAggregate, engagedRoundsId, stored, events).change];
};

/** What other rounds take about a stretch of time. */
export const engagedElsewhere = async (
  deps: Reads,
  { roundId, stretch }: { roundId: RoundId; stretch: Sitting | undefined },
  rounds: readonly EngagedRound[],
): Promise<Engagement[]> => {
  if (!stretch) return [];
  const others = rounds.filter((one) => one.roundId !== roundId);
  const taken = await eachOf(others, roundsAtOnce, (one) => engagedIn(deps, one.roundId, stretch));
  return taken.flat();
};

/** Nothing once the round is closed or was cancelled, and then only what was owed once its interviews are over. */
const engagedIn = async (deps: Reads, roundId: RoundId, stretch: Sitting): Promise<Engagement[]> => {
  const { records } = deps;
  const round = (await records.find(roundAggregate, roundId))?.state;
  if (!round || !isGatedRound(round)) return [];
  const book = near((await standingBook(deps, round)).state, stretch);
  if (sittingsOf(book).length === 0) return [];
  const committee = (await records.find(committeeAggregate, roundId))?.state;
  const { interviews } = await roundFileOf(records, round.plan);
  const halls = [...(book.halls ?? []), ...(await hallsBefore(deps, book))];
  const rooms = await placesOf(records, [...book.panels, ...halls]);
  return engagementsOf({ ...book, halls }, { committee, rooms, travel: interviews.travel });
};

/** What of a round's book is still to be held: once the stage is over, nothing that only the timetable had. */
export const standingBook = async (deps: Reads, { id, stage }: Round): Promise<SeatingBook> => {
  const book = await seatingBook(deps, id);
  if (!isBehind(stage, 'interviews') || sittingsOf(book.state).length === 0) return book;
  const over = (await slotsIn(deps.records, id)).flatMap(partsOf);
  const state = evolveAll(panelsAggregate, book.state, risen(over, deps.clock.now()));
  return { ...book, state: state ?? book.state };
};

/** Where the whole committee sits at times that were planned before its book kept the place. */
const hallsBefore = async ({ records }: Reads, book: Panels): Promise<NonNullable<Panels['halls']>> => {
  const times = unplaced(book);
  if (times.length === 0) return [];
  const parts = (await committeeSlots(records, book.roundId)).flatMap(partsOf);
  return parts
    .map(({ place, startsAt: from, endsAt: until }) => ({ place, sittings: [{ from, until }] }))
    .filter(({ sittings }) => meeting(times, sittings));
};
