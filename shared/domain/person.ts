import * as z from 'zod';
import { assistedPeople, HandOverWay, KeptLetter } from '#shared/domain/assistance.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { LetterFacts, LetterTemplate } from '#shared/domain/letter-template.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * What the record says of a person: that they exist, which passkeys count, when all sessions were ended.
 * Mailbox, name and keys are in the persons table and can be erased; these facts stay.
 */
export const PersonEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('person-registered'),
    at: Instant,
    id: PersonId,
    /** Entered at the desk, without a mailbox. */
    assisted: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('passkey-enrolled'), at: Instant, credential: Sha256 }),
  z.object({
    type: z.literal('passkey-removed'),
    at: Instant,
    credential: Sha256,
    because: z.enum(['removed', 'replaced']),
  }),
  /** Mailbox, name, keys and sessions are gone; who comes back with the same mailbox is somebody else. */
  z.object({ type: z.literal('person-erased'), at: Instant }),
  z.object({ type: z.literal('sessions-ended'), at: Instant, count: z.int().min(0) }),
  /** A mailbox was proved by a code: instead of another one, or as the first one of somebody whom the desk entered. */
  z.object({
    type: z.literal('mailbox-proved'),
    at: Instant,
    because: z.enum(['changed', 'taken-over', 'signed-in']),
  }),
  /** How somebody whom the desk entered is called or reached; what it is now, the persons table has. */
  z.object({ type: z.literal('contact-changed'), at: Instant }),
  /** What may join the person with applicants; what it is now, the persons table has. */
  z.object({ type: z.literal('disclosure-told'), at: Instant }),
  z.object({ type: z.literal('disclosure-removed'), at: Instant }),
  z.object({
    type: z.literal('letter-kept'),
    at: Instant,
    letter: z.string(),
    template: LetterTemplate,
    facts: LetterFacts,
  }),
  /** A letter could not be delivered to the mailbox. */
  z.object({ type: z.literal('letter-returned'), at: Instant, letter: z.string() }),
  z.object({
    type: z.literal('letter-handed-over'),
    at: Instant,
    letter: z.string(),
    way: HandOverWay,
  }),
]);
export type PersonEvent = z.infer<typeof PersonEvent>;

const Returned = z.object({ at: Instant, letter: z.string() });
export type Returned = z.infer<typeof Returned>;

/** Key in the `list` index: people whose letters come back. */
export const lettersReturned = 'LETTERS-RETURNED';

const Person = z.object({
  id: PersonId,
  registeredAt: Instant,
  passkeys: z.array(z.object({ credential: Sha256, enrolledAt: Instant })),
  /** Has no mailbox: the desk acts for this person, and hands letters over. */
  assisted: z.literal(true).optional(),
  /** Letters that could not be mailed, in the order in which they were written. */
  letters: z.array(KeptLetter).optional(),
  /** The last letter that came back from the mailbox which the person has, and that none got through to since, as far as is known. */
  returned: Returned.optional(),
  erasedAt: Instant.optional(),
});
export type Person = z.infer<typeof Person>;

export const registerPerson = (id: PersonId, now: Instant): PersonEvent[] => [
  { type: 'person-registered', at: now, id },
];

/** Somebody without a mailbox, entered at the desk. */
export const registerAssisted = (id: PersonId, now: Instant): PersonEvent[] => [
  { type: 'person-registered', at: now, id, assisted: true },
];

/** The person has proved a mailbox: whoever was entered at the desk acts alone from then on. */
export const proveMailbox = ({ assisted }: Person, now: Instant): PersonEvent[] => [
  { type: 'mailbox-proved', at: now, because: assisted ? 'taken-over' : 'changed' },
];

/** Whoever signs in with a code got the letter that it came in: the mailbox takes letters again. */
export const reachAgain = ({ returned }: Person, now: Instant): PersonEvent[] =>
  returned ? [{ type: 'mailbox-proved', at: now, because: 'signed-in' }] : [];

