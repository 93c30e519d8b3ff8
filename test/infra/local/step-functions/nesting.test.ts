import { expect, test } from 'vitest';
import { machine, machineArn, openHome, temporaryFolder } from './home.ts';

const caught = { Next: 'Caught', Output: '{% $states.errorOutput.Error %}' };
const Caught = { Type: 'Pass', End: true };

const nesting = {
  outer: machine({
    Start: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: machineArn('inner'), Input: '{% $states.input %}' },
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
