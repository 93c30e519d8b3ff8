import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '#functions/adapters/dynamodb/cancellation.ts';
import type { Entry } from '#functions/adapters/dynamodb/entries.ts';
import { sha256Of } from '#shared/domain/hash.ts';

const changed = { kind: 'changed-meanwhile', aggregate: 'round', id: 'R1' } as const;
const hash = sha256Of('the event');
const entries: Entry[] = [
  { write: {}, refusal: changed },
  { write: {}, refusal: changed, hash },
  { write: {}, refusal: undefined },
];

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** What only AWS answers: the local engine never throttles and serializes its transactions. */
describe('a cancelled transaction', () => {
  it('is a refusal when a condition failed, even beside a conflict', () => {
    const error = cancelled('ConditionalCheckFailed', 'TransactionConflict', 'None');

    expect(verdictOf(error, entries)).toEqual({ kind: 'refused', refusal: changed });
  });

  it.for(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'may pass later after %s',
    (code) => {
      expect(verdictOf(cancelled('None', code, 'None'), entries)).toMatchObject({ kind: 'try-again' });
    },
  );

  it('is already done when the stored event is this very one', () => {
    const error = new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata: {},
      CancellationReasons: [
        { Code: 'ConditionalCheckFailed' },
        { Code: 'ConditionalCheckFailed', Item: { hash: { S: hash } } },
        { Code: 'ConditionalCheckFailed' },
      ],
    });

    expect(verdictOf(error, entries)).toEqual({ kind: 'already-done' });
  });

  it('is breakage when an item could not be written at all', () => {
    expect(() => verdictOf(cancelled('None', 'None', 'ValidationError'), entries)).toThrow(
      'Transaction cancelled',
    );
    expect(() => verdictOf(cancelled('None', 'None', 'ConditionalCheckFailed'), entries)).toThrow();
    expect(() => verdictOf(new Error('no network'), entries)).toThrow('no network');
  });
});
