import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePortsFrom, untilItAnswers } from '#infra/demo/home.ts';
import { openLoopback } from '#infra/local/loopback.ts';

/** A program that runs on and answers nobody. */
const aProgram = (): ChildProcess => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

describe('a home that the demo starts', () => {
  it('is ended when it does not answer', async () => {
    const child = aProgram();

    await expect(untilItAnswers(child, async () => false, 2)).rejects.toThrow('did not start');

    expect(child.signalCode).toBe('SIGTERM');
  });

  it('is waited for no longer once it was killed', async () => {
    const child = aProgram();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const looks: number[] = [];

    const waiting = untilItAnswers(child, async () => looks.push(1) === 0);

    await expect(waiting).rejects.toThrow('did not start');
    expect(looks).toEqual([]);
  });

  it('runs on once it answers', async () => {
    const child = aProgram();
    const answers = [false, true];

    await untilItAnswers(child, async () => answers.shift() ?? false);

    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });
});

it('a port on which another home may answer is left alone, and so is the one before an operator’s', async () => {
  // Below the ports that a system gives to whoever asks for any: one of those may be taken at any moment.
  const first = 10_000 + (process.pid % 20_000);
  const taken = [first, first + 101];
  const others = await Promise.all(taken.map((port) => openLoopback({ port, purpose: 'another home' })));
  onTestFinished(async () => void (await Promise.all(others.map((other) => other.close(0)))));

  expect(await freePortsFrom(first)).toBe(first + 200);
});
