import * as z from 'zod';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { Role } from '#shared/domain/role.ts';
import { Instant } from '#shared/domain/time.ts';

export const AggregateName = z.enum([
  'round',
  'application',
  'person',
  'staff',
  'gate',
  'committee',
  'candidacy',
  'slot',
  'claim',
  'vacancy',
  'placement',
  'references',
  'calendar',
  'marks',
  'data-request',
  'passport',
  'redaction',
  'panels',
  'elsewhere',
  'corrections',
  'discussions',
  'formulas',
  'owed-interview',
  'polls',
  'engaged-rounds',
]);
export type AggregateName = z.infer<typeof AggregateName>;

/** Who caused an event. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: PersonId, role: Role }),
  z.object({
    kind: z.literal('system'),
    name: z.enum(['workflow', 'outbox', 'sweep', 'documents', 'referee']),
  }),
  z.object({ kind: z.literal('operator') }),
]);
export type Actor = z.infer<typeof Actor>;

/**
 * What every event has besides its own facts. Facts are ids, codes, numbers, instants and digests of
 * versioned documents, never text that a person typed (DESIGN 3.2).
 */
export type Fact = { type: string; at: Instant };

/** One kind of record: how its events change it, and in which lists it is found. */
export type Aggregate<State, Event extends Fact> = {
  name: AggregateName;
  /** Reads a stored event of any schema version as today's. */
  event: z.ZodType<Event>;
  snapshot: z.ZodType<State>;
  evolve: (state: State | undefined, event: Event) => State;
  /** Sparse index entries; an absent one takes the record out of that list. */
  lists: (state: State) => { list?: ListEntry; owner?: ListEntry };
  /** What is read of every record of a group at once. */
  view?: (state: State) => View;
};

export type ListEntry = { key: string; sort: string };

/** A small part of a record that lies with those of its group, and is stored in the transaction of each change that moves it (DESIGN 3.1). */
export type View = { group: string; body: unknown };

/** A record as read: `version` is the number of its last event. */
export type Versioned<State> = { id: string; version: number; state: State };

export const StoredEvent = z.object({
  aggregate: AggregateName,
  id: z.string(),
  /** 1 for the first event of a record, then without gaps. */
  version: z.int().min(1),
  /** Of the event's facts; raised when their shape changes, upcast by `Aggregate.event` on reading. */
  schema: z.int().min(1),
  by: Actor,
  fact: z.looseObject({ type: z.string(), at: Instant }),
  previousHash: Sha256.optional(),
  hash: Sha256,
});
export type StoredEvent = z.infer<typeof StoredEvent>;

/** The hash of an event covers everything else in it, so also the hash of the one before. */
const hashOf = (event: Omit<StoredEvent, 'hash'>, digest: Digest = sha256Of): Sha256 =>
  digest(canonicalJson(event));

/** SHA-256 of a text: `sha256Of`, or the same of the machine where there are many. */
export type Digest = (text: string) => Sha256;

/** Whether an event says what it said when its hash was computed. */
export const isUnchanged = ({ hash, ...open }: StoredEvent, digest?: Digest): boolean =>
  hashOf(open, digest) === hash;

/** Numbers and chains new facts behind the last stored event of a record. */
export const chain = (
  record: { aggregate: AggregateName; id: string; version: number; hash?: Sha256 | undefined },
  by: Actor,
  facts: readonly Fact[],
): StoredEvent[] => {
  let previousHash = record.hash;
  return facts.map((fact, index) => {
    const open = {
      aggregate: record.aggregate,
      id: record.id,
      version: record.version + index + 1,
      schema: 1,
      by,
      fact,
      ...(previousHash && { previousHash }),
    };
    const event = { ...open, hash: hashOf(open) };
    previousHash = event.hash;
    return event;
  });
};

export type ChainFault = { version: number; fault: 'gap' | 'broken-link' | 'changed' };

/** Checks numbering, links and hashes of one record's whole history, oldest first. */
export const verifyChain = (events: readonly StoredEvent[], digest?: Digest): ChainFault | undefined => {
  let previous: StoredEvent | undefined;
  for (const [index, event] of events.entries()) {
    if (event.version !== index + 1) return { version: index + 1, fault: 'gap' };
    if (event.previousHash !== previous?.hash) return { version: event.version, fault: 'broken-link' };
    if (!isUnchanged(event, digest)) return { version: event.version, fault: 'changed' };
    previous = event;
  }
  return undefined;
};

/** Folds a whole history into the record's state. */
export const fold = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  events: readonly StoredEvent[],
): State | undefined => {
  let state: State | undefined;
  for (const event of events) state = aggregate.evolve(state, aggregate.event.parse(event.fact));
  return state;
};

/** Applies decided events to the state they were decided on. */
export const evolveAll = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  state: State | undefined,
  events: readonly Event[],
): State | undefined => {
  let next = state;
  for (const event of events) next = aggregate.evolve(next, event);
  return next;
};
