import { type Provided, Provision } from '#shared/domain/access-need.ts';
import { type Panel, providedBy } from '#shared/domain/panel.ts';
import type { Slot, SlotPart } from '#shared/domain/slot.ts';
import type { Station } from '#shared/domain/station.ts';

/** A part of a slot, and who holds it; without a part, as long as the round file says. */
type Held = {
  station: Pick<Station, 'minutes'>;
  part: Pick<SlotPart, 'startsAt' | 'endsAt'> | undefined;
  panel: Pick<Panel, 'stepFree' | 'provides'> | undefined;
};

/** What one part of a slot provides: what its panel has, and what was said of the time. */
export const providedAt = ({ provides }: Pick<Slot, 'provides'>, held: Held): Provided => ({
  provides: held.panel
    ? [...new Set([...providedBy(held.panel), ...(provides ?? [])])]
    : // Of a time of the whole committee nobody said that steps are in the way, where nobody said anything: the secretary chose its place.
      (provides ?? ['step-free']),
  longer: longerBy(held),
});

/** What holds at every part holds of the whole slot. */
export const providedIn = (slot: Pick<Slot, 'provides'>, held: readonly Held[]): Provided => {
  const all = held.map((one) => providedAt(slot, one));
  return {
    provides: Provision.options.filter((one) => all.every(({ provides }) => provides.includes(one))),
    longer: Math.min(...all.map(({ longer }) => longer)),
  };
};

const longerBy = ({ station: { minutes }, part }: Held): number => {
  if (!part) return 0;
  const held = (Date.parse(part.endsAt) - Date.parse(part.startsAt)) / 60_000;
  return Math.floor((held * 100) / minutes) - 100;
};
