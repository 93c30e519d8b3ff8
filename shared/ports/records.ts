import type { DocumentRef, DocumentWrite } from '#shared/domain/document.ts';
import type {
  Actor,
  Aggregate,
  AggregateName,
  Fact,
  ListEntry,
  StoredEvent,
  Versioned,
  View,
} from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import type { Awaited, OutboxMessage } from '#shared/domain/outbox.ts';
import type { ReadKind } from '#shared/domain/reading.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Result } from '#shared/result.ts';

/** Events decided on one record, to be appended behind the version that they were decided on. */
export type Change = {
  aggregate: AggregateName;
  id: string;
  /** 0 for a record that does not exist yet. */
  expectedVersion: number;
  facts: readonly Fact[];
  /** The folded state, already encoded; undefined is impossible because a change has at least one event. */
  snapshot: unknown;
  lists: { list?: ListEntry; owner?: ListEntry };
  /** Only where this change moved it. One item more. */
  view?: View;
};

/** A name that only one record may hold, such as an application number or one application per person and round. */
export type Claim = { key: string; value: string };

/** One transaction. All of it is stored, or none. At most 100 items in all. */
export type Commit = {
  by: Actor;
  changes: readonly Change[];
  /**
   * Records that are only read, and must still stand at these versions when this is stored: a condition check on
   * their snapshots. Version 0: there must still be none. Refused as `changed-meanwhile` of that record. Not for records
   * among the changes.
   */
  requires?: readonly { aggregate: AggregateName; id: string; version: number }[];
  documents?: readonly DocumentWrite[];
  claims?: readonly Claim[];
  /** Claims given up; refused when the stored value is another. */
  releases?: readonly Claim[];
  /** A row whose id was written before refuses the commit as `already-claimed` with the key `outbox#ID`. */
  outbox?: readonly OutboxMessage[];
  /** Texts that are not personal and too large for an event, addressed by their SHA-256 (round files, registers). */
  blobs?: readonly { sha256: string; text: string }[];
  /** Task tokens that machines wait with; each replaces the older one of what is waited for. */
  taskTokens?: readonly { awaited: Awaited; token: string }[];
};

export type CommitRefusal =
  | { kind: 'changed-meanwhile'; aggregate: AggregateName; id: string }
  | { kind: 'already-claimed'; claim: Claim };

/** A letter as its outbox row says it: facts are ids, codes and moments. */
export type SentLetter = { at: Instant; template: LetterTemplate; facts: Record<string, string | number> };

/** Records at rest: events, snapshots, claims and lists in one place, changed by one transaction. */
export type Records = {
  find: <State, Event extends Fact>(
    aggregate: Aggregate<State, Event>,
    id: string,
  ) => Promise<Versioned<State> | undefined>;
  /** A lost race or a taken name is a refusal; anything else throws. */
  commit: (commit: Commit) => Promise<Result<void, CommitRefusal>>;
  /** @param part of it alone: so many at most, behind a version */
  history: (
    aggregate: AggregateName,
    id: string,
    part?: { after: number; most: number },
  ) => Promise<StoredEvent[]>;
  /** Strongly consistent. */
  claimed: (key: string) => Promise<string | undefined>;
  /** Eventually consistent on AWS: never decide a quota or a deadline from it. */
  list: <State, Event extends Fact>(
    aggregate: Aggregate<State, Event>,
    index: 'list' | 'owner',
    key: string,
    page?: { limit?: number; after?: string; newestFirst?: boolean },
  ) => Promise<{ items: Versioned<State>[]; next?: string }>;
  /** Which records stand in a list and at which version, in its order, and nothing of what they are. Consistent as `list` is. */
  versions: <State, Event extends Fact>(
    aggregate: Aggregate<State, Event>,
    index: 'list' | 'owner',
    key: string,
  ) => Promise<{ id: string; version: number }[]>;
  /**
   * Views of a group that changes have moved, each as it stands now, strongly consistent and in no order. A record whose view never moved since it
   * began, or since views are stored, has none here.
   */
  views: (
    aggregate: AggregateName,
    group: string,
  ) => Promise<{ id: string; version: number; body: unknown }[]>;
  /** The text behind a SHA-256; throws when it is missing or changed. */
  blob: (sha256: string) => Promise<string>;
  document: (ref: DocumentRef) => Promise<unknown>;
  /**
   * A secret that lies among the personal data under this name, for marks that must tell nothing to whoever reads the records.
   * The candidate, of chance, becomes it where there is none yet.
   */
  secret: (name: string, candidate: string) => Promise<string>;
  /** Letters that were written to a person through the outbox, oldest first; a list that may lag by a moment. */
  lettersTo: (personId: PersonId) => Promise<SentLetter[]>;
  /** The newest task token of a gate or an offer; only the outbox reads it. */
  taskToken: (awaited: Awaited) => Promise<string | undefined>;
};

/** What rules and lists need to read of records: of today's, or of those of any moment (`shared/replay/past.ts`). Histories are read whole. */
export type RecordReads = Pick<Records, 'find' | 'list' | 'claimed' | 'blob'> & {
  history: (aggregate: AggregateName, id: string) => Promise<StoredEvent[]>;
};

/** Who read whose personal data, and why (law 94-V, art. 22). */
export type ReadLog = {
  add: (read: { reader: Actor; owner: string; what: ReadKind; at: Instant }) => Promise<void>;
  of: (owner: string) => Promise<{ reader: Actor; what: string; at: Instant }[]>;
  /** Of everyone's, newest first; a list that may lag behind by a moment. */
  newest: (limit: number) => Promise<{ reader: Actor; owner: string; what: string; at: Instant }[]>;
};
