import { expect, test } from 'vitest';
import { asks, invokes, machine, openHome } from './home.ts';

const role = 'arn:aws:iam::000000000000:role/rounds';
const waiting = { Type: 'Wait', Seconds: 60, Next: 'Close' };

const openLab = (functions: Parameters<typeof openHome>[0]['functions'] = {}) => {
  const home = openHome({ machines: { round: machine({ Only: { Type: 'Succeed' } }) }, functions });
  return {
    ...home,
    /** Tests one state; `input` and `definition` as objects. */
    tryOut: (
      definition: object,
      { input = {}, ...more }: { input?: unknown; [field: string]: unknown } = {},
    ) =>
      home.call('TestState', {
        definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }),
        input: JSON.stringify(input),
        ...more,
      }),
  };
};

/** Until a test has come as far as it can without the clock. */
const begun = () => new Promise((resolve) => setTimeout(resolve, 20));

const failing = { errorOutput: { error: 'NoQuorum', cause: 'two of five' } };

test('a state is tried out alone: its output, where it leads, and the way there', async () => {
  const lab = openLab();
  const rank = {
    Type: 'Pass',
    Assign: { posts: '{% $states.input.posts %}' },
    Output: '{% $base + 1 %}',
    Next: 'Tell',
  };

  const answer = await lab.tryOut(rank, {
    input: { posts: 438 },
    variables: '{"base":1}',
    inspectionLevel: 'DEBUG',
  });

  expect(answer).toMatchObject({
    status: 'SUCCEEDED',
    output: '2',
    nextState: 'Tell',
    inspectionData: { input: '{"posts":438}', variables: '{"base":1,"posts":438}' },
  });
  expect(lab.service.executions()).toEqual([]);
});

test('a state inside a map of a machine is found by its name', async () => {
  const lab = openLab();
  const round = machine({
    Each: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'Inner', States: { Inner: { Type: 'Pass', Output: 'seen', End: true } } },
      End: true,
    },
  });

  expect(await lab.tryOut(round, { stateName: 'Inner' })).toMatchObject({
    status: 'SUCCEEDED',
    output: '"seen"',
  });
  expect(await lab.tryOut(round, { stateName: 'Nobody' })).toMatchObject({ __type: 'ValidationException' });
});

test('a mocked result stands for the committee that a gate would wait for', async () => {
  const lab = openLab();

  const answer = await lab.tryOut(
    asks('openGate', { Output: '{% $states.result.advance %}', Next: 'Rank' }),
    {
      mock: { result: '{"advance":true}' },
      inspectionLevel: 'DEBUG',
    },
  );

  expect(answer).toMatchObject({ status: 'SUCCEEDED', output: 'true', nextState: 'Rank' });
});

test('a mocked failure is tried again until its retrier is used up, then caught', async () => {
  const lab = openLab();
  const state = invokes('screen', {
    Retry: [{ ErrorEquals: ['NoQuorum'], IntervalSeconds: 3, MaxAttempts: 2 }],
    Catch: [{ ErrorEquals: ['NoQuorum'], Next: 'Tell', Output: '{% $states.errorOutput.Cause %}' }],
    End: true,
  });
  const after = (retrierRetryCount: number) =>
    lab.tryOut(state, { mock: failing, stateConfiguration: { retrierRetryCount }, inspectionLevel: 'DEBUG' });

  expect(await after(1)).toMatchObject({
    status: 'RETRIABLE',
    error: 'NoQuorum',
    inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 6 } },
  });
  expect(await after(2)).toMatchObject({
    status: 'CAUGHT_ERROR',
    error: 'NoQuorum',
    output: '"two of five"',
    nextState: 'Tell',
    inspectionData: { errorDetails: { catchIndex: 0 } },
  });
});

