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

type Told = Pick<Slot, 'provides' | 'stepFree'>;

/** Whether the place of a time of the whole committee is reached without steps; undefined where nobody said. */
export const stepsTold = ({ provides, stepFree }: Told): boolean | undefined =>
  stepFree ?? (provides?.includes('step-free') ? true : undefined);

/** That nobody said so of a part that no panel holds. */
export const isStepsUntold = (slot: Told, held: readonly Pick<Held, 'panel'>[]): boolean =>
  held.some(({ panel }) => !panel) && stepsTold(slot) === undefined;

/**
 * What one part of a slot provides: what its panel has, and what was said of the time. Of what nobody said nothing is there but a way without
 * steps: the secretary chose the place, and is shown who needs it.
 */
export const providedAt = (slot: Told, { panel, ...held }: Held): Provided => {
  const has = panel ? providedBy(panel) : Provision.options.filter((one) => one === 'step-free');
  const all = new Set([...has, ...(slot.provides ?? [])]);
  if (!panel && stepsTold(slot) === false) all.delete('step-free');
  return { provides: [...all], longer: longerBy(held) };
};

/** What holds at every part holds of the whole slot. */
export const providedIn = (slot: Told, held: readonly Held[]): Provided => {
  const all = held.map((one) => providedAt(slot, one));
  return {
    provides: Provision.options.filter((one) => all.every(({ provides }) => provides.includes(one))),
    longer: Math.min(...all.map(({ longer }) => longer)),
  };
};

const longerBy = ({ station: { minutes }, part }: Omit<Held, 'panel'>): number => {
  if (!part) return 0;
  const held = (Date.parse(part.endsAt) - Date.parse(part.startsAt)) / 60_000;
  return Math.floor((held * 100) / minutes) - 100;
};
