import { type ApiDeps, createApi } from '#functions/api/app.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { createWeb } from '#functions/web/app.tsx';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type PersonEvent, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { origin } from './site.ts';

type Answer = { status: number; text: string; location: string };

/** Pages and API on the records of a scene, with the people of that scene signed in. */
export const aSelectionSite = (world: World) => {
  const people = memoryPeople();
  const deps: ApiDeps = { ...world, people, publicOrigin: origin, sendCode: async () => {} };
  const assets = {
    stylesheet: '/s.css',
    script: undefined,
    passkeyScript: '/p.js',
    answer: () => undefined,
  };
  const web = createWeb(deps, assets);
  const api = createApi(deps);

  const browser = (cookie: string) => {
    const send = async (method: string, path: string, sent: RequestInit = {}): Promise<Answer> => {
      const headers = new Headers({ cookie, origin, 'sec-fetch-site': 'same-origin', ...headersOf(sent) });
      const app = path.startsWith('/api/') ? api : web;
      const response = await app.request(origin + path, { ...sent, method, headers });
      return {
        status: response.status,
        location: response.headers.get('location') ?? '',
        text: await response.text(),
      };
    };
    return {
      get: (path: string) => send('GET', path),
      post: (path: string, form: Record<string, string>) =>
        send('POST', path, { body: new URLSearchParams(form) }),
      json: (method: string, path: string, body: unknown) =>
        send(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    };
  };

  const session = async (personId: PersonId, staff: boolean) => {
    const token = `token of ${personId}`;
    const id = sha256Of(token);
    const now = world.clock.now();
    const seen = { device: '', createdAt: now, lastSeenAt: now };
    const strength = staff ? 'passkey' : 'code';
    await people.sessions.begin({ id, personId, staff, strength, ...(staff && { credential: id }), ...seen });
    return browser(`__Host-irikteu=${token}`);
  };

  return {
    anonymous: browser(''),
    applicant: ({ personId }: { personId: PersonId }) => session(personId, false),
    /** With the role of the seat, and a passkey. */
    staff: async ({ id, role }: Person) => {
      const now = world.clock.now();
      const facts: StaffEvent[] = [{ type: 'role-granted', at: now, personId: id, role }];
      const before = await world.records.find(staffAggregate, staffId);
      const credential = sha256Of(`token of ${id}`);
      const person: PersonEvent[] = [
        ...registerPerson(id, now),
        { type: 'passkey-enrolled', at: now, credential },
      ];
      const changes = [
        changed(staffAggregate, staffId, before, facts).change,
        changed(personAggregate, id, undefined, person).change,
      ];
      granted(await world.records.commit({ by: { kind: 'operator' }, changes }));
      return await session(id, true);
    },
  };
};

/** A form's own type is set by its body. */
const headersOf = ({ headers }: RequestInit): Record<string, string> =>
  Object.fromEntries(new Headers(headers));
