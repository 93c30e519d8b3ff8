import { beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '#functions/http/authorize.ts';
import { nameOf, origin, type Sent } from './doors.ts';
import { filesOf, textOf } from './files.ts';
import { aBuilding, mayUse, type Visitor, visitors } from './visitors.ts';

/*
 * Every route of the pages and the API, for everybody, on the real handlers. The reviewed list of who may use what is
 * in test/functions/http/routes.test.ts; here the doors are tried.
 */

const slow = 60_000;

let building: Awaited<ReturnType<typeof aBuilding>>;
beforeAll(async () => {
  building = await aBuilding();
}, slow);

const isApi = ({ path }: Route): boolean => path.startsWith('/api/');

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

/** A refusal as people get it: sent to sign in, or told why not. */
const isRefusal = (route: Route, visitor: Visitor, response: Response): boolean => {
  const toSignIn = response.headers.get('location')?.startsWith('/en/sign-in?next=') ?? false;
  if (visitor.role !== undefined) return response.status === 403;
  return isApi(route) || route.method !== 'GET'
    ? response.status === 401
    : response.status === 303 && toSignIn;
};

describe('a route that changes something', () => {
  it('names an event that a record knows', () => {
    const facts = [...filesOf('shared/domain/'), ...filesOf('shared/replay/')].map(textOf).join('\n');
    const unknown = building.routes.flatMap(({ audit }) =>
      audit === undefined || facts.includes(`z.literal('${audit}')`) ? [] : [audit],
    );

    expect(unknown).toEqual([]);
  });
});

describe('whoever may not use a route', () => {
  it.for(visitors.map((visitor) => [visitor.name, visitor] as const))(
    '%s is refused, and nothing is written',
    { timeout: slow },
    async ([, visitor]) => {
      const wrong: string[] = [];
      for (const route of building.routes.filter((each) => !mayUse(each, visitor))) {
        const { response, wrote } = await building.knock(route, visitor, { real: true });
        if (!isRefusal(route, visitor, response)) wrong.push(`${nameOf(route)} answered ${response.status}`);
        if (wrote.length > 0) wrong.push(`${nameOf(route)} wrote ${wrote.join(', ')}`);
      }

      expect(wrong).toEqual([]);
    },
  );
});

describe('whoever may use a route', () => {
  it.for(visitors.map((visitor) => [visitor.name, visitor] as const))(
    '%s reads without changing anything',
    { timeout: slow },
    async ([, visitor]) => {
      const wrong: string[] = [];
      const readable = building.routes.filter((each) => each.method === 'GET' && mayUse(each, visitor));
      let found = 0;
      for (const route of readable) {
        const { response, wrote } = await building.knock(route, visitor, { real: true });
        if ([401, 403].includes(response.status) || response.status >= 500) {
          wrong.push(`${nameOf(route)} answered ${response.status}`);
        }
        if (wrote.length > 0) wrong.push(`${nameOf(route)} wrote ${wrote.join(', ')}`);
        if (response.status === 200) found += 1;
      }

      expect(found, 'pages that are there').toBeGreaterThan(10);
      expect(wrong).toEqual([]);
    },
  );

  it.for([
    ['names that nothing has and an empty form', { body: '', headers: form }],
    ['a form of nonsense', { body: '%%%=%&basedOn=-1&press=add+%00&code[]=%ff', headers: form }],
    ['JSON of nonsense', { body: '[{"a":null}]', headers: json }],
    ['no body at all', {}],
    [
      'bytes that call themselves a form',
      { body: '\u0000--', headers: { 'content-type': 'multipart/form-data' } },
    ],
  ] as const)('is answered as a person deserves for %s', { timeout: slow }, async ([, sent]) => {
    const broken: string[] = [];
    for (const visitor of visitors.filter(
      ({ token }) => token === 'stranger' || token === 'auditor-passkey',
    )) {
      for (const route of building.routes.filter((each) => mayUse(each, visitor) && each.method !== 'GET')) {
        if (/sign-out|sessions\/end|\/api\/session$/.test(route.path)) continue;
        const { response } = await building.knock(route, visitor, { ...sent, real: false });
        if (response.status >= 500) broken.push(`${nameOf(route)} answered ${response.status}`);
      }
    }

    expect(broken).toEqual([]);
  });
});

/** Only asked by the script of a page, which has the answer for itself: nobody comes to such an address. */
const askedByScripts = new Set([
  'POST /:locale/passkey/options',
  'POST /:locale/passkey/new/options',
  'POST /:locale/passkey/new',
]);

describe('where a form is sent to', () => {
  it('there is a way back after signing in anew and in another language: a page, or the way to one', async () => {
    const pages = building.routes.filter((route) => route.method === 'GET' && !isApi(route));
    const forms = building.routes.filter((route) => route.method === 'POST' && !isApi(route));
    const lost: string[] = [];
    for (const posted of forms.filter((each) => !askedByScripts.has(nameOf(each)))) {
      const page = pages.find(({ path }) => path === posted.path);
      const sender = visitors.findLast((visitor) => visitor.token !== 'stranger' && mayUse(posted, visitor));
      const answer = page && sender && (await building.knock(page, sender, { real: true })).response;
      const onward = answer?.headers.get('location')?.split('?')[0];
      if (!answer) lost.push(`${nameOf(posted)} is no page`);
      else if ([401, 403].includes(answer.status)) lost.push(`${nameOf(posted)} is closed to its senders`);
      if (onward && !pages.some(({ path }) => patternOf(path).test(onward))) {
        lost.push(`${nameOf(posted)} leads to ${onward}`);
      }
    }

    expect(forms.length).toBeGreaterThan(100);
    expect(lost).toEqual([]);
  });
});

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path.replaceAll(/:locale\{[^}]*\}/g, '(kk|ru|en)').replaceAll(/:\w+(\{[^}]*\})?/g, '[^/]+')}$`,
  );

describe('a request that another site sends in somebody’s name', () => {
  it.for<[string, Sent]>([
    ['a form', { body: 'basedOn=0&motivation=theirs', headers: form }],
    ['JSON', { body: '{}', headers: json }],
    ['nothing', {}],
  ])('with %s changes nothing, by whichever route', { timeout: slow }, async ([, { headers, ...sent }]) => {
    const wrong: string[] = [];
    const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    for (const visitor of visitors.filter(
      ({ token }) => token === 'owner' || token === 'administrator-passkey',
    )) {
      for (const route of building.routes.filter(({ method }) => method !== 'GET')) {
        const request = { ...sent, headers: { ...headers, ...foreign }, real: true };
        const { response, wrote } = await building.knock(route, visitor, request);
        if (response.status !== 403) wrong.push(`${nameOf(route)} answered ${response.status}`);
        if (wrote.length > 0) wrong.push(`${nameOf(route)} wrote ${wrote.join(', ')}`);
      }
    }

    expect(wrong).toEqual([]);
  });

  it('from an older browser, which names only the origin, neither', async () => {
    const route = building.routes.find(
      (each) => nameOf(each) === 'POST /api/applications/:application/submission',
    );
    const owner = visitors.find(({ token }) => token === 'owner');
    if (!route || !owner) throw new Error('There is no submission to try.');
    const headers = { origin: `${origin}.elsewhere.example` };

    const { response, wrote } = await building.knock(route, owner, {
      headers,
      older: true,
      real: true,
    });
    expect(response.status).toBe(403);
    expect(wrote).toEqual([]);
  });
});
