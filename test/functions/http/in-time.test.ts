import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { inTime } from '#functions/http/in-time.ts';
import { problem } from '#functions/http/problem.ts';
import { createWeb } from '#functions/web/app.tsx';
import { locales, translator } from '#shared/i18n/index.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld } from '#test/builders/scenes.ts';

/** An invocation that has so little left that the answer must come at once. */
const almostOver = { lambdaContext: { getRemainingTimeInMillis: () => 1510 } };
const fresh = { lambdaContext: { getRemainingTimeInMillis: () => 28_000 } };

/** A table that does not answer. */
const never = () => new Promise<never>(() => undefined);

const answering = (work: () => Promise<string>) => {
  const app = new Hono();
  app.use(inTime(problem));
  app.all('*', async (c) => c.text(await work()));
  app.onError((error, c) => c.text(error.message, 500));
  return app;
};

describe('a request', () => {
  it.for([undefined, fresh, almostOver])('that is answered in its time is answered so', async (env) => {
    const answer = await answering(async () => 'done').request('/', {}, env);

    expect([answer.status, await answer.text()]).toEqual([200, 'done']);
  });

  it('that fails in its time is a fault as ever', async () => {
    const app = answering(() => Promise.reject(new Error('broken')));

    const answer = await app.request('/', {}, fresh);

    expect([answer.status, await answer.text()]).toEqual([500, 'broken']);
  });

  it.for([true, false])('that takes too long is a 503, and its work ends for itself', async (ends) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const answer = await answering(() => promise).request('/', {}, almostOver);

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ type: '/problems/took-too-long', status: 503 });
    if (ends) resolve('done after all');
    else reject(new Error('broken after all'));
    await expect(promise.catch((error: Error) => error.message)).resolves.toContain('after all');
  });

  it.for(locales)('that takes too long is a page that says what to do, in %s', async (locale) => {
    const world = aWorld();
    const slow = { ...world, records: { ...world.records, find: never } };
    const deps = { ...slow, people: memoryPeople(), publicOrigin: 'http://localhost:3000' };
    const assets = {
      stylesheet: '/s.css',
      script: undefined,
      passkeyScript: undefined,
      answer: () => undefined,
    };
    const web = createWeb({ ...deps, sendCode: async () => {} }, assets);

    const answer = await web.request(`/${locale}/calls/${'0'.repeat(20)}`, {}, almostOver);

    const t = translator(locale);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(text).toContain(t('problems.took-too-long.title'));
    expect(text).toContain(t('problems.took-too-long.help'));
    expect(answer.headers.get('content-security-policy')).not.toBeNull();
  });
});
