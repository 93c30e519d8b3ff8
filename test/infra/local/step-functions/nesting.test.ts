import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { machine, machineArn, openHome, temporaryFolder } from './home.ts';

const caught = { Next: 'Caught', Output: '{% $states.errorOutput.Error %}' };
const Caught = { Type: 'Pass', End: true };

const startsInner = {
  Type: 'Task',
  Resource: 'arn:aws:states:::states:startExecution.sync:2',
  Arguments: { StateMachineArn: machineArn('inner'), Input: '{% $states.input %}' },
};

const nesting = {
  outer: machine({
    Start: {
      ...startsInner,
      Output: '{% $states.result.Output %}',
      Catch: [{ ErrorEquals: ['States.TaskFailed'], ...caught }],
      End: true,
    },
    Caught,
  }),
  inner: machine({
    Wait: { Type: 'Wait', Seconds: 60, Next: 'Which' },
    Which: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.bad %}', Next: 'Bad' }],
      Default: 'Good',
    },
    Bad: { Type: 'Fail', Error: 'Bad' },
    Good: { Type: 'Pass', Output: '{% $states.input.n * 2 %}', End: true },
  }),
};

test('a nested round is waited for: its output is the result, its failure an error', async () => {
  const home = openHome({ machines: nesting });

  expect(await home.run('outer', { n: 21, bad: false }, 61)).toMatchObject({
    status: 'SUCCEEDED',
    output: 42,
  });
  const bad = await home.start('outer', { n: 1, bad: true }, 'two');
  await home.pass(61);
  expect(await home.describe(bad)).toMatchObject({ output: '"States.TaskFailed"' });
});

test('a nested round that ends while the home restarts is told to the one that waits', async () => {
  const folder = temporaryFolder();
  const before = openHome({ machines: nesting, folder });
  const arn = await before.start('outer', { n: 21, bad: false });
  await before.settle();
  const now = before.clock.now();
  await before.close();

  const after = openHome({ machines: nesting, folder, now });
  await after.pass(61);

  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '42' });
});

test('stopping the outer round stops the nested one', async () => {
  const home = openHome({ machines: nesting });
  const arn = await home.start('outer', { n: 1, bad: false });
  await home.settle();

  await home.call('StopExecution', { executionArn: arn });
  await home.settle();

  expect(home.service.executions().map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED']);
});

test('a nested round that was handed the token answers the outer one, long before it ends itself', async () => {
  const home = openHome({
    machines: {
      ...nesting,
      outer: machine({
        Start: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken',
          Arguments: {
            StateMachineArn: machineArn('inner'),
            Input: { n: 1, bad: true, token: '{% $states.context.Task.Token %}' },
            Name: 'inner-1',
          },
          End: true,
        },
      }),
    },
  });
  const arn = await home.start('outer');
  await home.settle();
  const inner = await home.describe(`${machineArn('inner').replace('stateMachine', 'execution')}:inner-1`);
  const { token } = JSON.parse(String(inner['input']));

  await home.call('SendTaskSuccess', { taskToken: token, output: '"decided"' });
  await home.settle();

  expect(await home.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"decided"' });
  expect(home.events(arn).map(({ type }) => type)).toContain('TaskSubmitted');
  expect(home.service.executions().map(({ status }) => status)).toEqual(['RUNNING', 'SUCCEEDED']);
});

test('a nested round that was to be stopped when the machine lost its power is stopped at the next start', async () => {
  const folder = temporaryFolder();
  const before = openHome({ machines: nesting, folder });
  const arn = await before.start('inner', { n: 1, bad: false });
  await before.settle();
  await before.close();
  // The outer round was stopped and says so on disk; the word to the nested one was still to be given.
  const database = new DatabaseSync(join(folder, 'executions.sqlite'));
  database.prepare('INSERT INTO stops VALUES (?)').run(arn);
  database.close();

  const after = openHome({ machines: nesting, folder });
  await after.settle();

  expect(await after.describe(arn)).toMatchObject({ status: 'ABORTED' });
  await after.close();
  const closed = new DatabaseSync(join(folder, 'executions.sqlite'));
  expect(closed.prepare('SELECT * FROM stops').all()).toEqual([]);
  closed.close();
});

test('a branch that fails while another starts a nested round leaves none running', async () => {
  const home = openHome({
    machines: {
      ...nesting,
      outer: machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Start',
              States: { Start: { ...startsInner, End: true } },
            },
            { StartAt: 'Break', States: { Break: { Type: 'Fail', Error: 'NoQuorum' } } },
          ],
          End: true,
        },
      }),
    },
  });

  expect(await home.run('outer')).toMatchObject({ status: 'FAILED', error: 'NoQuorum' });
  expect(home.service.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
});

const refused = `CREATE TRIGGER refused BEFORE INSERT ON events WHEN new.type = 'TaskSubmitted'
  BEGIN SELECT RAISE(ABORT, 'not now'); END`;

const change = (folder: string, sql: string): void => {
  const database = new DatabaseSync(join(folder, 'executions.sqlite'));
  database.exec(sql);
  database.close();
};

test('a nested round that began and ended before its outer one knew, when the power went, still answers it', async () => {
  const machines = {
    outer: machine({ Start: { ...startsInner, Output: '{% $states.result.Output %}', End: true } }),
    inner: machine({ Only: { Type: 'Pass', Output: 'ended', End: true } }),
  };
  const empty = openHome({ machines });
  const { folder } = empty;
  await empty.close();
  change(folder, refused);
  const before = openHome({ machines, folder, more: { graceMilliseconds: 1 } });
  const arn = await before.start('outer');
  const inner = () => before.service.executions().find(({ machine: of }) => of === machineArn('inner'));
  while (inner()?.status !== 'SUCCEEDED') await new Promise((resolve) => setTimeout(resolve, 5));
  await before.close();
  change(folder, 'DROP TRIGGER refused');

  const after = openHome({ machines, folder });
  await after.settle();

  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"ended"' });
});
