import type { CommandDeps } from '#functions/commands/deps.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';

type LettersToRound = Extract<OutboxMessage['body'], { kind: 'letters-to-round' }>;

/** Turns one page of a round's applications into letters, then writes the row for the next page. Repeatable. */
export const writeLettersToRound = (_deps: CommandDeps, _message: LettersToRound): Promise<void> =>
  Promise.reject(new Error('Not written yet.'));
