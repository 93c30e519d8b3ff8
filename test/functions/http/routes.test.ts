import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '#functions/api/app.ts';
import { type Route, registerRoutes } from '#functions/http/authorize.ts';
import { problem } from '#functions/http/problem.ts';
import { withSession } from '#functions/http/session.ts';
import { accountRoutes } from '#functions/web/account/routes.ts';
import { routes } from '#functions/web/routes.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Role } from '#shared/domain/role.ts';
import {
  aColleague,
  type Browser,
  type Home,
  openBrowser,
  sessionCookie,
  signIn,
  startHome,
} from '#test/functions/web/account/home.ts';

let home: Home;
let app: Hono;
let visitors: Record<Visitor, Browser>;

type Visitor =
  | 'nobody'
  | 'an applicant'
  | 'an administrator after the code'
  | 'an administrator'
  | 'a chair'
  | 'a school';

/** Every route of the pages and the API. */
const tables = (): Route[] => [...routes(home.all), ...accountRoutes(home.all), ...operations(home.all)];

beforeAll(async () => {
  home = await startHome();
  const reached = tables().map((route) =>
    Object.assign({}, route, { handle: () => new Response('reached') }),
  );
  app = registerRoutes(new Hono().use(withSession(home)), reached, problem);
  const visitor = async (mail: string): Promise<Browser> => {
    const browser = openBrowser(home);
    await signIn(home, browser, mail);
    return browser;
  };
  const administrator = await aColleague(home, 'administrator@example.kz');
  const chair = await aColleague(home, 'chair@example.kz', 'chair');
  await aColleague(home, 'school@example.kz', 'school');
  visitors = {
    nobody: openBrowser(home),
    'an applicant': await visitor('applicant@example.kz'),
    'an administrator after the code': await visitor('administrator@example.kz'),
    'an administrator': administrator,
    'a chair': chair,
    'a school': await visitor('school@example.kz'),
  };
});
afterAll(() => home.stop());

/**
 * The reviewed answer to "who may even ask", written without looking at the tables: a route that is added as public,
 * or left open to everyone who signs in, has to be added here too.
 */
const publicRoutes = new Set([
  'GET /:locale',
  'GET /:locale/',
  'GET /:locale/programme',
  'GET /:locale/personal-data',
  'GET /:locale/anchors',
  'GET /:locale/anchors/:number',
  'GET /api/anchors',
  'GET /api/anchors/:number',
  'GET /:locale/calls',
  'GET /:locale/calls/:round',
  'GET /:locale/calls/:round/rules',
  'GET /:locale/calls/:round/results',
  'GET /:locale/calls/:round/results/:stage',
  'GET /:locale/calls/:round/deadlines.ics',
  'GET /:locale/calls/:round/vacancies',
  'GET /:locale/calls/:round/vacancies/:code',
  'GET /:locale/calls/:round/apply',
  'GET /:locale/vacancies',
  // A referee has no account: the link of the letter opens one reference, and nothing without it.
  'GET /:locale/reference',
  'POST /:locale/reference',
  'GET /:locale/reference/form',
  'POST /:locale/reference/form',
  'GET /:locale/reference/refusal',
  'POST /:locale/reference/refusal',
  'GET /:locale/reference/thanks',
  'GET /:locale/sign-in',
  'POST /:locale/sign-in',
  'GET /:locale/sign-in/code',
  'POST /:locale/sign-in/code',
  'GET /:locale/sign-out',
  'POST /:locale/sign-out',
  'GET /:locale/enrol',
  'POST /:locale/enrol',
  'POST /api/sign-in/codes',
  'POST /api/session',
  'GET /api/calls',
  'GET /api/calls/:round',
  'GET /api/calls/:round/results',
  'GET /api/calls/:round/results/:stage',
  'GET /api/vacancies',
  'GET /api/calls/:round/vacancies',
]);

/** Where a person deals with what is theirs; the command finds nothing that is somebody else's. */
const ownPlaces = [
  /^[A-Z]+ \/(:locale|api)\/applications/,
  /^POST \/:locale\/calls\/:round\/apply$/,
  /^POST \/api\/calls\/:round\/applications$/,
  /^[A-Z]+ \/:locale\/(passkey|enrol)\//,
  /^[A-Z]+ \/:locale\/passkey$/,
  /^GET \/:locale\/account$/,
  /^[A-Z]+ \/(:locale|api)\/account\/(data|erasure|language)/,
  /^[A-Z]+ \/:locale\/account\/(name|language|sessions|passkeys)/,
  /^[A-Z]+ \/:locale\/account\/mailbox/,
  /^[A-Z]+ \/api\/(session|passkeys)/,
];

