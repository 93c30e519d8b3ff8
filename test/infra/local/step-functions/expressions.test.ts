import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { openEvaluator } from '#infra/local/step-functions/expressions/evaluator.ts';
import type { Json } from '#infra/local/step-functions/json.ts';
import { machine, openHome } from './home.ts';

const limits = { milliseconds: 400, depth: 1_000, items: 100_000 };

/** One thread for all that is only evaluated: starting one takes longer than using it. */
const evaluator = openEvaluator(limits);
afterAll(() => evaluator.close());

const evaluate = (expression: string, input: Json = {}) =>
  evaluator.evaluate(expression, {
    states: { input },
    variables: { posts: 438 },
    now: Date.parse('1893-09-01T09:00:00.000Z'),
  });

test.each([
  ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
  ['$partition([0], 3)', [[0]]],
  ['$range(0, 10, 5)', [0, 5, 10]],
  ['$range(1, 9, 9)', 1],
  ['$range(3, 1, -1)', [3, 2, 1]],
  ['$hash("irikteu", "SHA-256")', createHash('sha256').update('irikteu').digest('hex')],
  ['$parse("{\\"posts\\": 438}").posts', 438],
  ['$random(7) = $random(7)', true],
  ['$random() < 1', true],
  ['$length($uuid())', 36],
  ['$now()', '1893-09-01T09:00:00.000Z'],
  ['$millis()', Date.parse('1893-09-01T09:00:00.000Z')],
  ['$states.input.places[subject = "physics"].free', 3],
  ['$map([1, 2], function($n) { $n * 2 })', [2, 4]],
])('%s comes to %j', async (expression, value) => {
  const input = {
    places: [
      { subject: 'physics', free: 3 },
      { subject: 'kazakh', free: 5 },
    ],
  };

  expect(await evaluate(expression, input)).toEqual({ kind: 'value', value });
});

test.each([
  ['$states.input.nobody', 'nothing'],
  ['function($x) { $x }', 'unsupported'],
  ['{ "f": function($x) { $x } }', 'unsupported'],
  ['"a" + 1', /^T2001: /],
  ['$eval("1")', /^T1006: /],
  ['$randomSeeded(1)', /^T1006: /],
  ['$hash("x", "MD2")', /must be one of MD5/],
  ['$range(1, 9999999, 1)', /must not make more than/],
  ['$partition([1], 0)', /must be 1 or more/],
  ['$parse("{")', /JSON/],
])('%s comes to no value: %s', async (expression, what) => {
  const outcome = await evaluate(expression);

  if (typeof what === 'string') expect(outcome).toEqual({ kind: what });
  else expect(outcome).toEqual({ kind: 'threw', message: expect.stringMatching(what) });
});

test.each([
  ['$states.input.nobody', 'returned nothing (undefined).'],
  ['function($x) { $x }', 'returned an unsupported result type.'],
  ['"a" + 1', 'threw an error during evaluation. T2001'],
])(
  '%s is a States.QueryEvaluationError whose cause names state, event, expression and field',
  async (expression, why) => {
    const home = openHome({
      machines: {
        round: machine({ Only: { Type: 'Pass', Output: { here: `{% ${expression} %}` }, End: true } }),
      },
    });

    const { error, cause } = await home.run('round');

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(
      "An error occurred while executing the state 'Only' (entered at the event id #2). " +
        `The JSONata expression '${expression}' specified for the field 'Output/here' ${why}`,
    );
  },
);

test('an expression finds the execution, the machine and the state that it runs in', async () => {
  const home = openHome({
    machines: { round: machine({ Only: { Type: 'Pass', Output: '{% $states.context %}', End: true } }) },
  });

  expect((await home.run('round', { n: 1 })).output).toMatchObject({
    Execution: { Name: 'one', Input: { n: 1 }, StartTime: '1893-09-01T09:00:00.000Z' },
    StateMachine: { Name: 'round' },
    State: { Name: 'Only', RetryCount: 0 },
  });
});

test.each([
  ['a recursion without end', '($f := function($x) { $f($x) }; $f(1))'],
  ['a recursion that only grows', '($f := function($x) { 1 + $f($x) }; $f(1))'],
  ['a regular expression that backtracks for ever', `$contains("${'a'.repeat(40)}b", /^(a+)+$/)`],
  ['a sequence that fills the memory', '($f := function($x) { $f($append($x, $x)) }; $f([1, 2]))'],
])('%s is ended, and the home and its other rounds go on', async (_what, expression) => {
  const home = openHome({
    machines: {
      bad: machine({ Only: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }),
      good: machine({ Only: { Type: 'Pass', Output: '{% $sum([1, 2]) %}', End: true } }),
    },
    more: { limits },
  });

  const bad = await home.start('bad');
  const good = await home.start('good');
  await home.settle();

  expect(await home.describe(bad)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  expect(await home.describe(good)).toMatchObject({ status: 'SUCCEEDED', output: '3' });
});

test('only {% … %} as a whole is an expression; everything else is a literal', async () => {
  const template = { a: ' {% $nobody %} ', b: '$states.input', c: ['{% 1 + 1 %}', null, true, 0.5], d: {} };
  const home = openHome({
    machines: { round: machine({ Only: { Type: 'Pass', Output: template, End: true } }) },
  });

  expect(await home.run('round')).toMatchObject({
    output: { a: ' {% $nobody %} ', b: '$states.input', c: [2, null, true, 0.5], d: {} },
  });
});

test('Assign and Output see the variables as they were; the next state sees the new ones', async () => {
  const home = openHome({
    machines: {
      round: machine({
        First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
        Second: {
          Type: 'Pass',
          Assign: { n: '{% $n + 1 %}', m: '{% $n %}' },
          Output: '{% $n %}',
          Next: 'Third',
        },
        Third: { Type: 'Pass', Output: '{% [$states.input, $n, $m] %}', End: true },
      }),
    },
  });

  const ended = await home.run('round');

  expect(ended.output).toEqual([1, 2, 1]);
  expect(ended.history[4]).toMatchObject({
    stateExitedEventDetails: { assignedVariables: { m: '1', n: '2' } },
  });
});
