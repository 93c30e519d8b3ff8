import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Entry } from '#functions/adapters/dynamodb/entries.ts';
import type { CommitRefusal } from '#shared/ports/records.ts';

/** What a cancelled transaction means. */
export type Verdict =
  | { kind: 'refused'; refusal: CommitRefusal }
  /** Every event is already stored by this very commit: an earlier try succeeded and its answer was lost. */
  | { kind: 'already-done' }
  /** Another transaction held an item, or the table was throttled: the same commit may pass in a moment. */
  | { kind: 'try-again'; refusal: CommitRefusal | undefined };

const passing = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);

/** Reads CancellationReasons, which stand in the order of the items. @throws whatever is not a plain "no" */
export const verdictOf = (error: unknown, entries: readonly Entry[]): Verdict => {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const failed = entries.flatMap((entry, index) => {
    const reason = error.CancellationReasons?.[index];
    return reason?.Code && reason.Code !== 'None' ? [{ entry, code: reason.Code, old: reason.Item }] : [];
  });
  const events = entries.filter(({ hash }) => hash !== undefined);
  const own = failed.filter(({ entry, old }) => entry.hash && old?.['hash']?.S === entry.hash);
  if (events.length > 0 && own.length === events.length) return { kind: 'already-done' };

  const refused = failed.find(({ code }) => code === 'ConditionalCheckFailed');
  if (refused?.entry.refusal) return { kind: 'refused', refusal: refused.entry.refusal };
  if (refused || failed.length === 0 || failed.some(({ code }) => !passing.has(code))) throw error;
  return {
    kind: 'try-again',
    refusal: failed.find(({ code }) => code === 'TransactionConflict')?.entry.refusal,
  };
};