/** What whoever may have a seat tells of themselves; it belongs to no round. */
const ofCommittees = /^[A-Z]+ \/(:locale\/committee|api)\/disclosure/;

/** The own seats, of which whoever has none reads nothing. */
const ownCommittees = 'GET /api/committees';

const anyStaff = 'POST /:locale/account';

const nameOf = ({ method, path }: Route): string => `${method} ${path.replaceAll(/\{[^}]*\}/g, '')}`;

/** The one visitor here for each role that acts on a round; others are told apart by the table's own test. */
const inRole: Partial<Record<Role, Visitor>> = {
  administrator: 'an administrator',
  chair: 'a chair',
  school: 'a school',
};

const allowed = ({ does, ...route }: Route): Visitor[] => {
  const name = nameOf(route);
  // Who acts on a round stands in one reviewed table, beyond which no route may go (below).
  if (does) {
    const roles: readonly Role[] = Array.isArray(route.who) ? route.who : [];
    const visiting = roles.flatMap((role) => inRole[role] ?? []);
    return roles.includes('applicant') ? ['an applicant', ...signedIn.slice(1)] : visiting;
  }
  const everyone: Visitor[] = [
    'nobody',
    'an applicant',
    'an administrator after the code',
    'an administrator',
    'a chair',
    'a school',
  ];
  if (publicRoutes.has(name)) return everyone;
  if (ownPlaces.some((place) => place.test(name))) return everyone.slice(1);
  if (ofCommittees.test(name)) return ['a chair'];
  if (name === ownCommittees) return ['an administrator', 'a chair'];
  if (name === anyStaff) return ['an administrator', 'a chair', 'a school'];
  return ['an administrator'];
};

const signedIn: Visitor[] = [
  'an applicant',
  'an administrator after the code',
  'an administrator',
  'a chair',
  'a school',
];

const ask = async (route: Route, browser: Browser): Promise<string> => {
  const path = route.path.replaceAll(/:locale\{[^}]*\}/g, 'en').replaceAll(/:\w+(\{[^}]*\})?/g, 'X');
  const token = browser.jar.get(sessionCookie);
  const headers: Record<string, string> = token ? { cookie: `${sessionCookie}=${token}` } : {};
  const response = await app.request(path, { method: route.method, headers });
  return await response.text();
};

describe('every route', () => {
  it.for([
    'nobody',
    'an applicant',
    'an administrator after the code',
    'an administrator',
    'a chair',
    'a school',
  ] as const)('lets %s do what they may and nothing else', async (visitor) => {
    const wrong: string[] = [];
    for (const route of tables()) {
      const name = nameOf(route);
      const reached = (await ask(route, visitors[visitor])) === 'reached';
      if (reached !== allowed(route).includes(visitor))
        wrong.push(`${name} ${reached ? 'reached' : 'refused'}`);
    }

    expect(wrong).toEqual([]);
  });

  it('that acts on a round admits nobody beyond the table of permissions', () => {
    const beyond = tables().filter(({ does, who }) => {
      const roles: readonly Role[] = does ? rolesFor(does) : Role.options;
      return does && (!Array.isArray(who) || who.some((role) => !roles.includes(role)));
    });

    expect(beyond.map(nameOf)).toEqual([]);
  });

  it('answers under its own address, in each language, and under no other', async () => {
    const answers = await Promise.all(
      ['/ru/sign-in', '/kk/sign-in', '/ruru/sign-in', '/xen/sign-in', '/kk/x/sign-in'].map(
        async (path) => (await app.request(path)).status,
      ),
    );

    expect(answers).toEqual([200, 200, 404, 404, 404]);
  });

  it('that is read with GET names no event: GET changes nothing', () => {
    expect(tables().filter(({ method, audit }) => method === 'GET' && audit !== undefined)).toEqual([]);
  });

  it('that an administrator changes something with names the event that it leaves', () => {
    const silent = tables().filter(
      ({ method, who, audit }) => method !== 'GET' && Array.isArray(who) && audit === undefined,
    );

    expect(silent.map(nameOf)).toEqual([]);
  });

  it('says why it refuses: sign in, show the passkey, or not at all', async () => {
    const staff = tables().find((route) => nameOf(route) === 'GET /:locale/staff');
    const said = async (visitor: Visitor) =>
      JSON.parse(staff ? await ask(staff, visitors[visitor]) : '{}').type;

    expect(await said('nobody')).toBe('/problems/sign-in-needed');
    expect(await said('an administrator after the code')).toBe('/problems/passkey-needed');
    expect(await said('an applicant')).toBe('/problems/not-allowed');
  });
});
