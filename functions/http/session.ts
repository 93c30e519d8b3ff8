import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { hasPasskey, personAggregate } from '#shared/domain/person.ts';
import { type Role, rolesNeedingPasskey } from '#shared/domain/role.ts';
import { type StoredSession, type Strength, sessionStands, worthTouching } from '#shared/domain/sign-in.ts';
import { rolesOf, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Records } from '#shared/ports/records.ts';
import type { People } from '#shared/ports/sign-in.ts';
import type { Clock } from '#shared/ports/world.ts';

/** Who is asking, and as what. */
export type Session = {
  id: Sha256;
  personId: PersonId;
  strength: Strength;
  /** The passkey that was shown. */
  credential: Sha256 | undefined;
  /** What this session may act as: `applicant`, and the granted roles that its strength allows. */
  roles: readonly Role[];
  /** Granted roles that wait for a passkey. */
  waiting: readonly Role[];
};

declare module 'hono' {
  interface ContextVariableMap {
    session: Session | undefined;
  }
}

/** `__Host-` ties the cookie to this very host: no subdomain and no plain-HTTP page can set or overwrite it. */
const cookieName = 'irikteu';

const cookieOptions = { prefix: 'host', secure: true, httpOnly: true, sameSite: 'Lax', path: '/' } as const;

/** Finds the session of a request's cookie. A cookie that stands for nothing is as good as none. */
export const withSession =
  (deps: { people: People; records: Records; clock: Clock }): MiddlewareHandler =>
  async (c, next) => {
    const stored = await findSession(c, deps);
    c.set('session', stored && (await sessionFrom(stored, deps.records)));
    await next();
  };

/** The session of this request; undefined when nobody is signed in. */
export const sessionOf = (c: Context): Session | undefined => c.get('session');

/** Hands a new session's token to the browser; an older token of the same browser is overwritten. */
export const giveSession = (c: Context, token: string): void =>
  setCookie(c, cookieName, token, cookieOptions);

export const takeSession = (c: Context): void => {
  deleteCookie(c, cookieName, cookieOptions);
};

const findSession = async (
  c: Context,
  { people, clock }: { people: People; clock: Clock },
): Promise<StoredSession | undefined> => {
  const token = getCookie(c, cookieName, 'host');
  if (!token) return undefined;
  const session = await people.sessions.find(sha256Of(token));
  const now = clock.now();
  if (!session || !sessionStands(session, now)) return undefined;
  if (worthTouching(session, now)) await people.sessions.touch(session, now);
  return session;
};

/** The passkey of a session, while the person's record lists it: one that was removed or replaced ends with it. */
const shownPasskey = async (
  { strength, credential, personId }: StoredSession,
  records: Records,
): Promise<Sha256 | undefined> => {
  if (strength !== 'passkey' || !credential) return undefined;
  const person = await records.find(personAggregate, personId);
  return person && hasPasskey(person.state, credential) ? credential : undefined;
};

/** Roles are read on every request, so that one that was revoked ends with the next click. */
const sessionFrom = async (stored: StoredSession, records: Records): Promise<Session> => {
  const [staff, credential] = await Promise.all([
    stored.staff ? records.find(staffAggregate, staffId) : undefined,
    shownPasskey(stored, records),
  ]);
  const granted = rolesOf(staff?.state, stored.personId);
  const waiting = credential ? [] : granted.filter((role) => rolesNeedingPasskey.has(role));
  return {
    id: stored.id,
    personId: stored.personId,
    strength: credential ? 'passkey' : 'code',
    credential,
    roles: ['applicant', ...granted.filter((role) => !waiting.includes(role))],
    waiting,
  };
};
