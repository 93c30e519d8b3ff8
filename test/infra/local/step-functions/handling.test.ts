import { expect, test } from 'vitest';
import { asks, invokes, machine, NotRun, openHome } from './home.ts';

/** A machine that tries one function, and says what it caught. */
const trying = (task: object) =>
  machine({
    Try: invokes('work', { End: true, ...task }),
    Caught: { Type: 'Pass', End: true },
  });

const caught = { Next: 'Caught', Output: '{% $states.errorOutput %}' };

class Broken extends Error {
  override name = 'Broken';
}

const failing = (times: number, make: () => Error = () => new Broken('the scanner is down')) => {
  const moments: number[] = [];
  const work = () => {
    moments.push(home.clock.now());
    if (moments.length <= times) throw make();
    return 'done';
  };
  let home: ReturnType<typeof openHome>;
  return {
    moments,
    with: (task: object, more: object = {}) => {
      home = openHome({
        machines: { round: trying({ Catch: [{ ErrorEquals: ['Never'], ...caught }], ...task }) },
        functions: { work },
        ...more,
      });
      return home;
    },
    /** Seconds between the attempts. */
    pauses: () => moments.slice(1).map((moment, index) => (moment - (moments[index] ?? 0)) / 1000),
  };
};

test('what fails for a while is tried again with growing pauses, at most three times unless said otherwise', async () => {
  const work = failing(3);

  const ended = await work.with({ Retry: [{ ErrorEquals: ['Broken'] }] }).run('round', {}, 60);

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
  expect(work.pauses()).toEqual([1, 2, 4]);
});

test('pauses follow the interval, the rate and the longest delay that were said', async () => {
  const work = failing(5);

  await work
    .with({
      Retry: [
        {
          ErrorEquals: ['States.ALL'],
          IntervalSeconds: 2,
          BackoffRate: 3,
          MaxDelaySeconds: 20,
          MaxAttempts: 5,
        },
      ],
    })
    .run('round', {}, 600);

  expect(work.pauses()).toEqual([2, 6, 18, 20, 20]);
});

test('full jitter takes a part of each pause', async () => {
  const work = failing(3);

  await work
    .with({
      Retry: [{ ErrorEquals: ['Broken'], IntervalSeconds: 100, BackoffRate: 1, JitterStrategy: 'FULL' }],
    })
    .run('round', {}, 600);

  expect(work.pauses()).toHaveLength(3);
  for (const pause of work.pauses()) expect(pause).toBeLessThanOrEqual(100);
});

test('each retrier counts for itself, and the first that fits decides', async () => {
  const kinds = ['One', 'Two', 'One', 'Two', 'One'];
  const work = failing(5, () => Object.assign(new Error('no'), { name: kinds[work.moments.length - 1] }));

  const ended = await work
    .with({
      Retry: [
        { ErrorEquals: ['One'], MaxAttempts: 2 },
        { ErrorEquals: ['Two'], MaxAttempts: 2, IntervalSeconds: 10 },
      ],
    })
    .run('round', {}, 600);

  expect(work.pauses()).toEqual([1, 10, 2, 20]);
  expect(ended).toMatchObject({ status: 'FAILED', error: 'One' });
});

test('what no retrier saves is caught, with error and cause as AWS words them', async () => {
  const home = failing(9).with({
    Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
    Catch: [{ ErrorEquals: ['States.ALL'], ...caught }],
  });

  const ended = await home.run('round', {}, 60);

  expect(ended).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      Error: 'Broken',
      Cause: JSON.stringify({ errorType: 'Broken', errorMessage: 'the scanner is down' }),
    },
  });
});

