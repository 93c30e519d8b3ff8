import type { CommandDeps } from '#functions/commands/deps.ts';
import { engagedElsewhere, plannedRounds, regionBook } from '#functions/commands/engagements.ts';
import { placesOf } from '#functions/commands/interview-reading.ts';
import type { PanelBook } from '#functions/commands/panel-reading.ts';
import { doubled } from '#shared/checks/seating-invariants.ts';
import type { EngagedRound } from '#shared/domain/engaged-rounds.ts';
import { type Engagement, engagedBy, engagementOf, stretchOf } from '#shared/domain/engagement.ts';
import type { SlotId } from '#shared/domain/ids.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;
type Of = { round: Round; file: Pick<RoundFile, 'interviews'>; book: PanelBook };

/**
 * Which times take somebody, or a room, that another round of the region takes then. None that is planned now does; they were planned before
 * rounds knew of each other, or by an older version of the program while this one took its place. Nobody books them, and the nightly
 * check tells of them.
 */
export const engagedSlots = async (
  deps: Deps,
  { round, file, book }: Of,
  slots: readonly Slot[],
): Promise<ReadonlySet<SlotId>> => {
  if (slots.length === 0) return new Set();
  const { rounds } = await regionBook(deps, round.region);
  return await engagedAmong(deps, { round, file, book, rounds }, slots);
};

/**
 * Which times cannot all be held: those that take somebody, or a room, that another round takes then, whether or not the region's record knows of that
 * round, or that another of these times takes. What is planned now is compared before it is stored; this finds whatever came by another way, and
 * reads more: for the pages of whoever plans, and for the nightly check.
 */
export const takenTwice = async (
  deps: Deps,
  { round, file, book }: Of,
  slots: readonly Slot[],
): Promise<ReadonlySet<SlotId>> => {
  if (slots.length === 0) return new Set();
  const rounds = await plannedRounds(deps, round.region);
  const elsewhere = await engagedAmong(deps, { round, file, book, rounds }, slots);
  return new Set([...elsewhere, ...doubled(await takenBy(deps, { file, book }, slots))]);
};

/** @param of `rounds`: those to compare with */
const engagedAmong = async (
  deps: Deps,
  { round, file, book, rounds }: Of & { rounds: readonly EngagedRound[] },
  slots: readonly Slot[],
): Promise<ReadonlySet<SlotId>> => {
  const stretch = stretchOf(slots.map(({ startsAt: from, endsAt: until }) => ({ from, until })));
  const elsewhere = await engagedElsewhere(deps, { roundId: round.id, stretch }, rounds);
  if (elsewhere.length === 0) return new Set();
  const takes = await takenBy(deps, { file, book }, slots);
  return new Set(
    takes.flatMap(({ slot, taken }) => (taken.some((one) => engagedBy(one, elsewhere)) ? [slot.id] : [])),
  );
};

/** What each of some times takes, part by part. */
const takenBy = async (
  { records }: Pick<Deps, 'records'>,
  { file, book: { panels, committee } }: Pick<Of, 'file' | 'book'>,
  slots: readonly Slot[],
): Promise<{ slot: Slot; taken: Engagement[] }[]> => {
  const places = [...(panels?.state.panels ?? []), ...slots.flatMap(partsOf)];
  const rooms = await placesOf(records, places);
  const told = { committee: committee?.state, rooms, travel: file.interviews.travel };
  return slots.map((slot) => ({
    slot,
    taken: partsOf(slot).map((part) => engagementOf(part, panelIn(panels?.state, part.panel), told)),
  }));
};
