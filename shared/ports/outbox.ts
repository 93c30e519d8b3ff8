import type { Instant } from '#shared/domain/time.ts';

/** A row of the outbox as it lies there; `message` is parsed by whoever delivers it, so that one broken row stands alone. */
export type OutboxRow = {
  id: string;
  /** Deliveries begun so far. */
  attempts: number;
  message: unknown;
};

/** Rows written by commits, until they are delivered. */
export type Outbox = {
  /** Rows whose time has come, oldest first. Eventually consistent on AWS. */
  due: (now: Instant, limit: number) => Promise<OutboxRow[]>;
  /**
   * Takes a row for one deliverer until an instant after which the deliverer cannot be alive, and counts the
   * attempt. Undefined when another one has it or it is done.
   */
  lease: (id: string, now: Instant, until: Instant) => Promise<OutboxRow | undefined>;
  done: (id: string, at: Instant) => Promise<void>;
  /** Puts a row back for later. @param reason an error's name, never its sentence */
  putBack: (id: string, until: Instant, reason: string) => Promise<void>;
};
