import { placesOf } from '#functions/commands/interview-reading.ts';
import type { Provision } from '#shared/domain/access-need.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Panel, Panels } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { isStepsUntold, providedIn } from '#shared/domain/provided.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { partsOf, type Slot, type SlotPart } from '#shared/domain/slot.ts';
import { type Station, stationsOf } from '#shared/domain/station.ts';
import type { Records } from '#shared/ports/records.ts';

type File = Pick<RoundFile, 'interviews'>;
type Book = { panels: Versioned<Panels> | undefined };

/** A station of one interview: what is asked there, and, once it has a time, when and who holds it. */
export type HeldStation = { station: Station; part: SlotPart | undefined; panel: Panel | undefined };

/** The stations of an interview in their order, with what the slot says of them. */
export const heldStations = (
  { panels }: Book,
  { interviews }: File,
  slot: Slot | undefined,
): HeldStation[] => {
  const parts = slot ? partsOf(slot) : [];
  return stationsOf(interviews).map((station) => {
    const part = parts.find(({ code }) => code === station.code);
    return { station, part, panel: panelIn(panels?.state, part?.panel) };
  });
};

/** One part of a slot: when, where, and what is told of its panel. */
export type PlacedPart = Pick<SlotPart, 'code' | 'startsAt' | 'endsAt'> &
  Pick<Station, 'title'> & {
    where: string;
    panel: Pick<Panel, 'id' | 'number' | 'languages' | 'stepFree'> | undefined;
  };

/** A slot with where it takes place; one part for each station, in the order of time, and one for an interview without any. */
export type PlacedSlot = {
  slot: Slot;
  parts: readonly PlacedPart[];
  /** What is there at every station, as far as somebody said so. */
  provides: readonly Provision[];
  /** Whether it is reached without steps; undefined where nobody said, and counted as if it were. */
  stepFree: boolean | undefined;
  /** By how many percent it is longer than the round file asks, at every station. */
  longer: number;
};

/** The same slots with their places, which are read once for all of them. */
export const placedSlots = async (
  records: Pick<Records, 'document'>,
  slots: readonly Slot[],
  { panels, interviews }: Book & File,
): Promise<PlacedSlot[]> => {
  const places = await placesOf(records, slots.flatMap(partsOf));
  const titles = new Map(interviews.stations?.map(({ code, title }) => [code, title]));
  return slots.map((slot) => ({
    slot,
    ...saidOf(slot, heldStations({ panels }, { interviews }, slot)),
    parts: partsOf(slot)
      .toSorted(byTime)
      .map(({ code, startsAt, endsAt, place, panel }) => ({
        code,
        title: code === undefined ? undefined : titles.get(code),
        startsAt,
        endsAt,
        where: places.get(place.digest) ?? '',
        panel: panelIn(panels?.state, panel),
      })),
  }));
};

const saidOf = (
  slot: Slot,
  held: readonly HeldStation[],
): Pick<PlacedSlot, 'provides' | 'stepFree' | 'longer'> => {
  const { provides, longer } = providedIn(slot, held);
  return isStepsUntold(slot, held)
    ? { provides: provides.filter((one) => one !== 'step-free'), stepFree: undefined, longer }
    : { provides, stepFree: provides.includes('step-free'), longer };
};

/** One that was moved may come before those that it came after. */
const byTime = (a: SlotPart, b: SlotPart): number => (a.startsAt < b.startsAt ? -1 : 1);
