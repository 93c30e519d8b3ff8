import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import { chainOf, functionArn, machineArn, openEngine, startOne } from './engine/home.ts';
import { waitingCost } from './engine/waiting.ts';
import { constant, figureOf, heading, inTurn, record } from './harness.ts';

const states = 10;
const executions = 300;
const goal = 'at least 5,000 transitions/s on two cores';
const section = '6 engine';
const peer = { what: 'aws-local-stepfunctions 3.0.0, in memory' };

/** The durable interpreter beside the disk's own flushes and beside an interpreter that keeps nothing. */
export const run = async (): Promise<void> => {
  heading('Workflow engine (full sync)');
  await besideFlushes();
  await besideInMemory();
  await whileWaiting();
};

const besideFlushes = async (): Promise<void> => {
  const evaluating = chainOf(states, { Type: 'Pass', Output: '{% $states.input %}' });
  const [ours, flushes] = await inTurn(3, () => transitionsPerSecond(evaluating), flushesPerSecond);
  record({
    section,
    what: `${executions} executions of ${states} Pass states with an expression, at once`,
    unit: 'transitions/s',
    ours,
    against: { what: 'one 4 KB write and fsync after the other', figure: flushes },
    goal,
  });
};

/** Definitions that both can run: no expressions, functions by their ARN. */
const besideInMemory = async (): Promise<void> => {
  for (const state of [{ Type: 'Pass' as const }, { Type: 'Task' as const, Resource: functionArn }]) {
    const definition = chainOf(states, state);
    const [ours, theirs] = await inTurn(
      3,
      () => transitionsPerSecond(definition),
      () => peerPerSecond(definition),
    );
    const what = `${executions} executions of ${states} ${state.Type} states at once`;
    record({ section, what, unit: 'transitions/s', ours, against: { ...peer, figure: theirs }, goal });
    const whole = (figure: typeof ours): typeof ours => ({
      n: figure.n,
      min: figure.min / states,
      median: figure.median / states,
      max: figure.max / states,
    });
    record({
      section,
      what,
      unit: 'executions/s',
      ours: whole(ours),
      against: { ...peer, figure: whole(theirs) },
      goal: 'informs',
    });
  }
};

const whileWaiting = async (): Promise<void> => {
  const count = 10_000;
  const cost = await waitingCost(count);
  record({
    section,
    what: `resident memory of a process with ${count} waiting executions`,
    unit: 'MB',
    ours: figureOf(cost.megabytes),
    against: { what: 'the goal', figure: constant(150) },
    goal: 'at most 150 MB',
  });
  record({
    section,
    what: `from opening the file to the first answer, ${count} executions waiting`,
    unit: 'ms',
    ours: figureOf(cost.milliseconds),
    against: { what: 'the goal', figure: constant(2_000) },
    goal: 'at most 2 s',
  });
};

const transitionsPerSecond = async (definition: object): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-bench-'));
  const engine = openEngine(join(folder, 'executions.sqlite'), { [machineArn]: definition });
  const start = performance.now();
  await Promise.all(Array.from({ length: executions }, (_, index) => startOne(engine, machineArn, index)));
  await engine.idle();
  const rate = (executions * states * 1000) / (performance.now() - start);
  await engine.close();
  rmSync(folder, { recursive: true });
  return rate;
};

const peerPerSecond = async (definition: ConstructorParameters<typeof StateMachine>[0]): Promise<number> => {
  const machine = new StateMachine(definition);
  const handlers = Object.fromEntries(
    Object.keys(definition.States).map((name) => [name, () => Promise.resolve(null)]),
  );
  const start = performance.now();
  await Promise.all(
    Array.from(
      { length: executions },
      (_, index) => machine.run({ index }, { overrides: { taskResourceLocalHandlers: handlers } }).result,
    ),
  );
  return (executions * states * 1000) / (performance.now() - start);
};

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
  return rate;
};
