import type { ItemKey } from '#functions/adapters/dynamodb/keys.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { MailAddress } from '#shared/domain/sign-in.ts';

const person = (id: PersonId): string => `PERSON#${id}`;

/** Keys of the sign-in items in the persons table. Mailboxes and networks are found by their digest. */
export const signInKeys = {
  person,
  mail: (mail: MailAddress): ItemKey => ({ pk: `MAIL#${sha256Of(mail)}`, sk: 'MAIL' }),
  profile: (id: PersonId): ItemKey => ({ pk: person(id), sk: 'PROFILE' }),
  code: (attempt: Sha256): ItemKey => ({ pk: `CODE#${attempt}`, sk: 'CODE' }),
  session: (id: Sha256): ItemKey => ({ pk: `SESSION#${id}`, sk: 'SESSION' }),
  challenge: (session: Sha256): ItemKey => ({ pk: `SESSION#${session}`, sk: 'CHALLENGE' }),
  /** Under the person, so that the person's sessions can be listed and ended. */
  personSession: (id: PersonId, session: Sha256): ItemKey => ({ pk: person(id), sk: `SESSION#${session}` }),
  passkey: (id: PersonId, credential: Sha256): ItemKey => ({
    pk: person(id),
    sk: `PASSKEY#${credential}`,
  }),
  rate: (name: string, who: string, window: number): ItemKey => ({
    pk: `RATE#${name}#${sha256Of(who)}`,
    sk: String(window),
  }),
} as const;
