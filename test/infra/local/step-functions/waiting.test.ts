import { expect, test } from 'vitest';
import { asks, invokes, machine, openHome } from './home.ts';

const day = 86_400;

/** A gate: a function stores the token, a committee answers weeks later. */
const openGate = (more: object = {}) => {
  const tokens: string[] = [];
  const home = openHome({
    machines: {
      round: machine({
        Gate: asks('openGate', { Next: 'Decided', ...more }),
        Decided: { Type: 'Pass', End: true },
        Again: { Type: 'Pass', Output: 'asked again', End: true },
      }),
    },
    functions: {
      openGate: ({ token }) => {
        tokens.push(token);
        return { asked: true };
      },
    },
  });
  const decide = (output = '{"advance":true}', token = tokens.at(-1) ?? '') =>
    home.call('SendTaskSuccess', { taskToken: token, output });
  return { ...home, tokens, decide };
};

/** `Again` is reached by Catch alone, so every gate of these tests has one. */
const onTimeout = { Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Again' }] };

test('a round waits forty days, longer than a timer of Node can, and goes on at the moment', async () => {
  const home = openHome({
    machines: {
      round: machine({
        UntilDeadline: { Type: 'Wait', Timestamp: '{% $states.input.closesAt %}', Next: 'Closed' },
        Closed: { Type: 'Succeed', Output: '{% $now() %}' },
      }),
    },
  });

  const closed = await home.run('round', { closesAt: '1893-10-11T18:00:00+05:00' }, 41 * day);

  expect(closed).toMatchObject({ status: 'SUCCEEDED', output: '1893-10-11T13:00:00.000Z' });
});

test('the operator sees which state waits, since when and until when', async () => {
  const home = openHome({
    machines: { round: machine({ UntilDeadline: { Type: 'Wait', Seconds: day, End: true } }) },
  });

  await home.start('round');
  await home.settle();

  const since = home.clock.now();
  expect(home.waits()).toEqual([
    { state: 'UntilDeadline', doing: 'waiting', since, until: since + day * 1000 },
  ]);
});

test('a deadline that has passed does not wait', async () => {
  const home = openHome({
    machines: {
      round: machine({ Late: { Type: 'Wait', Timestamp: '1893-08-31T00:00:00Z', End: true } }),
    },
  });

  expect(await home.run('round')).toMatchObject({ status: 'SUCCEEDED' });
});

test('a committee decides after a month and its decision is the result of the gate', async () => {
  const gate = openGate(onTimeout);
  const arn = await gate.start('round');
  await gate.pass(30 * day);

  await gate.decide('{"advance":true,"votes":5}');
  await gate.settle();

  expect(await gate.describe(arn)).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"advance":true,"votes":5}',
  });
  expect(gate.events(arn).map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'PassStateEntered',
    'PassStateExited',
    'ExecutionSucceeded',
  ]);
});

test('a decision may arrive before the function that asked for it has returned', async () => {
  const early = openHome({
    machines: { round: machine({ Gate: asks('openGate', { End: true }) }) },
    functions: {
      openGate: async ({ token }) => {
        await early.call('SendTaskSuccess', { taskToken: token, output: '"early"' });
        return 'late';
      },
    },
  });

  const decided = await early.run('round');

  expect(decided).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
  expect(decided.types).not.toContain('TaskSubmitted');
});

test('a gate that nobody answers times out into the state that asks again', async () => {
  const gate = openGate({ TimeoutSeconds: 30 * day, ...onTimeout });

  const asked = await gate.run('round', {}, 31 * day);

  expect(asked).toMatchObject({ status: 'SUCCEEDED', output: 'asked again' });
  expect(asked.types).toContain('TaskTimedOut');
});

test('an answer after the timeout, and a second answer, are told that they are too late', async () => {
  const gate = openGate({ TimeoutSeconds: day, ...onTimeout });
  await gate.start('round');
  await gate.pass(2 * day);
  expect(await gate.decide()).toMatchObject({ __type: 'TaskTimedOut' });

  await gate.start('round', {}, 'two');
  await gate.settle();
  expect(await gate.decide()).toEqual({ executionArn: '', startDate: 0 });
  expect(await gate.decide()).toMatchObject({ __type: 'TaskTimedOut' });
});

