import { expect, test } from 'vitest';
import { machine, machineArn, openHome } from './home.ts';

const waiting = { round: machine({ Open: { Type: 'Wait', Seconds: 86_400, End: true } }) };

const openWith = (machines: Record<string, object> = waiting) => {
  const home = openHome({ machines });
  const startAs = (name: string, input: string) =>
    home.call('StartExecution', { stateMachineArn: machineArn('round'), name, input });
  return { ...home, startAs };
};

test('starting the same round twice with the same input answers the one that runs', async () => {
  const home = openWith();

  const [first, second] = await Promise.all([
    home.startAs('almaty-3-1', '{}'),
    home.startAs('almaty-3-1', '{}'),
  ]);

  expect(second).toEqual(first);
  expect(home.service.executions()).toHaveLength(1);
});

test('another input under the same name, or the name of a round that ended, already exists', async () => {
  const home = openWith();
  const { executionArn } = await home.startAs('almaty-3-1', '{}');

  expect(await home.startAs('almaty-3-1', '{"other":true}')).toMatchObject({
    __type: 'ExecutionAlreadyExists',
  });
  await home.call('StopExecution', { executionArn });
  expect(await home.startAs('almaty-3-1', '{}')).toMatchObject({ __type: 'ExecutionAlreadyExists' });
});

test.each([
  ['StartExecution', { stateMachineArn: machineArn('nobody') }, 'StateMachineDoesNotExist'],
  ['StartExecution', { stateMachineArn: machineArn('round'), input: '{' }, 'InvalidExecutionInput'],
  ['StartExecution', { stateMachineArn: machineArn('round'), name: 'a b' }, 'ValidationException'],
  [
    'StartExecution',
    { stateMachineArn: machineArn('round'), input: `"${'x'.repeat(262_143)}"` },
    'ValidationException',
  ],
  ['StartExecution', {}, 'ValidationException'],
  [
    'DescribeExecution',
    { executionArn: 'arn:aws:states:x:y:execution:round:nobody' },
    'ExecutionDoesNotExist',
  ],
  ['DescribeExecution', { executionArn: 'nobody' }, 'InvalidArn'],
  ['DescribeStateMachine', { stateMachineArn: machineArn('nobody') }, 'StateMachineDoesNotExist'],
  ['ListExecutions', { stateMachineArn: machineArn('nobody') }, 'StateMachineDoesNotExist'],
  ['StopExecution', { executionArn: 'arn:aws:states:x:y:execution:round:nobody' }, 'ExecutionDoesNotExist'],
  ['CreateStateMachine', {}, 'UnknownOperationException'],
])('%s with %o is refused as %s and changes nothing', async (operation, body, code) => {
  const home = openWith();

  const answer = await home.send(operation, body);

  expect(answer.status).toBe(400);
  expect(JSON.parse(String(answer.body))).toMatchObject({ __type: code, message: expect.any(String) });
  expect(home.service.executions()).toEqual([]);
});

test('a request that is no JSON is refused', async () => {
  const home = openWith();

  const answer = await home.service.handle({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' },
    body: Buffer.from('{'),
    caller: { kind: 'operator' },
  });

  expect(answer.status).toBe(400);
});

test('rounds are listed newest first, a page at a time, and by status', async () => {
  const home = openWith();
  const arns: string[] = [];
  for (const name of ['one', 'two', 'three']) arns.push((await home.startAs(name, '{}')).executionArn);
  await home.call('StopExecution', { executionArn: arns[1] });
  const list = (more: object) =>
    home.call('ListExecutions', { stateMachineArn: machineArn('round'), ...more });

  const first = await list({ maxResults: 2 });
  const second = await list({ maxResults: 2, nextToken: first.nextToken });

  expect(first).toMatchObject({ executions: [{ name: 'three' }, { name: 'two' }] });
  expect(second).toMatchObject({ executions: [{ name: 'one' }] });
  expect(second.nextToken).toBeUndefined();
  expect(await list({ statusFilter: 'ABORTED' })).toMatchObject({ executions: [{ name: 'two' }] });
});

test('a history is read in pages, forwards and backwards', async () => {
  const home = openWith({ round: machine({ Only: { Type: 'Pass', End: true } }) });
  const { executionArn } = await home.startAs('one', '{}');
  await home.settle();
  const read = (more: object) => home.call('GetExecutionHistory', { executionArn, ...more });

  const first = await read({ maxResults: 3 });
  expect(first).toMatchObject({ events: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  expect(await read({ nextToken: first.nextToken })).toMatchObject({ events: [{ id: 4 }] });
  expect(await read({ reverseOrder: true, maxResults: 1 })).toMatchObject({
    events: [{ id: 4, type: 'ExecutionSucceeded', executionSucceededEventDetails: { output: '{}' } }],
  });
  expect(await read({ includeExecutionData: false })).not.toMatchObject({
    events: [{ executionStartedEventDetails: { input: '{}' } }, {}, {}, {}],
  });
});

test('the machines of the template are listed and described with their definitions', async () => {
  const home = openWith();

  expect(await home.call('ListStateMachines', {})).toMatchObject({
    stateMachines: [{ name: 'round', type: 'STANDARD' }],
  });
  expect(await home.call('DescribeStateMachine', { stateMachineArn: machineArn('round') })).toMatchObject({
    status: 'ACTIVE',
    definition: JSON.stringify(waiting.round),
  });
});

test('a function without the grant may not start a round; with it, it may', async () => {
  const asked: string[] = [];
  const home = openHome({
    machines: waiting,
    more: {
      authorize: (caller, action, resource) => {
        asked.push(`${action} ${resource}`);
        if (caller.kind === 'function' && caller.logicalId === 'Web') throw new Error('Web may not do this');
      },
    },
  });
  const start = (logicalId: string) =>
    home.send(
      'StartExecution',
      { stateMachineArn: machineArn('round'), name: 'one' },
      { kind: 'function', logicalId },
    );

  expect(JSON.parse(String((await start('Web')).body))).toEqual({
    __type: 'AccessDeniedException',
    message: 'Web may not do this',
  });
  expect(await start('Api')).toMatchObject({ status: 200 });
  expect(asked[0]).toBe(`states:StartExecution ${machineArn('round')}`);
});
