import { describe, expect, it } from 'vitest';
import { lambdaService } from '#infra/local/endpoint/lambda.ts';
import type { Invocation } from '#infra/local/ports.ts';

const refused = (error: Extract<Invocation, { outcome: 'refused' }>['error']): Invocation => ({
  outcome: 'refused',
  error,
  message: 'not run',
});

const asking = async (
  invocation: Invocation,
  headers: Record<string, string> = {},
  body: string = JSON.stringify({ n: 1 }),
) => {
  const delivered: unknown[] = [];
  const { answer } = lambdaService({
    functions: {
      find: (name) => (name === 'region-web' ? { name, arn: `arn:${name}` } : undefined),
      invoke: () => Promise.resolve(invocation),
    },
    deliveries: { deliver: (_name, payload) => void delivered.push(payload) },
    authorize: () => undefined,
  });
  const { status, headers: said } = await answer({
    method: 'POST',
    url: '/2015-03-31/functions/region-web/invocations',
    headers,
    body: Buffer.from(body),
    caller: { kind: 'operator' },
  });
  return { status, error: said?.['x-amzn-errortype'], delivered };
};

describe('Invoke', () => {
  it.for([
    ['TooManyRequestsException', 429],
    ['RequestTooLargeException', 413],
    ['ResourceNotFoundException', 404],
    ['ServiceException', 500],
  ] as const)('that was not run for %s says so with %d', async ([error, status]) => {
    expect(await asking(refused(error))).toMatchObject({ status, error });
  });

  it('that nobody waits for takes 1 MB and no more', async () => {
    const returned: Invocation = { outcome: 'returned', payload: null };
    const event = { 'x-amz-invocation-type': 'Event' };
    const quotes = 2;

    const fits = await asking(returned, event, JSON.stringify('x'.repeat(1024 * 1024 - quotes)));
    const larger = await asking(returned, event, JSON.stringify('x'.repeat(1024 * 1024)));

    expect([fits.status, fits.delivered.length]).toEqual([202, 1]);
    expect([larger.status, larger.error, larger.delivered]).toEqual([413, 'RequestTooLargeException', []]);
  });
});