test('two answers at the same moment: one counts, the other is too late', async () => {
  const gate = openGate(onTimeout);
  const arn = await gate.start('round');
  await gate.settle();

  const answers = await Promise.all([gate.decide('"first"'), gate.decide('"second"')]);
  await gate.settle();

  expect(answers.map(({ __type }) => __type)).toEqual([undefined, 'TaskTimedOut']);
  expect(await gate.describe(arn)).toMatchObject({ output: '"first"' });
});

test('a token that was never given is told apart from one that is no token at all', async () => {
  const gate = openGate(onTimeout);

  expect(await gate.decide('{}', 'A'.repeat(48))).toMatchObject({ __type: 'TaskDoesNotExist' });
  expect(await gate.decide('{}', 'not a token')).toMatchObject({ __type: 'InvalidToken' });
});

test('an answer that is no JSON is refused and the gate goes on waiting', async () => {
  const gate = openGate(onTimeout);
  const arn = await gate.start('round');
  await gate.settle();

  expect(await gate.decide('{advance')).toMatchObject({ __type: 'InvalidOutput' });
  expect(await gate.describe(arn)).toMatchObject({ status: 'RUNNING' });
});

test('a refusal by the committee is an error that the round may catch by name', async () => {
  const gate = openGate({ Catch: [{ ErrorEquals: ['Declined'], Next: 'Again' }] });
  const arn = await gate.start('round');
  await gate.settle();

  await gate.call('SendTaskFailure', { taskToken: gate.tokens[0], error: 'Declined', cause: 'no quorum' });
  await gate.settle();

  expect(await gate.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"asked again"' });
});

test('heartbeats keep a gate open; the first one missed closes it', async () => {
  const gate = openGate({
    HeartbeatSeconds: '{% 60 * 60 %}',
    Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Again' }],
  });
  const arn = await gate.start('round');
  for (let hour = 0; hour < 3; hour += 1) {
    await gate.pass(3_000);
    await gate.call('SendTaskHeartbeat', { taskToken: gate.tokens[0] });
  }
  expect(await gate.describe(arn)).toMatchObject({ status: 'RUNNING' });

  await gate.pass(3_700);

  expect(await gate.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"asked again"' });
});

test('a machine that slept past a heartbeat and its timeout still ends the gate once', async () => {
  const gate = openGate({ TimeoutSeconds: 7200, HeartbeatSeconds: 60, ...onTimeout });
  const arn = await gate.start('round');
  await gate.settle();

  gate.clock.jump(10 * day);
  await gate.pass(1);

  expect(gate.events(arn).filter(({ type }) => type === 'TaskTimedOut')).toHaveLength(1);
  expect(await gate.describe(arn)).toMatchObject({ status: 'SUCCEEDED' });
});

test('a stopped round forgets its gate: an answer is too late and nothing runs on', async () => {
  const gate = openGate(onTimeout);
  const arn = await gate.start('round');
  await gate.settle();

  await gate.call('StopExecution', { executionArn: arn, error: 'Cancelled', cause: 'no posts left' });

  expect(await gate.decide()).toMatchObject({ __type: 'TaskTimedOut' });
  expect(await gate.describe(arn)).toMatchObject({
    status: 'ABORTED',
    error: 'Cancelled',
    cause: 'no posts left',
  });
  expect(gate.events(arn).at(-1)).toMatchObject({ type: 'ExecutionAborted' });
});

test('a machine that ran out of its own time ends as timed out', async () => {
  const home = openHome({
    machines: {
      round: machine({ Slow: { Type: 'Wait', Seconds: 10 * day, End: true } }, { TimeoutSeconds: day }),
    },
  });

  const ended = await home.run('round', {}, 11 * day);

  expect(ended).toMatchObject({ status: 'TIMED_OUT' });
  expect(ended.types.slice(-2)).toEqual(['WaitStateAborted', 'ExecutionTimedOut']);
});

test('a function that takes longer than TimeoutSeconds fails the task; its late answer changes nothing', async () => {
  const { promise, resolve: finish } = Promise.withResolvers<string>();
  const home = openHome({
    machines: { round: machine({ Slow: invokes('slow', { TimeoutSeconds: 30, End: true }) }) },
    functions: { slow: () => promise },
  });
  const arn = await home.start('round');
  await home.clock.pass(31, () => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(await home.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });

  finish('late');
  await home.settle();

  expect(await home.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});
