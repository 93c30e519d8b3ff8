import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { httpApi } from '#infra/local/http-api/server.ts';
import { type LoopbackPort, openLoopback } from '#infra/local/loopback.ts';
import type { Invocation } from '#infra/local/ports.ts';
import { translator } from '#shared/i18n/index.ts';

const open: LoopbackPort[] = [];
afterEach(async () => {
  for (const port of open.splice(0)) await port.close(0);
});

type Event = { headers: object; requestContext: { http: { sourceIp: string } } };

const returning = (payload: unknown): Invocation => ({ outcome: 'returned', payload });

const serving = async (
  answer: () => Invocation | Promise<Invocation>,
  { wait = 30_000, mostBytes = 1_000_000_000 } = {},
) => {
  const port = await openLoopback({ port: 0, purpose: 'a test' });
  open.push(port);
  const events: Event[] = [];
  port.answerWith(
    httpApi({
      routes: [{ routeKey: '$default', functionArn: 'web', timeoutMilliseconds: wait }],
      account: '000000000000',
      clock: { now: () => Date.parse('2026-11-22T11:03:19Z'), at: () => () => undefined },
      invoke: async (_name, event) => {
        events.push(Object(event));
        return answer();
      },
      behindProxy: false,
      mostBytes,
      files: () => false,
    }),
  );
  return { origin: `http://127.0.0.1:${port.port}`, events };
};

const ok = () => returning({ statusCode: 200, body: 'ok' });

describe('a request', () => {
  it('becomes an event of payload format 2.0', async () => {
    const { origin, events } = await serving(ok);

    await fetch(`${origin}/kk/%D1%96%D1%80?a=1&a=2&b=%20x`, {
      method: 'POST',
      headers: { cookie: 'one=1; two=2', 'content-type': 'application/x-www-form-urlencoded', 'X-Own': 'Y' },
      body: 'name=%D0%90',
    });

    expect(events[0]).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/kk/ір',
      rawQueryString: 'a=1&a=2&b=%20x',
      cookies: ['one=1', 'two=2'],
      queryStringParameters: { a: '1,2', b: ' x' },
      headers: { 'x-own': 'Y', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=%D0%90',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/kk/ір', sourceIp: '127.0.0.1' },
        stage: '$default',
        time: '22/Nov/2026:11:03:19 +0000',
      },
    });
    expect(events[0]?.headers).not.toHaveProperty('cookie');
  });

  it('with a body that is not text hands it on in base64', async () => {
    const { origin, events } = await serving(ok);

    await fetch(origin, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf' },
      body: Buffer.from([1, 255]),
    });

    expect(events[0]).toMatchObject({
      body: Buffer.from([1, 255]).toString('base64'),
      isBase64Encoded: true,
    });
  });

  it('cannot say where it comes from when no proxy stands in front', async () => {
    const { origin, events } = await serving(ok);

    await fetch(origin, { headers: { 'x-forwarded-for': '203.0.113.7' } });

    expect(events[0]?.requestContext.http.sourceIp).toBe('127.0.0.1');
  });

  it('larger than 10 MB is refused before it is read', async () => {
    const { origin, events } = await serving(ok);

    const response = await fetch(origin, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) }).catch(
      () => undefined,
    );

    expect(response?.status ?? 413).toBe(413);
    expect(events).toEqual([]);
  });

  it('is told to come back while others hold as much as the machine can take', async () => {
    const held = Promise.withResolvers<Invocation>();
    const { origin, events } = await serving(() => held.promise, { mostBytes: 1_000 });
    const post = (bytes: number) => fetch(origin, { method: 'POST', body: Buffer.alloc(bytes) });

    const first = post(600);
    await expect.poll(() => events.length).toBe(1);
    const refused = await post(600);
    const small = post(300);
    await expect.poll(() => events.length).toBe(2);
    held.resolve(ok());
    await Promise.all([first, small]);

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await post(600)).status).toBe(200);
  });

  it('with a broken escape is refused', async () => {
    const { origin, events } = await serving(ok);

    const status = await new Promise((resolve) => {
      request(`${origin}/%E0%A4%A`, (response) => resolve(response.statusCode)).end();
    });

    expect({ status, events }).toEqual({ status: 400, events: [] });
  });
});

