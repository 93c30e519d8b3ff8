import type { CommandDeps } from '#functions/commands/deps.ts';
import { owedSlotsIn, placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { changed } from '#functions/commands/storing.ts';
import { evolveAll, type Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Panels, type PanelsEvent, panelsAggregate } from '#shared/domain/panel.ts';
import type { Rooms } from '#shared/domain/panel-rooms.ts';
import { gathered, risen } from '#shared/domain/seating.ts';
import { partsOf, type Slot, slotAggregate } from '#shared/domain/slot.ts';
import type { Change, Records } from '#shared/ports/records.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/**
 * When panels and committee of a round sit. Whoever changes a time of the plan stores `seatingChange` with it, so that two who plan at one
 * moment, whatever they plan, are decided one after the other.
 */
export type SeatingBook = {
  stored: Versioned<Panels> | undefined;
  state: Panels;
  /** What is stored with the next change: the whole committee's times from before the record knew them. */
  before: readonly PanelsEvent[];
};

export const seatingBook = async ({ records, clock }: Reads, roundId: RoundId): Promise<SeatingBook> => {
  const stored = await records.find(panelsAggregate, roundId);
  if (stored?.state.committee) return { stored, state: stored.state, before: [] };
  const standing = await committeeSlots(records, roundId);
  const before = [gathered({ roundId, panels: [] }, standing.flatMap(partsOf), clock.now())];
  const state = evolveAll(panelsAggregate, stored?.state, before);
  return { stored, state: state ?? { roundId, panels: [] }, before };
};

/**
 * The whole committee's slots that are not removed. A list may lag, so each is read as it stands: who removes one from now on changes the
 * book with it.
 */
export const committeeSlots = async (
  records: Pick<Records, 'find' | 'list'>,
  roundId: RoundId,
): Promise<Slot[]> => {
  const listed = [...(await slotsIn(records, roundId)), ...(await owedSlotsIn(records, roundId))];
  const own = listed.filter((slot) => partsOf(slot).some(({ panel }) => !panel));
  const found = await eachOf(own, readsAtOnce, ({ id }) => records.find(slotAggregate, id));
  return found.flatMap((slot) => (slot && !slot.state.removedAt ? [slot.state] : []));
};

/** Nothing where nobody sits or rises. */
export const seatingChange = (
  { stored, state, before }: SeatingBook,
  events: readonly PanelsEvent[],
): Change[] =>
  events.length === 0 ? [] : [changed(panelsAggregate, state.roundId, stored, [...before, ...events]).change];

/** The times of slots leave the plan. */
export const seatingRisen = async (
  deps: Reads,
  roundId: RoundId,
  slots: readonly Slot[],
): Promise<Change[]> =>
  seatingChange(await seatingBook(deps, roundId), risen(slots.flatMap(partsOf), deps.clock.now()));

/** Where the panels of a round sit, as it was typed. */
export const roomsOf = (records: Pick<Records, 'document'>, { panels }: Panels): Promise<Rooms> =>
  placesOf(records, panels);
