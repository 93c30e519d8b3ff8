import * as z from 'zod';
import { PanelId } from '#shared/domain/ids.ts';
import { RuleCode } from '#shared/domain/provenance.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';
import { dayAt } from '#shared/domain/zone.ts';

/** Who holds what of a day: a panel in its room, the whole committee, or whoever holds one station. */
export type DayHolder =
  | { kind: 'committee' }
  | { kind: 'panel'; panel: PanelId }
  | { kind: 'station'; station: string };

/** A holder as an address names it: `committee`, `panel-ID` or `station-CODE`. */
export const HolderName = z.string().transform((name, context): DayHolder => {
  const [, kind, rest] = /^(panel|station)-(.+)$/.exec(name) ?? [];
  const panel = kind === 'panel' ? PanelId.safeParse(rest).data : undefined;
  const station = kind === 'station' ? RuleCode.safeParse(rest).data : undefined;
  if (panel) return { kind: 'panel', panel };
  if (station) return { kind: 'station', station };
  if (name === 'committee') return { kind: 'committee' };
  context.addIssue('unknown holder');
  return z.NEVER;
});

export const holderName = (holder: DayHolder): string => {
  if (holder.kind === 'panel') return `panel-${holder.panel}`;
  return holder.kind === 'station' ? `station-${holder.station}` : holder.kind;
};

/** One holder on one day of the round's own calendar. */
export type InterviewDay = { day: string; holder: DayHolder };

/** Whether any part of a slot is held by that holder on that day. */
export const isOnDay = (slot: Slot, { day, holder }: InterviewDay, zone: string): boolean =>
  partsOf(slot).some(
    (part) =>
      dayAt(zone, part.startsAt) === day &&
      (holder.kind === 'station'
        ? part.code === holder.station
        : part.panel === (holder.kind === 'panel' ? holder.panel : undefined)),
  );

/** Every day of some slots with who holds them, in the order of days; stations after those who hold them. */
export const daysOf = (slots: readonly Slot[], zone: string): InterviewDay[] => {
  const found = new Map<string, InterviewDay>();
  for (const { code, panel, startsAt } of slots.flatMap(partsOf)) {
    const day = dayAt(zone, startsAt);
    const holders: DayHolder[] = [
      panel ? { kind: 'panel', panel } : { kind: 'committee' },
      ...(code === undefined ? [] : [{ kind: 'station' as const, station: code }]),
    ];
    for (const holder of holders) found.set(`${day} ${holderName(holder)}`, { day, holder });
  }
  return Array.from(found)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);
};
