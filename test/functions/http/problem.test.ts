import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import {
  isProblemKind,
  problem,
  problemStatus,
  statusOf,
  unexpectedProblem,
} from '#functions/http/problem.ts';
import type { Refusal } from '#shared/errors.ts';
import { at } from '#test/builders/worlds.ts';

const answer = (refusal: Refusal, language = 'en') =>
  new Hono()
    .get('/api/rounds', (c) => problem(c, refusal))
    .request('/api/rounds', { headers: { 'accept-language': language } });

describe('a refusal to a program', () => {
  it('is a problem document with its facts', async () => {
    const response = await answer({
      kind: 'too-late',
      closesAt: at('2022-10-04T12:00'),
      zone: 'Asia/Almaty',
    });

    expect(response.status).toBe(409);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      type: '/problems/too-late',
      title: 'The deadline has passed',
      status: 409,
      instance: '/api/rounds',
      closesAt: '2022-10-04T12:00:00.000Z',
    });
  });

  it.for([
    ['kk', 'Мерзім өтіп кетті'],
    ['ru', 'Срок прошёл'],
  ] as const)('is said in %s to whoever asks in it', async ([language, title]) => {
    const response = await answer(
      { kind: 'too-late', closesAt: at('2022-10-04T12:00'), zone: 'Asia/Almaty' },
      language,
    );

    expect(response.headers.get('content-language')).toBe(language);
    expect(await response.json()).toMatchObject({ type: '/problems/too-late', title });
  });

  it('says of what a deadline was', async () => {
    const over = await answer({
      kind: 'too-late',
      closesAt: at('2022-10-04T12:00'),
      zone: 'Asia/Almaty',
      of: 'claims',
    });

    expect(await over.json()).toMatchObject({
      of: 'claims',
      detail: expect.stringContaining('Claims about these results are not accepted any more.'),
    });
  });

  it('says of each fault its place, its key and its sentence', async () => {
    const fault = { place: 'iin', message: 'application-form.iin.missing' };

    expect(await (await answer({ kind: 'invalid', faults: [fault] })).json()).toMatchObject({
      faults: [{ ...fault, text: 'Enter your IIN' }],
    });
  });

  it('says when to come back', async () => {
    const response = await answer({ kind: 'too-many-requests', retryAfterMinutes: 3 });

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('180');
  });

  it('keeps its type, title and status whatever the facts are called', async () => {
    const disguised = Object.assign({ kind: 'not-allowed' } as const, { status: 200, title: 'Fine' });

    expect(await (await answer(disguised)).json()).toMatchObject({ status: 403, title: 'Not allowed' });
  });
});

it('says of a fault of ours nothing but a number', async () => {
  const app = new Hono().get('/', (c) => unexpectedProblem(c, 'request-7'));

  const response = await app.request('/', { headers: { 'accept-language': 'en' } });

  expect(await response.json()).toMatchObject({
    type: '/problems/unexpected',
    title: 'Something went wrong on our side',
    status: 500,
    requestId: 'request-7',
  });
});

it('has for every kind a status that is a refusal, and knows no other kinds', () => {
  const { 'took-too-long': late, ...refusals } = problemStatus;
  expect(late).toBe(503);
  expect(Object.values(refusals).filter((status) => status < 400 || status > 499)).toEqual([]);
  expect(isProblemKind('too-late')).toBe(true);
  expect(isProblemKind('toString')).toBe(false);
  expect(statusOf({ kind: 'sign-in-needed' })).toBe(401);
});
