import { type ApiDeps, createApi, operations } from '#functions/api/app.ts';
import type { Route } from '#functions/http/authorize.ts';
import { accountRoutes } from '#functions/web/account/routes.ts';
import { createWeb } from '#functions/web/app.tsx';
import type { Assets } from '#functions/web/assets.ts';
import { routes } from '#functions/web/routes.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { type PersonEvent, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { World } from '#test/builders/scenes.ts';
import type { Visitor } from './visitors.ts';
import { type Writes, watched } from './watched.ts';

export const origin = 'http://localhost:3000';

const assets: Assets = {
  stylesheet: '/s.css',
  script: undefined,
  passkeyScript: '/p.js',
  answer: () => undefined,
};

/** `older`: a browser that does not say Sec-Fetch-Site. */
export type Sent = { body?: string; headers?: Record<string, string>; older?: boolean };

/** What the names in addresses stand for; `of` is the address that a name stands in, for names that mean several things. */
export type Places = (name: string, of: string) => string | undefined;

/** Pages and API on the records of a world, at whose doors visitors knock; what is written meanwhile is noted. */
export const doorsOf = (world: World, people: ApiDeps['people'], places: Places) => {
  const writes: Writes = { made: [] };
  const ports = watched({ records: world.records, people, files: world.files, nudge: world.nudge }, writes);
  const sendCode = async (): Promise<void> => {
    writes.made.push('sendCode');
  };
  const deps: ApiDeps = { ...world, ...ports, publicOrigin: origin, sendCode };
  const web = createWeb(deps, assets);
  const api = createApi(deps);

  /** The address of a route with objects that exist, or with names that nothing has. */
  const addressOf = ({ path }: Route, real: boolean): string =>
    path
      .replaceAll(/:locale(\{[^}]*\})?/g, 'en')
      .replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, name: string) =>
        real ? (places(name, path) ?? 'X') : 'X',
      );

  const knock = async (route: Route, { token, cookie }: Visitor, sent: Sent & { real: boolean }) => {
    const address = addressOf(route, sent.real);
    const headers = new Headers({ origin, 'sec-fetch-site': 'same-origin', ...sent.headers });
    if (sent.older) headers.delete('sec-fetch-site');
    if (token) headers.set('cookie', `__Host-irikteu=${token}`);
    if (cookie) headers.set('cookie', cookie);
    const app = address.startsWith('/api/') ? api : web;
    const before = writes.made.length;
    const response = await app.request(origin + address, {
      method: route.method,
      headers,
      ...(sent.body !== undefined && { body: sent.body }),
    });
    return { response, wrote: writes.made.slice(before) };
  };

  const all: readonly Route[] = [...routes(deps), ...accountRoutes(deps), ...operations(deps)];
  return { routes: all, knock };
};

export const nameOf = ({ method, path }: Route): string => `${method} ${path.replaceAll(/\{[^}]*\}/g, '')}`;

export const personOf = (token: string): PersonId =>
  PersonId.parse(sha256Of(token).toUpperCase().slice(0, 20));

/** Gives every visitor an account, a session and the role. */
export const admit = async (
  { records, clock }: World,
  people: ApiDeps['people'],
  visitors: readonly Visitor[],
): Promise<void> => {
  const now = clock.now();
  const granted: StaffEvent[] = [];
  for (const { token, role, strength, removed } of visitors) {
    if (!token || !role || !strength) continue;
    const personId = personOf(token);
    const credential = strength === 'passkey' ? sha256Of(`${token}'s passkey`) : undefined;
    const facts: PersonEvent[] = registerPerson(personId, now);
    if (credential && !removed) facts.push({ type: 'passkey-enrolled', at: now, credential });
    const snapshot = evolveAll(personAggregate, undefined, facts);
    const change = {
      aggregate: 'person',
      id: personId,
      expectedVersion: 0,
      facts,
      snapshot,
      lists: {},
    } as const;
    await records.commit({ by: { kind: 'operator' }, changes: [change] });
    const mail = MailAddress.parse(`${token}@example.kz`);
    await people.profiles.register({ personId, mail, locale: 'kk', registeredAt: now });
    const staff = role !== 'applicant';
    const session = {
      id: sha256Of(token),
      personId,
      strength,
      ...(credential && { credential }),
      staff,
      device: '',
      createdAt: now,
      lastSeenAt: now,
    };
    await people.sessions.begin(session);
    if (staff) granted.push({ type: 'role-granted', at: now, personId, role });
  }
  const snapshot = evolveAll(staffAggregate, undefined, granted);
  const change = {
    aggregate: 'staff',
    id: staffId,
    expectedVersion: 0,
    facts: granted,
    snapshot,
    lists: {},
  } as const;
  await records.commit({ by: { kind: 'operator' }, changes: [change] });
};
