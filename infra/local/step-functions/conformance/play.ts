import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HomeClock, Invocation } from '#infra/local/ports.ts';
import { isObject, type Json, type JsonObject } from '#infra/local/step-functions/json.ts';
import { checkDefinition } from '#infra/local/step-functions/program.ts';
import { openStepFunctions, type StepFunctions } from '#infra/local/step-functions/step-functions.ts';
import type { Case, FunctionAnswer } from './cases.ts';
import { type Difference, differenceOf } from './compare.ts';
import { differenceOfTest, requestOf } from './play-state.ts';

const account = 'arn:aws:states:us-east-1:111111111111';
const machineArn = `${account}:stateMachine:case`;

/** Plays a case and compares with what AWS answered. */
export const play = async (recorded: Case): Promise<Difference> =>
  recorded.kind === 'create'
    ? playCreation(recorded)
    : inHome(recorded, recorded.kind === 'state' ? playTest : playExecution);

/** That the definition is refused is compared; the words of a refusal are our own. */
const playCreation = ({ definition }: Case): Difference =>
  checkDefinition(definition).ok ? 'was accepted' : undefined;

type Home = { service: StepFunctions; settle: () => Promise<void> };

const playTest = async ({ service }: Home, recorded: Case): Promise<Difference> =>
  differenceOfTest(recorded, await ask(service, 'TestState', requestOf(recorded)));

const playExecution = async ({ service, settle }: Home, recorded: Case): Promise<Difference> => {
  await ask(service, 'StartExecution', {
    stateMachineArn: machineArn,
    name: 'case',
    input: JSON.stringify(recorded.input ?? {}),
  });
  await settle();
  return compare(service, recorded);
};

/** Opens a home with the machines of the case in a folder of its own. */
const inHome = async (
  recorded: Case,
  scene: (home: Home, recorded: Case) => Promise<Difference>,
): Promise<Difference> => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-conformance-'));
  const work = new Set<Promise<unknown>>();
  const clock = skippingClock(work);
  const service = openStepFunctions({
    file: join(folder, 'executions.sqlite'),
    clock,
    activity: {
      track: (promise) => {
        work.add(promise);
        void promise.finally(() => work.delete(promise));
        return promise;
      },
      idle: async () => {},
    },
    machines: [
      ...(recorded.kind === 'execution'
        ? [{ arn: machineArn, name: 'case', definition: recorded.definition }]
        : []),
      ...Object.entries(recorded.stateMachines).map(([arn, definition]) => ({
        arn,
        name: arn.split(':').at(-1) ?? arn,
        definition,
      })),
    ],
    invoke: (name, payload) => answerOf(recorded.lambda[name.split(':').at(-1) ?? ''], payload),
    log: () => {},
  });
  try {
    return await scene({ service, settle: clock.settle }, recorded);
  } finally {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Time goes on by leaps: when nothing is under way, to the next timer of an execution. */
const skippingClock = (work: ReadonlySet<Promise<unknown>>): HomeClock & { settle: () => Promise<void> } => {
  let now = Date.now();
  const timers = new Set<{ at: number; callback: () => void }>();
  const settle = async (): Promise<void> => {
    for (;;) {
      while (work.size > 0) await Promise.allSettled(work);
      const [next] = [...timers].toSorted((one, other) => one.at - other.at);
      if (!next) return;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.callback();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  };
  return {
    now: () => now,
    at: (at, callback, purpose) => {
      if (purpose === 'housekeeping') return () => {};
      const timer = { at, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    settle,
  };
};

const answerOf = async (answer: FunctionAnswer | undefined, payload: unknown): Promise<Invocation> => {
  switch (answer?.kind) {
    case undefined:
      return { outcome: 'refused', error: 'ResourceNotFoundException', message: 'Function not found' };
    case 'echo':
      return { outcome: 'returned', payload };
    case 'returns':
      return { outcome: 'returned', payload: answer.value };
    case 'delay':
      await new Promise((resolve) => {
        setTimeout(resolve, answer.seconds * 1000);
      });
      return { outcome: 'returned', payload: null };
    case 'returnsLarge':
      return { outcome: 'returned', payload: 'x'.repeat(answer.bytes) };
    case 'fail': {
      const { errorType, errorMessage } = answer;
      return { outcome: 'failed', payload: { errorType, errorMessage } };
    }
  }
};

const ask = async (service: StepFunctions, operation: string, body: object): Promise<Json> => {
  const answer = await service.handle({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': `AWSStepFunctions.${operation}` },
    body: Buffer.from(JSON.stringify(body)),
    caller: { kind: 'operator' },
  });
  return JSON.parse(String(answer.body));
};

const compare = async (service: StepFunctions, recorded: Case): Promise<Difference> => {
  const answer = await ask(service, 'DescribeExecution', { executionArn: `${account}:execution:case:case` });
  const { status, output, error, cause } = isObject(answer) ? answer : {};
  const actual = Object.fromEntries(
    Object.entries({
      status,
      output: typeof output === 'string' ? JSON.parse(output) : output,
      error,
      cause,
    }).filter(([, value]) => value !== undefined),
  );
  const result = differenceOf(recorded.expected, actual);
  if (result) return `result ${result}`;
  const events = (service.history('case') ?? []).map(flat);
  return compareHistory(recorded, events);
};

/** An event as the recordings spell it: its details beside type, id and prev, texts of JSON parsed. */
const flat = (event: JsonObject): JsonObject => {
  const { type = '', id = 0, previousEventId = 0, timestamp: _timestamp, ...more } = event;
  const details = Object.values(more).flatMap((part) => (isObject(part) ? Object.entries(part) : []));
  const kept = details.filter(([key]) => !key.endsWith('Details') && key !== 'roleArn');
  return { type, id, prev: previousEventId, ...Object.fromEntries(kept.map(unfold)) };
};

const unfold = ([key, value]: [string, Json]): [string, Json] => {
  if (typeof value === 'string' && ['input', 'output', 'parameters'].includes(key))
    return [key, JSON.parse(value)];
  if (key !== 'assignedVariables' || !isObject(value)) return [key, value];
  const variables = Object.entries(value).map(([name, text]): [string, Json] => [
    name,
    typeof text === 'string' ? JSON.parse(text) : text,
  ]);
  return [key, Object.fromEntries(variables)];
};

const compareHistory = ({ history, historyOrder }: Case, events: JsonObject[]): Difference => {
  if (!history) return undefined;
  if (historyOrder === 'exact') {
    for (const [index, expected] of history.entries()) {
      const difference = differenceOf(expected, events[index], `event ${index + 1}`);
      if (difference) return difference;
    }
    return history.length === events.length ? undefined : `${events.length} events, not ${history.length}`;
  }
  const left = events.map(({ id: _id, prev: _prev, ...event }) => event);
  for (const expected of history) {
    const found = left.findIndex((event) => differenceOf(expected, event) === undefined);
    if (found < 0) return `no event like ${JSON.stringify(expected)}`;
    left.splice(found, 1);
  }
  return historyOrder === 'subset' || left.length === 0 ? undefined : `${left.length} events too many`;
};
