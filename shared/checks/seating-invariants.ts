import { type Engagement, engagedBy } from '#shared/domain/engagement.ts';
import type { SlotId } from '#shared/domain/ids.ts';
import type { Panels } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { joined } from '#shared/domain/sittings.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';

type Taking = { slot: Slot; taken: readonly Engagement[] };

/** Times of one round that take the same people, or the same room, at once. */
export const doubled = (times: readonly Taking[]): SlotId[] => {
  const found = new Set<SlotId>();
  const inOrder = times.toSorted((a, b) => (a.slot.startsAt < b.slot.startsAt ? -1 : 1));
  for (const [index, { slot, taken }] of inOrder.entries()) {
    for (let next = index + 1; next < inOrder.length; next += 1) {
      const other = inOrder[next];
      if (!other || other.slot.startsAt >= slot.endsAt) break;
      if (!taken.some((one) => engagedBy(one, other.taken))) continue;
      found.add(slot.id).add(other.slot.id);
    }
  }
  return [...found];
};

/** Whether the seating book does not say that whoever holds a time sits then. */
export const unseated = (book: Panels, slot: Slot): boolean =>
  partsOf(slot).some(({ panel, startsAt, endsAt }) => {
    const sittings = panel ? (panelIn(book, panel)?.sittings ?? []) : joined(book.committee ?? []);
    return !sittings.some(({ from, until }) => from <= startsAt && endsAt <= until);
  });
