import { describe, expect, it } from 'vitest';
import type { Route } from '#functions/http/authorize.ts';
import { permit } from '#shared/domain/permission.ts';
import { Role } from '#shared/domain/role.ts';
import type { Stage } from '#shared/domain/stage.ts';
import { typedWell } from '#test/builders/application.ts';
import { aBuilding, markers, nameOf, type Visitor, visitors } from './visitors.ts';

/*
 * Nobody's data through anybody else's session, link, number, upload address, calendar file, PDF or error page (ANCHORS F4). One
 * person's application is full of markers; everyone else knocks at every route with its real identifiers, reading and writing, and
 * no marker may be in what comes back: body, headers, addresses.
 */

const slow = 240_000;

/** What the owner typed, sent and is called: none of it may reach anybody but who the law lets read it. */
const planted: readonly string[] = [
  typedWell.fullName,
  typedWell.iin,
  '+77010000013',
  typedWell.phone,
  typedWell.institution,
  'Ауыл балаларына математиканы үйреткім келеді.',
  ...markers,
];

/** Where staff read what people typed, by their role and in stages that the table of permissions allows; logged there. */
const reading: ReadonlySet<string> = new Set([
  'answers.read',
  'redaction.keep',
  'interview.read',
  'claim.read',
  'data-request.answer',
]);

const mayRead = ({ does }: Route, { role, token }: Visitor, stage: Stage): boolean =>
  does !== undefined &&
  reading.has(does) &&
  role !== undefined &&
  (token?.endsWith('-passkey') ?? false) &&
  permit(does, role, stage).ok;

const owner = (visitor: Visitor): boolean => visitor.token === 'owner';

/** Everything of an answer that reaches whoever asked. */
const whole = async (response: Response): Promise<string> => {
  const bytes = Buffer.from(await response.arrayBuffer());
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return [headers, decodeURIComponent(encodeURIComponent(bytes.toString('utf8'))), unescaped(bytes)].join(
    '\n',
  );
};

/** As JSON and addresses spell letters beyond ASCII. */
const unescaped = (bytes: Buffer): string =>
  bytes
    .toString('utf8')
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_all, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );

const found = (text: string): string[] => planted.filter((marker) => text.includes(marker));

const bodyOf = ({ path, method }: Route) => {
  if (method === 'GET' || method === 'DELETE') return {};
  return path.startsWith('/api/')
    ? { body: '{"basedOn":0,"typed":{}}', headers: { 'content-type': 'application/json' } }
    : {
        body: 'basedOn=0&text=x',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };
};

/** End the own session, after which nothing more can be tried as this visitor. */
const leaving = /sign-out|sessions\/end|\/api\/session/;

const stages = ['call', 'screening'] as const;

/** Whoever has only the code of a role is refused at the door (routes.test.ts). */
const others = visitors.filter(
  ({ token }) => token === undefined || token === 'stranger' || token.endsWith('-passkey'),
);

describe.for(stages)('in the stage %s', (stage) => {
  it('the owner finds the own data, as page, file and paper', { timeout: slow }, async () => {
    const building = await aBuilding(stage, { submitted: stage !== 'call' });
    const visitor = visitors.find(owner);
    if (!visitor) throw new Error('Nobody owns anything.');
    const shown: string[] = [];
    for (const route of building.routes.filter(({ method }) => method === 'GET')) {
      const { response } = await building.knock(route, visitor, { real: true });
      if (found(await whole(response)).length > 0) shown.push(nameOf(route));
    }

    expect(shown).toEqual(
      expect.arrayContaining([
        'GET /:locale/account/data',
        'GET /:locale/account/data/export.json',
        'GET /:locale/account/data/export.pdf',
        'GET /api/account/data',
      ]),
    );
  });

  it('nobody else finds any of it, whatever they ask', { timeout: slow }, async () => {
    const building = await aBuilding(stage, { submitted: stage !== 'call' });
    const leaks: string[] = [];
    let tried = 0;
    // Reading first: what somebody writes may end the round for all others.
    const routes = building.routes.toSorted(
      (a, b) => Number(a.method !== 'GET') - Number(b.method !== 'GET'),
    );
    for (const route of routes.filter(({ path }) => !leaving.test(path))) {
      for (const visitor of others.filter((one) => !mayRead(route, one, stage))) {
        const { response } = await building.knock(route, visitor, { real: true, ...bodyOf(route) });
        const leaked = found(await whole(response));
        if (leaked.length > 0) leaks.push(`${nameOf(route)} as ${visitor.name}: ${leaked.join(', ')}`);
        tried += 1;
      }
    }

    expect(tried).toBeGreaterThan(others.length * 150);
    expect(leaks).toEqual([]);
  });
});

it('every role knocks', () => {
  const roles = new Set(others.flatMap(({ role }) => role ?? []));

  expect([...roles].toSorted()).toEqual(Role.options.toSorted());
});
