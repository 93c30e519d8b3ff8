import { type ApiDeps, createApi, operations } from '#functions/api/app.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Route } from '#functions/http/authorize.ts';
import { createWeb } from '#functions/web/app.tsx';
import type { Assets } from '#functions/web/assets.ts';
import { routes } from '#functions/web/routes.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type PersonEvent, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Records } from '#shared/ports/records.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { namedAssets, origin } from './site.ts';

/** A scene whose records may lie in a real engine. */
export type StoredWorld = Omit<World, 'records'> & { records: Records };

type Answer = { status: number; text: string; location: string; headers: Headers };

/**
 * Pages and API on the records of a scene, with the people of that scene signed in.
 * @param at where browsers see the pages, when there are browsers
 */
export const aSelectionSite = (world: StoredWorld, at: { origin: string; assets?: Assets } = { origin }) => {
  const people = memoryPeople();
  const codes: string[] = [];
  const sendCode = async ({ code }: { code: string }) => void codes.push(code);
  const deps: ApiDeps = { ...world, people, publicOrigin: at.origin, sendCode };
  const web = createWeb(deps, at.assets ?? namedAssets);
  const api = createApi(deps);

  const browser = (cookie: string) => {
    const send = async (method: string, path: string, sent: RequestInit = {}): Promise<Answer> => {
      const site = { origin: at.origin, 'sec-fetch-site': 'same-origin' };
      const headers = new Headers({ cookie, ...site, ...headersOf(sent) });
      const app = path.startsWith('/api/') ? api : web;
      const response = await app.request(at.origin + path, { ...sent, method, headers });
      return {
        status: response.status,
        location: response.headers.get('location') ?? '',
        headers: response.headers,
        text: await response.text(),
      };
    };
    return {
      get: (path: string) => send('GET', path),
      post: (path: string, form: Record<string, string> | [string, string][]) =>
        send('POST', path, { body: new URLSearchParams(form) }),
      json: (method: string, path: string, body: unknown) =>
        send(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    };
  };

  const signIn = async (personId: PersonId, staff: boolean): Promise<string> => {
    const token = tokenOf(personId);
    const id = sha256Of(token);
    const now = world.clock.now();
    const seen = { device: '', createdAt: now, lastSeenAt: now };
    const strength = staff ? 'passkey' : 'code';
    await people.sessions.begin({ id, personId, staff, strength, ...(staff && { credential: id }), ...seen });
    return token;
  };

  const signInApplicant = async ({ personId }: { personId: PersonId }): Promise<string> => {
    const mail = MailAddress.parse(`${personId.toLowerCase()}@example.kz`);
    await people.profiles.register({ personId, mail, locale: 'kk', registeredAt: world.clock.now() });
    return await signIn(personId, false);
  };

  /** @param name by which colleagues know them */
  const signInStaff = async ({ id, role }: Person, name?: string): Promise<string> => {
    const now = world.clock.now();
    const facts: StaffEvent[] = [{ type: 'role-granted', at: now, personId: id, role }];
    const before = await world.records.find(staffAggregate, staffId);
    const credential = sha256Of(tokenOf(id));
    const person: PersonEvent[] = [
      ...registerPerson(id, now),
      { type: 'passkey-enrolled', at: now, credential },
    ];
    const changes = [
      changed(staffAggregate, staffId, before, facts).change,
      changed(personAggregate, id, undefined, person).change,
    ];
    granted(await world.records.commit({ by: { kind: 'operator' }, changes }));
    if (name !== undefined) {
      const mail = MailAddress.parse(`${id.toLowerCase()}@example.kz`);
      await people.profiles.register({ personId: id, mail, name, locale: 'kk', registeredAt: now });
    }
    return await signIn(id, true);
  };

  return {
    web,
    api,
    people,
    /** Codes that went to mailboxes, oldest first. */
    codes,
    /** Every route of the pages and the API, for who tries them all. */
    routes: [...routes(deps), ...operations(deps)] satisfies Route[],
    /** What a browser's session cookie holds, once they have signed in. */
    tokens: { applicant: signInApplicant, staff: signInStaff },
    anonymous: browser(''),
    applicant: async (who: { personId: PersonId }) => browser(`${cookieName}=${await signInApplicant(who)}`),
    /** With the role of the seat, and a passkey. */
    staff: async (who: Person) => browser(`${cookieName}=${await signInStaff(who)}`),
  };
};

export const cookieName = '__Host-irikteu';

const tokenOf = (personId: PersonId): string => `token-of-${personId}`;

/** A form's own type is set by its body. */
const headersOf = ({ headers }: RequestInit): Record<string, string> =>
  Object.fromEntries(new Headers(headers));
