import { type ApiDeps, createApi } from '#functions/api/app.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { createWeb } from '#functions/web/app.tsx';
import type { Assets } from '#functions/web/assets.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { type PersonEvent, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { granted, type World } from '#test/builders/scenes.ts';

export const origin = 'http://localhost:3000';

const assets: Assets = {
  stylesheet: '/s.css',
  script: undefined,
  passkeyScript: undefined,
  answer: () => undefined,
};

type Answered = {
  status: number;
  text: string;
  bytes: Uint8Array;
  location: string;
  /** Every header, one a line. */
  headers: string;
};

/** What one person's browser, or program, gets. Redirects are not followed. */
export type Seat = {
  get: (path: string) => Promise<Answered>;
  /** A form, without JavaScript. */
  post: (path: string, form?: Record<string, string> | string) => Promise<Answered>;
  /** A form with a file. */
  upload: (path: string, form: FormData) => Promise<Answered>;
  /** A file as the body, to the API. */
  sendFile: (path: string, file: Uint8Array) => Promise<Answered>;
  /** JSON, to the API. */
  send: (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<Answered>;
};

/** Where somebody of the committee gets letters. */
export const mailOf = (personId: PersonId): MailAddress =>
  MailAddress.parse(`${personId.toLowerCase()}@example.kz`);

/** Pages and API on a world's record, and people of the committee who have shown their passkeys. */
export const aCommitteeSite = (world: World, people = memoryPeople()) => {
  const deps: ApiDeps = { ...world, people, publicOrigin: origin, sendCode: async () => {} };
  const web = createWeb(deps, assets);
  const api = createApi(deps);

  const signIn = async ({ id: personId, role }: Person): Promise<Seat> => {
    const token = `${role} ${personId}`;
    const now = world.clock.now();
    const credential = sha256Of(`${token}'s passkey`);
    if (!(await world.records.find(personAggregate, personId))) await enrol({ personId, role }, credential);
    const seen = { device: '', createdAt: now, lastSeenAt: now };
    const id = sha256Of(token);
    await people.sessions.begin({ id, personId, strength: 'passkey', credential, staff: true, ...seen });
    return seat(`__Host-irikteu=${token.replace(' ', '%20')}`);
  };

  const enrol = async (
    { personId, role }: { personId: PersonId; role: Person['role'] },
    credential: Sha256,
  ): Promise<void> => {
    const now = world.clock.now();
    const facts: PersonEvent[] = registerPerson(personId, now);
    facts.push({ type: 'passkey-enrolled', at: now, credential });
    const person = changed(personAggregate, personId, undefined, facts);
    const staff = await world.records.find(staffAggregate, staffId);
    const grant = changed(staffAggregate, staffId, staff, [
      { type: 'role-granted', at: now, personId, role },
    ]);
    granted(await world.records.commit({ by: { kind: 'operator' }, changes: [person.change, grant.change] }));
    const mail = mailOf(personId);
    await people.profiles.register({ personId, mail, locale: 'kk', registeredAt: now });
  };

  const seat = (cookie: string): Seat => {
    const ask = async (path: string, method: string, sent: { body?: BodyInit; type?: string } = {}) => {
      const app = path.startsWith('/api/') ? api : web;
      const headers = new Headers({ cookie, origin, 'sec-fetch-site': 'same-origin' });
      if (sent.type) headers.set('content-type', sent.type);
      const response = await app.request(origin + path, {
        method,
        headers,
        ...(sent.body !== undefined && { body: sent.body }),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return {
        status: response.status,
        text: new TextDecoder().decode(bytes),
        bytes,
        location: response.headers.get('location') ?? '',
        headers: [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
      };
    };
    return {
      get: (path) => ask(path, 'GET'),
      post: (path, form = {}) =>
        ask(path, 'POST', {
          body: new URLSearchParams(form).toString(),
          type: 'application/x-www-form-urlencoded',
        }),
      upload: (path, form) => ask(path, 'POST', { body: form }),
      sendFile: (path, file) =>
        ask(path, 'POST', { body: new Uint8Array(file), type: 'application/octet-stream' }),
      send: (method, path, body) =>
        ask(path, method, body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }),
    };
  };

  return { signIn, people, anonymous: seat('') };
};
