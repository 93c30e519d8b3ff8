import { expect, test } from 'vitest';
import { asks, invokes, machine, openHome, temporaryFolder } from './home.ts';

const flow = (States: Record<string, object>) => ({ StartAt: Object.keys(States)[0], States });
const caught = { Next: 'Caught', Output: '{% $states.errorOutput.Error %}' };
const Caught = { Type: 'Pass', End: true };

test('branches run side by side, see the variables around them, and their results keep their order', async () => {
  const home = openHome({
    machines: {
      round: machine({
        Note: { Type: 'Pass', Assign: { posts: 438 }, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Arguments: { n: '{% $states.input.n %}' },
          Branches: [
            flow({
              Slow: { Type: 'Wait', Seconds: 10, Next: 'Tell' },
              Tell: { Type: 'Pass', Output: '{% $posts %}', End: true },
            }),
            flow({
              Mine: { Type: 'Pass', Assign: { own: 1 }, Next: 'Read' },
              Read: { Type: 'Pass', Output: '{% $own + $states.input.n %}', End: true },
            }),
          ],
          End: true,
        },
      }),
    },
  });

  expect(await home.run('round', { n: 2 }, 11)).toMatchObject({ status: 'SUCCEEDED', output: [438, 3] });
});

test('one branch that fails cuts the others: their gates close and the error is caught once', async () => {
  let token = '';
  const home = openHome({
    machines: {
      round: machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            flow({ Gate: asks('openGate', { End: true }) }),
            flow({
              Later: { Type: 'Wait', Seconds: 60, Next: 'Break' },
              Break: { Type: 'Fail', Error: 'NoQuorum' },
            }),
          ],
          Catch: [{ ErrorEquals: ['NoQuorum'], ...caught }],
          End: true,
        },
        Caught,
      }),
    },
    functions: { openGate: (payload) => void (token = payload.token) },
  });

  const ended = await home.run('round', {}, 61);

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: 'NoQuorum' });
  expect(ended.types).toContain('TaskStateAborted');
  expect(await home.call('SendTaskSuccess', { taskToken: token, output: '1' })).toMatchObject({
    __type: 'TaskTimedOut',
  });
});

test('a map works through its items, so many at a time, and keeps their order', async () => {
  const home = openHome({
    machines: {
      round: machine({
        Each: {
          Type: 'Map',
          Items: '{% $states.input.batches %}',
          ItemSelector: {
            batch: '{% $states.context.Map.Item.Value %}',
            at: '{% $states.context.Map.Item.Index %}',
          },
          MaxConcurrency: 3,
          ItemProcessor: flow({
            Screen: {
              Type: 'Wait',
              Seconds: 10,
              Output: '{% $states.input.batch & $states.input.at %}',
              End: true,
            },
          }),
          End: true,
        },
      }),
    },
  });

  const ended = await home.run('round', { batches: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, 60);

  expect(ended.output).toEqual(['a0', 'b1', 'c2', 'd3', 'e4', 'f5', 'g6']);
  // Three, three and one, ten seconds each.
  expect(ended).toMatchObject({ stopDate: ended.startDate + 30 });
});

test('an empty map comes to an empty list', async () => {
  const home = openHome({
    machines: {
      round: machine({
        Each: { Type: 'Map', ItemProcessor: flow({ One: { Type: 'Pass', End: true } }), End: true },
      }),
    },
  });

  expect(await home.run('round', [])).toMatchObject({ status: 'SUCCEEDED', output: [] });
});

test('a map is tried again as a whole, then fails with the error of its item', async () => {
  let tries = 0;
  const home = openHome({
    machines: {
      round: machine({
        Each: {
          Type: 'Map',
          ItemProcessor: flow({ Screen: invokes('screen', { End: true }) }),
          Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
          End: true,
        },
      }),
    },
    functions: {
      screen: () => {
        tries += 1;
        throw Object.assign(new Error('no'), { name: 'Broken' });
      },
    },
  });

  expect(await home.run('round', [1], 10)).toMatchObject({ status: 'FAILED', error: 'Broken' });
  expect(tries).toBe(2);
});

const screening = (tolerated: number) => ({
  Each: {
    Type: 'Map',
    ToleratedFailureCount: tolerated,
    ItemProcessor: flow({
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input = 0 %}', Next: 'Bad' }],
        Default: 'Good',
      },
      Bad: { Type: 'Fail', Error: 'Bad' },
      Good: { Type: 'Pass', End: true },
    }),
    End: true,
  },
});

test('as many items may fail as were said, one more fails the map', async () => {
  const home = openHome({ machines: { two: machine(screening(2)), one: machine(screening(1)) } });

  expect(await home.run('two', [0, 1, 0, 2])).toMatchObject({ status: 'SUCCEEDED', output: [1, 2] });
  expect(await home.run('one', [0, 1, 0, 2])).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
  });
});

test('where a count and a percentage are given, the smaller number decides', async () => {
  const { Each } = screening(3);
  const home = openHome({
    machines: { round: machine({ Each: { ...Each, ToleratedFailurePercentage: 25 } }) },
  });

  expect(await home.run('round', [0, 1, 0, 2])).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
  });
});

test('branches that wait go on after a restart', async () => {
  const folder = temporaryFolder();
  const machines = {
    round: machine({
      Each: {
        Type: 'Map',
        ItemProcessor: flow({ Rest: { Type: 'Wait', Seconds: '{% $states.input %}', End: true } }),
        End: true,
      },
    }),
  };
  const before = openHome({ machines, folder });
  const arn = await before.start('round', [100, 200, 300]);
  await before.pass(150);
  expect(before.waits()).toHaveLength(2);
  const now = before.clock.now();
  await before.close();

  const after = openHome({ machines, folder, now });
  await after.pass(200);

  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[100,200,300]' });
});
