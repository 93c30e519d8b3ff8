import { describe, expect, it } from 'vitest';
import { aFunction, hosting } from './harness.ts';

describe('a function', () => {
  it('answers what its handler returns, by name, ARN or ARN with a qualifier', async () => {
    const { invoke } = hosting('exports.handler = async (event) => ({ twice: event.n * 2 })');

    const answers = await Promise.all([
      invoke('region-web', { n: 1 }),
      invoke('arn:aws:lambda:eu-central-1:000000000000:function:region-web', { n: 2 }),
      invoke('arn:aws:lambda:eu-central-1:000000000000:function:region-web:$LATEST', { n: 3 }),
    ]);

    expect(answers.map((answer) => answer.outcome === 'returned' && answer.payload)).toEqual([
      { twice: 2 },
      { twice: 4 },
      { twice: 6 },
    ]);
  });

  it('sees its own variables, its own key, and nothing of the home’s environment', async () => {
    process.env['SECRET_OF_THE_HOME'] = 'not for functions';
    const { invoke } = hosting('exports.handler = async () => process.env', {
      environment: { REGION_CODE: 'KZ-19' },
    });

    const answer = await invoke('region-web', {});

    expect(answer).toMatchObject({
      payload: {
        REGION_CODE: 'KZ-19',
        AWS_ACCESS_KEY_ID: 'AKIATEST',
        AWS_LAMBDA_FUNCTION_NAME: 'region-web',
      },
    });
    expect(JSON.stringify(answer)).not.toContain('not for functions');
  });

  it('that throws is a failure with the type, message and trace of its error', async () => {
    const { invoke, lines } = hosting(
      `exports.handler = async () => { throw new TypeError('no such round') }`,
    );

    const answer = await invoke('region-web', {});

    expect(answer).toEqual({
      outcome: 'failed',
      payload: {
        errorType: 'TypeError',
        errorMessage: 'no such round',
        trace: expect.arrayContaining(['TypeError: no such round']),
      },
    });
    expect(lines).toEqual([expect.objectContaining({ code: 'FUNCTION_FAILED', errorType: 'TypeError' })]);
    expect(JSON.stringify(lines)).not.toContain('no such round');
  });

  it('whose promise is rejected where nobody looks fails as on Lambda, and the next visitor is served', async () => {
    const { invoke } = hosting(`exports.handler = async ({ forget }) => {
      if (!forget) return 'served';
      void Promise.reject(new RangeError('forgotten'));
      await new Promise(() => setInterval(() => {}, 1000));
    }`);

    const forgotten = await invoke('region-web', { forget: true });
    const next = await invoke('region-web', {});

    expect(forgotten).toMatchObject({
      outcome: 'failed',
      payload: {
        errorType: 'Runtime.UnhandledPromiseRejection',
        errorMessage: 'RangeError: forgotten',
        trace: expect.arrayContaining(['RangeError: forgotten']),
      },
    });
    expect(next).toEqual({ outcome: 'returned', payload: 'served' });
  });

  it.for([
    ['throws outside of its handler', `setTimeout(() => { throw new Error('late') }, 10)`],
    ['ends its process', 'process.exit(1)'],
    ['uses up its memory', 'const all = []; for (;;) all.push(new Array(1e5).fill(all.length))'],
  ] as const)('that %s touches no invocation of another one', async ([, deed]) => {
    const slow = aFunction(
      'region-api',
      `globalThis.shared = (globalThis.shared ?? 0) + 1;
       exports.handler = async () => { await new Promise((resolve) => setTimeout(resolve, 1500)); return globalThis.shared; }`,
    );
    const { invoke } = hosting(
      `globalThis.shared = 100; exports.handler = async () => { ${deed}; await new Promise(() => setInterval(() => {}, 1000)); }`,
      { timeoutSeconds: 20 },
      [slow],
    );

    const [bystander, culprit] = await Promise.all([invoke('region-api', {}), invoke('region-web', {})]);

    expect(culprit.outcome).toBe('failed');
    // It saw nothing of the other one's globals either.
    expect(bystander).toEqual({ outcome: 'returned', payload: 1 });
  });

  it('that takes too long is ended, and the next visitor is served', async () => {
    const { invoke } = hosting(
      `exports.handler = async (event) => { if (event.wait) await new Promise(() => setInterval(() => {}, 1000)); return 'served'; }`,
      { timeoutSeconds: 1 },
    );

    const slow = await invoke('region-web', { wait: true });
    const next = await invoke('region-web', {});

    expect(slow).toMatchObject({
      outcome: 'failed',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
      },
    });
    expect(next).toEqual({ outcome: 'returned', payload: 'served' });
  });

  it('that never yields is ended too', async () => {
    const { invoke } = hosting('exports.handler = async () => { for (;;); }', { timeoutSeconds: 1 });

    expect(await invoke('region-web', {})).toMatchObject({ payload: { errorType: 'Sandbox.Timedout' } });
  });

  it('that ends its process takes nobody with it', async () => {
    const { invoke } = hosting(
      `exports.handler = async (event) => { if (event.exit) process.exit(3); return 'served'; }`,
    );

    const ended = await invoke('region-web', { exit: true });
    const next = await invoke('region-web', {});

    expect(ended).toMatchObject({
      payload: { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: exit status 3' },
    });
    expect(next).toEqual({ outcome: 'returned', payload: 'served' });
  });

  it('that uses up its memory is ended like one that is killed', async () => {
    const { invoke } = hosting(
      'exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e6).fill(Math.random())); }',
    );

    expect(await invoke('region-web', {})).toMatchObject({
      payload: { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: signal: killed' },
    });
  });

  it('that cannot be loaded says so to each who asks', async () => {
    const { invoke } = hosting(`throw new Error('PUBLIC_ORIGIN is missing')`);

    expect(await invoke('region-web', {})).toMatchObject({
      payload: { errorMessage: 'PUBLIC_ORIGIN is missing' },
    });
    expect(await invoke('region-web', {})).toMatchObject({
      payload: { errorMessage: 'PUBLIC_ORIGIN is missing' },
    });
  });

  it('without the named handler says so', async () => {
    const { invoke } = hosting('exports.other = 1');

    expect(await invoke('region-web', {})).toMatchObject({
      payload: { errorType: 'Runtime.HandlerNotFound' },
    });
  });

  it('that nobody knows is not found', async () => {
    const { invoke } = hosting('exports.handler = async () => 1');

    expect(await invoke('other', {})).toEqual({
      outcome: 'refused',
      error: 'ResourceNotFoundException',
      message: 'Function not found: other',
    });
  });

  it('runs for fifty visitors at once, each with the own answer', async () => {
    const { invoke } = hosting(
      'exports.handler = async ({ n }) => { await new Promise((r) => setTimeout(r, 5)); return n; }',
    );

    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => invoke('region-web', { n })));

    expect(answers.map((answer) => answer.outcome === 'returned' && answer.payload)).toEqual(
      Array.from({ length: 50 }, (_, n) => n),
    );
  });

  it('in a rehearsal lives in the rehearsal’s time, with dates that are still dates', async () => {
    const clockOffset = new SharedArrayBuffer(8);
    new Float64Array(clockOffset)[0] = Date.parse('2022-09-14T12:00:00Z') - Date.now();
    const { invoke } = hosting(
      `exports.handler = async () => [new Date().toISOString(), new Date(Date.now()).toISOString(), new Date(0).toISOString(), new Date() instanceof Date, Date.UTC(2022, 0)]`,
      { clockOffset },
    );

    const answer = await invoke('region-web', {});

    expect(answer).toMatchObject({
      payload: [
        expect.stringMatching(/^2022-09-14T12:0/),
        expect.stringMatching(/^2022-09-14T12:0/),
        '1970-01-01T00:00:00.000Z',
        true,
        Date.UTC(2022, 0),
      ],
    });
  });
});