describe('what a function answers', () => {
  it('becomes the response, with every cookie', async () => {
    const { origin } = await serving(() =>
      returning({
        statusCode: 303,
        headers: { Location: '/kk/', 'X-Number': 5 },
        cookies: ['a=1; Path=/', 'b=2; Path=/'],
        body: '',
      }),
    );

    const response = await fetch(origin, { redirect: 'manual' });

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/kk/');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  });

  it('in base64 becomes its bytes', async () => {
    const body = Buffer.from([0, 1, 254, 255]);
    const { origin } = await serving(() =>
      returning({
        statusCode: 200,
        headers: { 'content-encoding': 'identity' },
        body: body.toString('base64'),
        isBase64Encoded: true,
      }),
    );

    const response = await fetch(origin);

    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
  });

  it('without a status code is the body of a 200', async () => {
    const { origin } = await serving(() => returning({ rounds: 2 }));

    const response = await fetch(origin);

    expect([response.status, await response.json()]).toEqual([200, { rounds: 2 }]);
  });

  it('when it failed is a 500 that tells nothing', async () => {
    const { origin } = await serving(() => ({
      outcome: 'failed',
      payload: { errorType: 'Error', errorMessage: 'IIN 800315200013 is wrong' },
    }));

    const response = await fetch(origin);

    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it.for([
    ['TooManyRequestsException', 503],
    ['ServiceException', 503],
    ['RequestTooLargeException', 413],
  ] as const)('when it was not run for %s is a %d', async ([error, status]) => {
    const { origin } = await serving(() => ({ outcome: 'refused', error, message: 'not run' }));

    expect((await fetch(origin)).status).toBe(status);
  });

  it('later than the integration waits is a 503', async () => {
    const { origin } = await serving(() => new Promise(() => undefined), { wait: 50 });

    expect((await fetch(origin)).status).toBe(503);
  });

  it.for([
    ['/kk/sign-in', 'ru', 'kk'],
    ['/api/rounds', 'ru-RU,ru;q=0.9', 'ru'],
    ['/', undefined, 'kk'],
  ] as const)(
    'to a browser at %s that does not come in time is a plain page',
    async ([path, asked, locale]) => {
      const { origin } = await serving(() => new Promise(() => undefined), { wait: 50 });
      const headers = { accept: 'text/html,*/*;q=0.8', ...(asked && { 'accept-language': asked }) };

      const response = await fetch(`${origin}${path}`, { headers });

      const text = await response.text();
      expect([response.status, response.headers.get('content-type')]).toEqual([
        503,
        'text/html; charset=utf-8',
      ]);
      expect(text).toContain(`<html lang="${locale}">`);
      expect(text).toContain(translator(locale)('problems.took-too-long.help'));
    },
  );

  it('to a browser is a page also where the function failed, and tells nothing', async () => {
    const payload = { errorType: 'Error', errorMessage: 'IIN 800315200013 is wrong' };
    const { origin } = await serving(() => ({ outcome: 'failed', payload }));

    const response = await fetch(`${origin}/en/`, { headers: { accept: 'text/html' } });

    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain(translator('en')('problems.unexpected.title'));
    expect(text).not.toContain('800315200013');
  });

  it('that nothing changed has neither body nor length', async () => {
    const { origin } = await serving(() => returning({ statusCode: 304, headers: { etag: '"1"' } }));

    const response = await fetch(origin);

    expect([response.status, response.headers.get('content-length')]).toEqual([304, null]);
  });

  it('to a HEAD request has no body', async () => {
    const { origin } = await serving(ok);

    const response = await fetch(origin, { method: 'HEAD' });

    expect([response.headers.get('content-length'), await response.text()]).toEqual(['2', '']);
  });
});

describe('a port', () => {
  it('that is taken is named in the fault', async () => {
    const taken = await openLoopback({ port: 0, purpose: 'a test' });
    open.push(taken);

    await expect(openLoopback({ port: taken.port, purpose: 'the pages' })).rejects.toMatchObject({
      message: `Port ${taken.port} for the pages is taken by another program. Give another one with --port.`,
      exitCode: 76,
    });
  });

  it('says that the home is starting until it is ready', async () => {
    const port = await openLoopback({ port: 0, purpose: 'a test' });
    open.push(port);

    const response = await fetch(`http://127.0.0.1:${port.port}/`);

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  });
});
