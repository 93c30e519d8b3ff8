import * as z from 'zod';
import type { Aggregate } from '#shared/domain/event.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * What the record says of a person: that they exist, which passkeys count, when all sessions were ended.
 * Mailbox, name and keys are in the persons table and can be erased; these facts stay.
 */
const PersonEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('person-registered'), at: Instant, id: PersonId }),
  z.object({ type: z.literal('passkey-enrolled'), at: Instant, credential: Sha256 }),
  z.object({
    type: z.literal('passkey-removed'),
    at: Instant,
    credential: Sha256,
    because: z.enum(['removed', 'replaced']),
  }),
  z.object({ type: z.literal('sessions-ended'), at: Instant, count: z.int().min(0) }),
]);
export type PersonEvent = z.infer<typeof PersonEvent>;

const Person = z.object({
  id: PersonId,
  registeredAt: Instant,
  passkeys: z.array(z.object({ credential: Sha256, enrolledAt: Instant })),
});
export type Person = z.infer<typeof Person>;

export const registerPerson = (id: PersonId, now: Instant): PersonEvent[] => [
  { type: 'person-registered', at: now, id },
];

/** @param replacing the keys that are lost: they stop to count in the same moment */
export const enrolPasskey = (
  person: Person,
  given: { credential: Sha256; replacing: boolean },
  now: Instant,
): PersonEvent[] => {
  const lost = given.replacing ? person.passkeys : [];
  return [
    ...lost.map(({ credential }) => removal(credential, 'replaced', now)),
    { type: 'passkey-enrolled', at: now, credential: given.credential },
  ];
};

/** @param needed whether a role of this person cannot be used without a passkey */
export const removePasskey = (
  person: Person,
  given: { credential: Sha256; needed: boolean },
  now: Instant,
): Result<PersonEvent[], Refusal> => {
  if (!hasPasskey(person, given.credential)) return refuse({ kind: 'not-found', what: 'page' });
  if (given.needed && person.passkeys.length === 1) return refuse({ kind: 'last-passkey' });
  return ok([removal(given.credential, 'removed', now)]);
};

export const endSessions = (count: number, now: Instant): PersonEvent[] => [
  { type: 'sessions-ended', at: now, count },
];

export const hasPasskey = (person: Person, credential: Sha256): boolean =>
  person.passkeys.some((passkey) => passkey.credential === credential);

export const personAggregate: Aggregate<Person, PersonEvent> = {
  name: 'person',
  event: PersonEvent,
  snapshot: Person,
  evolve: (state, event) => {
    if (event.type === 'person-registered') return { id: event.id, registeredAt: event.at, passkeys: [] };
    if (!state) throw new Error(`A person's record begins with ${event.type}.`);
    if (event.type === 'passkey-enrolled') {
      const passkey = { credential: event.credential, enrolledAt: event.at };
      return { ...state, passkeys: [...state.passkeys, passkey] };
    }
    if (event.type === 'passkey-removed') {
      return { ...state, passkeys: state.passkeys.filter((key) => key.credential !== event.credential) };
    }
    return state;
  },
  lists: () => ({}),
};

const removal = (credential: Sha256, because: 'removed' | 'replaced', now: Instant): PersonEvent => ({
  type: 'passkey-removed',
  at: now,
  credential,
  because,
});
