import { randomBytes } from 'node:crypto';
import { createApi } from '#functions/api/app.ts';
import { receiveDocument } from '#functions/commands/documents.ts';
import type { SendCode, SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { inviteByOperator } from '#functions/invite/invite.ts';
import { type Authenticator, createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import { ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import { fileKey } from '#shared/ports/files.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { roundFileText, vacancyBytes } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { type OpenApi, undescribed } from './described.ts';

const origin = 'http://localhost:3000';

type Answer = { status: number; headers: Headers; body: Body };

/** Answers are looked at by name; what each holds is what its test is about, so nothing of it is promised here. */
type Body = ReturnType<typeof JSON.parse>;

type Sent = {
  body?: string | Uint8Array;
  type?: string;
  headers?: Record<string, string>;
};

/** A program that uses the API for one person. Every answer is held against the description that the API gives of itself. */
export type Program = {
  ask: (method: string, path: string, sent?: Sent) => Promise<Answer>;
  get: (path: string) => Promise<Answer>;
  post: (path: string, json?: unknown) => Promise<Answer>;
  put: (path: string, json: unknown) => Promise<Answer>;
  authenticator: Authenticator;
};

const asJson = (json: unknown): Sent => ({ body: JSON.stringify(json), type: 'application/json' });

/** The API on memory ports. */
export const aDesk = async () => {
  const world = aWorld();
  const letters: Parameters<SendCode>[0][] = [];
  const deps: typeof world & SignInDeps = {
    ...world,
    // A challenge must be base64url that comes back as it was.
    chance: { ...world.chance, token: (bytes) => randomBytes(bytes).toString('base64url') },
    people: memoryPeople(),
    publicOrigin: origin,
    sendCode: async (letter) => {
      letters.push(letter);
    },
  };
  const app = createApi(deps);
  const description: OpenApi = await (await app.request('/openapi.json')).json();
  const faultIn = undescribed(description);

  const program = (language = 'en'): Program => {
    const jar = new Map<string, string>();
    const ask: Program['ask'] = async (method, path, { body, type, headers: more } = {}) => {
      const headers = new Headers({ origin, 'accept-language': language, ...more });
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
      if (type) headers.set('content-type', type);
      const response = await app.request(origin + path, {
        method,
        headers,
        ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
        jar.set(name, value);
      }
      const text = await response.text();
      const answer = {
        status: response.status,
        headers: response.headers,
        body: text ? JSON.parse(text) : undefined,
      };
      const said = {
        method,
        path: path.split('?')[0] ?? '',
        type: response.headers.get('content-type'),
        ...answer,
      };
      const fault = faultIn(said);
      if (fault) throw new Error(fault);
      return answer;
    };
    return {
      ask,
      get: (path) => ask('GET', path),
      post: (path, json) => ask('POST', path, json === undefined ? {} : asJson(json)),
      put: (path, json) => ask('PUT', path, asJson(json)),
      authenticator: createAuthenticator(origin),
    };
  };

  const signIn = async (mail: string, language = 'en', who = program(language)): Promise<Program> => {
    const { body } = await who.post('/api/sign-in/codes', { mail, locale: language });
    const code = letters.at(-1)?.code;
    const answer = await who.post('/api/session', { attempt: body.attempt, code });
    if (answer.status !== 201) throw new Error(`${mail} is not signed in: ${JSON.stringify(answer.body)}`);
    return who;
  };

  return { world, deps, app, description, letters, program, signIn, ...scenes({ deps, signIn }) };
};

export type Desk = Awaited<ReturnType<typeof aDesk>>;

type Stage = {
  deps: ReturnType<typeof aWorld> & SignInDeps;
  signIn: (mail: string, language?: string) => Promise<Program>;
};

/** The Almaty region's third intake of 2022, drafted with its vacancies. */
const draft = async (who: Program): Promise<string> => {
  const { body } = await who.ask('POST', '/api/rounds', { body: roundFileText, type: 'application/json' });
  await who.ask('PUT', `/api/rounds/${body.id}/vacancies`, { body: vacancyBytes, type: 'text/csv' });
  return body.id;
};

/** Opens a round with what a look at it shows. */
const open = async (who: Program, round: string): Promise<Answer> => {
  const { body } = await who.get(`/api/rounds/${round}`);
  // A round without vacancies has no register to name; the refusal says so whatever is named.
  const register = body.register?.sha256 ?? body.file;
  return await who.post(`/api/rounds/${round}/opening`, { file: body.file, register });
};

const scenes = ({ deps, signIn }: Stage) => {
  const staff = async (role: Role, mail = `${role}@example.kz`): Promise<Program> => {
    const { link } = await inviteByOperator(deps, { role, locale: 'ru' });
    const who = await signIn(mail);
    const options = await who.post('/api/passkeys/registration');
    const answer = who.authenticator.register(options.body);
    const enrolled = await who.post('/api/passkeys', { answer, invitation: new URL(link).hash.slice(1) });
    if (enrolled.status !== 204) throw new Error(JSON.stringify(enrolled.body));
    return who;
  };

  const administrator = (mail?: string): Promise<Program> => staff('administrator', mail);

  const openCall = async (who: Program): Promise<string> => {
    const round = await draft(who);
    const opened = await open(who, round);
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
    return round;
  };

  /** What the documents function does once a file has come. */
  const arrive = async (
    application: string,
    document: string,
    content = '%PDF-1.7 synthetic',
  ): Promise<void> => {
    const [applicationId, documentId] = [ApplicationId.parse(application), DocumentId.parse(document)];
    deps.files.put(fileKey('quarantine', applicationId, documentId), content);
    await receiveDocument(deps, { applicationId, documentId, scanning: false });
  };

  const upload = async (who: Program, application: string, requirement: string): Promise<string> => {
    const { body } = await who.post(`/api/applications/${application}/documents`, { requirement });
    await arrive(application, body.documentId);
    return body.documentId;
  };

  /** Begins an application and fills in everything that the call asks for. Answers its id. */
  const fillIn = async (who: Program, round: string): Promise<string> => {
    const { body } = await who.post(`/api/calls/${round}/applications`);
    for (const [section, typed] of Object.entries(sectionsWell)) {
      await who.put(`/api/applications/${body.id}/sections/${section}`, { basedOn: 0, typed });
    }
    for (const requirement of ['diploma', 'employment-record', 'category-certificate']) {
      await upload(who, body.id, requirement);
    }
    await who.put(`/api/applications/${body.id}/choices`, { basedOn: [], codes: ['MAT-001'] });
    return body.id;
  };

  return { staff, administrator, draft, open, openCall, arrive, upload, fillIn };
};