test('States.TaskFailed covers what a function throws, but not a timeout', async () => {
  const catching = { Catch: [{ ErrorEquals: ['States.TaskFailed'], ...caught }] };
  const failed = await failing(1).with(catching).run('round');
  expect(failed).toMatchObject({ status: 'SUCCEEDED' });

  const slow = openHome({
    machines: { round: trying({ TimeoutSeconds: 5, ...catching }) },
    functions: { work: () => new Promise((resolve) => setTimeout(resolve, 100)) },
  });
  const arn = await slow.start('round');
  await slow.clock.pass(6, () => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(await slow.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test.each([
  ['TooManyRequestsException', 'Lambda.TooManyRequestsException'],
  ['ServiceException', 'Lambda.ServiceException'],
] as const)('an invocation refused with %s is the retryable %s', async (refusal, name) => {
  const work = failing(1, () => new NotRun(refusal));

  const ended = await work.with({ Retry: [{ ErrorEquals: [name] }] }).run('round', {}, 60);

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
});

test('a function that is not in the template fails the task by name', async () => {
  const home = openHome({ machines: { round: machine({ Try: invokes('missing', { End: true }) }) } });

  expect(await home.run('round')).toMatchObject({
    status: 'FAILED',
    error: 'Lambda.ResourceNotFoundException',
  });
});

test('a grant that the role lacks fails the task as AWS does, and the function is not run', async () => {
  let ran = false;
  const home = openHome({
    machines: { round: machine({ Try: invokes('work', { End: true }) }) },
    functions: { work: () => (ran = true) },
    more: {
      authorize: (caller, action, resource) => {
        if (caller.kind === 'state-machine') {
          throw new Error(`${caller.logicalId} may not ${action} on ${resource}`);
        }
      },
    },
  });

  expect(await home.run('round')).toMatchObject({
    status: 'FAILED',
    error: 'Lambda.AWSLambdaException',
    cause: 'round may not lambda:InvokeFunction on arn:aws:lambda:eu-central-1:000000000000:function:work',
  });
  expect(ran).toBe(false);
});

test('an expression that fails is caught like any other error, and the event names the field', async () => {
  const home = openHome({
    machines: {
      round: trying({ Arguments: '{% $nobody %}', Catch: [{ ErrorEquals: ['States.ALL'], ...caught }] }),
    },
    functions: { work: () => 1 },
  });

  const ended = await home.run('round');

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.QueryEvaluationError' } });
  expect(ended.history[2]).toMatchObject({
    type: 'EvaluationFailed',
    evaluationFailedEventDetails: { state: 'Try', location: 'Arguments' },
  });
});

test('States.ALL does not cover a payload that is too large for a state, only its own name does', async () => {
  const large = { Output: '{% $pad("", 270000, "x") %}' };
  const all = failing(0).with({ ...large, Catch: [{ ErrorEquals: ['States.ALL'], ...caught }] });
  expect(await all.run('round')).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });

  const named = failing(0).with({
    ...large,
    Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], ...caught }],
  });
  expect(await named.run('round')).toMatchObject({
    status: 'SUCCEEDED',
    output: { Error: 'States.DataLimitExceeded' },
  });
});

test('a function that returns more than 256 KiB fails its task', async () => {
  const home = openHome({
    machines: { round: machine({ Try: invokes('work', { End: true }) }) },
    functions: { work: () => 'қ'.repeat(140_000) },
  });

  const ended = await home.run('round');

  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  expect(ended.types).toContain('TaskFailed');
});

/** 41 of these fit into the 10 MiB of an execution. */
const input = { sheet: 'x'.repeat(250_000) };
const sheet = '{% $states.context.Execution.Input.sheet %}';

const collecting = (sheets: number) =>
  machine(
    Object.fromEntries(
      Array.from({ length: sheets }, (_, n) => {
        const onward = n + 1 < sheets ? { Next: `Read${n + 1}` } : { End: true };
        return [`Read${n}`, { Type: 'Pass', Assign: { [`sheet${n}`]: sheet }, Output: n, ...onward }];
      }),
    ),
  );

test('all variables of an execution together may hold 10 MiB', async () => {
  const home = openHome({ machines: { fits: collecting(41), round: collecting(42) } });

  expect(await home.run('fits', input)).toMatchObject({ status: 'SUCCEEDED', output: 40 });
  expect(await home.run('round', input)).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause: expect.stringContaining("state 'Read41'"),
  });
});

// Two outer ones and those of forty lines, which is how many AWS runs at once, are too much.
const mapped = (MaxConcurrency: number, then: object) =>
  machine({
    Outer: { Type: 'Pass', Assign: { outer: sheet }, Next: 'Another' },
    Another: { Type: 'Pass', Assign: { another: sheet }, Next: 'Each' },
    Each: {
      Type: 'Map',
      Items: '{% [1..44] %}',
      MaxConcurrency,
      ItemProcessor: {
        StartAt: 'Read',
        States: { Read: { Type: 'Pass', Assign: { sheet }, Output: 1, Next: 'Then' }, Then: then },
      },
      Output: '{% $count($states.result) %}',
      End: true,
    },
  });

test('variables of lines that run at once count together, those of lines that ended no more', async () => {
  const home = openHome({
    machines: {
      inTurn: mapped(2, invokes('work', { Output: 1, End: true })),
      atOnce: mapped(40, asks('work', { End: true })),
    },
    functions: { work: () => 'done' },
  });

  expect(await home.run('inTurn', input)).toMatchObject({ status: 'SUCCEEDED', output: 44 });
  expect(await home.run('atOnce', input)).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
  });
});
