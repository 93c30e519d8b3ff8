import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asks, invokes, machine, openHome, temporaryFolder } from './home.ts';

const day = 86_400;
/** Two months on: what ended before is still kept. */
const later = Date.parse('1893-11-01T09:00:00.000Z');

test('a round that waits through a restart ends its wait at the moment that was set', async () => {
  const folder = temporaryFolder();
  const machines = { round: machine({ Open: { Type: 'Wait', Seconds: 200 * day, End: true } }) };
  const before = openHome({ machines, folder });
  const arn = await before.start('round');
  await before.pass(day);
  await before.close();

  const after = openHome({ machines, folder, now: later });
  await after.settle();
  expect(await after.describe(arn)).toMatchObject({ status: 'RUNNING' });
  await after.pass(150 * day);

  expect(await after.describe(arn)).toMatchObject({
    status: 'SUCCEEDED',
    stopDate: Date.parse('1894-03-20T09:00:00.000Z') / 1000,
  });
});

test('a deadline that passed while the home was down is acted on when it comes up', async () => {
  const folder = temporaryFolder();
  const machines = { round: machine({ Open: { Type: 'Wait', Seconds: 10 * day, End: true } }) };
  const before = openHome({ machines, folder });
  const arn = await before.start('round');
  await before.settle();
  await before.close();

  const after = openHome({ machines, folder, now: later });
  await after.pass(1);

  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', stopDate: later / 1000 });
});

test('a token given before a restart is answered after it', async () => {
  const folder = temporaryFolder();
  let asked = '';
  const machines = { round: machine({ Gate: asks('openGate', { End: true }) }) };
  const functions = {
    openGate: ({ token }: { token: string }) => {
      asked = token;
    },
  };
  const before = openHome({ machines, functions, folder });
  const arn = await before.start('round');
  await before.settle();
  await before.close();

  const after = openHome({ machines, functions, folder, now: later });
  await after.call('SendTaskSuccess', { taskToken: asked, output: '"advance"' });
  await after.settle();

  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"advance"' });
});

test('a function that was cut by a stop is tried again as after a Lambda service error', async () => {
  const folder = temporaryFolder();
  const retry = { Retry: [{ ErrorEquals: ['Lambda.ServiceException'] }] };
  const machines = { round: machine({ Try: invokes('work', { End: true, ...retry }) }) };
  const before = openHome({
    machines,
    folder,
    functions: { work: () => new Promise(() => {}) },
    more: { graceMilliseconds: 10 },
  });
  const arn = await before.start('round');
  while (before.waits()[0]?.doing !== 'invoking') await new Promise((resolve) => setTimeout(resolve, 5));
  await before.close();

  const after = openHome({ machines, folder, now: later, functions: { work: () => 'done' } });
  await after.pass(5);

  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  expect(after.events(arn).map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskFailed',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

test('a function that returns while the home stops is written before the file is let go', async () => {
  const folder = temporaryFolder();
  const machines = {
    round: machine({ Try: invokes('work', { Next: 'Second' }), Second: invokes('second', { End: true }) }),
  };
  const ran: string[] = [];
  const functions = {
    work: async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ran.push('work');
    },
    second: () => {
      ran.push('second');
      return 'both';
    },
  };
  const before = openHome({ machines, functions, folder });
  const arn = await before.start('round');
  while (before.waits()[0]?.doing !== 'invoking') await new Promise((resolve) => setTimeout(resolve, 5));
  await before.close();
  expect(ran).toEqual(['work']);

  const after = openHome({ machines, functions, folder, now: later });
  await after.settle();

  expect(ran).toEqual(['work', 'second']);
  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"both"' });
});

test('an upgrade changes new rounds; one that runs keeps the machine it was started with', async () => {
  const folder = temporaryFolder();
  const version = (text: string) => ({
    round: machine({
      Open: { Type: 'Wait', Seconds: day, Next: 'End' },
      End: { Type: 'Succeed', Output: text },
    }),
  });
  const before = openHome({ machines: version('old rules'), folder });
  const old = await before.start('round', {}, 'old');
  await before.settle();
  await before.close();

  const after = openHome({ machines: version('new rules'), folder, now: later });
  const young = await after.start('round', {}, 'young');
  await after.pass(2 * day);

  expect(await after.describe(old)).toMatchObject({ output: '"old rules"' });
  expect(await after.describe(young)).toMatchObject({ output: '"new rules"' });
  expect(await after.call('DescribeStateMachineForExecution', { executionArn: old })).toMatchObject({
    definition: expect.stringContaining('old rules'),
  });
});

test('variables and retries that were used up survive a restart', async () => {
  const folder = temporaryFolder();
  const machines = {
    round: machine({
      Note: { Type: 'Pass', Assign: { posts: '{% $states.input.posts %}' }, Next: 'Try' },
      Try: invokes('work', {
        Retry: [{ ErrorEquals: ['Error'], IntervalSeconds: 100, BackoffRate: 1, MaxAttempts: 2 }],
        Catch: [{ ErrorEquals: ['Error'], Next: 'Tell' }],
        End: true,
      }),
      Tell: { Type: 'Pass', Output: '{% $posts %}', End: true },
    }),
  };
  let attempts = 0;
  const functions = {
    work: () => {
      attempts += 1;
      throw new Error('down');
    },
  };
  const before = openHome({ machines, functions, folder });
  const arn = await before.start('round', { posts: 438 });
  await before.pass(150);
  await before.close();
  expect(attempts).toBe(2);

  const after = openHome({ machines, functions, folder, now: later });
  await after.pass(1_000);

  expect(attempts).toBe(3);
  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '438' });
});