test('a map is tried with so many failed items, and with what its reader would have read', async () => {
  const lab = openLab();
  const each = {
    Type: 'Map',
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
    ItemSelector: { posts: '{% $states.context.Map.Item.Value %}' },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'One',
      States: { One: { Type: 'Pass', End: true } },
    },
    ToleratedFailurePercentage: 50,
    End: true,
  };
  const failed = (mapIterationFailureCount: number) =>
    lab.tryOut(each, {
      mock: { result: '[1,2]' },
      stateConfiguration: { mapIterationFailureCount, mapItemReaderData: '["{% a %}",2]' },
      inspectionLevel: 'DEBUG',
    });

  expect(await failed(1)).toMatchObject({
    status: 'SUCCEEDED',
    output: '[1,2]',
    inspectionData: {
      maxConcurrency: 0,
      toleratedFailurePercentage: 50,
      afterItemSelector: '[{"posts":"{% a %}"},{"posts":2}]',
    },
  });
  expect(await failed(2)).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
  });
});

test('without a mock the function runs, in the role that the request names', async () => {
  const lab = openLab({ screen: () => 'screened' });

  expect(await lab.tryOut(invokes('screen', { End: true }), { roleArn: role })).toMatchObject({
    status: 'SUCCEEDED',
    output: '"screened"',
  });
  expect(await lab.tryOut(invokes('screen', { End: true }), { roleArn: `${role}-of-others` })).toMatchObject({
    __type: 'ValidationException',
  });
});

test('a wait passes, and one longer than the five minutes of a test does not', async () => {
  const lab = openLab();

  const short = lab.tryOut(waiting);
  const long = lab.tryOut({ ...waiting, Seconds: 301 });
  await begun();
  await lab.pass(300);

  expect(await short).toMatchObject({ status: 'SUCCEEDED', nextState: 'Close' });
  expect(await long).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test('a function that outlasts the timeout of its state is handled as it says', async () => {
  const lab = openLab({ screen: () => new Promise(() => {}) });
  const state = invokes('screen', {
    TimeoutSeconds: 30,
    Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Tell' }],
    End: true,
  });

  const answer = lab.tryOut(state, { roleArn: role });
  await begun();
  await lab.pass(31);

  expect(await answer).toMatchObject({ status: 'CAUGHT_ERROR', error: 'States.Timeout', nextState: 'Tell' });
});

test('an expression that cannot be evaluated fails the state with its words', async () => {
  const lab = openLab();

  expect(await lab.tryOut({ Type: 'Pass', Output: '{% $nobody %}', End: true })).toMatchObject({
    status: 'FAILED',
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining("state 'StateName'"),
  });
});

test.each([
  ['a definition that is no JSON', { definition: '{' }, 'InvalidDefinition'],
  ['a state in JSONPath', { definition: '{"Type":"Pass","End":true}' }, 'InvalidDefinition'],
  [
    'a service that is not hosted and not mocked',
    { definition: task('sqs:sendMessage') },
    'InvalidDefinition',
  ],
  ['a gate without a mock', { definition: task('lambda:invoke.waitForTaskToken') }, 'ValidationException'],
  ['a mock for a wait', { definition: text(waiting), mock: { result: '1' } }, 'ValidationException'],
  [
    'a result and an error at once',
    { definition: task('x:y'), mock: { result: '1', ...failing } },
    'ValidationException',
  ],
  ['a context without a mock', { definition: text(waiting), context: '{}' }, 'ValidationException'],
  ['an input that is no JSON', { definition: text(waiting), input: '{' }, 'InvalidExecutionInput'],
  ['variables that are no object', { definition: text(waiting), variables: '[]' }, 'ValidationException'],
])('%s is refused', async (_what, body, code) => {
  expect(await openLab().call('TestState', body)).toMatchObject({ __type: code });
});

function text(state: object): string {
  return JSON.stringify({ QueryLanguage: 'JSONata', ...state });
}

function task(name: string): string {
  return text({ Type: 'Task', Resource: `arn:aws:states:::${name}`, Arguments: {}, End: true });
}
