import { expect, test } from 'vitest';
import { type Case, reasonToLeaveOut } from '#infra/local/step-functions/conformance/cases.ts';
import { differenceOf } from '#infra/local/step-functions/conformance/compare.ts';
import { play } from '#infra/local/step-functions/conformance/play.ts';
import type { Json } from '#infra/local/step-functions/json.ts';

/** A case in the form of the recordings, written here; the recordings themselves are not part of the project. */
const recorded = (more: object = {}): Case => ({
  id: 'ours',
  kind: 'execution',
  definition: {
    QueryLanguage: 'JSONata',
    StartAt: 'Only',
    States: { Only: { Type: 'Pass', Output: { n: '{% $states.input.n + 1 %}' }, End: true } },
  },
  input: { n: 1 },
  needs: [],
  lambda: {},
  stateMachines: {},
  expected: { status: 'SUCCEEDED', output: { n: 2 } },
  historyOrder: 'exact',
  history: [
    { type: 'ExecutionStarted', id: 1, prev: 0, input: { n: 1 } },
    { type: 'PassStateEntered', id: 2, prev: 0, name: 'Only', input: { n: 1 } },
    { type: 'PassStateExited', id: 3, prev: 2, name: 'Only', output: { n: 2 } },
    { type: 'ExecutionSucceeded', id: 4, prev: 3, output: { n: 2 } },
  ],
  ...more,
});

test('a case that is played as recorded passes', async () => {
  expect(await play(recorded())).toBeUndefined();
});

test('a state by itself is compared with both halves of what TestState answered', async () => {
  const state = {
    kind: 'state' as const,
    definition: { QueryLanguage: 'JSONata', Type: 'Pass', Output: { n: 2 }, Next: 'Tell' },
    expected: { status: 'SUCCEEDED', output: { n: 2 }, nextState: 'Tell' },
    historyOrder: undefined,
    history: undefined,
  };

  expect(
    await play(recorded({ ...state, id: 'ours[DEBUG]', inspection: { input: { n: 1 } } })),
  ).toBeUndefined();
  expect(await play(recorded({ ...state, id: 'ours[INFO]' }))).toBeUndefined();
  expect(await play(recorded({ ...state, id: 'ours[DEBUG]' }))).toBe('inspection not expected');
  expect(await play(recorded({ ...state, id: 'ours[DEBUG]', inspection: { input: 2 } }))).toContain(
    'inspection/input',
  );
});

test.each([
  [
    'another output',
    { expected: { status: 'SUCCEEDED', output: { n: 3 } } },
    'result /output/n: expected 3, was 2',
  ],
  [
    'another status',
    { expected: { status: 'FAILED' } },
    'result /status: expected "FAILED", was "SUCCEEDED"',
  ],
  ['an event less', { history: recorded().history?.slice(0, 3) }, '4 events, not 3'],
  [
    'another link',
    {
      history: [
        ...(recorded().history?.slice(0, 3) ?? []),
        { type: 'ExecutionSucceeded', id: 4, prev: 2, output: { n: 2 } },
      ],
    },
    'event 4/prev: expected 2, was 3',
  ],
  ['an accepted machine that AWS refused', { kind: 'create' }, 'was accepted'],
])('a case with %s fails and says where', async (_what, more, difference) => {
  expect(await play(recorded(more))).toBe(difference);
});

test.each<[Json, Json | undefined, string | undefined]>([
  ['$any', 5, undefined],
  ['$any', undefined, ': missing'],
  ['$opt', undefined, undefined],
  [{ $like: 'round $any of $any' }, 'round 3 of 2022', undefined],
  [{ $like: 'round $any' }, 'intake 3', ': expected {"$like":"round $any"}, was "intake 3"'],
  [{ $json: { a: [1] } }, '{"a":[1]}', undefined],
  [{ a: 1 }, '{"a":1}', undefined],
  [{ a: 1 }, { a: 1, b: 2 }, '/b: not expected'],
  [{ a: [1, 2] }, { a: [1, 3] }, '/a/1: expected 2, was 3'],
])('%j against %j: %s', (expected, actual, difference) => {
  expect(differenceOf(expected, actual)).toBe(difference);
});

test('what is left out has its reason', () => {
  const definition = { States: { A: { ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } } } };

  expect(reasonToLeaveOut(recorded())).toBeUndefined();
  expect(reasonToLeaveOut(recorded({ kind: 'state', definition }))).toBeUndefined();
  expect(reasonToLeaveOut(recorded({ definition }))).toBe('Distributed Map');
  expect(reasonToLeaveOut(recorded({ needs: ['lambda', 'sqs'] }))).toBe('needs sqs');
});
