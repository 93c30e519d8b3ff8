import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { clockView, moveClock } from '#infra/local/operator/clock-route.ts';
import { backUp, invite, release } from '#infra/local/operator/commands.ts';
import { executionPage } from '#infra/local/operator/execution-page.ts';
import { operatorPage } from '#infra/local/operator/page.ts';
import {
  json,
  type OperatorAnswer,
  problem,
  readJson,
  refuseForeign,
} from '#infra/local/operator/requests.ts';
import { coverCodes, type Letter, type OperatorSources } from '#infra/local/operator/sources.ts';
import type { HomeLog } from '#infra/local/ports.ts';

/** The operator's port: letters, executions, the clock, health, and invitations. For this machine only. */
export const operatorPort = (sources: OperatorSources, log: HomeLog): RequestListener => {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const nonce = randomBytes(16).toString('base64');
    let given: OperatorAnswer;
    try {
      given = refuseForeign(request) ?? (await route(sources, request, nonce));
    } catch (error) {
      log('OPERATOR_FAILED', `The operator's port could not answer: ${String(error)}`);
      given = problem(500, 'The home could not answer; its log says why.');
    }
    response.writeHead(given.status, {
      'content-type': given.type === 'html' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    response.end(given.body);
  };
  return (request, response) => void respond(request, response);
};

type Asked = {
  sources: OperatorSources;
  request: IncomingMessage;
  url: URL;
  /** What follows the first part of the path. */
  rest: readonly [string | undefined, string | undefined];
  nonce: string;
};

type Handler = (asked: Asked) => OperatorAnswer | Promise<OperatorAnswer>;

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['GET /', ({ sources, nonce }) => page(sources, nonce)],
  ['GET /health', ({ sources }) => json(200, health(sources))],
  [
    'GET /letters',
    ({ sources, url, rest: [id] }) =>
      id === undefined ? letters(sources, url.searchParams.get('to')) : letter(sources, id),
  ],
  [
    'GET /executions',
    ({ sources, rest: [name, part], nonce }) => {
      if (name === undefined) return executions(sources);
      return part === undefined ? execution(sources, name, nonce) : history(sources, name, part);
    },
  ],
  ['GET /usage', ({ sources: { usage } }) => (usage ? json(200, usage()) : noUsage)],
  ['GET /clock', ({ sources }) => clockView(sources)],
  ['POST /clock', async ({ sources, request }) => moveClock(sources, await readJson(request))],
  ['POST /invitations', ({ sources, request }) => invite(sources, request)],
  ['POST /backups', ({ sources, request }) => backUp(sources, request)],
  ['POST /released', ({ sources, request }) => release(sources, request)],
]);

const noUsage = problem(404, 'Only a rehearsal counts what it uses.');

const route = (
  sources: OperatorSources,
  request: IncomingMessage,
  nonce: string,
): OperatorAnswer | Promise<OperatorAnswer> => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [first = '', second, third] = url.pathname.split('/').slice(1).map(decodeURIComponent);
  const handler = handlers.get(`${request.method} /${first}`);
  return (
    handler?.({ sources, request, url, rest: [second, third], nonce }) ??
    problem(404, 'There is no such thing on the operator’s port.')
  );
};

const health = (sources: OperatorSources) => {
  const { region, rehearsal, origin, now, schedules, threads, alarms, problems, backlog } = sources;
  const { waiting, oldest, leaves } = backlog();
  return {
    ok: alarms().length === 0 && problems().length === 0,
    alarms: alarms().map(({ name, harm }) => ({ name, harm })),
    problems: problems().map(({ code, harm, since, count }) => ({
      code,
      harm,
      since: new Date(since).toISOString(),
      count,
    })),
    letters: { waiting, oldest: oldest === undefined ? null : new Date(oldest).toISOString(), leaves },
    region,
    rehearsal,
    origin,
    now: new Date(now()).toISOString(),
    schedules: schedules().map(({ name, at }) => ({
      name,
      next: at === undefined ? null : new Date(at).toISOString(),
    })),
    threads: threads(),
  };
};

const shown = ({ rehearsal }: OperatorSources, given: Letter): Letter =>
  rehearsal ? given : coverCodes(given);

const letters = async (sources: OperatorSources, to: string | null): Promise<OperatorAnswer> => {
  const found = await sources.letters.list(to ?? undefined);
  return json(
    200,
    found.map((one) => shown(sources, one)),
  );
};

const letter = async (sources: OperatorSources, id: string): Promise<OperatorAnswer> => {
  const found = await sources.letters.find(id);
  return found ? json(200, shown(sources, found)) : problem(404, 'There is no such letter.');
};

const executions = async (sources: OperatorSources): Promise<OperatorAnswer> =>
  json(200, await sources.executions.list());

const noExecution = problem(404, 'There is no such execution.');

const execution = async (sources: OperatorSources, name: string, nonce: string): Promise<OperatorAnswer> => {
  const found = await sources.executions.find(name);
  return found ? { status: 200, type: 'html', body: executionPage({ ...found, nonce }) } : noExecution;
};

const history = async (sources: OperatorSources, name: string, part: string): Promise<OperatorAnswer> => {
  const found = part === 'history' ? await sources.executions.find(name) : undefined;
  return found ? json(200, found.history) : noExecution;
};

const page = async (sources: OperatorSources, nonce: string): Promise<OperatorAnswer> => {
  const [found, running] = await Promise.all([sources.letters.list(), sources.executions.list()]);
  const shownLetters = found.map((one) => shown(sources, one));
  return {
    status: 200,
    type: 'html',
    body: operatorPage(sources, { letters: shownLetters, executions: running, nonce }),
  };
};