/** Letters by their place on the person's record, from 1: it never changes, and tells nothing in an address. */
export const lettersIn = ({ letters = [] }: Person): { number: number; letter: KeptLetter }[] =>
  letters.map((letter, index) => ({ number: index + 1, letter }));

/** Letters that nobody has handed over yet. */
export const waitingLetters = ({ letters = [] }: Person): KeptLetter[] =>
  letters.filter(({ handedOver }) => handedOver === undefined);

/** Keeps a letter that has nowhere to go; the same one again changes nothing. */
export const keepLetter = (
  person: Person,
  kept: Pick<KeptLetter, 'letter' | 'template' | 'facts'>,
  now: Instant,
): PersonEvent[] =>
  person.letters?.some(({ letter }) => letter === kept.letter)
    ? []
    : [{ type: 'letter-kept', at: now, ...kept }];

/** Notes that a letter came back; the same one again, or one to somebody who is erased, changes nothing. */
export const returnLetter = ({ returned, erasedAt }: Person, letter: string, now: Instant): PersonEvent[] =>
  erasedAt || returned?.letter === letter ? [] : [{ type: 'letter-returned', at: now, letter }];

/** Notes that the person has a letter, and how; what was handed over before stays as it was noted. */
export const handOver = (
  person: Person,
  { letter, way }: { letter: string; way: HandOverWay },
  now: Instant,
): Result<PersonEvent[], Refusal> => {
  const kept = person.letters?.find((one) => one.letter === letter);
  if (!kept) return refuse({ kind: 'not-found', what: 'document' });
  return ok(kept.handedOver ? [] : [{ type: 'letter-handed-over', at: now, letter, way }]);
};

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

/** Erased again changes nothing. */
export const erasePerson = (person: Person, now: Instant): PersonEvent[] =>
  person.erasedAt ? [] : [{ type: 'person-erased', at: now }];

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
    if (event.type === 'person-registered') {
      const { id, at: registeredAt, assisted } = event;
      return { id, registeredAt, passkeys: [], ...(assisted && { assisted }) };
    }
    if (!state) throw new Error(`A person's record begins with ${event.type}.`);
    if (event.type === 'passkey-enrolled') {
      const passkey = { credential: event.credential, enrolledAt: event.at };
      return { ...state, passkeys: [...state.passkeys, passkey] };
    }
    if (event.type === 'person-erased') {
      const { returned: _over, ...left } = state;
      return { ...left, passkeys: [], erasedAt: event.at };
    }
    if (event.type === 'letter-returned') {
      return { ...state, returned: { at: event.at, letter: event.letter } };
    }
    if (event.type === 'passkey-removed') {
      return { ...state, passkeys: state.passkeys.filter((key) => key.credential !== event.credential) };
    }
    if (event.type === 'letter-kept') {
      const { letter, template, facts, at: keptAt } = event;
      return { ...state, letters: [...(state.letters ?? []), { letter, template, facts, keptAt }] };
    }
    if (event.type === 'mailbox-proved') {
      const { assisted: _alone, returned: _past, ...alone } = state;
      return alone;
    }
    if (event.type === 'letter-handed-over') {
      const { letter, way, at } = event;
      const noted = (one: KeptLetter): KeptLetter =>
        one.letter === letter ? { ...one, handedOver: { at, way } } : one;
      return { ...state, letters: (state.letters ?? []).map(noted) };
    }
    return state;
  },
  lists: ({ assisted, registeredAt, returned, id }) => {
    if (assisted) return { list: { key: assistedPeople, sort: `${registeredAt}#${id}` } };
    return returned ? { list: { key: lettersReturned, sort: `${returned.at}#${id}` } } : {};
  },
};

const removal = (credential: Sha256, because: 'removed' | 'replaced', now: Instant): PersonEvent => ({
  type: 'passkey-removed',
  at: now,
  credential,
  because,
});
