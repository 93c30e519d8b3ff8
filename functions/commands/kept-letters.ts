import type { CommandDeps } from '#functions/commands/deps.ts';
import { changeOf } from '#functions/commands/sign-in-deps.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { keepLetter, personAggregate } from '#shared/domain/person.ts';

type Letter = Extract<OutboxMessage['body'], { kind: 'letter' }>;

/**
 * Keeps a letter to somebody without a mailbox on the person's record, for the desk to hand over. Repeatable.
 * @throws when it could not be stored: its row comes again
 */
export const keepForDesk = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  letter: string,
  { personId, template, facts }: Letter,
): Promise<void> => {
  const person = await records.find(personAggregate, personId);
  if (!person) throw new Error(`Person ${personId} has a profile, but no record.`);
  const events = keepLetter(person.state, { letter, template, facts }, clock.now());
  if (events.length === 0) return;
  const changes = [changeOf(personAggregate, personId, person, events)];
  const stored = await records.commit({ by: { kind: 'system', name: 'outbox' }, changes });
  if (!stored.ok) throw new Error(`The record of person ${personId} changed while a letter was kept.`);
};
