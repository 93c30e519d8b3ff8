import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { createApi } from '#functions/api/app.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { Typed } from '#shared/domain/application-form.ts';
import { checkForm } from '#shared/domain/application-form-check.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { roundFileText } from '#test/builders/round-file.ts';
import { aCallIn, aigul, aStartIn, aWorld } from '#test/builders/scenes.ts';
import { heading, inTurn, ratePerSecond, record } from './harness.ts';

const count = 2000;
const Outcome = z.object({ statusCode: z.int() });

/** Requests in one process on memory ports: payload v2.0 event in, answer out. */
export const run = async (): Promise<void> => {
  heading('Requests, in process (memory ports, one core)');
  const [saves, bare] = await inTurn(5, savesPerSecond, barePerSecond);
  record({
    section: '4 requests',
    what: 'a section saved through the API: session, guard, schema, decision, event, answer',
    unit: 'requests/s',
    ours: saves,
    against: { what: 'hono and zod alone on the same body', figure: bare },
    goal: 'a validated 40-field submission at least 15k/s',
  });
  const [forms, parses] = await inTurn(5, formsPerSecond, parsesPerSecond);
  record({
    section: '4 requests',
    what: 'the whole form checked as at submission (IIN, dates, words, codes)',
    unit: 'forms/s',
    ours: forms,
    against: { what: 'JSON.parse and the lenient schema of the same form', figure: parses },
    goal: 'at least 15k/s',
  });
};

const savesPerSecond = async (): Promise<number> => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const { id } = (await aStartIn(world, roundId)).state;
  const token = 'bench';
  const now = world.clock.now();
  const session = { id: sha256Of(token), personId: aigul.personId, staff: false, strength: 'code' };
  const stored = { ...session, device: '', createdAt: now, lastSeenAt: now };
  const people = { sessions: { find: async () => stored, touch: async () => undefined } };
  const deps = { ...world, people, publicOrigin: 'http://localhost:3000' } as unknown as typeof world &
    SignInDeps;
  const api = handle(createApi(deps));
  const path = `/api/applications/${id}/sections/motivation`;
  return await ratePerSecond(count, 1, async (index) => {
    const body = JSON.stringify({ basedOn: index, typed: sectionsWell.motivation });
    const answer = await api(eventOf('PUT', path, body, `__Host-irikteu=${token}`), {} as never);
    const { statusCode } = Outcome.parse(answer);
    if (statusCode !== 200) throw new Error(`The save answered ${statusCode}.`);
  });
};

const barePerSecond = async (): Promise<number> => {
  const Body = z.strictObject({ basedOn: z.int(), typed: Typed });
  const app = new Hono().put('/api/*', async (c) =>
    c.json({ version: Body.parse(await c.req.json()).basedOn }),
  );
  const api = handle(app);
  return await ratePerSecond(count, 1, async (index) => {
    const body = JSON.stringify({ basedOn: index, typed: sectionsWell.motivation });
    await api(eventOf('PUT', '/api/applications/x/sections/motivation', body, ''), {} as never);
  });
};

const whole = Object.assign({}, ...Object.values(sectionsWell)) as Typed;

const formsPerSecond = async (): Promise<number> => {
  const file = RoundFile.parse(JSON.parse(roundFileText));
  return await ratePerSecond(20_000, 1, async () => {
    const checked = checkForm(whole, file);
    if (!checked.ok) throw new Error('The form of the benchmark is not complete.');
  });
};

const parsesPerSecond = async (): Promise<number> => {
  const text = JSON.stringify(whole);
  return await ratePerSecond(20_000, 1, async () => {
    Typed.parse(JSON.parse(text));
  });
};

const eventOf = (method: string, path: string, body: string, cookie: string): never =>
  ({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    cookies: cookie ? [cookie] : [],
    headers: { 'content-type': 'application/json', host: 'localhost:3000', origin: 'http://localhost:3000' },
    requestContext: {
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' },
      domainName: 'localhost:3000',
      requestId: 'bench',
      routeKey: '$default',
      stage: '$default',
      timeEpoch: 0,
    },
    body,
    isBase64Encoded: false,
  }) as never;