test('the pause before a retry goes on growing where a restart cut it', async () => {
  const folder = temporaryFolder();
  const machines = {
    round: machine({
      Try: invokes('work', {
        Retry: [{ ErrorEquals: ['Error'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3 }],
        End: true,
      }),
    }),
  };
  const moments: number[] = [];
  let home: ReturnType<typeof openHome>;
  const functions = {
    work: () => {
      moments.push(home.clock.now());
      if (moments.length < 4) throw new Error('down');
      return 'up';
    },
  };
  home = openHome({ machines, functions, folder });
  const arn = await home.start('round');
  // In the middle of the second pause.
  await home.pass(25);
  const stoppedAt = home.clock.now();
  await home.close();

  home = openHome({ machines, functions, folder, now: stoppedAt + 5_000 });
  await home.pass(200);

  expect(moments.slice(1).map((moment, index) => (moment - (moments[index] ?? 0)) / 1000)).toEqual([
    10, 30, 90,
  ]);
  expect(await home.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"up"' });
});

test('a second home on the same file is refused, and the first goes on', async () => {
  const folder = temporaryFolder();
  const machines = { round: machine({ Only: { Type: 'Pass', End: true } }) };
  const first = openHome({ machines, folder });

  expect(() => openHome({ machines, folder })).toThrow(/in use by another process/);

  expect(await first.run('round')).toMatchObject({ status: 'SUCCEEDED' });
});

test('a file that is no database is refused with words, not with a stack', () => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'executions.sqlite'),
    'these are not executions, but a letter to a school\n'.repeat(40),
  );

  expect(() => openHome({ machines: {}, folder })).toThrow(/executions\.sqlite cannot be opened/);
});

test('a decision that reaches a home that is stopping is told to come again, not that it is too late', async () => {
  const folder = temporaryFolder();
  let asked = '';
  const machines = { round: machine({ Gate: asks('openGate', { End: true }) }) };
  const functions = { openGate: ({ token }: { token: string }) => void (asked = token) };
  const before = openHome({ machines, functions, folder });
  const arn = await before.start('round');
  await before.settle();

  const closing = before.close();
  await before.settle();
  const answer = await before.send('SendTaskSuccess', { taskToken: asked, output: '1' });
  await closing;

  const after = openHome({ machines, functions, folder, now: later });
  if (answer.status === 500) await after.call('SendTaskSuccess', { taskToken: asked, output: '1' });
  await after.settle();
  expect([200, 500]).toContain(answer.status);
  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
});
