import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { PersonId, VacancyCode } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { Turn } from '#shared/domain/turn.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * Another number of posts of one vacancy, while offers are made. What one person proposes another one confirms: a number that was
 * mistyped offers posts that do not exist (ANCHORS F5, B9).
 */
export const CapacityChange = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  vacancy: VacancyCode,
  /** Posts when it was proposed, and what they should be; 0 where the vacancy is no more. */
  from: z.int().min(0),
  posts: z.int().min(0),
  by: PersonId,
  at: Instant,
  reason: DocumentRef,
  /** `replaced`: another one was proposed for the vacancy before anybody confirmed it. */
  status: z.enum(['waiting', 'confirmed', 'refused', 'replaced']),
  ended: z.object({ by: PersonId, at: Instant, turn: Turn, reason: DocumentRef.optional() }).optional(),
});
export type CapacityChange = z.infer<typeof CapacityChange>;

const ending = { at: Instant, change: z.int().min(1), by: PersonId };

/** Events of a round. */
export const capacityEvents = [
  z.object({
    type: z.literal('capacity-proposed'),
    ...CapacityChange.pick({ number: true, vacancy: true, from: true, posts: true, by: true }).shape,
    at: Instant,
    reason: DocumentRef,
  }),
  z.object({ type: z.literal('capacity-changed'), ...ending, turn: Turn }),
  z.object({ type: z.literal('capacity-refused'), ...ending, reason: DocumentRef }),
] as const;
const CapacityEvent = z.discriminatedUnion('type', capacityEvents);
export type CapacityEvent = z.infer<typeof CapacityEvent>;

export const isCapacityEvent = (event: { type: string }): event is CapacityEvent =>
  capacityEvents.some(({ shape }) => shape.type.value === event.type);

type Changes = readonly CapacityChange[];
type Decision = Result<CapacityEvent[], Refusal>;

/** What somebody proposes; `from` is what the page showed them. */
export type CapacityProposal = Pick<CapacityChange, 'vacancy' | 'from' | 'posts' | 'by' | 'reason'>;

/**
 * Proposes another number of posts. The same number once more changes nothing while it waits; another one takes its place. Refused as
 * `seats-taken` below the seats that are accepted or offered.
 */
export const proposeCapacity = (
  changes: Changes,
  proposal: CapacityProposal,
  { taken }: { taken: number },
  now: Instant,
): Decision => {
  const waiting = waitingChange(changes, proposal.vacancy);
  if (waiting?.posts === proposal.posts && waiting.from === proposal.from) return ok([]);
  if (proposal.posts < taken) return refuse({ kind: 'seats-taken', taken });
  return ok([{ type: 'capacity-proposed', at: now, number: changes.length + 1, ...proposal }]);
};

/** Lets a change count. Whoever proposed it cannot; once more by anybody else changes nothing. */
export const confirmCapacity = (
  changes: Changes,
  { change: number, by }: { change: number; by: PersonId },
  { taken }: { taken: number },
  now: Instant,
): Decision => {
  const change = changes.find((one) => one.number === number);
  if (!change) return refuse({ kind: 'not-found', what: 'vacancy' });
  if (change.by === by) return refuse({ kind: 'second-person-needed' });
  if (change.status === 'confirmed') return ok([]);
  if (change.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  if (change.posts < taken) return refuse({ kind: 'seats-taken', taken });
  return ok([{ type: 'capacity-changed', at: now, change: number, by }]);
};

/** Ends a change before it counts, with a reason; whoever proposed it may as well. */
export const refuseCapacity = (
  changes: Changes,
  { change: number, by, reason }: { change: number; by: PersonId; reason: DocumentRef },
  now: Instant,
): Decision => {
  const change = changes.find((one) => one.number === number);
  if (!change) return refuse({ kind: 'not-found', what: 'vacancy' });
  if (change.status === 'refused') return ok([]);
  if (change.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'capacity-refused', at: now, change: number, by, reason }]);
};

export const evolveCapacity = (changes: Changes, event: CapacityEvent): CapacityChange[] => {
  if (event.type === 'capacity-proposed') {
    const { type: _, ...proposed } = event;
    return [...changes.map((one) => replacedBy(one, proposed)), { ...proposed, status: 'waiting' }];
  }
  const { change, type, at, by } = event;
  const beside =
    type === 'capacity-refused' ? { reason: event.reason } : { ...(event.turn && { turn: event.turn }) };
  const status = type === 'capacity-refused' ? 'refused' : 'confirmed';
  return changes.map((one) =>
    one.number === change ? { ...one, status, ended: { by, at, ...beside } } : one,
  );
};

const replacedBy = (
  change: CapacityChange,
  { vacancy, by, at }: Pick<CapacityChange, 'vacancy' | 'by' | 'at'>,
): CapacityChange =>
  change.vacancy === vacancy && change.status === 'waiting'
    ? { ...change, status: 'replaced', ended: { by, at } }
    : change;

const waitingChange = (changes: Changes, vacancy: VacancyCode): CapacityChange | undefined =>
  changes.findLast((one) => one.vacancy === vacancy && one.status === 'waiting');

/** The vacancies of a register with the numbers of posts that were confirmed since. */
export const withCapacities = (
  vacancies: readonly Vacancy[],
  { capacities = [] }: { capacities?: Changes | undefined },
): readonly Vacancy[] => {
  const confirmed = new Map(
    capacities.filter(({ status }) => status === 'confirmed').map(({ vacancy, posts }) => [vacancy, posts]),
  );
  if (confirmed.size === 0) return vacancies;
  return vacancies.map((vacancy) => {
    const posts = confirmed.get(vacancy.code);
    return posts === undefined ? vacancy : { ...vacancy, posts };
  });
};
