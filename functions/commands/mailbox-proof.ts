import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { changed, decideAgain } from '#functions/commands/storing.ts';
import type { Actor } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import {
  type Person,
  personAggregate,
  proveMailbox,
  reachAgain,
  waitingLetters,
} from '#shared/domain/person.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * Says in the record that a person has proved a mailbox, once for each proof. The mailbox before is told; letters that still
 * waited at the desk are mailed.
 * @param proof names the code by which it was proved
 */
export const noteProof = (
  { records, clock }: Pick<SignInDeps, 'records' | 'clock'>,
  { by, personId, proof }: { by: Actor; personId: PersonId; proof: string },
): Promise<Result<void, Refusal>> =>
  decideAgain(async () => {
    const claim = { key: `mailbox-proof#${proof}`, value: personId };
    if (await records.claimed(claim.key)) return ok(undefined);
    const found = await records.find(personAggregate, personId);
    if (!found) throw new Error(`Person ${personId} has a profile, but no record.`);
    const now = clock.now();
    const { change } = changed(personAggregate, personId, found, proveMailbox(found.state, now));
    const outbox = lettersAfter(found.state, proof, now);
    const stored = await records.commit({ by, changes: [change], claims: [claim], outbox });
    return stored.ok ? ok(undefined) : refuse({ kind: 'lost-race' });
  });

/** Says in the record that a code got through to a mailbox from which letters had come back; else changes nothing. */
export const noteReached = (
  { records, clock }: Pick<SignInDeps, 'records' | 'clock'>,
  { by, personId }: { by: Actor; personId: PersonId },
): Promise<Result<void, Refusal>> =>
  decideAgain(async () => {
    const found = await records.find(personAggregate, personId);
    const events = found ? reachAgain(found.state, clock.now()) : [];
    if (!found || events.length === 0) return ok(undefined);
    const { change } = changed(personAggregate, personId, found, events);
    const stored = await records.commit({ by, changes: [change] });
    return stored.ok ? ok(undefined) : refuse({ kind: 'lost-race' });
  });

const lettersAfter = (person: Person, proof: string, at: Instant): OutboxMessage[] => {
  const { id: personId } = person;
  if (person.assisted) {
    return waitingLetters(person).map(({ letter, template, facts }) => ({
      id: `${letter}#mailed`,
      at,
      body: { kind: 'letter', template, personId, facts },
    }));
  }
  const facts = { changedAt: at };
  return [
    {
      id: `mailbox-changed#${proof}`,
      at,
      body: { kind: 'letter', template: 'mailbox-changed', personId, facts, to: 'former-mailbox' },
    },
  ];
};
