import { describe, expect, it } from 'vitest';
import type { Route } from '#functions/http/authorize.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import { Role } from '#shared/domain/role.ts';
import type { Stage } from '#shared/domain/stage.ts';
import { markupIn } from '#test/builders/anything-typed.ts';
import { nameOf } from './doors.ts';
import { planted, stagesOfTheOwner, theOwnersBuilding } from './owner.ts';
import { mayUse, type Visitor, visitors } from './visitors.ts';

/*
 * Nobody's data through anybody else's session, link, number, upload address, calendar file, PDF or error page (ANCHORS F4). One
 * person's application is full of markers, and so is what came of it in each stage; everyone else knocks at every route that lets them in with
 * its real identifiers, reading and writing, and no marker may be in what comes back: body, headers, addresses. That the other doors are shut is
 * tried in routes.test.ts.
 */

const slow = 240_000;

/** Where staff read what people typed, by their role and in stages that the table of permissions allows; logged there. */
const reading: ReadonlySet<Action> = new Set([
  'answers.read',
  'redaction.keep',
  'interview.read',
  'claim.read',
  'data-request.answer',
  'desk.assist',
] as const);

/** A form that is refused comes back with what stands on its page. */
const pageOf: Partial<Record<Action, Action>> = {
  'claim.decide': 'claim.read',
  'interview.score': 'interview.read',
};

const mayRead = ({ does, path }: Route, { role, token, seatless, name }: Visitor, stage: Stage): boolean => {
  if (name === 'the owner’s referee' && path.includes('/reference')) return true;
  const reads = does && (pageOf[does] ?? does);
  if (!reads || !reading.has(reads) || !role || seatless) return false;
  return (token?.endsWith('-passkey') ?? false) && permit(reads, role, stage).ok;
};

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

/** Whoever has only the code of a role is refused at the door (routes.test.ts). */
const isOther = ({ token }: Visitor): boolean =>
  token === undefined || token === 'stranger' || token.endsWith('-passkey');

/** What there is of the owner by a stage, and only there: each of it answers the owner under its real name. */
const newIn: Record<(typeof stagesOfTheOwner)[number], readonly string[]> = {
  call: [
    'GET /:locale/applications/:application/sections/:section',
    'GET /:locale/applications/:application/files/:document',
    'GET /:locale/applications/:application/references/:slot',
    'GET /:locale/account/data',
    'GET /:locale/account/data/export.json',
    'GET /:locale/account/data/export.pdf',
    'GET /api/account/data',
  ],
  screening: [
    'GET /:locale/applications/:application/receipt',
    'GET /:locale/applications/:application/receipt.pdf',
    'GET /:locale/applications/:application/inquiries/:inquiry',
  ],
  interviews: [
    'GET /:locale/applications/:application/interview',
    'GET /:locale/applications/:application/interview.ics',
  ],
  claims: ['GET /:locale/applications/:application/result', 'GET /:locale/applications/:application/claim'],
  offers: [
    'GET /:locale/applications/:application/offers/:offer',
    'GET /:locale/applications/:application/exchange',
    'GET /:locale/applications/:application/elsewhere/:list',
  ],
  onboarding: ['GET /:locale/applications/:application/placement'],
};

type Building = Awaited<ReturnType<typeof theOwnersBuilding>>;

const owner = (): Visitor => {
  const visitor = visitors.find(({ token }) => token === 'owner');
  if (!visitor) throw new Error('Nobody owns anything.');
  return visitor;
};

/** What the owner does not get in the stage. */
const missing = async (building: Building, stage: keyof typeof newIn): Promise<string[]> => {
  const wrong: string[] = [];
  for (const name of newIn[stage]) {
    const route = building.routes.find((one) => nameOf(one) === name);
    const status = route && (await building.knock(route, owner(), { real: true })).response.status;
    // A file lies in storage, at an address of its own.
    if (status !== 200 && status !== 303) wrong.push(`${name} answered ${status}`);
  }
  return wrong;
};

/** Pages of the owner, and of who may read what the owner typed, on which it is no text; and lists for spreadsheets in which it is at all. */
const unescapedOn = async (building: Building, stage: Stage): Promise<{ wrong: string[]; read: number }> => {
  const wrong: string[] = [];
  let read = 0;
  for (const route of building.routes.filter(({ method }) => method === 'GET')) {
    const readers = building.visiting.filter((one) => isOther(one) && mayRead(route, one, stage));
    for (const visitor of [owner(), ...readers].filter((one) => mayUse(route, one))) {
      const { response } = await building.knock(route, visitor, { real: true });
      const type = response.headers.get('content-type') ?? '';
      const text = await whole(response);
      if (found(text).length > 0) read += 1;
      if (type.includes('html') && markupIn(text).length > 0)
        wrong.push(`${nameOf(route)} as ${visitor.name}`);
      if (/csv|sheet/.test(type) && found(text).length > 0)
        wrong.push(`${nameOf(route)} lists what was typed`);
    }
  }
  return { wrong, read };
};

/** What anybody else finds. Reading first: what somebody writes may end the round for all others. */
const leaksFrom = async (building: Building, stage: Stage): Promise<{ leaks: string[]; tried: number }> => {
  const leaks: string[] = [];
  let tried = 0;
  const routes = building.routes.toSorted((a, b) => Number(a.method !== 'GET') - Number(b.method !== 'GET'));
  for (const route of routes.filter(({ path }) => !leaving.test(path))) {
    for (const visitor of building.visiting.filter((one) => isOther(one) && mayUse(route, one))) {
      if (mayRead(route, visitor, stage)) continue;
      const { response } = await building.knock(route, visitor, { real: true, ...bodyOf(route) });
      const leaked = found(await whole(response));
      if (leaked.length > 0) leaks.push(`${nameOf(route)} as ${visitor.name}: ${leaked.join(', ')}`);
      tried += 1;
    }
  }
  return { leaks, tried };
};

describe.for(stagesOfTheOwner)('in the stage %s', (stage) => {
  it('the owner finds what is the owner’s own, as text wherever it is read; nobody else finds any of it, whatever they ask', {
    timeout: slow,
  }, async () => {
    const building = await theOwnersBuilding(stage);

    expect(await missing(building, stage)).toEqual([]);
    const { wrong, read } = await unescapedOn(building, stage);
    const { leaks, tried } = await leaksFrom(building, stage);

    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(10);
    expect(leaks).toEqual([]);
    expect(tried).toBeGreaterThan(1500);
  });
});

it('every role knocks', () => {
  const roles = new Set(visitors.filter(isOther).flatMap(({ role }) => role ?? []));

  expect([...roles].toSorted()).toEqual(Role.options.toSorted());
});
