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
import { Role, rolesNeedingPasskey } from '#shared/domain/role.ts';
import { MailAddress, type Strength } from '#shared/domain/sign-in.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Commit } from '#shared/ports/records.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aCallIn, aCompleteIn, aWorld, uploaded } from '#test/builders/scenes.ts';
import { type Writes, watched } from './watched.ts';

export const origin = 'http://localhost:3000';

/** Somebody at the door: as what, and how they signed in; `owner` has an application in the call. */
export type Visitor = {
  name: string;
  token?: string;
  role?: Role;
  strength?: Strength;
  /** The passkey of the session is no longer among the person's. */
  removed?: boolean;
};

const staffRoles = Role.options.filter((role) => role !== 'applicant');

export const visitors: readonly Visitor[] = [
  { name: 'nobody' },
  { name: 'an applicant', token: 'stranger', role: 'applicant', strength: 'code' },
  { name: 'the owner', token: 'owner', role: 'applicant', strength: 'code' },
  ...staffRoles.flatMap((role): Visitor[] => [
    { name: `${role} after the code`, token: `${role}-code`, role, strength: 'code' },
    { name: `${role} with a passkey`, token: `${role}-passkey`, role, strength: 'passkey' },
  ]),
  {
    name: 'an administrator whose passkey was removed',
    token: 'administrator-removed',
    role: 'administrator',
    strength: 'passkey',
    removed: true,
  },
];

/** Said once more, without looking at how the product decides it. */
export const mayUse = ({ who }: Route, { role, strength, removed }: Visitor): boolean => {
  if (who === 'public') return true;
  if (role === undefined) return false;
  if (who === 'signed-in') return true;
  return who.includes(role) && ((strength === 'passkey' && !removed) || !rolesNeedingPasskey.has(role));
};

const assets: Assets = {
  stylesheet: '/s.css',
  script: undefined,
  passkeyScript: '/p.js',
  answer: () => undefined,
};

/** `older`: a browser that does not say Sec-Fetch-Site. */
export type Sent = { body?: string; headers?: Record<string, string>; older?: boolean };

/** Pages and API on one record, in which there is something to steal: a call, and somebody's whole application. */
export const aBuilding = async () => {
  const world = aWorld();
  const people = memoryPeople();
  const round = await aCallIn(world);
  const owner = { personId: personOf('owner') };
  const application = await aCompleteIn(world, round, owner);
  const document = await uploaded(world, { by: owner, applicationId: application });
  await admit(world.records.commit, people, world.clock.now());

  const writes: Writes = { made: [] };
  const ports = watched({ records: world.records, people, files: world.files, nudge: world.nudge }, writes);
  const sendCode = async (): Promise<void> => {
    writes.made.push('sendCode');
  };
  const deps: ApiDeps = { ...world, ...ports, publicOrigin: origin, sendCode };
  const web = createWeb(deps, assets);
  const api = createApi(deps);
  const places: Partial<Record<string, string>> = {
    round,
    application,
    document,
    section: 'motivation',
    code: 'MAT-001',
    requirement: 'diploma',
  };

  /** The address of a route with objects that exist, or with names that nothing has. */
  const addressOf = ({ path }: Route, real: boolean): string =>
    path
      .replaceAll(/:locale(\{[^}]*\})?/g, 'en')
      .replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, name: string) => (real ? (places[name] ?? 'X') : 'X'));

  const knock = async (route: Route, { token }: Visitor, sent: Sent & { real: boolean }) => {
    const address = addressOf(route, sent.real);
    const headers = new Headers({ origin, 'sec-fetch-site': 'same-origin', ...sent.headers });
    if (sent.older) headers.delete('sec-fetch-site');
    if (token) headers.set('cookie', `__Host-irikteu=${token}`);
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

const personOf = (token: string): PersonId => PersonId.parse(sha256Of(token).toUpperCase().slice(0, 20));

/** Gives everyone an account, a session and the role. */
const admit = async (
  commit: (commit: Commit) => Promise<unknown>,
  people: ApiDeps['people'],
  now: ReturnType<ApiDeps['clock']['now']>,
): Promise<void> => {
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
    await commit({ by: { kind: 'operator' }, changes: [change] });
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
  await commit({ by: { kind: 'operator' }, changes: [change] });
};
