import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { problem } from '#functions/http/problem.ts';
import { limitBodies, sameOriginOnly, securityHeaders } from '#functions/http/security.ts';

const origin = 'https://selection.example.kz';

const anApp = () => {
  const app = new Hono();
  app.use(securityHeaders(origin), limitBodies(problem, [/^\/import$/]), sameOriginOnly(origin));
  app.onError((error) =>
    error instanceof HTTPException ? error.getResponse() : new Response(String(error), { status: 500 }),
  );
  app.all('*', (c) => c.text('done'));
  return app;
};

const form = 'application/x-www-form-urlencoded';
const post = (headers: Record<string, string>, path = '/') =>
  anApp().request(origin + path, {
    method: 'POST',
    body: 'a=1',
    headers: { 'content-type': form, ...headers },
  });

describe('a form', () => {
  it.for([
    ['of our own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['of our own page in an older browser', { origin }, 200],
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['of a sibling of our host', { 'sec-fetch-site': 'same-site', origin: 'https://x.example.kz' }, 403],
    ['of a page without an origin', { origin: 'null' }, 403],
    ['of who knows where', {}, 403],
  ] as const)('%s is answered with %s', async ([, headers, status]) => {
    expect((await post(headers)).status).toBe(status);
  });

  it('that is posted as plain text, which needs no permission of ours, is refused as well', async () => {
    expect((await post({ 'content-type': 'text/plain', origin: 'https://evil.example' })).status).toBe(403);
  });
});

const send = (path: string, bytes: number) =>
  anApp().request(origin + path, { method: 'POST', body: 'x'.repeat(bytes), headers: { origin } });

describe('a body', () => {
  it('larger than a form can be is refused, saying the limit', async () => {
    const answer = await send('/', 300_000);

    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ type: '/problems/too-large', limitBytes: 262_144 });
  });

  it('may be larger where files are imported, but not larger than that', async () => {
    expect((await send('/import', 300_000)).status).toBe(200);
    expect((await send('/import', 5_300_000)).status).toBe(413);
  });
});

describe('every answer', () => {
  it('forbids frames, inline scripts and guessing of types, and is kept in no cache', async () => {
    const { headers } = await anApp().request(origin);

    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
  });

  it('keeps what a route said about caching', async () => {
    const app = new Hono().use(securityHeaders(origin));
    app.get('/', (c) => c.text('x', 200, { 'cache-control': 'public' }));

    expect((await app.request('/')).headers.get('cache-control')).toBe('public');
  });

  it('on plain HTTP promises no HTTPS', async () => {
    const app = new Hono().use(securityHeaders('http://localhost:3000'));
    app.get('/', (c) => c.text('x'));

    expect((await app.request('/')).headers.get('strict-transport-security')).toBeNull();
  });
});
