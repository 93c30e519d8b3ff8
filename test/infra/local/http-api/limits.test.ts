import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { httpApi } from '#infra/local/http-api/server.ts';
import { createThrottle } from '#infra/local/http-api/throttle.ts';
import { type LoopbackPort, openLoopback } from '#infra/local/loopback.ts';
import type { Invocation } from '#infra/local/ports.ts';

const open: LoopbackPort[] = [];
afterEach(async () => {
  for (const port of open.splice(0)) await port.close(0);
});

type Options = Partial<Parameters<typeof httpApi>[0]>;

const ok: Invocation = {
  outcome: 'returned',
  payload: { statusCode: 200, headers: { vary: 'cookie', 'access-control-allow-origin': '*' }, body: 'ok' },
};

const serving = async (options: Options = {}) => {
  const port = await openLoopback({ port: 0, purpose: 'a test' });
  open.push(port);
  port.answerWith(
    httpApi({
      routes: [{ routeKey: '$default', functionArn: 'web', timeoutMilliseconds: 30_000 }],
      account: '000000000000',
      clock: { now: Date.now, at: () => () => undefined },
      invoke: async () => ok,
      behindProxy: false,
      files: () => false,
      ...options,
    }),
  );
  return { port, origin: `http://127.0.0.1:${port.port}` };
};

const headersOf = (response: Response, names: readonly string[]) =>
  names.map((name) => response.headers.get(name));

describe('a stage that is throttled', () => {
  it('lets its burst through at once, and then as many as the rate gives back', () => {
    let now = 0;
    const mayPass = createThrottle({ rateLimit: 10, burstLimit: 3 }, () => now);
    const passing = (count: number) => Array.from({ length: count }, mayPass).filter(Boolean).length;

    const atOnce = passing(5);
    now += 200;
    const afterAWhile = passing(5);
    now += 3_600_000;
    const afterAnHour = passing(5);

    expect({ atOnce, afterAWhile, afterAnHour }).toEqual({ atOnce: 3, afterAWhile: 2, afterAnHour: 3 });
  });

  it('answers everybody beyond it with 429, whatever they ask for', async () => {
    const { origin } = await serving({ throttle: { rateLimit: 0.001, burstLimit: 1 } });

    const first = await fetch(origin);
    const second = await fetch(`${origin}/api/rounds`);

    expect([first.status, second.status]).toEqual([200, 429]);
    expect(await second.json()).toEqual({ message: 'Too Many Requests' });
  });
});

describe('a request with more than 10 KB of headers', () => {
  it.for([
    ['headers', '/', 'x'.repeat(10_240)],
    ['an address', `/?${'x'.repeat(10_240)}`, 'x'],
  ] as const)('because of %s is refused', async ([, path, own]) => {
    const { origin } = await serving();

    const response = await fetch(origin + path, { headers: { 'x-own': own } });

    expect(response.status).toBe(431);
  });

  it('is one of 10,241 bytes, not one of 10,240', async () => {
    const { port } = await serving();
    const statusWith = (filling: number) =>
      new Promise((resolve) => {
        const headers = { host: 'h', connection: 'close', x: 'x'.repeat(filling) };
        request({ host: '127.0.0.1', port: port.port, path: '/', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    // GET, /, host, h, connection, close and x.
    const rest = 3 + 1 + 4 + 1 + 10 + 5 + 1;

    expect([await statusWith(10_240 - rest), await statusWith(10_241 - rest)]).toEqual([200, 431]);
  });
});

describe('an API that browsers of other pages may use', () => {
  const cors = {
    AllowOrigins: ['https://map.example', 'http://*'],
    AllowMethods: ['GET'],
    AllowHeaders: ['content-type'],
    ExposeHeaders: ['etag'],
    AllowCredentials: true,
    MaxAge: 600,
  };
  it('answers their preflights itself, without any function', async () => {
    const { origin } = await serving({
      cors,
      routes: [],
      invoke: () => Promise.reject(new Error('It was called.')),
    });
    const ask = (from: string) =>
      fetch(origin, { method: 'OPTIONS', headers: { origin: from, 'access-control-request-method': 'GET' } });

    const welcome = await ask('https://map.example');
    const foreign = await ask('https://other.example');

    expect([welcome.status, foreign.status]).toEqual([204, 204]);
    expect(
      headersOf(welcome, [
        'access-control-allow-origin',
        'access-control-allow-methods',
        'access-control-allow-headers',
        'access-control-max-age',
        'access-control-allow-credentials',
      ]),
    ).toEqual(['https://map.example', 'GET', 'content-type', '600', 'true']);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('says who may read an answer, in place of what the function says', async () => {
    const { origin } = await serving({ cors });
    const from = (page: string) => fetch(origin, { headers: { origin: page } });

    const names = ['access-control-allow-origin', 'access-control-expose-headers', 'vary'];

    expect(headersOf(await from('http://school.example'), names)).toEqual([
      'http://school.example',
      'etag',
      'cookie, origin',
    ]);
    expect(headersOf(await from('https://other.example'), names)).toEqual([null, null, 'cookie']);
  });

  it('is none where the template says nothing: the function’s own headers pass', async () => {
    const { origin } = await serving();

    const response = await fetch(origin, { headers: { origin: 'https://map.example' } });

    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('a port that closes', () => {
  it('lets an answer that has begun come to its end, and takes nothing new', async () => {
    const held = Promise.withResolvers<Invocation>();
    const begun = Promise.withResolvers<void>();
    const { port, origin } = await serving({
      invoke: () => {
        begun.resolve();
        return held.promise;
      },
    });
    const asked = fetch(origin);
    await begun.promise;

    const closed = port.close(60_000);
    await sleep(20);
    const late = await fetch(origin).catch(() => 'refused');
    held.resolve(ok);

    expect([late, (await asked).status]).toEqual(['refused', 200]);
    // The connection of that browser is kept alive, and does not hold the stop up.
    await expect(Promise.race([closed, sleep(20_000, 'still open')])).resolves.toBeUndefined();
  });
});
