import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { type Challenge, type CodeAttempt, codeTries, type StoredSession } from '#shared/domain/sign-in.ts';
import type { Passkey, People, Profile } from '#shared/ports/sign-in.ts';

/** Identities in memory, for tests of what stands on signing in; the table's own tests are beside its adapter. */
export const memoryPeople = (): People => ({
  profiles: profiles(),
  codes: codes(),
  sessions: sessions(),
  challenges: challenges(),
  passkeys: passkeys(),
  countRate: rates(),
});

const profiles = (): People['profiles'] => {
  const stored = new Map<PersonId, Profile>();
  const byMail = (mail: string) => [...stored.values()].find((profile) => profile.mail === mail);
  return {
    find: async (id) => stored.get(id),
    findByMail: async (mail) => byMail(mail),
    register: async (profile) => {
      const standing = (profile.mail ? byMail(profile.mail) : stored.get(profile.personId)) ?? profile;
      stored.set(standing.personId, standing);
      return standing;
    },
    move: async (id, mail) => {
      const profile = stored.get(id);
      const owner = byMail(mail);
      if (!profile || (owner && owner.personId !== id)) return false;
      if (profile.mail === mail) return true;
      stored.set(id, { ...profile, mail, ...(profile.mail && { formerMail: profile.mail }) });
      return true;
    },
    change: async (id, change) => {
      const profile = stored.get(id);
      if (profile) stored.set(id, { ...profile, ...change });
    },
  };
};

const codes = (): People['codes'] => {
  const attempts = new Map<Sha256, CodeAttempt>();
  return {
    start: async (attempt) => {
      attempts.set(attempt.attempt, attempt);
    },
    replace: async (id, at) => {
      const found = attempts.get(id);
      if (found) attempts.set(id, { ...found, replacedAt: at });
    },
    find: async (attempt) => attempts.get(attempt),
    countTry: async (id) => {
      const found = attempts.get(id);
      if (!found) return undefined;
      const counted = found.tries < codeTries;
      const attempt = counted ? { ...found, tries: found.tries + 1 } : found;
      attempts.set(id, attempt);
      return { attempt, counted };
    },
    spend: async (id, at) => {
      const found = attempts.get(id);
      if (!found || found.usedAt) return false;
      attempts.set(id, { ...found, usedAt: at });
      return true;
    },
  };
};

const sessions = (): People['sessions'] => {
  const stored = new Map<Sha256, StoredSession>();
  return {
    begin: async (session, replaces) => {
      stored.set(session.id, session);
      if (replaces) stored.delete(replaces);
    },
    find: async (id) => stored.get(id),
    touch: async (session, at) => {
      stored.set(session.id, { ...session, lastSeenAt: at });
    },
    end: async ({ id }) => {
      stored.delete(id);
    },
    ofPerson: async (personId) => [...stored.values()].filter((session) => session.personId === personId),
  };
};

const challenges = (): People['challenges'] => {
  const stored = new Map<Sha256, Challenge>();
  return {
    put: async (session, challenge) => {
      stored.set(session, challenge);
    },
    take: async (session) => {
      const challenge = stored.get(session);
      stored.delete(session);
      return challenge;
    },
  };
};

const passkeys = (): People['passkeys'] => {
  const stored = new Map<Sha256, { personId: PersonId; passkey: Passkey }>();
  return {
    ofPerson: async (personId) =>
      [...stored.values()].filter((key) => key.personId === personId).map(({ passkey }) => passkey),
    add: async (personId, passkey) => {
      stored.set(passkey.credential, { personId, passkey });
    },
    count: async (_personId, credential, counter) => {
      const found = stored.get(credential);
      if (!found || (counter > 0 && found.passkey.counter >= counter)) return false;
      found.passkey.counter = counter;
      return true;
    },
    remove: async (_personId, credential) => {
      stored.delete(credential);
    },
  };
};

const rates = (): People['countRate'] => {
  const counts = new Map<string, number>();
  return async ({ name, windowSeconds }, who, now) => {
    const window = Math.floor(new Date(now).getTime() / 1000 / windowSeconds);
    const place = `${name}#${who}#${window}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
    return counts.get(place) ?? 0;
  };
};
