import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import type { SendCode, SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps, realChance } from '#functions/deps.ts';
import { inviteByOperator } from '#functions/invite/invite.ts';
import { createWeb } from '#functions/web/app.tsx';
import type { Assets } from '#functions/web/assets.ts';
import type { WebDeps } from '#functions/web/deps.ts';
import { type Authenticator, createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { staffId } from '#shared/domain/staff.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { Profile } from '#shared/ports/sign-in.ts';
import { memoryReadLog } from '#test/builders/memory-reads.ts';
import { aNudge } from '#test/builders/worlds.ts';
import { type Engine, startEngine } from '#test/engine.ts';

const origin = 'http://localhost:3000';

/** What pages about rounds would need; nothing of it is reached here. */
const unused = readConfig({ REGION_CODE: 'KZ-19', RECORDS_TABLE: 'unused', PERSONS_TABLE: 'unused' });

/** The pages on a real engine, with a clock that the test moves and letters that it reads. */
export type Home = SignInDeps & {
  engine: Engine;
  app: ReturnType<typeof createWeb>;
  /** What routes about rounds are made from; their commands reach no table here. */
  all: WebDeps;
  letters: Parameters<SendCode>[0][];
  pass: (seconds: number) => void;
  stop: () => Promise<void>;
};

export const startHome = async (place: { origin?: string; assets?: Assets } = {}): Promise<Home> => {
  const engine = await startEngine();
  const letters: Parameters<SendCode>[0][] = [];
  let now = Instant.parse('2022-08-01T04:00:00.000Z');
  const deps: SignInDeps = {
    records: dynamoRecords(engine),
    people: dynamoPeople(engine),
    clock: { now: () => now },
    chance: realChance,
    publicOrigin: place.origin ?? origin,
    sendCode: async (letter) => {
      letters.push(letter);
    },
  };
  const all = { ...commandDeps(unused), ...deps, readLog: memoryReadLog(), nudge: aNudge() };
  return {
    ...deps,
    engine,
    letters,
    all,
    app: createWeb(all, place.assets ?? noAssets),
    pass: (seconds) => {
      now = addSeconds(now, seconds);
    },
    stop: engine.stop,
  };
};

const noAssets: Assets = {
  stylesheet: '/s.css',
  script: undefined,
  passkeyScript: '/p.js',
  answer: () => undefined,
};

/** One browser: a cookie jar, forms, and a passkey device. */
export type Browser = {
  jar: Map<string, string>;
  device: Authenticator;
  get: (path: string) => Promise<Response>;
  post: (path: string, form?: Record<string, string>, headers?: Record<string, string>) => Promise<Response>;
  json: (path: string, body: unknown) => Promise<Response>;
};

/** @param network the address that requests come from */
export const openBrowser = ({ app }: Pick<Home, 'app'>, network = '198.51.100.7'): Browser => {
  const jar = new Map<string, string>();
  const env = { event: { requestContext: { http: { sourceIp: network } } } };
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await app.request(origin + path, { ...init, headers }, env);
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    jar,
    device: createAuthenticator(origin),
    get: (path) => send(path, { method: 'GET' }),
    post: (path, form = {}, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(form), headers: { origin, ...headers } }),
    json: (path, body) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { origin, 'content-type': 'application/json' },
      }),
  };
};

/** Asks for a code and answers it as the letter says it. */
export const askCode = async (home: Home, browser: Browser, mail: string): Promise<string> => {
  const sent = await browser.post('/en/sign-in', { mail });
  if (sent.status !== 303) throw new Error(`No code: ${sent.status}`);
  return home.letters.at(-1)?.code ?? '';
};

export const signIn = async (home: Home, browser: Browser, mail: string): Promise<Response> =>
  await browser.post('/en/sign-in/code', { code: await askCode(home, browser, mail) });

export const showPasskey = async (browser: Browser): Promise<Response> => {
  const options = await (await browser.json('/en/passkey/options', {})).json();
  return await browser.json('/en/passkey', browser.device.authenticate(options));
};

/** Opens an enrolment link, signs in by code and makes a passkey. */
export const enrol = async (
  home: Home,
  browser: Browser,
  { link, mail }: { link: string; mail: string },
): Promise<Response> => {
  await browser.post('/en/enrol', { invitation: link });
  await signIn(home, browser, mail);
  const options = await (await browser.json('/en/passkey/new/options', {})).json();
  return await browser.json('/en/enrol/passkey', browser.device.register(options));
};

/** An enrolled member of staff in a session that has shown the passkey. */
export const aColleague = async (
  home: Home,
  mail: string,
  role: Role = 'administrator',
): Promise<Browser> => {
  const { link } = await inviteByOperator(home, { role, locale: 'ru' });
  const browser = openBrowser(home);
  const enrolled = await enrol(home, browser, { link, mail });
  if (enrolled.status !== 200) throw new Error(`${mail} was not enrolled: ${await enrolled.text()}`);
  return browser;
};

/** The one-time link that a page shows. */
export const linkOn = async (page: Response): Promise<string> =>
  /http[^<]*\/enrol#[\w-]+/.exec(await page.text())?.[0] ?? '';

/** Throws when nobody has this mailbox. */
export const personIdOf = async (home: Home, mail: string): Promise<PersonId> => {
  const profile = await profileOf(home, mail);
  if (!profile) throw new Error(`${mail} has no account.`);
  return profile.personId;
};

export const profileOf = (home: Home, mail: string): Promise<Profile | undefined> =>
  home.people.profiles.findByMail(MailAddress.parse(mail));

/** Events of somebody's record, oldest first. */
export const personTypes = async (home: Home, mail: string): Promise<string[]> =>
  (await home.records.history('person', await personIdOf(home, mail))).map(({ fact }) => fact.type);

export const staffTypes = async (home: Home): Promise<string[]> =>
  (await home.records.history('staff', staffId)).map(({ fact }) => fact.type);

export const sessionCookie = '__Host-irikteu';

export const ascending = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);
