import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStepFunctions } from '#infra/local/step-functions/step-functions.ts';
import { figureOf, heading, inTurn, record } from './harness.ts';

const states = 10;
const executions = 300;

/** State transitions of the durable interpreter, each on the disk before the next, beside the disk's own flushes. */
export const run = async (): Promise<void> => {
  heading('Workflow engine (full sync)');
  const [ours, flushes] = await inTurn(3, transitionsPerSecond, flushesPerSecond);
  record({
    section: '6 engine',
    what: `${executions} executions of ${states} Pass states at once`,
    unit: 'transitions/s',
    ours,
    against: { what: 'one 4 KB write and fsync after the other', figure: flushes },
    goal: 'at least 5,000 transitions/s on two cores',
  });
};

const machineArn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:bench';

const transitionsPerSecond = async (): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-bench-'));
  const engine = openStepFunctions({
    file: join(folder, 'executions.sqlite'),
    clock: { now: Date.now, at: () => () => undefined },
    activity: { track: (work) => work, idle: () => Promise.resolve() },
    machines: [{ arn: machineArn, name: 'bench', definition: chainOf(states) }],
    invoke: () => Promise.resolve({ outcome: 'returned', payload: null }),
    log: () => undefined,
  });
  const start = performance.now();
  await Promise.all(Array.from({ length: executions }, (_, index) => startOne(engine, index)));
  while (engine.executions().some(({ status }) => status === 'RUNNING')) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const rate = (executions * states * 1000) / (performance.now() - start);
  await engine.close();
  rmSync(folder, { recursive: true });
  return rate;
};

const startOne = async (engine: ReturnType<typeof openStepFunctions>, index: number): Promise<void> => {
  const input = { stateMachineArn: machineArn, name: `bench-${index}`, input: JSON.stringify({ index }) };
  const answer = await engine.handle({
    method: 'POST',
    url: '/',
    headers: {
      'x-amz-target': 'AWSStepFunctions.StartExecution',
      'content-type': 'application/x-amz-json-1.0',
    },
    body: Buffer.from(JSON.stringify(input)),
    caller: { kind: 'operator' },
  });
  if (answer.status !== 200)
    throw new Error(`StartExecution answered ${answer.status}: ${String(answer.body)}`);
};

const chainOf = (length: number): unknown => ({
  QueryLanguage: 'JSONata',
  StartAt: 'S0',
  States: Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `S${index}`,
      {
        Type: 'Pass',
        Output: '{% $states.input %}',
        ...(index === length - 1 ? { End: true } : { Next: `S${index + 1}` }),
      },
    ]),
  ),
});

const flushesPerSecond = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-bench-'));
  const file = openSync(join(folder, 'flushed'), 'w');
  const block = Buffer.alloc(4096, 1);
  const start = performance.now();
  const count = 500;
  for (let index = 0; index < count; index += 1) {
    writeSync(file, block);
    fsyncSync(file);
  }
  const rate = (count * 1000) / (performance.now() - start);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return figureOf([rate]).median;
};
