import * as z from 'zod';
import { Deferral } from '#shared/domain/deferral.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import {
  ApplicationId,
  ApplicationNumber,
  OfferId,
  PersonId,
  PlacementId,
  RoundId,
  VacancyCode,
} from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

export const ItemOwner = z.enum(['applicant', 'school', 'administrator']);
export type ItemOwner = z.infer<typeof ItemOwner>;

/** One thing of the checklist that must have happened by a day. Its title is the round file's. */
const Item = z.object({
  code: z.string(),
  owner: ItemOwner,
  required: z.boolean(),
  dueAt: Instant,
  done: z.object({ at: Instant, by: PersonId }).optional(),
});
export type Item = z.infer<typeof Item>;

/** A person in a post, from the accepted offer until everything required is done. Names nobody but who is responsible. */
export const Placement = z.object({
  id: PlacementId,
  applicationId: ApplicationId,
  roundId: RoundId,
  number: ApplicationNumber,
  offerId: OfferId,
  vacancy: VacancyCode,
  startedAt: Instant,
  items: z.array(Item),
  /** Who confirms for the school, and the administrator who named them. */
  school: PersonId.optional(),
  administrator: PersonId.optional(),
  remindedAt: Instant.optional(),
  deferral: Deferral.optional(),
  /** The day until which the beginning was put off: nobody is reminded before it. */
  beginsAt: Instant.optional(),
  /** `complete`: every required item is done. `closed`: the person withdrew, or the post was released for a later intake. */
  status: z.enum(['open', 'complete', 'closed']),
  endedAt: Instant.optional(),
  /** Counts executions of the machine that reminds the owners. */
  attempt: z.int().min(1),
});
export type Placement = z.infer<typeof Placement>;

const PlacementEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('placement-opened'),
    at: Instant,
    id: PlacementId,
    applicationId: ApplicationId,
    roundId: RoundId,
    number: ApplicationNumber,
    offer: OfferId,
    vacancy: VacancyCode,
    items: z.array(Item.omit({ done: true })),
  }),
  z.object({ type: z.literal('school-named'), at: Instant, personId: PersonId, by: PersonId }),
  z.object({ type: z.literal('item-done'), at: Instant, code: z.string(), by: PersonId }),
  /** Ticked by mistake; the tick stays in the history. */
  z.object({
    type: z.literal('item-undone'),
    at: Instant,
    code: z.string(),
    by: PersonId,
    reason: DocumentRef,
  }),
  z.object({ type: z.literal('owners-reminded'), at: Instant, owners: z.array(ItemOwner) }),
  z.object({ type: z.literal('placement-execution-restarted'), at: Instant, attempt: z.int() }),
  z.object({
    type: z.literal('deferral-asked'),
    at: Instant,
    ...Deferral.pick({ until: true, reason: true, mayRelease: true }).shape,
  }),
  /** With the new days of what is still to be done. */
  z.object({
    type: z.literal('deferral-granted'),
    at: Instant,
    by: PersonId,
    beginsAt: Instant,
    due: z.array(Item.pick({ code: true, dueAt: true })),
  }),
  z.object({ type: z.literal('deferral-refused'), at: Instant, by: PersonId, reason: DocumentRef }),
  /** The post went to the next person; an entry to a later intake is promised. It ends the placement. */
  z.object({ type: z.literal('deferral-released'), at: Instant, by: PersonId, entryUntil: z.iso.date() }),
  z.object({ type: z.literal('placement-closed'), at: Instant, because: z.enum(['withdrawn']) }),
]);
export type PlacementEvent = z.infer<typeof PlacementEvent>;

/** All placements of a round, by vacancy. */
export const placementsOf = (roundId: RoundId): string => `PLACEMENTS#${roundId}`;

/** All placements that a person confirms for a school. */
export const confirmedBy = (personId: PersonId): string => `SCHOOL#${personId}`;

export const placementAggregate: Aggregate<Placement, PlacementEvent> = {
  name: 'placement',
  event: PlacementEvent,
  snapshot: Placement,
  evolve: (placement, event) => {
    if (event.type === 'placement-opened') {
      const { type: _opened, at: startedAt, offer: offerId, ...facts } = event;
      return completed({ ...facts, offerId, startedAt, status: 'open', attempt: 1 }, startedAt);
    }
    if (!placement) throw new Error(`A placement cannot begin with ${event.type}.`);
    return evolvePlacement(placement, event);
  },
  lists: ({ id, roundId, vacancy, startedAt, school }) => ({
    list: { key: placementsOf(roundId), sort: `${vacancy}#${id}` },
    ...(school && { owner: { key: confirmedBy(school), sort: `${startedAt}#${id}` } }),
  }),
};

const evolvePlacement = (
  placement: Placement,
  event: Exclude<PlacementEvent, { type: 'placement-opened' }>,
): Placement => {
  switch (event.type) {
    case 'school-named':
      return { ...placement, school: event.personId, administrator: event.by };
    case 'item-done': {
      const { at, by } = event;
      const items = withItem(placement.items, event.code, (item) => ({ ...item, done: { at, by } }));
      return completed({ ...placement, items }, at);
    }
    case 'item-undone': {
      const items = withItem(placement.items, event.code, ({ done: _done, ...item }) => item);
      return completed({ ...placement, items }, event.at);
    }
    case 'owners-reminded':
      return { ...placement, remindedAt: event.at };
    case 'placement-execution-restarted':
      return { ...placement, attempt: event.attempt };
    case 'deferral-asked': {
      const { until, reason, mayRelease, at: askedAt } = event;
      const deferral = {
        until,
        reason,
        askedAt,
        ...(mayRelease && { mayRelease }),
        status: 'asked' as const,
      };
      return { ...placement, deferral };
    }
    case 'deferral-granted':
      return {
        ...decidedOn(placement, 'granted', event),
        beginsAt: event.beginsAt,
        items: event.due.reduce(
          (items, { code, dueAt }) => withItem(items, code, (item) => ({ ...item, dueAt })),
          placement.items,
        ),
      };
    case 'deferral-refused':
      return decidedOn(placement, 'refused', event);
    case 'deferral-released':
      return { ...decidedOn(placement, 'released', event), status: 'closed', endedAt: event.at };
    case 'placement-closed':
      return { ...placement, status: 'closed', endedAt: event.at };
    default:
      return event satisfies never;
  }
};

const decidedOn = (
  placement: Placement,
  status: 'granted' | 'refused' | 'released',
  { by, at, reason, entryUntil }: { by: PersonId; at: Instant; reason?: DocumentRef; entryUntil?: string },
): Placement =>
  placement.deferral
    ? {
        ...placement,
        deferral: {
          ...placement.deferral,
          status,
          ...(entryUntil && { entryUntil }),
          decided: { by, at, ...(reason && { reason }) },
        },
      }
    : placement;

const withItem = (items: readonly Item[], code: string, change: (item: Item) => Item): Item[] =>
  items.map((item) => (item.code === code ? change(item) : item));

/** Complete once every required item is done, and open again when one is undone. */
const completed = (placement: Placement, at: Instant): Placement => {
  const { endedAt, ...rest } = placement;
  const complete = placement.items.every(({ required, done }) => !required || done !== undefined);
  return complete ? { ...rest, status: 'complete', endedAt: endedAt ?? at } : { ...rest, status: 'open' };
};
