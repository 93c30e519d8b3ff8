import { log } from '#functions/log.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Outbox, OutboxRow } from '#shared/ports/outbox.ts';
import type { Clock } from '#shared/ports/world.ts';

export type RowDeps = {
  outbox: Outbox;
  /** Names of the rows to take next; none when there are no more. */
  next: () => Promise<readonly string[]> | readonly string[];
  clock: Clock;
  deliver: (row: OutboxRow) => Promise<void>;
  /** Milliseconds that this invocation still has. */
  remaining: () => number;
};

/** Deliveries under way at once. */
const atOnce = 8;

/** No delivery is begun with less time left than this. */
const reserveMilliseconds = 10_000;

/** A quarter of an hour in vain (30 s + 1 + 2 + 4 + 8 min) is counted by an alarm; the row is tried on all the same. */
const attemptsBeforeAlarm = 6;

/**
 * Delivers everything that it is given. Each row is leased before and marked after, so that two invocations never deliver
 * the same one, and one that fails goes to the back without holding up the others.
 * @returns how many rows were delivered and how many put back
 */
export const sweepRows = async (deps: RowDeps): Promise<{ done: number; failed: number }> => {
  const sum = { done: 0, failed: 0 };
  const seen = new Set<string>();
  for (;;) {
    // An index may still show what was just delivered: a row is taken once per invocation.
    const ids = (await deps.next()).filter((id) => !seen.has(id));
    if (ids.length === 0 || deps.remaining() < reserveMilliseconds) return sum;
    for (const id of ids) seen.add(id);
    await each(ids, async (id) => {
      const outcome = await takeRow(deps, id);
      if (outcome) sum[outcome] += 1;
    });
  }
};

const takeRow = async (deps: RowDeps, id: string): Promise<'done' | 'failed' | undefined> => {
  if (deps.remaining() < reserveMilliseconds) return undefined;
  const now = deps.clock.now();
  // Until after the moment at which this invocation is ended, so that nobody delivers beside it.
  const row = await deps.outbox.lease(id, now, addSeconds(now, Math.ceil(deps.remaining() / 1000) + 5));
  if (!row) return undefined;
  try {
    await deps.deliver(row);
  } catch (error) {
    await putBack(deps, row, error);
    return 'failed';
  }
  await deps.outbox.done(id, deps.clock.now());
  log.info('OUTBOX_ROW_DONE', { outboxId: id, attempt: row.attempts });
  return 'done';
};

const putBack = async ({ outbox, clock }: RowDeps, row: OutboxRow, error: unknown): Promise<void> => {
  const reason = error instanceof Error ? error.name : typeof error;
  const facts = { outboxId: row.id, attempt: row.attempts, reason };
  log.error('OUTBOX_ROW_FAILED', facts, error);
  if (row.attempts >= attemptsBeforeAlarm) log.error('OUTBOX_ROW_OLD', facts);
  await outbox.putBack(row.id, retryAt(clock.now(), row.attempts), reason);
};

/** 30 s, 1, 2, 4 … minutes, at most an hour. @param attempts made so far, at least 1 */
const retryAt = (now: Instant, attempts: number): Instant =>
  addSeconds(now, Math.min(3600, 30 * 2 ** Math.min(attempts - 1, 10)));

const each = async (ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> => {
  const left = [...ids];
  const worker = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) await work(id);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, worker));
};
