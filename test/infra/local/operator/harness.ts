import { afterEach } from 'vitest';
import { type LoopbackPort, openLoopback } from '#infra/local/loopback.ts';
import { operatorPort } from '#infra/local/operator/server.ts';
import type { ExecutionView, Letter, OperatorSources } from '#infra/local/operator/sources.ts';
import { selectionRound } from '#workflows/selection-round.ts';

const open: LoopbackPort[] = [];
afterEach(async () => {
  for (const port of open.splice(0)) await port.close(0);
});

export const code: Letter = {
  id: 'code',
  to: 'aigerim@example.kz',
  subject: '482 913: your code',
  text: 'Your code is 482913. Application KZ19-1234567.',
  at: '2027-01-01T00:00:00.000Z',
  headers: { 'X-Irikteu-Template': 'sign-in-code' },
  state: 'sent',
};
/** As GetExecutionHistory spells it, each after the one before. */
const anEvent = (id: number, type: string, name: string) => ({
  id,
  previousEventId: id - 1,
  timestamp: 1_800_000_000 + id,
  type,
  [type.endsWith('Entered') ? 'stateEnteredEventDetails' : 'stateExitedEventDetails']: { name },
});

const receipt: Letter = {
  ...code,
  id: 'receipt',
  subject: '<b>Received</b>',
  text: 'Receipt 123456',
  headers: { 'X-Irikteu-Template': 'application-submitted' },
  state: 'refused',
};

export const aRound: { view: ExecutionView; definition: unknown; history: unknown[] } = {
  view: {
    name: 'KZ-19-R-1',
    machine: 'selection-round',
    status: 'RUNNING',
    waits: [{ state: 'WaitForDeadline', doing: 'waiting', since: code.at, until: code.at }],
    startedAt: code.at,
  },
  definition: selectionRound,
  history: [
    { id: 1, previousEventId: 0, timestamp: 1_800_000_000, type: 'ExecutionStarted' },
    anEvent(2, 'TaskStateEntered', 'ReadRound'),
    {
      id: 3,
      previousEventId: 2,
      timestamp: 1_800_000_000,
      type: 'LambdaFunctionFailed',
      lambdaFunctionFailedEventDetails: { error: '<Lambda>.TooManyRequestsException' },
    },
    anEvent(4, 'TaskStateExited', 'ReadRound'),
    anEvent(5, 'ChoiceStateEntered', 'WhichStage'),
    anEvent(6, 'ChoiceStateExited', 'WhichStage'),
    anEvent(7, 'WaitStateEntered', 'WaitForDeadline'),
  ],
};

export const serving = async (over: Partial<OperatorSources> = {}) => {
  const port = await openLoopback({ port: 0, purpose: 'a test' });
  open.push(port);
  let now = Date.parse('2027-01-01T00:00:00Z');
  const sources: OperatorSources = {
    region: 'KZ-19',
    rehearsal: false,
    origin: 'http://localhost:3000',
    dataFolder: '/data',
    now: () => now,
    letters: {
      list: async (to) => [code, receipt].filter((letter) => to === undefined || letter.to === to),
      find: async (id) => [code, receipt].find((letter) => letter.id === id),
      release: async (except) => {
        const ids = [code.id, receipt.id];
        const unknown = except.filter((id) => !ids.includes(id));
        return unknown.length > 0 ? { unknown } : { released: ids.length - except.length };
      },
    },
    executions: {
      list: async () => [aRound.view],
      find: async (name) => (name === 'KZ-19-R-1' ? aRound : undefined),
    },
    schedules: () => [],
    alarms: () => [],
    problems: () => [],
    backlog: () => ({ waiting: 0, oldest: undefined, leaves: true }),
    secret: 'from-home.json',
    threads: () => ({ Web: 1 }),
    boundForward: async () => undefined,
    invite: async ({ role }) => ({ outcome: 'returned', payload: { link: `http://localhost:3000/${role}` } }),
    ...over,
  };
  if (sources.rehearsal) {
    sources.moveClock = async (instant) => {
      now = instant;
    };
  }
  port.answerWith(operatorPort(sources, () => undefined));
  const base = `http://localhost:${port.port}`;
  const get = async (path: string) => {
    const response = await fetch(base + path);
    return { status: response.status, body: await response.text() };
  };
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  return { get, post, port: port.port };
};
