import { expect, test } from 'vitest';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { invokes, machine, openHome } from './home.ts';

const end = { Type: 'Pass', End: true };

const refusalOf = (definition: object): HomeFault => {
  try {
    openHome({ machines: { round: definition } });
  } catch (error) {
    if (error instanceof HomeFault) return error;
    throw error;
  }
  throw new Error('was hosted');
};

test.each([
  ['a machine in JSONPath', { StartAt: 'A', States: { A: end } }, "state 'A': is in JSONPath"],
  ['a field of JSONPath', machine({ A: { ...end, ResultPath: '$.x' } }), 'ResultPath belongs to JSONPath'],
  [
    'an unknown field',
    machine({ A: { ...end, Colour: 'blue' } }),
    "state 'A': the field Colour is not hosted",
  ],
  ['an unknown type', machine({ A: { Type: 'Dream', End: true } }), "state 'A'"],
  [
    'a service that is not hosted',
    machine({ A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } }),
    'the resource arn:aws:states:::sqs:sendMessage is not hosted; hosted are arn:aws:states:::lambda:invoke,',
  ],
  [
    'a Distributed Map',
    machine({
      A: {
        Type: 'Map',
        End: true,
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: end } },
      },
    }),
    "state 'A': is a Distributed Map; only inline Maps are hosted",
  ],
  [
    'an ItemReader',
    machine({
      A: { Type: 'Map', ItemReader: {}, ItemProcessor: { StartAt: 'B', States: { B: end } }, End: true },
    }),
    'the field ItemReader belongs to a Distributed Map',
  ],
  [
    'a way that leads nowhere',
    machine({ A: { Type: 'Pass', Next: 'B' } }),
    "state 'A': leads to 'B', which does not exist",
  ],
  ['a state that nothing leads to', machine({ A: end, B: end }), "state 'B': cannot be reached"],
  ['a state without a way on', machine({ A: { Type: 'Pass' } }), "state 'A': needs either Next or End: true"],
  ['a wait for nothing', machine({ A: { Type: 'Wait', End: true } }), 'needs either Seconds or Timestamp'],
  [
    'a broken expression',
    machine({ A: { ...end, Output: '{% $states. %}' } }),
    "the expression '$states.' is not JSONata",
  ],
  [
    'States.ALL before others',
    machine({ A: invokes('x', { End: true, Retry: [{ ErrorEquals: ['States.ALL', 'B'] }] }) }),
    'States.ALL must stand alone',
  ],
  [
    'an argument that is not hosted',
    machine({ A: invokes('x', { End: true, Arguments: { FunctionName: 'x', InvocationType: 'Event' } }) }),
    'the argument InvocationType',
  ],
  [
    'a call of no function',
    machine({ A: invokes('x', { End: true, Arguments: { Payload: 1 } }) }),
    'Arguments lacks FunctionName',
  ],
  ['the reserved variable', machine({ A: { ...end, Assign: { states: 1 } } }), "assigns 'states'"],
])('%s stops the start, and the message names machine and place', (_what, definition, words) => {
  const refusal = refusalOf(definition);

  expect(refusal.exitCode).toBe(exitCodes.unhostable);
  expect(refusal.message).toContain("State machine 'round' cannot run here");
  expect(refusal.message).toContain(words);
});

test('every fault of a machine is told at once', () => {
  const { message } = refusalOf(machine({ A: { Type: 'Pass' }, B: end }));

  expect(message.split('\n')).toHaveLength(3);
});

test('a choice takes the first rule that holds, with its own Assign and Output', async () => {
  const home = openHome({
    machines: {
      round: machine({
        Which: {
          Type: 'Choice',
          Choices: [
            { Condition: '{% $states.input.n > 10 %}', Next: 'Tell', Output: 'large' },
            {
              Condition: '{% $states.input.n > 5 %}',
              Next: 'Tell',
              Output: 'middle',
              Assign: { seen: true },
            },
          ],
          Default: 'Tell',
          Output: 'small',
        },
        Tell: { Type: 'Succeed', Output: '{% [$states.input, $exists($seen)] %}' },
      }),
    },
  });
  const tell = async (n: number) => {
    const arn = await home.start('round', { n }, `n-${n}`);
    await home.settle();
    return JSON.parse((await home.describe(arn)).output ?? '');
  };

  expect(await tell(11)).toEqual(['large', false]);
  expect(await tell(7)).toEqual(['middle', true]);
  expect(await tell(1)).toEqual(['small', false]);
});

test('a choice without a rule that holds and without a Default fails by name', async () => {
  const home = openHome({
    machines: {
      round: machine({
        Which: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }] },
        End: { Type: 'Succeed' },
      }),
    },
  });

  expect(await home.run('round')).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
});

test('a condition that is no boolean is an error, not a no', async () => {
  const home = openHome({
    machines: {
      round: machine({
        Which: { Type: 'Choice', Choices: [{ Condition: '{% "yes" %}', Next: 'End' }], Default: 'End' },
        End: { Type: 'Succeed' },
      }),
    },
  });

  expect(await home.run('round')).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining("Expected 'boolean', but was 'string'"),
  });
});

test('a Fail state ends the round with an error and a cause, which may be expressions', async () => {
  const home = openHome({
    machines: {
      round: machine({
        No: { Type: 'Fail', Error: 'NothingToFollow', Cause: '{% "stage " & $states.input.stage %}' },
      }),
    },
  });

  expect(await home.run('round', { stage: 'draft' })).toMatchObject({
    status: 'FAILED',
    error: 'NothingToFollow',
    cause: 'stage draft',
  });
});

test('a machine that runs in a circle is ended by event 25,000, as on AWS', async () => {
  const home = openHome({
    machines: {
      round: machine({
        Again: { Type: 'Choice', Choices: [{ Condition: false, Next: 'End' }], Default: 'Again' },
        End: { Type: 'Succeed' },
      }),
    },
  });

  const ended = await home.run('round');

  expect(ended).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  });
  expect(ended.history.at(-1)).toMatchObject({
    id: 25_000,
    previousEventId: 24_999,
    type: 'ExecutionFailed',
  });
});
