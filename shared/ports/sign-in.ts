import type { KeptDisclosure } from '#shared/domain/disclosure.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type {
  Challenge,
  CodeAttempt,
  MailAddress,
  RateLimit,
  StoredSession,
} from '#shared/domain/sign-in.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Locale } from '#shared/i18n/locale.ts';

/** Who someone is: the only place that joins a person's id with a mailbox. */
export type Profile = {
  personId: PersonId;
  /** Absent for somebody whom the desk entered, until they have one of their own. */
  mail?: MailAddress;
  /** The one before, which is told that it was changed. */
  formerMail?: MailAddress;
  /** How colleagues know a member of staff, and the desk whom it entered; other applicants give their name in the application. */
  name?: string;
  /** Where somebody without a mailbox is reached: a number as E.164, an address as it stands on an envelope. */
  phone?: string;
  address?: string;
  /** The language of letters. */
  locale: Locale;
  /** The person said so; until then it is that of the page on which they signed in last. */
  localeChosen?: true;
  registeredAt: Instant;
  /** What a member of a committee told of themselves, to be compared with applicants by code. */
  disclosure?: KeptDisclosure | undefined;
};

/** A passkey's public half. It counts only while the person's record lists `credential`, the digest of its id. */
export type Passkey = {
  credential: Sha256;
  /** Base64url, as WebAuthn spells them. */
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string[];
  createdAt: Instant;
};

/** Identities, codes, sessions and passkeys: the part of signing in that stays in the persons table. */
export type People = {
  profiles: {
    find: (id: PersonId) => Promise<Profile | undefined>;
    findByMail: (mail: MailAddress) => Promise<Profile | undefined>;
    /** Answers the profile that stands for this mailbox, or this person: the given one, or another that was first. */
    register: (profile: Profile) => Promise<Profile>;
    /**
     * Makes this the person's mailbox instead of the one before, if there was one. False when it is somebody else's.
     * Repeatable.
     */
    move: (id: PersonId, mail: MailAddress) => Promise<boolean>;
    change: (
      id: PersonId,
      change: Partial<Pick<Profile, 'name' | 'locale' | 'localeChosen' | 'phone' | 'address' | 'disclosure'>>,
    ) => Promise<void>;
  };
  codes: {
    start: (attempt: CodeAttempt) => Promise<void>;
    /** Makes an attempt void, because its browser asks for another; one that nobody knows is left alone. */
    replace: (attempt: Sha256, at: Instant) => Promise<void>;
    find: (attempt: Sha256) => Promise<CodeAttempt | undefined>;
    /**
     * Counts one try before the code is looked at, so that simultaneous guesses are all counted.
     * `counted` is false when the tries were used up.
     */
    countTry: (attempt: Sha256) => Promise<{ attempt: CodeAttempt; counted: boolean } | undefined>;
    /** True for exactly one caller. */
    spend: (attempt: Sha256, at: Instant) => Promise<boolean>;
  };
  sessions: {
    /** Begins a session, and ends the one that it replaces in the same transaction. */
    begin: (session: StoredSession, replaces?: Sha256) => Promise<void>;
    find: (id: Sha256) => Promise<StoredSession | undefined>;
    touch: (session: StoredSession, at: Instant) => Promise<void>;
    end: (session: Pick<StoredSession, 'id' | 'personId'>) => Promise<void>;
    /** Newest first; those that ran out may still be among them. */
    ofPerson: (personId: PersonId) => Promise<StoredSession[]>;
  };
  challenges: {
    /** One per session: a newer ceremony makes the older one void. */
    put: (session: Sha256, challenge: Challenge) => Promise<void>;
    /** Answers and deletes it in one step. */
    take: (session: Sha256) => Promise<Challenge | undefined>;
  };
  passkeys: {
    ofPerson: (personId: PersonId) => Promise<Passkey[]>;
    add: (personId: PersonId, passkey: Passkey) => Promise<void>;
    /** False when the stored counter is already as high: the key was copied (WebAuthn 7.2, step 22). */
    count: (personId: PersonId, credential: Sha256, counter: number) => Promise<boolean>;
    remove: (personId: PersonId, credential: Sha256) => Promise<void>;
  };
  /** Counts one event and answers how many there were in the current window. @param who is hashed before it is stored */
  countRate: (rate: RateLimit, who: string, now: Instant) => Promise<number>;
};
