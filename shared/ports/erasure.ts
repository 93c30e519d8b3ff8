import type { DocumentRef } from '#shared/domain/document.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Erasure } from '#shared/domain/outbox.ts';

/** Removes what the persons table holds of somebody. What is gone already is passed over. */
export type PersonsEraser = {
  /** Everything typed under an owner, as a DocumentRef spells it. */
  texts: (owner: string) => Promise<void>;
  documents: (refs: readonly DocumentRef[]) => Promise<void>;
  /** A secret of chance, by its name: what was sealed or hidden by it stays so. */
  secret: (name: string) => Promise<void>;
  /** Profile, mailbox, sessions and passkeys; after it nobody can sign in as this person. */
  account: (id: PersonId) => Promise<void>;
};

/**
 * What was erased, beside the tables: a restored table does not know of an erasure since, and this list does. It holds ids and
 * nothing else.
 */
export type ErasureList = {
  /** Noted before anything is removed; again changes nothing. */
  add: (erasure: Erasure) => Promise<void>;
  all: () => Promise<Erasure[]>;
};
